"""Seats out of a file, by sets: further posts of people who are here, each in a unit with a title."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.calendar import Today
from accounts.intake.at_accounts import AtAccounts
from accounts.intake.trees import Trees
from accounts.models import OrgUnit
from accounts.search_key import fold
from records.elsewhere import OURS, known_elsewhere, note_keys
from records.intake import Act, Bringing, Draft, Key, Verdict
from records.reading_in import Said, check_choice, check_texts, on_one_line, refuse_twin
from stakeholders.intake.changes import POST, Changes
from stakeholders.intake.known import several_in_words
from stakeholders.intake.people import settle_people
from stakeholders.intake.people_named import PeopleNamed
from stakeholders.intake.person_rows import check_days
from stakeholders.intake.standing import Gathered, Moment, Standing
from stakeholders.models import Position, Stakeholder
from stakeholders.upkeep import people_changed


@dataclass(slots=True)
class Row:
    """A row, whose seat it is, and what it says of it."""

    draft: Draft
    verdict: Verdict
    account: Any = None
    pk: Any = None
    unit: str = ""
    post: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.draft.get("external_id", "")


class SeatIntake(AtAccounts[Row]):
    """A seat is known by its key, else by person, unit and title, unless both say they began on different days."""

    def __init__(self, bringing: Bringing) -> None:
        super().__init__(bringing)
        self.is_ours = bringing.source == OURS
        self.said = Said()
        self.taken: dict[UUID, int] = {}  # posts that rows with keys of ours were found to be

    def expect(self, drafts: Sequence[Draft]) -> None:
        super().expect(drafts)
        for draft in drafts:
            if self.is_ours and draft.get("external_id"):
                self.said.hear(draft.number, "key", draft.get("external_id"))
            self.said.hear(draft.number, *facts_of(draft))

    # Reading

    def read(self, drafts: Sequence[Draft]) -> list[Row]:
        rows = [Row(draft, Verdict(draft.number), unit=on_one_line(draft.get("unit", ""))) for draft in drafts]
        days = Today()
        for row in rows:
            self.read_row(row, days)
        self.find_people([row for row in rows if row.account])
        self.find_units([row for row in rows if row.account])
        self.carry([row for row in rows if not row.verdict.is_refused], days)
        return rows

    def read_row(self, row: Row, days: Today) -> None:
        draft, verdict = row.draft, row.verdict
        row.account, problem = self.names.find(on_one_line(draft.get("account", "")))
        if row.account is None:
            verdict.refuse(problem, "account")
        if not draft.get("person"):
            verdict.refuse(_("Say whose seat it is."), "person")
        said = {name: draft.get(name) for name in ("level", "since", "until", "is_primary")}
        row.post = {name: value for name, value in said.items() if value not in (None, "")}
        if title := on_one_line(draft.get("title", "")):
            row.post["title"] = title
        if not title and not row.unit and not row.key:
            verdict.refuse(_("A seat needs a unit or a title."), "title")
        check_texts(verdict, Position, [("title", title)])
        check_choice(verdict, Position, "level", row.post.get("level"))
        today = days.in_zone(row.account.time_zone if row.account else "")
        check_days(row, today, _("A post cannot end before it begins."))
        refuse_twin(verdict, self.said.before(draft.number, *facts_of(draft)))

    def find_people(self, rows: Sequence[Row]) -> None:
        asked = [(row.account.pk, on_one_line(row.draft.get("person", ""))) for row in rows]
        people = PeopleNamed(asked, self.bringing.source, self.names.by_id)
        for row, (account, text) in zip(rows, asked, strict=True):
            found = people.find(account, text) if text else []
            if len(found) == 1:
                row.pk = found[0]
            elif text:
                unknown = _("Nobody at this account is known as “%(name)s”.") % {"name": text[:80]}
                row.verdict.refuse(several_in_words(text) if found else unknown, "person")

    def find_units(self, rows: Sequence[Row]) -> None:
        """A seat in a unit that is not there is no seat."""
        keys = known_elsewhere(OrgUnit, self.bringing.source, {row.unit for row in rows if row.unit})
        trees = Trees({row.account.pk for row in rows}, keys)
        self.unit_names = trees.names
        for row in rows:
            found = trees.find(row.account.pk, row.unit) if row.unit else []
            told = {"name": row.unit[:80], "account": row.account.name}
            if len(found) == 1:
                row.post["unit_id"] = found[0]
            elif found:
                refusal = _("Several units are called “%(name)s”. Write the way from the top: “A / B / C”.")
                row.verdict.refuse(refusal % told, "unit")
            elif row.unit:
                row.verdict.refuse(_("There is no unit “%(name)s” at %(account)s.") % told, "unit")

    def carry(self, rows: Sequence[Row], days: Today) -> None:
        """Work out what each row makes of the posts that stand."""
        people = {row.pk for row in rows}
        if self.is_bringing:
            Stakeholder.objects.hold(people)
        known = known_elsewhere(Position, self.bringing.source, {row.key for row in rows if row.key})
        self.standing = Standing(people, {row.account.pk for row in rows}, people)
        self.primary = primary_posts(people)
        self.gathered = Gathered()
        for row in rows:
            at = Moment(self.now, days.in_zone(row.account.time_zone))
            unit = self.unit_names.get(row.post.get("unit_id"), "")
            changes = Changes(self.standing, {}, 0, at, unit)
            self.seat(row, changes, known.get(row.key))
            if not row.verdict.is_refused:
                self.gathered.take_in(changes.gathered)

    def seat(self, row: Row, changes: Changes, known: UUID | None) -> None:
        posts = self.standing.posts[row.pk, row.account.pk]
        post = next((post for post in posts if post.pk == known or known is None and self.is_same(post, row)), None)
        row.verdict.act = Act.NOTHING if post else Act.CREATE
        if post is None:
            fresh = Position(stakeholder_id=row.pk, account_id=row.account.pk, created_at=self.now)
            post = changes.gathered.add(fresh)
            self.taken[post.pk] = row.draft.number
            posts.append(post)
        row.verdict.pk = post.pk
        values = {name: row.post[name] for name in (*POST, "since") if name in row.post}
        if row.unit or values.get("title"):
            values["search_key"] = changes.found_by(row, post, values.get("title", post.title))
        changes.gathered.change(post, values)
        self.make_primary(row, post, changes)
        if until := row.post.get("until"):
            changes.end(row, post, until)
        if row.verdict.act is Act.NOTHING and not changes.gathered.is_empty:
            row.verdict.act = Act.CHANGE

    def is_same(self, post: Position, row: Row) -> bool:
        """Whether a post is the seat a row speaks of; a row with a key of ours is one post, with its end, and no
        other row's."""
        if not (row.key and self.is_ours):
            return is_same(post, row)
        has_row = self.said.row("key", str(post.pk)) is not None
        is_taken = self.taken.get(post.pk, row.draft.number) != row.draft.number
        if has_row or is_taken or post.until != row.post.get("until") or not is_same(post, row):
            return False
        self.taken[post.pk] = row.draft.number
        return True

    def make_primary(self, row: Row, post: Position, changes: Changes) -> None:
        """The post that is asked to be primary, and the first one a person has; one at an account out of the
        importer's reach stays it."""
        others = [other for other in self.primary[row.pk] if other.pk != post.pk]
        if not row.post.get("is_primary", not others) or row.post.get("until"):
            return
        if any(other.account_id not in self.names.by_id for other in others):
            row.verdict.remark(_("Their primary post is at another account, and stays it."), "is_primary")
            return
        for other in others:
            changes.gathered.change(other, {"is_primary": False}, row.verdict)
        changes.gathered.change(post, {"is_primary": True})
        self.primary[row.pk] = [post]

    # Writing

    def write(self, rows: Sequence[Row]) -> None:
        gathered, columns = self.gathered, sorted(self.gathered.columns[Position])
        changed = sorted(gathered.changed[Position].values(), key=lambda post: post.is_primary)
        for is_primary in (False, True):  # one takes the mark off before another gets it
            self.update(Position, [post for post in changed if post.is_primary is is_primary], columns)
        gathered.changed[Position].clear()
        for model, some in gathered.changed.items():
            self.update(model, list(some.values()), sorted(gathered.columns[model]))
        self.insert(Position, list(gathered.new[Position].values()))
        keys = {row.key: row.verdict.pk for row in rows if row.key and not row.verdict.is_refused}
        note_keys(Position, self.bringing.source, keys)
        people_changed(sorted({row.pk for row in rows if row.verdict.act in (Act.CREATE, Act.CHANGE)}))

    def settle(self, keys: Collection[Key]) -> None:
        settle_people(keys)


def facts_of(draft: Draft) -> tuple[Any, ...]:
    """What makes a seat of a file another one."""
    names = ("account", "person", "unit", "title")
    return (*(fold(on_one_line(draft.get(name, ""))) for name in names), draft.get("since"), draft.get("external_id"))


def is_same(post: Position, row: Row) -> bool:
    """Whether a post is the seat a row speaks of."""
    since = row.post.get("since")
    if fold(post.title) != fold(row.post.get("title", post.title)) or post.unit_id != row.post.get(
        "unit_id", post.unit_id
    ):
        return False
    return since is None or post.since in (None, since)


def primary_posts(people: Collection[UUID]) -> dict[UUID, list[Position]]:
    """The primary posts of these people that last, at whichever account."""
    found: dict[UUID, list[Position]] = defaultdict(list)
    for post in Position.objects.present().filter(stakeholder__in=people, is_primary=True, until=None):
        found[post.stakeholder_id].append(post)
    return found
