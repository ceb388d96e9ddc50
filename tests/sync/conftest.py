"""Changing many rows of a list, as the pages do."""

import pytest
from django.test import Client
from django.urls import reverse

from sync.models import BulkEdit


@pytest.fixture
def change():
    """Choose, ask, look and do, as the pages do; the judgement that was shown comes back."""

    def run(user, listing, ids, deed, **asked):
        client = Client()
        client.force_login(user)
        client.post(reverse("sync:bulk", args=[listing]), {"ids": [str(pk) for pk in ids], "what": "picked"})
        edit = BulkEdit.objects.filter(author=user).latest("created_at")
        address = reverse("sync:bulk_edit", args=[edit.pk])
        shown = client.post(address, {"deed": deed, **asked})
        assert shown.status_code == 200, shown.context["form"].errors
        client.post(address, {"deed": deed, "step": "do"})
        return shown.context["judgement"], edit

    return run
