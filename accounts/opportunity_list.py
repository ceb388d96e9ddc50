"""The list of opportunities: what it can be narrowed to, how it looks, and what can be done to many at once."""

from datetime import timedelta
from html import escape

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import accounts_of
from accounts.deeds import as_asked
from accounts.models import Account, Opportunity
from accounts.record_types import OPPORTUNITIES
from pages.filters import ListFilters, OneOfFilter, RecordFilter, TextFilter
from pages.forms import DayInput
from pages.templatetags.pages import badge
from records.by_sets import update_rows
from records.deeds import Deed, DeedForm, Ids, pieces
from records.list_cells import link
from records.lists import Listing, Told
from users.choices import colleagues
from users.models import User

ALL = "all"
STAGE = pgettext_lazy("opportunity", "Stage")
TONES = {Opportunity.Outcome.WON: "info", Opportunity.Outcome.LOST: "warn"}


class OpportunityFilters(ListFilters):
    """Opportunities in sight; closed ones only where they are asked for."""

    WHOSE = [("mine", _("Mine")), ("team", _("My team's"))]
    STATES = [*Opportunity.Outcome.choices, (ALL, _("Open and closed"))]
    CLOSES = [("late", _("Overdue")), ("30", _("Within 30 days")), ("90", _("Within 90 days"))]

    q = TextFilter("name", label=_("Search"), hint=_("Name of the opportunity"))
    whose = OneOfFilter(label=_("Whose"), choices=WHOSE, usual=_("All I see"), method="belonging")
    account = RecordFilter("account", label=_("Account"), choices=accounts_of)
    owner = RecordFilter("account__owner", label=_("First responsible"), choices=lambda reader: colleagues())
    state = OneOfFilter(label=_("State"), choices=STATES, usual=_("Open"), method="standing")
    closes = OneOfFilter(label=_("Expected close"), choices=CLOSES, usual=_("Any day"), method="closing")
    stage = TextFilter("stage", label=STAGE)
    business_domain = TextFilter("business_domain", label=_("Business domain"))

    def filter_queryset(self, opportunities: QuerySet) -> QuerySet:
        opportunities = super().filter_queryset(opportunities)
        return opportunities if self.asked.get("state") else opportunities.filter(outcome="")

    def belonging(self, opportunities: QuerySet, name: str, whose: str) -> QuerySet:
        accounts = Account.objects
        own = accounts.mine(self.reader) if whose == "mine" else accounts.staffed_by(self.reader)
        return opportunities.filter(account__in=own)

    def standing(self, opportunities: QuerySet, name: str, state: str) -> QuerySet:
        return opportunities if state == ALL else opportunities.filter(outcome=state)

    def closing(self, opportunities: QuerySet, name: str, when: str) -> QuerySet:
        today = timezone.localdate()
        if when == "late":
            return opportunities.filter(outcome="", ends_on__lt=today)
        return opportunities.filter(ends_on__range=(today, today + timedelta(days=int(when))))


class StageForm(DeedForm):
    stage = forms.CharField(label=STAGE, required=False, max_length=60)


class ExpectedCloseForm(DeedForm):
    expected_close_on = forms.DateField(label=_("Expected close"), required=False, widget=DayInput)


def seen(user: User) -> QuerySet[Opportunity]:
    return Opportunity.objects.visible_to(user)


def worked(opportunities: QuerySet, user: User) -> QuerySet:
    """Those of accounts this user works on, and of the teams they lead."""
    return opportunities.filter(pk__in=Opportunity.objects.worked_by(user).values("pk"))


def rederive(ids: Ids) -> None:
    """What the list is sorted by."""
    for some in pieces(ids):
        rows = list(Opportunity.objects.filter(pk__in=some))
        for row in rows:
            row.derive()
        update_rows(Opportunity, rows, ("sort_key", "ends_on"))


def draw_name(row: Told) -> str:
    """The opportunity, and how it ended."""
    told = link("opportunities:detail", row["id"], row["name"])
    if not row["outcome"]:
        return told
    outcome = Opportunity.Outcome(row["outcome"])
    return f"{told} {badge(str(outcome.label), TONES.get(outcome, 'outline'))}"


def draw_account(row: Told) -> str:
    return link("accounts:detail", row["account_id"], row["account__name"])


def draw_value(row: Told) -> str:
    """With the currency, without cents."""
    return "" if row["value"] is None else f'<span class="number">{escape(row["currency"])} {row["value"]:,.0f}</span>'


OPPORTUNITY_LIST = Listing(
    type=OPPORTUNITIES,
    page="opportunities:list",
    filters=OpportunityFilters,
    rows=seen,
    standard=("name", "account", "stage", "value", "expected_close_on", "owner"),
    order="expected_close_on",
    head="name",
    always=("id", "name", "outcome", "account_id", "account__name", "currency"),
    draws={"name": draw_name, "account": draw_account, "value": draw_value},
    deeds=(
        Deed("stage", STAGE, StageForm, as_asked, worked, column="stage"),
        Deed(
            "expected_close_on",
            _("Expected close"),
            ExpectedCloseForm,
            as_asked,
            worked,
            column="expected_close_on",
            settle=rederive,
        ),
    ),
    edit="opportunities:edit",
    empty="accounts/_no_opportunities.html",
)
