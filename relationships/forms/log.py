"""Logging a contact that took place."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Account
from pages.forms import ChipCheckboxes, ChipRadios
from records.editing import VersionedForm
from relationships.cadence import Counts
from relationships.forms import fields
from users.models import User

NOW, MORNING, YESTERDAY, PICK = "now", "morning", "yesterday", "pick"
DRAFT_LIFE, CLOCKS_DIFFER = timedelta(days=8), timedelta(minutes=10)
WHEN = [
    (NOW, pgettext_lazy("when was it", "Now")),
    (MORNING, _("This morning")),
    (YESTERDAY, _("Yesterday")),
    (PICK, pgettext_lazy("another day", "Pick…")),
]


class LogForm(VersionedForm, fields.NextStepFields):
    """Who, what and when; everything else may wait.

    “Now” is the moment in `opened_at`, which the form carries, so that a send kept on the device over midnight
    and sent again means the same.
    """

    client_id = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    opened_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    activity_type = fields.type_field()
    when = forms.ChoiceField(label=_("When"), choices=WHEN, widget=ChipRadios, initial=NOW)
    held_on = fields.day_field(_("Day"), required=False)
    time = forms.TimeField(label=_("Began at"), required=False, widget=fields.TimeInput)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    objective = fields.text_field(_("Objective"), 4000, rows=2)
    summary = fields.text_field(_("Note"), 20_000)
    value_given = fields.value_field()
    favour_asked = fields.favour_field()
    asked_by_them = forms.BooleanField(label=_("It was their wish"), required=False)
    is_answered = forms.BooleanField(label=_("They answered"), required=False)

    def __init__(self, *args: Any, account: Account, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.fields["people"] = fields.people_field(account, user)
        self.fields["spoken_to"] = fields.people_field(account, user, required=False)
        self.fields["spoken_to"].label = _("Whom did you speak to")
        self.fields["spoken_to"].widget = ChipCheckboxes()
        self.fields["colleagues"] = fields.colleagues_field(account, user, fields.chosen_ids(self, "colleagues"))
        self.offer_owners(account, user)

    def clean_opened_at(self) -> datetime | None:
        """The device's clock, unless it is plainly wrong; a draft lives for seven days."""
        opened, now = self.cleaned_data["opened_at"], timezone.now()
        return opened if opened and now - DRAFT_LIFE <= opened <= now + CLOCKS_DIFFER else None

    def clean(self) -> dict[str, Any]:
        super().clean()
        if (
            self.cleaned_data.get("when") == PICK
            and not self.cleaned_data.get("held_on")
            and "held_on" not in self.errors
        ):
            self.add_error("held_on", _("Which day was it?"))
        return self.cleaned_data

    def day(self) -> date:
        """The account's calendar day that is meant."""
        if self.cleaned_data["when"] == PICK:
            return self.cleaned_data["held_on"]
        today = self.account.today(self.opened())
        return today - timedelta(days=1) if self.cleaned_data["when"] == YESTERDAY else today

    def opened(self) -> datetime:
        return self.cleaned_data["opened_at"] or timezone.now()

    def began(self) -> datetime | None:
        """When it began, where that is known: as typed, or just now."""
        if self.cleaned_data["time"]:
            return fields.moment_on(self.day(), self.cleaned_data["time"])
        return self.cleaned_data["opened_at"] if self.cleaned_data["when"] == NOW else None

    def values(self) -> dict[str, Any]:
        """What the verb gets."""
        sent = self.cleaned_data
        plain = ("activity_type", "people", "spoken_to", "colleagues", "place", "objective", "summary", "value_given")
        return {name: sent[name] for name in plain} | {
            "held_on": self.day(),
            "starts_at": self.began(),
            "favour_asked": sent["favour_asked"],
            "initiative": "theirs" if sent["asked_by_them"] else "ours",
            "is_answered": sent["is_answered"],
            "is_unfinished": self.leaves_questions(),
            "next_step": self.next_step_values(),
        }

    def leaves_questions(self) -> bool:
        """Nothing said of what came of it, and it is of a kind that counts: it waits in the tray."""
        told = ("summary", "value_given", "next_step")
        said = any(self.cleaned_data[name] for name in told) or self.cleaned_data["favour_asked"] is not None
        return not said and self.cleaned_data["activity_type"].counts != Counts.NEVER
