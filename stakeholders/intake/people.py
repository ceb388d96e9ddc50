"""People out of a file, by sets: who is known already is brought up to date, and nobody comes in twice."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.calendar import Today
from accounts.intake.at_accounts import AtAccounts
from accounts.intake.made_units import made_in_words, place_units, settle_units, write_made
from accounts.intake.trees import Trees
from accounts.models import Account, OrgUnit
from accounts.search_key import fold
from records.elsewhere import forget_keys, known_elsewhere, note_keys
from records.identity import new_id
from records.intake import Act, Bringing, Draft, Key, Verdict
from records.part import Part
from records.reading_in import BySets, is_storable, refuse_twin, standing_and_gone
from stakeholders.derived import find_newcomers, refresh_everybody
from stakeholders.intake.changes import Changes
from stakeholders.intake.file_people import FilePeople
from stakeholders.intake.known import Known
from stakeholders.intake.lines import ReportingLines, boss_unknown_in_words, circle_in_words
from stakeholders.intake.people_named import PeopleNamed
from stakeholders.intake.person_rows import Reader, Row, boss_of
from stakeholders.intake.standing import Gathered, Moment, Standing
from stakeholders.models import (
    CareDate,
    ContactMethod,
    DecisionRole,
    Influence,
    KeyPersonPolicy,
    Position,
    RolePower,
    Stakeholder,
)
from stakeholders.upkeep import people_came, people_changed
from users.directory import Directory

# Whom others refer to comes first; of posts those that end before those that begin, since one of them is primary.
MODELS: tuple[type[Any], ...] = (Stakeholder, Position, ContactMethod, DecisionRole, CareDate, Influence)


class PeopleIntake(AtAccounts[Row]):
    """Empty cells leave what stands, and nothing that stands is taken away: numbers and roles are only added."""

    tied_by = "manager"

    def __init__(self, bringing: Bringing) -> None:
        super().__init__(bringing)
        self.file = FilePeople(bringing.source)
        self.taken: dict[UUID, int] = {}

    @cached_property
    def reader(self) -> Reader:
        return Reader(self.names, Directory.of_today(), Today())

    @cached_property
    def powers(self) -> dict[str, int]:
        return RolePower.table()

    @cached_property
    def min_strength(self) -> int:
        return KeyPersonPolicy.load().min_influence_strength

    @cached_property
    def worked(self) -> set[UUID]:
        """Where the importer may read sensitive notes; an administrator fills other accounts, too."""
        return set(Account.objects.worked_by(self.by).values_list("pk", flat=True))

    def expect(self, drafts: Sequence[Draft]) -> None:
        super().expect(drafts)
        for draft in drafts:
            self.file.hear(self.reader.identify(draft))

    # Reading

    def read(self, drafts: Sequence[Draft]) -> list[Row]:
        self.reader.days = Today()
        rows = [self.reader.read(draft) for draft in drafts]
        for row in rows:
            refuse_twin(row.verdict, self.file.before(row))
        good = [row for row in rows if not row.verdict.is_refused]
        self.trees = self.trees_of(good)
        self.match(good)
        good = [row for row in good if not row.verdict.is_refused]
        self.carry(good)
        if not self.is_bringing:
            self.foresee_bosses(good)
        return rows

    def trees_of(self, rows: Sequence[Row]) -> Trees:
        """The units at their accounts, by the keys that the rows may name them by, too."""
        named = [row for row in rows if row.unit]
        keys = known_elsewhere(OrgUnit, self.bringing.source, {row.unit for row in named})
        return Trees({row.account.pk for row in named if row.account}, keys)

    def foresee_bosses(self, rows: Sequence[Row]) -> None:
        """Say whose boss nobody knows, neither here nor in the file, and whose line would close a circle of its rows;
        `link` says it once all are there."""
        asked = [(row.account.pk, boss_of(row)) for row in rows if boss_of(row)]
        people = PeopleNamed(asked, self.bringing.source)
        for row in rows:
            text = boss_of(row)
            if text and not people.find(row.account.pk, text) and not self.file.tells_of(row.account.pk, text):
                row.verdict.remark(boss_unknown_in_words(text), "manager")
            elif text and self.file.closes_circle(row):
                row.verdict.remark(circle_in_words(text), "manager")

    def match(self, rows: Sequence[Row]) -> None:
        known = Known(rows, self.file, self.trees, self.bringing.source, self.names.by_id, self.taken)
        for row in rows:
            found = known.match(row)
            row.pk, row.is_new, row.known_by = found.pk or new_id(), found.pk is None, found.how
            row.verdict.pk = row.pk
            if found.problem:
                row.verdict.refuse(found.problem, "name")
            if found.remark:
                row.verdict.remark(found.remark, "name")

    def carry(self, rows: Sequence[Row]) -> None:
        """Work out what each row makes; a row that is refused on the way makes nothing."""
        standing = self.standing_of(rows)
        self.gathered = Gathered()
        now, zones = timezone.now() if self.by.acting_at is None else self.by.acting_at, self.reader.days
        for row in rows:
            self.say_rights(row, standing)
            self.find_unit(row, standing)
            if row.verdict.is_refused:
                continue
            at = Moment(now, zones.in_zone(row.account.time_zone))
            unit = self.trees.names.get(row.post.get("unit_id"), "")
            changes = Changes(standing, self.powers, self.min_strength, at, unit)
            changes.carry(row)
            if row.verdict.is_refused:
                row.verdict.beside.clear()
                continue
            row.verdict.act = Act.CREATE if row.is_new else Act.NOTHING if changes.gathered.is_empty else Act.CHANGE
            self.gathered.take_in(changes.gathered)

    def standing_of(self, rows: Sequence[Row]) -> Standing:
        known = {row.pk for row in rows if row.pk and not row.is_new}
        leaving = {row.pk for row in rows if row.pk in known and row.post.get("until")}
        if self.is_bringing:
            Stakeholder.objects.hold(known)
        return Standing(known, {row.account.pk for row in rows if row.account}, leaving)

    def say_rights(self, row: Row, standing: Standing) -> None:
        """Who sits elsewhere is changed here by posts, roles and ways to reach them alone (design 4)."""
        if row.is_new:
            return
        home = standing.people[row.pk].account_id
        row.may_change_person, row.may_write_notes = home in self.names.by_id, home in self.worked

    def find_unit(self, row: Row, standing: Standing) -> None:
        """The unit that the row names; one that is not there is made, and said."""
        if not row.unit or row.verdict.is_refused:
            return
        account = row.account.pk
        found = self.trees.find(account, row.unit)
        if len(found) > 1 and not row.is_new:
            current = {post.unit_id for post in standing.posts[row.pk, account]}
            found = [unit for unit in found if unit in current] or found
        if len(found) > 1:
            told = {"name": row.unit[:80]}
            refusal = _("Several units are called “%(name)s”. Write the way from the top: “A / B / C”.")
            row.verdict.refuse(refusal % told, "unit")
        elif found:
            row.post["unit_id"] = found[0]
        elif fold(row.unit) not in {fold(row.account.name), fold(row.account.short_name)}:
            row.post["unit_id"] = self.trees.along(account, self.trees.way(account, row.unit), self.now)
            row.verdict.remark(made_in_words(row.unit), "unit")

    # Writing

    def write(self, rows: Sequence[Row]) -> None:
        good = [row for row in rows if not row.verdict.is_refused]
        units = [(row.post.get("unit_id"), row.verdict) for row in good]
        self.trees.keep({unit for unit, _verdict in units if unit})
        self.trees.tell(units)
        write_made(self, self.trees)
        place_units({unit.account_id for unit in self.trees.made})
        write_gathered(self, self.gathered)
        note_keys(Stakeholder, self.bringing.source, {row.key: row.pk for row in good if row.key and row.pk})
        new = self.gathered.new[Stakeholder].keys()
        people_changed(sorted(self.gathered.people - new))
        people_came(sorted(new))

    def link(self, drafts: Sequence[Draft]) -> list[Verdict]:
        """Draw the reporting lines, now that everybody is there."""
        rows = [self.reader.read(draft) for draft in drafts if draft.get("manager") and is_storable(draft)]
        good = [row for row in rows if not row.verdict.is_refused and self.file.before(row) is None]
        self.trees = self.trees_of(good)
        known = Known(good, self.file, self.trees, self.bringing.source, self.names.by_id)
        for row in good:
            row.pk = known.match(row).pk
        lines = ReportingLines([row for row in good if row.pk], self.bringing.source)
        posts = lines.drawn()
        self.update(Position, posts, ["reports_to"])
        return lines.verdicts

    def settle(self, keys: Collection[Key]) -> None:
        settle_people(keys)


def write_gathered(intake: BySets[Any], gathered: Gathered) -> None:
    """Parts come before the people they belong to: a part changes its whole, and whoever is not there yet is so written
    once instead of twice. Their foreign keys wait for the end of the transaction."""
    for model in MODELS:
        intake.update(model, list(gathered.changed[model].values()), sorted(gathered.columns[model]))
    for model in sorted(MODELS, key=lambda model: not issubclass(model, Part)):
        intake.insert(model, list(gathered.new[model].values()))
    people = gathered.new[Stakeholder]
    theirs = [post for post in gathered.new[Position].values() if post.stakeholder_id in people]
    find_newcomers(people.values(), theirs)


def settle_people(keys: Collection[Key]) -> None:
    """What is stored of people and follows from rows that were put back; keys of those who are gone."""
    settle_units([key for key in keys if key[0] == "accounts.orgunit"])
    standing, gone = standing_and_gone(Stakeholder, keys)
    people = {*standing, *gone}
    for model in (Position, DecisionRole):
        ids = [pk for label, pk in keys if label == model._meta.label_lower]
        people |= set(model._base_manager.filter(pk__in=ids).values_list("stakeholder_id", flat=True))
    forget_keys(Stakeholder, gone)
    refresh_everybody(sorted(people))
