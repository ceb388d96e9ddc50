"""What the list of accounts can be narrowed to."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, AccountQuerySet
from pages.filters import AnyOfFilter, ListFilters, MarkFilter, OneOfFilter, RecordFilter, TextFilter
from users.choices import colleagues, teams

ALL = "all"


class AccountFilters(ListFilters):
    """Accounts in sight; inactive ones only where they are asked for."""

    WHOSE = [("mine", _("Mine")), ("team", _("My team's"))]
    STATUSES = [(Account.Status.INACTIVE.value, Account.Status.INACTIVE.label), (ALL, _("Active and inactive"))]

    q = TextFilter(label=_("Search"), hint=_("Name, 拼音, initials …"), method="found")
    tier = AnyOfFilter("tier", label=_("Tier"), choices=Account.Tier.choices)
    whose = OneOfFilter(label=_("Whose"), choices=WHOSE, usual=_("All I see"), method="belonging")
    owner = RecordFilter("owner", label=_("First responsible"), choices=lambda reader: colleagues())
    team = RecordFilter("team", label=_("Supporting team"), choices=lambda reader: teams())
    industry = TextFilter("industry", label=_("Industry"))
    region = TextFilter("region", label=_("Region"))
    status = OneOfFilter(label=_("Status"), choices=STATUSES, usual=Account.Status.ACTIVE.label, method="standing")
    public = MarkFilter("is_public_sector", label=_("Public sector"))

    def filter_queryset(self, accounts: QuerySet) -> QuerySet:
        accounts = super().filter_queryset(accounts)
        return accounts if self.asked.get("status") else accounts.filter(status=Account.Status.ACTIVE)

    def found(self, accounts: AccountQuerySet, name: str, text: str) -> AccountQuerySet:
        return accounts.search(text)

    def belonging(self, accounts: AccountQuerySet, name: str, whose: str) -> AccountQuerySet:
        return accounts.mine(self.reader) if whose == "mine" else accounts.staffed_by(self.reader)

    def standing(self, accounts: AccountQuerySet, name: str, status: str) -> AccountQuerySet:
        return accounts if status == ALL else accounts.filter(status=status)
