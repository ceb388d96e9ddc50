"""Whom a contact names on their side: people with a post at its account, and instead of a merged one the survivor."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from accounts.models import Account
from stakeholders.models import Position, Stakeholder


@dataclass(frozen=True)
class Named:
    """Who was there, each once, and whom of them one spoke to."""

    people: list[Stakeholder]
    spoken: set[Stakeholder]

    @classmethod
    def of(cls, people: Iterable[Stakeholder], spoken: Iterable[Stakeholder]) -> "Named":
        return cls(list(dict.fromkeys(people)), set(spoken))

    @property
    def ids(self) -> list[UUID]:
        return [person.pk for person in self.people]

    def instead(self, survivors: Mapping[UUID, Stakeholder]) -> "Named":
        """The survivors in place of those merged into them."""
        people, spoken = ([survivors.get(each.pk, each) for each in some] for some in (self.people, self.spoken))
        return Named.of(people, spoken)

    def at(self, account: Account, known: Collection[UUID]) -> "Named":
        """At least one, each with a post at this account, now or then; whoever is `known` on the contact stays."""
        if not self.people:
            raise ValidationError({"people": _("Name at least one person.")})
        if strangers := self.strangers(account, known):
            names = pgettext("between names", ", ").join(each.name for each in self.people if each.pk in strangers)
            refusal = _("%(names)s: not at %(account)s.") % {"names": names, "account": account}
            raise ValidationError({"people": refusal})
        return self

    def strangers(self, account: Account, known: Collection[UUID]) -> set[UUID]:
        posts = Position.objects.present().filter(account=account, stakeholder__in=self.people)
        return {*self.ids} - {*known, *posts.values_list("stakeholder_id", flat=True)}

    def held(self, known: Collection[UUID]) -> "Named":
        """Locked, so that no merge comes between any more; whoever was merged until now is the survivor.

        Whoever is `known` on the contact is locked along, since their state changes with it, and everybody takes
        people in one order. Before the survivor is waited for the twin is let go: whoever has the two in hand took
        them by their keys.
        """
        named = self
        while True:
            place = transaction.savepoint()
            twins = {*Stakeholder.objects.hold({*named.ids, *known})} & {*named.ids}
            if not twins:
                transaction.savepoint_commit(place)
                return named
            transaction.savepoint_rollback(place)
            named = named.instead(Stakeholder.objects.survivors_of(twins))
