"""Giving, changing and ending decision roles."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import open_opportunities_of
from accounts.models import Account
from pages.choices import SearchedChoiceField
from pages.forms import ChipRadios, DayInput
from records.editing import VersionedForm
from stakeholders.choices import people_of
from stakeholders.models import DecisionRole

CHOOSE = pgettext_lazy("choice", "Choose")


class AssignForm(forms.ModelForm):
    """A role in the standing chain or in an open opportunity of the account."""

    power = forms.TypedChoiceField(
        label=_("Power"),
        choices=[("", _("As usual for this role")), *DecisionRole.Power.choices],
        coerce=int,
        empty_value=None,
        required=False,
        widget=ChipRadios,
        initial="",
    )

    class Meta:
        model = DecisionRole
        fields = ["letter", "opportunity", "power", "since"]
        widgets = {"letter": ChipRadios, "since": DayInput}
        field_classes = {"opportunity": SearchedChoiceField}
        labels = {"opportunity": _("Where")}

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.fields["letter"].choices = [(letter, f"{letter} · {word}") for letter, word in DecisionRole.Letter.choices]
        opportunities = open_opportunities_of(account)
        self.fields["opportunity"].offer(opportunities, empty_label=_("The account's standing chain"))
        if opportunities.few == []:
            del self.fields["opportunity"]
        self.initial.setdefault("since", account.today())
        self.fields["since"].widget.attrs["max"] = account.today().isoformat()

    def _post_clean(self) -> None:
        """The verb judges the row; the form only reads what was typed."""

    def clean_since(self):
        return not_ahead(self.cleaned_data["since"], self.account)


class FillForm(AssignForm):
    """A vacant seat, or one more holder: who of the account takes the role."""

    person = SearchedChoiceField(label=_("Person"))
    field_order = ["person", "letter"]

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, account=account, **kwargs)
        self.fields["person"].offer(people_of(account), empty_label=CHOOSE)


class ChangeRoleForm(VersionedForm, forms.ModelForm):
    """Power, the primary mark, and the day it began."""

    class Meta:
        model = DecisionRole
        fields = ["power", "is_primary", "since"]
        widgets = {"power": ChipRadios, "since": DayInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["power"].choices = DecisionRole.Power.choices

    def clean_since(self):
        return not_ahead(self.cleaned_data["since"], self.instance.account)


class EndRoleForm(VersionedForm, forms.ModelForm):
    """The first day the role is no longer held."""

    class Meta:
        model = DecisionRole
        fields = ["until"]
        widgets = {"until": DayInput}
        labels = {"until": _("Ended on")}
        help_texts = {"until": _("The first day it is no longer held. The seat then stands vacant.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = self.instance.account.today()
        self.fields["until"].required = True
        self.initial["until"] = today
        self.fields["until"].widget.attrs["max"] = today.isoformat()


def not_ahead(day: Any, account: Account) -> Any:
    """Refuse a day that has not come."""
    if day and day > account.today():
        raise ValidationError(_("This day is in the future."))
    return day
