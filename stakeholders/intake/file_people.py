"""Whom a whole file speaks of, in fingerprints: which rows say somebody twice, and which share no more than a name."""

from uuid import UUID

from accounts.search_key import fold
from records.elsewhere import OURS
from records.ledger import Ledger
from records.reading_in import Said
from stakeholders.intake.person_rows import Row, boss_of

LONGEST_LINE = 100  # steps from the bottom to the top


class FilePeople:
    """A person is one row: the same key elsewhere, mobile or e-mail at the same account is the same person, and so
    are name, title and unit, unless both rows say by what else they are known. In a file of this product two keys are
    two people, whatever they share."""

    def __init__(self, source: str = "") -> None:
        self.is_ours = source == OURS
        self.known = Said()  # rows by key, and by what nobody else is reached by
        self.unkeyed = Said()  # the same without rows that have a key, where it matters
        self.named = Said()
        self.shared = Ledger()  # names that several people have
        self.identified, self.bare = Said(), Said()  # rows by name, title and unit
        self.bosses = Ledger()  # by row, the name of whoever it reports to

    def hear(self, row: Row) -> None:
        if row.account is None:
            return
        number, account, name = row.draft.number, row.account.pk, fold(row.name)
        for fact in facts_of(row):
            self.known.hear(number, *fact)
            if self.is_ours and not row.key:
                self.unkeyed.hear(number, *fact)
        if self.named.row(account, name) is not None:
            self.shared.note(hash((account, name)), number)
        self.named.hear(number, account, name)
        if boss := boss_of(row):
            self.bosses.note(number, hash((account, fold(boss))))
        (self.identified if facts_of(row) else self.bare).hear(number, *place_of(row))

    def before(self, row: Row) -> int | None:
        """The first earlier row that is about the same person."""
        number = row.draft.number
        known = self.unkeyed if row.key and self.is_ours else self.known
        found = [known.before(number, *fact) for fact in facts_of(row)]
        if row.key:
            found.append(self.known.before(number, "key", row.key))
        found.append(self.bare.before(number, *place_of(row)))
        if not facts_of(row):
            found.append(self.identified.before(number, *place_of(row)))
        return min((row for row in found if row is not None), default=None)

    def closes_circle(self, row: Row) -> bool:
        """Whether this is the last of some rows of the file who report to one another by name, round and round; where
        two share a name, nobody knows."""
        own, line = hash((row.account.pk, fold(row.name))), [row.draft.number]
        above = self.bosses.get(row.draft.number)
        while above is not None and above not in self.shared:
            if above == own:
                return max(line) == row.draft.number
            boss = self.named.first.get(above)
            if boss is None or boss in line or len(line) == LONGEST_LINE:
                return False
            line.append(boss)
            above = self.bosses.get(boss)
        return False

    def shares_name(self, row: Row) -> bool:
        """Whether another row of the file tells of somebody of this name at the same account."""
        return bool(row.account) and hash((row.account.pk, fold(row.name))) in self.shared

    def has_row_for(self, pk: UUID) -> bool:
        """Whether a row of a file of this product is about this very person."""
        return self.is_ours and self.known.row("key", str(pk)) is not None

    def tells_of(self, account: object, text: str) -> bool:
        """Whether the file brings somebody there of this name, address or key."""
        found = (self.named.row(account, fold(text)), self.known.row("key", text),
                 self.known.row(account, text.casefold()))  # fmt: skip
        return any(row is not None for row in found)


def facts_of(row: Row) -> list[tuple[object, ...]]:
    """What somebody is known by beside the name."""
    facts: list[tuple[object, ...]] = [(row.account and row.account.pk, value) for value in sorted(row.personal)]
    return [*facts, ("key", row.key)] if row.key else facts


def place_of(row: Row) -> tuple[object, ...]:
    return row.account and row.account.pk, fold(row.name), fold(row.title), fold(row.unit)
