"""Fields that several forms about a contact share."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.choices import team_of
from accounts.models import Account
from pages.choices import SearchedChoiceField
from pages.days import moment_in_words
from pages.forms import ChipCheckboxes, ChipRadios, DayInput
from relationships import beginnings
from relationships.log_choices import colleagues, with_a_post_at
from relationships.models import ActivityType, Interaction
from stakeholders.models import Stakeholder
from users.models import User

YES_NO = [("yes", _("Yes")), ("no", _("No")), ("", _("Not stated"))]
WORD_OF = {None: "", True: "yes", False: "no"}


class TimeInput(forms.TimeInput):
    """The browser's own clock, to the minute."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class SeveralField(forms.ModelMultipleChoiceField):
    """Several records by their ids; what is no id is refused in the field's own words."""

    def clean(self, value: Any) -> Any:
        if isinstance(value, list | tuple) and not all(map(as_uuid, value)):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)


class PeopleField(SeveralField):
    """People by their ids; a form opened before somebody was merged means the survivor."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except forms.ValidationError:
            survivors = Stakeholder.objects.survivors_of([pk for pk in map(as_uuid, value or ()) if pk])
            if not survivors:
                raise
        standing = {str(twin): str(person.pk) for twin, person in survivors.items()}
        return super().clean([standing.get(str(pk), pk) for pk in value])


class OneField(forms.ModelChoiceField):
    """One record by its id, likewise."""

    def to_python(self, value: Any) -> Any:
        if value not in self.empty_values and not as_uuid(value):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


def people_to_name(account: Account, user: User, record: Interaction | None) -> QuerySet[Stakeholder]:
    """Anybody this user can see, whose not belonging to the account is the verb's to refuse, by name; whoever had a
    post there, since what was written down with them can be corrected when they sit out of sight; and whoever stands
    on the record already, even if they were removed since."""
    people = Stakeholder.objects.visible_to(user) | with_a_post_at(account)
    if record is not None:
        people |= Stakeholder.objects.filter(pk__in=record.participants.values("stakeholder"))
    return people


def people_field(people: QuerySet[Stakeholder], **options: Any) -> PeopleField:
    """Some of these people."""
    unknown = _("One of these people cannot be found. Choose again.")
    messages = {"required": _("Name at least one person."), "invalid_choice": unknown}
    return PeopleField(people, label=_("Who was there"), error_messages=messages, **options)


def type_field() -> OneField:
    """Any kind that is not removed, so that one no longer offered can stay."""
    messages = {"required": _("Say what it was."), "invalid_choice": _("This kind of activity is not offered.")}
    return OneField(ActivityType.objects.present(), label=_("What was it"), error_messages=messages)


def colleagues_field(account: Account, user: User, record: Interaction | None) -> SeveralField:
    """Who of ours was there beside its author: the account team, and whoever stands on the record already."""
    author = record.author if record else user
    team = colleagues(account, besides=author)
    if record is not None:
        team |= User.objects.filter(pk__in=record.colleagues.values("user")).exclude(pk=author.pk)
    messages = {"invalid_choice": _("One of these colleagues is not on the account team.")}
    return SeveralField(team, label=_("Colleagues"), required=False, widget=ChipCheckboxes, error_messages=messages)


def value_field() -> forms.ChoiceField:
    """What the customer got; nothing chosen is “not stated”, never “none” (rule 4.7)."""
    choices = [*Interaction.Value.choices, ("", _("Not stated"))]
    return forms.ChoiceField(label=_("What did they get from it"), choices=choices, required=False, widget=ChipRadios)


def favour_field() -> forms.TypedChoiceField:
    """Yes, no, or not stated."""
    return forms.TypedChoiceField(
        label=_("Did we ask a favour"),
        choices=YES_NO,
        coerce=lambda word: word == "yes",
        empty_value=None,
        required=False,
        widget=ChipRadios,
    )


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A day within living memory: what a slip of the finger makes of a year is refused."""
    limits = [
        MinValueValidator(date(1970, 1, 1), _("This day is too long ago.")),
        MaxValueValidator(date(2199, 12, 31), _("This day is too far ahead.")),
    ]
    return forms.DateField(label=label, widget=DayInput, validators=limits, **options)


def text_field(label: Any, length: int, *, rows: int = 3, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=length, required=False, widget=widget, help_text=help_text)


class BeginningFields(forms.Form):
    """A clock beside a day: both are the account's own, whoever types them (rule 4.0)."""

    time = forms.TimeField(label=_("Begins at"), required=False, widget=TimeInput)

    def say_whose_clock(self, account: Account, *names: str) -> None:
        """Beside these fields, where the reader's clock is another."""
        if beginnings.is_other_clock(account.zone, timezone.get_current_timezone(), timezone.now()):
            for name in names:
                self.fields[name].help_text = whose_clock(account)

    def read_beginning(self, account: Account, day: date | None) -> None:
        """The moment that is meant, as `starts_at`; a time that the day does not have is refused."""
        clock = self.cleaned_data.get("time")
        moment = beginnings.moment_on(day, clock, account.zone) if day and clock else None
        if day and clock and moment is None:
            self.add_error("time", _("The clocks go forward on that day and skip this time."))
        self.cleaned_data["starts_at"] = moment


def whose_clock(account: Account) -> str:
    """Which clock is meant, and what it shows now."""
    now = moment_in_words(timezone.localtime(timezone=account.zone), timezone.localdate())
    told = {"zone": account.zone.key.replace("_", " "), "now": now}
    return gettext("Day and time at the customer (%(zone)s), where it is now %(now)s.") % told


class NextStepFields(forms.Form):
    """A next step beside something else: a title with a due date, or nothing at all."""

    next_step = forms.CharField(label=_("Next step"), max_length=300, required=False)
    next_due = day_field(_("By"), required=False)
    next_owner = SearchedChoiceField(label=_("Who does it"), required=False, empty_label=None)

    def offer_owners(self, account: Account, user: User) -> None:
        """Oneself and the account team."""
        self.fields["next_owner"].initial = user.pk
        self.fields["next_owner"].offer(team_of(account, besides=[user]))

    def clean_next_step(self) -> str:
        return self.cleaned_data["next_step"].strip()

    def clean(self) -> dict[str, Any]:
        super().clean()
        title, due_on = self.cleaned_data.get("next_step"), self.cleaned_data.get("next_due")
        if title and not due_on and "next_due" not in self.errors:
            self.add_error("next_due", _("Until when? A next step has a day."))
        if due_on and not title and "next_step" not in self.errors:
            self.add_error("next_step", _("What is to be done by then?"))
        return self.cleaned_data

    def next_step_values(self) -> dict[str, Any] | None:
        """What the verb gets, or nothing."""
        if not self.cleaned_data.get("next_step"):
            return None
        return {
            "title": self.cleaned_data["next_step"],
            "due_on": self.cleaned_data["next_due"],
            "owner": self.cleaned_data["next_owner"],
        }


def chosen_ids(form: forms.Form, name: str) -> list[UUID]:
    """The ids ticked in a form of people or colleagues, as sent or as it began."""
    values = form.data.getlist(name) if form.is_bound else form.initial.get(name, [])
    return [pk for pk in map(as_uuid, values) if pk]


def as_uuid(value: Any) -> UUID | None:
    """The id in a query or form; None when it is none."""
    try:
        return value if isinstance(value, UUID) else UUID(str(value))
    except ValueError:
        return None
