"""Planning a contact to come."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from records.editing import VersionedForm
from relationships.forms import fields
from relationships.models import Interaction
from users.models import User


class PlanForm(VersionedForm, fields.BeginningFields):
    """Who, what and when; the checklist comes with the kind of activity."""

    client_id = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    activity_type = fields.type_field()
    held_on = fields.day_field(_("Day"), error_messages={"required": _("Choose a day.")})
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    objective = fields.text_field(_("Objective"), 4000, rows=2, help_text=_("What do we want to reach or to learn?"))
    asked_by_them = forms.BooleanField(label=_("It is their wish"), required=False)

    def __init__(
        self, *args: Any, account: Account, user: User, record: Interaction | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.account, self.user = account, user
        self.say_whose_clock(account, "time")
        self.fields["activity_type"].label = _("What will it be")
        self.fields["people"] = fields.people_field(fields.people_to_name(account, user, record))
        self.fields["people"].label = _("Whom do you meet")
        self.fields["colleagues"] = fields.colleagues_field(account, user, record)

    def clean_held_on(self) -> Any:
        day = self.cleaned_data["held_on"]
        if day < self.account.today() and not self.was_sent_before():
            raise forms.ValidationError(_("This day is over: log it instead, or choose another one."))
        return day

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.read_beginning(self.account, self.cleaned_data.get("held_on"))
        begins, this_minute = self.cleaned_data["starts_at"], timezone.now().replace(second=0, microsecond=0)
        is_touched = {"held_on", "time"} & set(self.changed_data)
        if begins and begins < this_minute and is_touched and not self.was_sent_before():
            self.add_error("time", _("This time is over: log it instead, or choose a later one."))
        return self.cleaned_data

    def was_sent_before(self) -> bool:
        """Whether it was stored in time and its answer was lost: then it is not late now."""
        client_id = self.cleaned_data.get("client_id")
        return bool(client_id) and Interaction.objects.filter(author=self.user, client_id=client_id).exists()

    def values(self) -> dict[str, Any]:
        """What the verb gets."""
        sent = self.cleaned_data
        plain = ("activity_type", "people", "colleagues", "held_on", "place", "objective")
        return {name: sent[name] for name in plain} | {
            "starts_at": sent["starts_at"],
            "initiative": "theirs" if sent["asked_by_them"] else "ours",
        }
