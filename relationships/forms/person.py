"""Somebody new, met before anybody wrote them down."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from stakeholders.models import Stakeholder
from users.models import User


class NewPersonForm(forms.Form):
    """A name and a title; the rest is for the person's own page."""

    new_name = forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": _("A person needs a name.")}
    )
    new_title = forms.CharField(label=_("Title"), max_length=160, required=False)

    def add(self, account: Account, *, by: User) -> Stakeholder:
        """Put the person down at this customer."""
        sent: dict[str, Any] = self.cleaned_data
        return Stakeholder.add(account, by=by, name=sent["new_name"], post={"title": sent["new_title"]})
