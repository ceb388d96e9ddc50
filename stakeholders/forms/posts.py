"""Beginning, correcting, changing and ending posts; choices stay inside the account."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.choices import accounts_worked_by, units_of
from accounts.models import Account
from pages.choices import SearchedChoiceField
from pages.forms import ChipCheckboxes, ChipRadios, DayInput
from records.editing import VersionedForm
from stakeholders.choices import people_of, seats_of
from stakeholders.models import DecisionRole, Position, Stakeholder
from users.models import User


class PostForm(VersionedForm, forms.ModelForm):
    """Another post of somebody."""

    class Meta:
        model = Position
        fields = ["title", "unit", "level", "reports_to", "since", "is_primary"]
        field_classes = {"unit": SearchedChoiceField, "reports_to": SearchedChoiceField}
        widgets = {"level": ChipRadios, "since": DayInput}
        help_texts = {
            "is_primary": _("It says which account and unit the person counts in."),
            "since": _("Empty if nobody knows."),
        }

    def __init__(self, *args: Any, account: Account, person: Stakeholder | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account, self.instance.account = account, account
        if person is not None:
            self.instance.stakeholder = person
        self.fields["unit"].offer(units_of(account), empty_label=_("No unit"))
        bosses = seats_of(account).without(None if self.instance._state.adding else self.instance.pk)
        self.fields["reports_to"].offer(bosses, empty_label=_("Nobody, or not known"))
        self.fields["since"].widget.attrs["max"] = account.today().isoformat()

    def clean_since(self):
        """A post that has not begun is an expectation, not a fact."""
        day = self.cleaned_data["since"]
        if day and day > self.account.today():
            raise ValidationError(_("This day is in the future."))
        return day


class PlaceForm(forms.Form):
    """At which customer a post is; the units and bosses to choose from are those of that customer."""

    account = SearchedChoiceField(label=_("At which customer?"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].offer(accounts_worked_by(user), empty_label=None)


class AddForm(PostForm):
    """A new person with the post they hold."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As the customer writes it, in any script."))
    other_names = forms.CharField(
        label=_("Other names"),
        max_length=300,
        required=False,
        help_text=_("The other script, a nickname; separated by commas."),
    )
    is_outsider = forms.BooleanField(
        label=_("Works elsewhere, but matters here"),
        required=False,
        help_text=_("A consultant, somebody of the parent company."),
    )

    PERSON = ("name", "other_names", "is_outsider")

    class Meta(PostForm.Meta):
        fields = ["title", "unit", "level", "reports_to", "since"]

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not name:
            raise ValidationError(_("A person needs a name."))
        return name

    def person(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.PERSON}

    def post(self) -> dict[str, Any]:
        return {name: value for name, value in self.values().items() if name not in self.PERSON}


class CorrectForm(PostForm):
    """What was entered wrongly about a post, its days too."""

    class Meta(PostForm.Meta):
        fields = [*PostForm.Meta.fields, "until", "went_to"]
        widgets = {**PostForm.Meta.widgets, "until": DayInput}
        help_texts = {**PostForm.Meta.help_texts, "until": _("The first day they were gone. Empty: still there.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].widget.attrs["max"] = self.account.today().isoformat()
        if not self.instance.until:
            del self.fields["until"], self.fields["went_to"]
        else:
            del self.fields["is_primary"]


class MoveForm(PostForm):
    """The same seat from a day on: another boss, title, unit or level."""

    class Meta(PostForm.Meta):
        fields = ["since", "title", "unit", "level", "reports_to"]
        labels = {"since": _("From")}
        help_texts = {"since": _("The map as of an earlier day shows what was before.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].required = True
        self.initial["since"] = self.account.today()


class GoForm(MoveForm):
    """Another post instead of this one; at the same account some roles may go along."""

    keeping = forms.ModelMultipleChoiceField(
        label=_("Which roles go along"),
        queryset=DecisionRole.objects.none(),
        required=False,
        widget=ChipCheckboxes,
        help_text=_("The others end on this day; their seats stand vacant."),
    )

    class Meta(MoveForm.Meta):
        help_texts = {"since": _("The old seat stands vacant from this day on.")}

    field_order = ["since", "title", "unit", "level", "reports_to", "keeping"]

    def __init__(self, *args: Any, post: Position, account: Account, **kwargs: Any) -> None:
        initial = {"level": post.level, "title": "" if account.pk != post.account_id else post.title}
        super().__init__(*args, account=account, person=post.stakeholder, initial=initial, **kwargs)
        roles = roles_kept_or_ended(post) if account.pk == post.account_id else DecisionRole.objects.none()
        self.fields["keeping"].queryset = roles
        self.fields["keeping"].label_from_instance = in_words
        if not roles:
            del self.fields["keeping"]

    def values(self) -> dict[str, Any]:
        values = super().values()
        return values | {"keeping": [role.pk for role in values.pop("keeping", ())]}


def roles_kept_or_ended(post: Position) -> QuerySet[DecisionRole]:
    """The person's roles at this account."""
    roles = DecisionRole.objects.on(post.account.today()).filter(
        stakeholder=post.stakeholder_id, account=post.account_id
    )
    return roles.select_related("opportunity").order_by("opportunity__name", "letter")


def in_words(role: DecisionRole) -> str:
    """A role with its opportunity."""
    return f"{role.get_letter_display()} · {role.opportunity.name}" if role.opportunity else role.get_letter_display()


class LeaveForm(VersionedForm, forms.ModelForm):
    """When a post ended, and where the person went."""

    class Meta:
        model = Position
        fields = ["until", "went_to"]
        widgets = {"until": DayInput}
        labels = {"until": _("Gone since"), "went_to": _("Where did they go?")}
        help_texts = {
            "until": _("The first day they were no longer there."),
            "went_to": _(
                "A company, retirement, unknown. If it is a customer of ours, choose “Moves to another post” instead."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].required = True
        self.initial["until"] = self.instance.account.today()
        self.fields["until"].widget.attrs["max"] = self.instance.account.today().isoformat()


class SuccessorForm(forms.Form):
    """Who takes a vacant seat, out of the people of its account."""

    IN_STEAD, BESIDE = "instead", "beside"

    person = SearchedChoiceField(label=_("Who takes it"))
    since = forms.DateField(label=_("Since"), widget=DayInput)
    manner = forms.ChoiceField(
        label=_("And the post they hold"),
        widget=ChipRadios,
        initial=IN_STEAD,
        choices=[(IN_STEAD, _("They leave it")), (BESIDE, _("They keep it as well"))],
    )

    def __init__(self, *args: Any, seat: Position, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people_of(seat.account))
        self.initial["since"] = seat.account.today()
        self.fields["since"].widget.attrs |= {
            "max": seat.account.today().isoformat(),
            "min": (seat.until or "") and seat.until.isoformat(),
        }
