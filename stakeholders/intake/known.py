"""Whom of the people here the rows of a file are about: by key elsewhere, by mobile or e-mail, by name and post."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.intake.trees import Trees
from accounts.search_key import fold, sort_key
from records.elsewhere import having_keys, known_elsewhere
from stakeholders.intake.cells import Kind
from stakeholders.intake.file_people import FilePeople
from stakeholders.intake.person_rows import Row
from stakeholders.models import ContactMethod, Position, Stakeholder

Place = tuple[UUID, UUID]  # a person at an account


class Seat(NamedTuple):
    """A post, as far as matching goes."""

    stakeholder_id: UUID
    account_id: UUID
    title: str
    unit_id: UUID | None
    until: date | None
    name: str


@dataclass(frozen=True)
class Match:
    """Whom a row is about; `how` is key, contact or name. Else why it cannot be said, or who is much alike."""

    pk: UUID | None = None
    how: str = ""
    problem: str = ""
    remark: str = ""


class Known:
    """The people whom some rows may be about, read in a handful of queries."""

    def __init__(
        self, rows: Sequence[Row], file: FilePeople, trees: Trees, source: str, mine: Collection[UUID],
        taken: dict[UUID, int] | None = None,
    ) -> None:  # fmt: skip
        self.file, self.trees, self.source = file, trees, source
        self.taken: dict[UUID, int] = {} if taken is None else taken  # whom one of several namesakes has got, by row
        self.accounts = {row.account.pk for row in rows if row.account}
        self.by_key = self.keys_of_mine(rows, mine)
        self.seats: dict[Place, list[Seat]] = defaultdict(list)
        self.by_name: dict[tuple[UUID, str], set[UUID]] = defaultdict(set)
        self.reached: dict[str, set[UUID]] = defaultdict(set)
        self.personal: dict[UUID, set[str]] = defaultdict(set)
        self.read_seats(rows)
        self.read_other_keys()

    def keys_of_mine(self, rows: Sequence[Row], mine: Collection[UUID]) -> dict[str, UUID]:
        """Keys of people whose own account the importer may fill, or who sit where a row says; of nobody else."""
        known = known_elsewhere(Stakeholder, self.source, {row.key for row in rows if row.key})
        people = Stakeholder.objects.present().filter(pk__in=set(known.values()))
        home = dict(people.values_list("pk", "account_id"))
        here = Position.objects.present().filter(stakeholder__in=home, account__in=self.accounts)
        seated = set(here.values_list("stakeholder_id", flat=True))
        return {key: pk for key, pk in known.items() if pk in home and (home[pk] in mine or pk in seated)}

    def read_seats(self, rows: Sequence[Row]) -> None:
        normals = {contact.normalised for row in rows for contact in row.contacts if contact.kind != Kind.OTHER}
        reached = set(ContactMethod.objects.filter(normalised__in=normals).values_list("stakeholder_id", flat=True))
        here = Position.objects.present().filter(account__in=self.accounts, stakeholder__removed_at=None)
        # Each question by itself has its index. Of thousands who share a name only those here are fetched.
        asked = Q(stakeholder__in=reached), Q(stakeholder__sort_key__in={sort_key(row.name) for row in rows})
        for some in asked:
            for seat in here.filter(some).values_list(*Seat._fields[:-1], "stakeholder__name"):
                self.take_in(Seat._make(seat))
        people = {person for person, _account in self.seats}
        for person, kind, value in ContactMethod.objects.filter(stakeholder__in=people).values_list(
            "stakeholder_id", "kind", "normalised"
        ):
            if value in normals and kind != Kind.OTHER:
                self.reached[value].add(person)
            if kind in (Kind.MOBILE, Kind.EMAIL) or ";ext=" in value:
                self.personal[person].add(value)

    def take_in(self, seat: Seat) -> None:
        seats = self.seats[seat.stakeholder_id, seat.account_id]
        if seat not in seats:
            seats.append(seat)
            self.by_name[seat.account_id, fold(seat.name)].add(seat.stakeholder_id)

    def read_other_keys(self) -> None:
        """Who is known to this system by some key already: another key is somebody else."""
        people = {person for person, _account in self.seats}
        self.has_key = having_keys(Stakeholder, self.source, people)
        self.has_key |= {person for person in people if self.file.has_row_for(person)}

    # Matching

    def match(self, row: Row) -> Match:
        if pk := self.by_key.get(row.key):
            return Match(pk, "key")
        pk = self.reached_by(row)
        if pk and not (row.key and self.file.is_ours and pk in self.has_key):
            return Match(pk, "contact")
        return self.named_so(row)

    def reached_by(self, row: Row) -> UUID | None:
        """Who is reached at the account by one of the row's addresses or numbers; a shared line needs the name, too."""
        account = row.account
        namesakes = self.by_name.get((account.pk, fold(row.name)), set()) if account else set()
        for contact in sorted(row.contacts, key=lambda each: (each.kind != Kind.EMAIL, not each.is_personal)):
            here = {pk for pk in self.reached.get(contact.normalised, ()) if account and (pk, account.pk) in self.seats}
            if len(same := here & namesakes) == 1:
                return next(iter(same))
            if contact.is_personal and len(here) == 1:
                return next(iter(here))
        return None

    def named_so(self, row: Row) -> Match:
        """Who has the name, with the title and unit that the row says, if it says any."""
        people = self.by_name.get((row.account.pk, fold(row.name)), set())
        people = {pk for pk in people if not (row.key and pk in self.has_key)}
        exact = {pk for pk in people if self.sits_so(row, pk, exactly=True)}
        if self.file.shares_name(row):
            fitting = {pk for pk in exact if not self.contradicts(row, pk) and self.is_free(row, pk)}
        else:
            fitting = exact or {pk for pk in people if self.sits_so(row, pk, exactly=False)}
        if len(fitting) == 1:
            return Match(self.take(row, *fitting), "name")
        told = {"name": row.name}
        if fitting:
            return Match(problem=several_in_words(row.name))
        if people and not self.file.shares_name(row):
            remark = _("Somebody else here is called %(name)s. If it is the same person, merge them.")
            return Match(remark=remark % told)
        return Match()

    def sits_so(self, row: Row, pk: UUID, *, exactly: bool) -> bool:
        """Whether somebody sits, or sat last, where the row says; what one of both leaves open fits unless asked
        exactly."""
        units = set(self.trees.find(row.account.pk, row.unit)) if row.unit else {None}
        for seat in self.seats[pk, row.account.pk]:
            if exactly and fold(seat.title) == fold(row.title) and seat.unit_id in units:
                return True
            is_title = not row.title or not seat.title or fold(seat.title) == fold(row.title)
            is_unit = not row.unit or seat.unit_id is None or seat.unit_id in units
            if not exactly and is_title and is_unit:
                return True
        return False

    def contradicts(self, row: Row, pk: UUID) -> bool:
        """Whether both are known by something beside the name, and by nothing together."""
        theirs = self.personal.get(pk, set())
        are_known = bool(row.personal or row.key) and bool(theirs or pk in self.has_key)
        return are_known and not row.personal & theirs

    def is_free(self, row: Row, pk: UUID) -> bool:
        """Whether no other row of this name has got that person."""
        return self.taken.get(pk, row.draft.number) == row.draft.number

    def take(self, row: Row, pk: UUID) -> UUID:
        if self.file.shares_name(row):
            self.taken[pk] = row.draft.number
        return pk


def several_in_words(name: str) -> str:
    """A name alone does not say who is meant."""
    refusal = _("Several people here are called %(name)s. Say by e-mail, phone or key elsewhere which one it is.")
    return refusal % {"name": name[:80]}
