"""Which of two people stays, and what is said of them from then on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.choices import SearchedChoiceField
from records import merge_pages
from stakeholders import choosing
from stakeholders.choices import twins_of
from stakeholders.models import Stakeholder
from users.models import User


class TwinForm(forms.Form):
    """Who else this person is."""

    twin = SearchedChoiceField(label=_("The other record"), help_text=_("You look at both before anything is merged."))

    def __init__(self, *args: Any, person: Stakeholder, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["twin"].offer(twins_of(person, user), empty_label=pgettext_lazy("choice", "Choose"))


class MergeForm(merge_pages.MergeForm):
    """Of two people."""

    matters = choosing.MATTERS
    labels = {
        "name": _("Name"),
        "is_rising": _("Rising"),
        "key_override": _("Key person"),
        "counterpart_id": _("Counterpart"),
    }
