"""What a list of people can be narrowed to, as far as this app knows; contacts are added above."""

from datetime import date
from functools import cached_property

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.choices import accounts_of
from accounts.models import Account
from pages.days import begin_of
from pages.filters import AnyOfFilter, DayFilter, ListFilters, MarkFilter, RecordFilter, TextFilter
from stakeholders import listing
from stakeholders.models import DecisionRole, Level, StakeholderQuerySet
from stakeholders.sight import Sight
from users.choices import colleagues


class PersonFilters(ListFilters):
    """People in sight; whoever has left only where asked for, or looked up by name."""

    q = TextFilter(label=_("Search"), hint=_("Name, 拼音, phone, title …"), method="found")
    account = RecordFilter(label=_("Account"), choices=accounts_of, method="employed")
    role = AnyOfFilter(label=_("Decision role"), choices=DecisionRole.Letter.choices, method="deciding")
    level = AnyOfFilter(label=_("Level"), choices=Level.choices, method="ranking")
    unit = TextFilter(label=_("Unit"), method="working")
    counterpart = RecordFilter("counterpart", label=_("Counterpart"), choices=lambda reader: colleagues())
    key = MarkFilter(label=_("Key persons"), method="key_only")
    watched = MarkFilter("is_watched", label=_("Watched"))
    outsider = MarkFilter("is_outsider", label=_("Outsider"))
    left = MarkFilter(label=_("Has left"), method="gone")
    created_since = DayFilter(label=_("Added since"), method="added")
    changed_since = DayFilter(label=_("Changed since"), method="edited")

    @cached_property
    def sight(self) -> Sight:
        return Sight(self.reader)

    def filter_queryset(self, people: QuerySet) -> QuerySet:
        people = super().filter_queryset(people)
        if self.asked.get("left") or self.asked.get("q"):
            return people
        return people.filter(has_left=False)

    def found(self, people: StakeholderQuerySet, name: str, text: str) -> StakeholderQuerySet:
        return people.search(text, seen_by=self.reader)

    def employed(self, people: StakeholderQuerySet, name: str, account: Account) -> StakeholderQuerySet:
        return people.employed_by([account.pk], {account.today(): [account.time_zone]}, are_few=True)

    def deciding(self, people: StakeholderQuerySet, name: str, letters: list[str]) -> StakeholderQuerySet:
        return listing.with_letters(people, letters, self.sight)

    def ranking(self, people: StakeholderQuerySet, name: str, levels: list[str]) -> StakeholderQuerySet:
        return listing.with_levels(people, levels, self.sight)

    def working(self, people: StakeholderQuerySet, name: str, unit: str) -> StakeholderQuerySet:
        return listing.in_unit(people, unit, self.sight)

    def key_only(self, people: StakeholderQuerySet, name: str, asked: bool) -> StakeholderQuerySet:
        return people.filter(self.sight.homes, is_key=True) if asked else people

    def gone(self, people: StakeholderQuerySet, name: str, asked: bool) -> StakeholderQuerySet:
        return people.filter(has_left=True) if asked else people

    def added(self, people: StakeholderQuerySet, name: str, day: date) -> StakeholderQuerySet:
        return people.filter(created_at__gte=begin_of(day, self.reader.zone))

    def edited(self, people: StakeholderQuerySet, name: str, day: date) -> StakeholderQuerySet:
        return people.filter(updated_at__gte=begin_of(day, self.reader.zone))
