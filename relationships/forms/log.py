"""Logging a contact that took place."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Account
from pages.forms import ChipCheckboxes, ChipRadios
from records.editing import VersionedForm
from relationships.cadence import Counts
from relationships.forms import fields
from relationships.models import Interaction
from relationships.models.interaction import CLOCKS_DIFFER
from users.models import User

NOW, MORNING, YESTERDAY, PICK = "now", "morning", "yesterday", "pick"
DRAFT_LIFE = timedelta(days=8)
WHEN = [
    (NOW, pgettext_lazy("when was it", "Now")),
    (MORNING, _("This morning")),
    (YESTERDAY, _("Yesterday")),
    (PICK, pgettext_lazy("another day", "Pick…")),
]


class LogForm(VersionedForm, fields.BeginningFields, fields.NextStepFields):
    """Who, what and when; everything else may wait.

    “Now” is the moment in `opened_at`, which the form carries, so that a send kept on the device over midnight
    and sent again means the same.
    """

    client_id = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    opened_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    activity_type = fields.type_field()
    when = forms.ChoiceField(label=_("When"), choices=WHEN, widget=ChipRadios, initial=NOW)
    held_on = fields.day_field(_("Day"), required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    objective = fields.text_field(_("Objective"), 4000, rows=2)
    summary = fields.text_field(_("Note"), 20_000)
    value_given = fields.value_field()
    favour_asked = fields.favour_field()
    asked_by_them = forms.BooleanField(label=_("It was their wish"), required=False)
    is_answered = forms.BooleanField(label=_("They answered"), required=False)

    def __init__(
        self, *args: Any, account: Account, user: User, record: Interaction | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.fields["time"].label = _("Began at")
        self.say_whose_clock(account, "held_on", "time")
        people = fields.people_to_name(account, user, record)
        self.fields["people"] = fields.people_field(people)
        self.fields["spoken_to"] = fields.people_field(people, required=False)
        self.fields["spoken_to"].label = _("Whom did you speak to")
        self.fields["spoken_to"].widget = ChipCheckboxes()
        self.fields["colleagues"] = fields.colleagues_field(account, user, record)
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
        self.read_beginning(self.account, self.day())
        self.refuse_what_is_to_come()
        return self.cleaned_data

    def refuse_what_is_to_come(self) -> None:
        """What took place began already; of a day to come the verb says more. What was not touched stays."""
        began, now = self.cleaned_data["starts_at"], timezone.now()
        is_touched = {"when", "held_on", "time"} & set(self.changed_data)
        if began and began > now and is_touched and self.day() == self.account.today(now):
            clock = formats.time_format(now.astimezone(self.account.zone).time(), "H:i")
            refusal = _("It is only %(clock)s at the customer: correct the time, or plan the visit instead.")
            self.add_error("time", refusal % {"clock": clock})

    def day(self) -> date | None:
        """The account's calendar day that is meant; None where none was said."""
        when = self.cleaned_data.get("when")
        if when in (None, PICK):
            return self.cleaned_data.get("held_on") if when else None
        today = self.account.today(self.opened())
        return today - timedelta(days=1) if when == YESTERDAY else today

    def opened(self) -> datetime:
        return min(self.cleaned_data.get("opened_at") or timezone.now(), timezone.now())

    def began(self) -> datetime | None:
        """When it began, where that is known: as typed, or just now."""
        if self.cleaned_data["starts_at"]:
            return self.cleaned_data["starts_at"]
        opened = self.cleaned_data["opened_at"] if self.cleaned_data["when"] == NOW else None
        return opened if opened and self.account.today(opened) == self.day() else None

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
