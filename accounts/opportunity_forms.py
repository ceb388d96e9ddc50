"""What may be typed about an opportunity, and how it ended."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import accounts_worked_by
from accounts.models import Competitor, Opportunity
from pages.choices import SearchedChoiceField
from pages.forms import ChipRadios, DayInput
from records.editing import VersionedForm
from users.models import User

CHOOSE = pgettext_lazy("choice", "Choose")
STAGES = (_("Need raised"), _("Requirements"), _("Comparison"), _("Negotiation"), _("Approval"))


class OpportunityForm(VersionedForm, forms.ModelForm):
    """What is known of a purchase the account may make."""

    class Meta:
        model = Opportunity
        fields = ["name", "business_domain", "value", "currency", "stage", "expected_close_on"]
        widgets = {
            "expected_close_on": DayInput,
            "stage": forms.TextInput(attrs={"list": "stages", "autocomplete": "off"}),
            "value": forms.NumberInput(attrs={"min": 0, "step": "any", "inputmode": "decimal"}),
        }
        help_texts = {
            "name": _("What they want to buy, in their words."),
            "business_domain": _("The part of our business it falls in."),
            "stage": _("Choose one or write your own."),
        }

    stages = STAGES


class OpenOpportunityForm(OpportunityForm):
    """A new one, at an account this user works on."""

    account = SearchedChoiceField(label=_("Account"))
    field_order = ["account"]

    def __init__(self, *args: Any, user: User, asked: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].offer(accounts_worked_by(user), empty_label=CHOOSE)
        self.initial.setdefault("account", asked)

    def _post_clean(self) -> None:
        """The verb judges the row; the form only reads what was typed."""


class CloseForm(forms.Form):
    """How it ended; what was lost asks to whom and why."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Opportunity.Outcome.choices, widget=ChipRadios)
    closed_on = forms.DateField(label=_("Decided on"), widget=DayInput)
    lost_to = forms.CharField(
        label=_("Lost to"),
        max_length=120,
        required=False,
        help_text=_("The competitor who got it, if it was lost."),
        widget=forms.TextInput(attrs={"list": "competitors", "autocomplete": "off"}),
    )
    outcome_reason = forms.CharField(
        label=_("Why"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, opportunity: Opportunity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = opportunity.account.today().isoformat()
        self.initial.setdefault("closed_on", today)
        self.fields["closed_on"].widget.attrs["max"] = today
        self.competitors = Competitor.objects.present().order_by("name").values_list("name", flat=True)[:100]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("outcome") == Opportunity.Outcome.LOST and not values.get("outcome_reason"):
            self.add_error("outcome_reason", _("Say why it was lost: the next bid learns from it."))
        if values.get("lost_to") and values.get("outcome") not in (None, Opportunity.Outcome.LOST):
            self.add_error("lost_to", _("Only a lost opportunity was lost to somebody."))
        return values

    def decide(self, opportunity: Opportunity, *, by: User) -> bool:
        """Close it as was typed; a competitor nobody has named yet is added."""
        told = self.cleaned_data
        rival = Competitor.named(told["lost_to"], by=by) if told["lost_to"] else None
        opportunity.close(told["outcome"], told["closed_on"], by=by, reason=told["outcome_reason"], lost_to=rival)
        return True
