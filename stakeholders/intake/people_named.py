"""People of some accounts as other rows name them: by name, e-mail address, phone, or the key another system has."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from accounts.search_key import fold, sort_key
from records.elsewhere import known_elsewhere
from stakeholders.intake.cells import Kind, as_contact
from stakeholders.models import ContactMethod, Position, Stakeholder


class PeopleNamed:
    """Read for all of them in a few queries. Who has, or had, a post at the account is found there; who belongs to
    one of `mine`, by address and key alone, wherever they sit."""

    def __init__(self, asked: Collection[tuple[UUID, str]], source: str, mine: Collection[UUID] = ()) -> None:
        accounts, texts = {account for account, _text in asked}, {text for _account, text in asked}
        self.by_key = known_elsewhere(Stakeholder, source, texts)
        reached = ContactMethod.objects.filter(normalised__in={form for text in texts for form in forms_of(text)})
        self.reached: dict[str, set[UUID]] = defaultdict(set)
        for normalised, person in reached.values_list("normalised", "stakeholder_id"):
            self.reached[normalised].add(person)
        ids = {*self.by_key.values(), *(pk for people in self.reached.values() for pk in people)}
        homes = Stakeholder.objects.present().filter(pk__in=ids).values_list("pk", "account_id") if mine else ()
        self.mine = {pk for pk, account in homes if account in mine}
        self.here: dict[UUID, set[UUID]] = defaultdict(set)
        self.named: dict[tuple[UUID, str], set[UUID]] = defaultdict(set)
        posts = Position.objects.present().filter(account__in=accounts, stakeholder__removed_at=None)
        named = Stakeholder.objects.present().filter(sort_key__in={sort_key(text) for text in texts})
        found = posts.filter(stakeholder__in={*ids, *named.values_list("pk", flat=True)})
        for account, person, name in found.values_list("account_id", "stakeholder_id", "stakeholder__name"):
            self.here[account].add(person)
            self.named[account, fold(name)].add(person)

    def find(self, account: UUID, text: str) -> list[UUID]:
        """Who is meant: nobody, one, or several of a name."""
        here = self.here[account] | self.mine
        if (known := self.by_key.get(text)) in here:
            return [known] if known else []
        reached = {pk for form in forms_of(text) for pk in self.reached.get(form, ()) if pk in here}
        return sorted(reached or self.named.get((account, fold(text)), set()))


def forms_of(text: str) -> set[str]:
    """What an address or a number is compared by; empty for anything else."""
    if "@" in text:
        return {text.strip().casefold()}
    if sum(sign.isdigit() for sign in text) < 7:
        return set()
    contact = as_contact(Kind.PHONE, text)
    return {contact.normalised} if contact.kind != Kind.OTHER else set()
