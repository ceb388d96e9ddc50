"""Past contacts out of a file, by sets, under their own author and day."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.calendar import Today
from accounts.intake.at_accounts import AtAccounts
from accounts.intake.naming import Named
from records.by_sets import insert_rows, new_row
from records.elsewhere import forget_keys, having_keys, known_elsewhere, note_keys
from records.history import history_model
from records.identity import new_id
from records.intake import Act, Bringing, Draft, Key
from records.part import Part
from records.reading_in import Said, refuse_twin, says_other, standing_and_gone
from relationships.intake.kinds import Kinds
from relationships.intake.visit_rows import Reader, Row, facts_of, words_of
from relationships.models import Colleague, Interaction, Participant
from relationships.upkeep import contacts_changed
from stakeholders.intake.known import several_in_words
from stakeholders.intake.newcomers import Newcomers
from stakeholders.intake.people import settle_people, write_gathered
from stakeholders.intake.people_named import PeopleNamed
from users.directory import Directory, plain
from users.models import User

# Which interaction it is, where no key says so.
Facts = tuple[UUID, Any, UUID, UUID, frozenset[UUID]]


class InteractionIntake(AtAccounts[Row]):
    """A contact is known by its key, else by account, day, kind, author and people. Only a key changes one that stands:
    what somebody wrote down here is theirs."""

    def __init__(self, bringing: Bringing) -> None:
        super().__init__(bringing)
        self.said = Said()
        self.alike: set[int] = set()  # several contacts of one day that only their words tell apart

    def expect(self, drafts: Sequence[Draft]) -> None:
        super().expect(drafts)
        for draft in drafts:
            if draft.get("external_id"):
                self.said.hear(draft.number, "key", draft.get("external_id"))
            facts = facts_of(draft)
            if self.said.row(facts) is not None:
                self.alike.add(hash(facts))
            self.said.hear(draft.number, facts)
            self.said.hear(draft.number, facts, words_of(draft))

    @cached_property
    def reader(self) -> Reader:
        return Reader(self.bringing, self.names, Directory.of_all_times(), Kinds(), Today())

    # Reading

    def read(self, drafts: Sequence[Draft]) -> list[Row]:
        self.reader.days = Today()
        self.former: dict[str, User] = {}
        rows = [self.reader.read(draft) for draft in drafts]
        for row in rows:
            key = row.key
            twin = self.said.before(row.draft.number, "key", key) if key else self.twin(row.draft)
            refuse_twin(row.verdict, twin)
        self.find_people([row for row in rows if row.account])
        good = [row for row in rows if not row.verdict.is_refused]
        self.name_former(good)
        self.match(good)
        for row in good:
            if row.verdict.act is Act.CREATE:
                self.newcomers.tell(row.verdict, row.people)
        return rows

    def twin(self, draft: Draft) -> int | None:
        return self.said.before(draft.number, facts_of(draft), words_of(draft))

    def find_people(self, rows: Sequence[Row]) -> None:
        """Who of theirs was there; whom nobody knows is refused, or comes in with nothing but a name."""
        asked = [(row.account.pk, text) for row in rows for text in row.names]
        people = PeopleNamed(asked, self.bringing.source)
        self.newcomers = Newcomers(self.now)
        may_come = self.bringing.options.get("person_unknown") == "create"
        for row in rows:
            for text in row.names:
                found = people.find(row.account.pk, text)
                if len(found) > 1:
                    row.verdict.refuse(several_in_words(text), "people")
                elif not found and not may_come:
                    told = {"name": text[:80]}
                    row.verdict.refuse(_("Nobody at this account is known as “%(name)s”.") % told, "people")
                elif not row.verdict.is_refused:
                    row.people.append(found[0] if found else self.newcomers.welcome(row.account, text, row.verdict))
            row.people = list(dict.fromkeys(row.people))

    def name_former(self, rows: Sequence[Row]) -> None:
        """Authors of the past become users who cannot sign in, each once."""
        for row in rows:
            if row.former:
                name = plain(row.former)
                if name not in self.former:
                    self.former[name] = former_user(row.former, self.now)
                    row.verdict.beside.append((User._meta.label_lower, self.former[name].pk))
                row.author = self.former[name]

    def match(self, rows: Sequence[Row]) -> None:
        """Find the contact each row is about, if it stands already."""
        known = known_elsewhere(Interaction, self.bringing.source, {row.key for row in rows if row.key})
        by_key = Interaction.objects.present().in_bulk(set(known.values()))
        standing, self.there = standing_contacts(rows, by_key)
        self.has_key = (
            having_keys(Interaction, self.bringing.source, self.there) if any(row.key for row in rows) else set()
        )
        for row in rows:
            visit = by_key.get(known.get(row.key)) if row.key else None
            if visit and visit.account_id != row.account.pk:
                row.verdict.refuse(_("This contact is written down at another account already."), "account")
                continue
            if visit:
                row.kind = self.reader.kinds.kept(visit.activity_type_id, row.draft.get("type", "")) or row.kind
            row.visit = visit or self.same(row, standing)
            row.verdict.pk = row.visit.pk if row.visit else new_id()
            row.verdict.act = Act.CREATE
            if row.visit:
                row.verdict.act = Act.CHANGE if visit and self.says_new(row) else Act.NOTHING

    def same(self, row: Row, standing: dict[Facts, list[Interaction]]) -> Interaction | None:
        facts = (row.account.pk, row.values["held_on"], row.kind.pk, row.author.pk, frozenset(row.people))
        found = [visit for visit in standing.get(facts, []) if not (row.key and visit.pk in self.has_key)]
        words = row.values["summary"], row.values.get("objective", "")
        alike = [visit for visit in found if (visit.summary, visit.objective) == words]
        if hash(facts_of(row.draft)) in self.alike:
            found = alike
        return next(iter(alike or found), None)

    def says_new(self, row: Row) -> bool:
        values = told(row)
        is_other = any(says_other(getattr(row.visit, name), value) for name, value in values.items())
        return is_other or not set(row.people) <= self.there[row.visit.pk]

    # Writing

    def write(self, rows: Sequence[Row]) -> None:
        made = [row for row in rows if row.verdict.act is Act.CREATE]
        changed = [row for row in rows if row.verdict.act is Act.CHANGE]
        self.write_former(made)
        write_gathered(self, self.newcomers.needed({pk for row in (*made, *changed) for pk in row.people}))
        visits = [self.as_visit(row) for row in made]
        parts = self.parts_of(made)
        for model, theirs in parts.items():  # before their visits, which so are written once
            insert_rows(model, theirs)
        self.insert(Interaction, visits, at="created_at")
        for model, theirs in parts.items():
            self.tell(model, [part.pk for part in theirs], "+", at="interaction__created_at")
        said = [(row, told(row)) for row in changed]
        for row, values in said:
            for name, value in values.items():
                setattr(row.visit, name, value)
            row.visit.head_count = len(self.there[row.visit.pk] | set(row.people))
        names = sorted({name.removesuffix("_id") for _row, values in said for name in values} | {"head_count"})
        self.update(Interaction, [row.visit for row in changed], names)
        self.insert(Participant, self.newly_met(changed))
        keys = {row.key: row.verdict.pk for row in rows if row.key and not row.verdict.is_refused}
        note_keys(Interaction, self.bringing.source, keys)
        met = {pk for row in (*made, *changed) for pk in row.people}
        met |= {pk for row in changed for pk in self.there[row.visit.pk]}
        contacts_changed(sorted(met))

    def as_visit(self, row: Row) -> Interaction:
        """The interaction of a row; it was written down on its own day."""
        row.visit = new_row(
            Interaction, id=row.verdict.pk, account_id=row.account.pk, author_id=row.author.pk,
            activity_type_id=row.kind.pk, is_service=row.kind.is_service, head_count=len(row.people),
            created_at=min(noon(row.account, row.values["held_on"]), self.now), **row.values,
        )  # fmt: skip
        return row.visit

    def write_former(self, made: Sequence[Row]) -> None:
        """Those who wrote something that comes in."""
        authors = {row.author.pk for row in made}
        users = [user for user in self.former.values() if user.pk in authors]
        self.insert(User, users)
        if users:
            del self.reader  # it is to read colleagues anew: these are among them unless the transaction is lost

    def parts_of(self, made: Sequence[Row]) -> dict[type[Part], list[Any]]:
        """Whom a visit met, and who of ours was there."""
        theirs = [(row.visit.pk, pk) for row in made for pk in row.people]
        ours = [(row.visit.pk, user.pk) for row in made for user in dict.fromkeys((row.author, *row.colleagues))]
        return {
            Participant: [new_row(Participant, interaction_id=visit, stakeholder_id=pk) for visit, pk in theirs],
            Colleague: [new_row(Colleague, interaction_id=visit, user_id=pk) for visit, pk in ours],
        }

    def newly_met(self, changed: Sequence[Row]) -> list[Participant]:
        """Who stands in a file beside those a visit knows of already."""
        met = [(row.visit.pk, pk) for row in changed for pk in row.people if pk not in self.there[row.visit.pk]]
        return [new_row(Participant, interaction_id=visit, stakeholder_id=pk) for visit, pk in met]

    def settle(self, keys: Collection[Key]) -> None:
        """Head counts, contact states, and keys, after some were taken back."""
        standing, gone = standing_and_gone(Interaction, keys)
        settle_people(keys)
        forget_keys(Interaction, gone)
        recount_heads(standing)
        told = history_model(Participant).objects.filter(interaction__in=[*standing, *gone])
        contacts_changed(sorted(set(told.values_list("stakeholder_id", flat=True))))


def told(row: Row) -> dict[str, Any]:
    """What a row says of a contact that stands; empty cells say nothing."""
    unsaid = () if row.draft.get("state") else ("state",)
    values = {name: value for name, value in row.values.items() if value not in ("", None) and name not in unsaid}
    is_other_kind = row.kind.pk != row.visit.activity_type_id
    return values | ({"activity_type_id": row.kind.pk, "is_service": row.kind.is_service} if is_other_kind else {})


def standing_contacts(
    rows: Sequence[Row], by_key: dict[UUID, Interaction]
) -> tuple[dict[Facts, list[Interaction]], dict[UUID, set[UUID]]]:
    """The contacts of these accounts and days by what tells them apart, and who took part in them."""
    days = {row.values["held_on"] for row in rows}
    visits = Interaction.objects.present().filter(account__in={row.account.pk for row in rows}, held_on__in=days)
    found = {visit.pk: visit for visit in visits.order_by("created_at", "pk")} | by_key
    there: dict[UUID, set[UUID]] = {pk: set() for pk in found}
    taking_part = Participant.objects.filter(interaction__in=found).values_list("interaction_id", "stakeholder_id")
    for visit, person in taking_part:
        there[visit].add(person)
    by_facts = defaultdict(list)
    for pk, visit in found.items():
        facts = (visit.account_id, visit.held_on, visit.activity_type_id, visit.author_id, frozenset(there[pk]))
        by_facts[facts].append(visit)
    return by_facts, there


def former_user(text: str, at: datetime) -> User:
    """A colleague of the past, by an address or a name; the same each time, so that no second file makes another."""
    if "@" in text:
        address, name = text.casefold(), text.split("@")[0]
    else:
        address, name = f"{hashlib.sha256(plain(text).encode()).hexdigest()[:16]}@former.invalid", text
    return User(email=address, full_name=name, is_active=False, password=make_password(None), created_at=at)


def noon(account: Named, day: Any) -> datetime:
    """The middle of a day where the account is."""
    return datetime.combine(day, time(12), ZoneInfo(account.time_zone or settings.TIME_ZONE))


def recount_heads(ids: Collection[UUID]) -> None:
    counts: dict[UUID, int] = defaultdict(int)
    for pk in Participant.objects.filter(interaction__in=ids).values_list("interaction_id", flat=True):
        counts[pk] += 1
    for count in set(counts.values()):
        some = [pk for pk, number in counts.items() if number == count]
        Interaction.objects.filter(pk__in=some).exclude(head_count=count).update(head_count=count)
