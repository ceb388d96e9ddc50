"""What a row of a file says of a past contact, and whether it may be said; asks nothing of the database."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.calendar import Today
from accounts.intake.naming import AccountNames
from accounts.search_key import fold
from records.intake import Bringing, Draft, Verdict
from records.reading_in import check_choice, check_texts, on_one_line
from relationships.intake.kinds import Kinds
from relationships.models import ActivityType, Interaction
from stakeholders.intake.cells import flat
from users.directory import Directory
from users.models import User

State, Side = Interaction.State, Interaction.Side
EARLIEST = date(1970, 1, 1)
PLAIN = ("place", "objective", "value_given", "called_off_by")


@dataclass(slots=True)
class Row:
    """A row, and what it says: of whom, by whom, and in `values` the columns of the interaction.

    `former` is an author whom nobody here knows, to be made a user without a sign-in.
    """

    draft: Draft
    verdict: Verdict
    account: Any = None
    kind: ActivityType | None = None
    author: User | None = None
    former: str = ""
    colleagues: list[User] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    people: list[UUID] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    visit: Interaction | None = None

    @property
    def key(self) -> str:
        return self.draft.get("external_id", "")


@dataclass
class Reader:
    """Reads rows one by one, with what it was told of accounts, colleagues, kinds and today."""

    bringing: Bringing
    names: AccountNames
    directory: Directory
    kinds: Kinds
    days: Today

    def read(self, draft: Draft) -> Row:
        row = Row(draft, Verdict(draft.number))
        row.account, problem = self.names.find(on_one_line(draft.get("account", "")))
        if row.account is None:
            row.verdict.refuse(problem, "account")
        self.read_kind(row)
        self.read_values(row)
        self.read_day(row)
        self.read_state(row)
        row.names = names_of(draft)
        if not row.names:
            row.verdict.refuse(_("Name at least one person."), "people")
        said = [draft.get("summary", ""), *self.read_author(row), *self.read_colleagues(row), draft.note]
        row.values["summary"] = "\n".join(text for text in said if text)
        check_texts(row.verdict, Interaction, [("summary", row.values["summary"])])
        return row

    def read_kind(self, row: Row) -> None:
        """What it was; a word that nobody knows is the kind chosen for the file, if one is."""
        text = on_one_line(row.draft.get("type", ""))
        row.kind = self.kinds.find(text)
        if row.kind:
            return
        told = {"cell": text[:60], "choices": ", ".join(kind.label for kind in self.kinds.all[:12])}
        refusal = _("“%(cell)s” is none of: %(choices)s.") % told if text else _("Say what it was.")
        chosen = self.bringing.options.get("type")
        row.kind = self.kinds.by_id.get(UUID(str(chosen))) if chosen else None
        if row.kind is None:
            row.verdict.refuse(refusal, "type")
        elif text:
            row.verdict.remark(refusal, "type")

    def read_values(self, row: Row) -> None:
        said = {name: row.draft.get(name) for name in PLAIN}
        row.values = {name: value for name, value in said.items() if value not in (None, "")}
        check_texts(row.verdict, Interaction, [(name, row.values.get(name)) for name in ("place", "objective")])
        for name in ("value_given", "called_off_by"):
            check_choice(row.verdict, Interaction, name, row.values.get(name))
        for name in ("favour_asked", "is_answered"):
            if row.draft.get(name) is not None:
                row.values[name] = row.draft.get(name)
        if row.draft.get("asked_by_them") is not None:
            row.values["initiative"] = Side.THEIRS if row.draft.get("asked_by_them") else Side.OURS

    def read_day(self, row: Row) -> None:
        day = row.draft.get("held_on")
        if day is None:
            row.verdict.refuse(_("Which day was it?"), "held_on")
            return
        row.values["held_on"] = day
        if day > self.days.in_zone(row.account.time_zone if row.account else ""):
            row.verdict.refuse(_("This day is in the future: plan the visit instead."), "held_on")
        elif day < EARLIEST:
            row.verdict.refuse(_("This day is too long ago."), "held_on")

    def read_state(self, row: Row) -> None:
        """Only what is over comes in: it took place, or it fell through and somebody called it off."""
        state = row.draft.get("state") or State.DONE
        check_choice(row.verdict, Interaction, "state", state)
        row.values["state"] = state
        if state == State.PLANNED:
            row.verdict.refuse(_("Only what is over can come in: plan this visit instead."), "state")
        elif state == State.DONE:
            row.values.pop("called_off_by", None)
        elif "called_off_by" not in row.values:
            row.verdict.refuse(_("Say who called it off."), "called_off_by")

    def read_author(self, row: Row) -> list[str]:
        """Who wrote it down, whether they still sign in or not; a name that nobody knows stays in words, or becomes a
        user without a sign-in where an administrator asks for it."""
        text = on_one_line(row.draft.get("author", ""))
        importer: Any = self.bringing.by
        row.author = importer
        if not text:
            return []
        author, problem = self.directory.colleague(text)
        if author:
            row.author = author
            return []
        if importer.is_administrator and self.bringing.options.get("author_unknown") == "user" and self.is_new(text):
            row.former = text
            return []
        row.verdict.remark(problem, "author")
        return [_("Written by %(name)s.") % {"name": text}]

    def is_new(self, text: str) -> bool:
        return len(text) <= 120 and not self.directory.called(text)

    def read_colleagues(self, row: Row) -> list[str]:
        """Who of ours was there; whom nobody knows is kept in words."""
        unknown = []
        for text in texts_in(row.draft.get("colleagues")):
            colleague, problem = self.directory.colleague(text)
            if colleague:
                row.colleagues.append(colleague)
            else:
                unknown.append(text)
                row.verdict.remark(problem, "colleagues")
        return [_("With %(names)s.") % {"names": ", ".join(unknown)}] if unknown else []


def texts_in(values: Any) -> list[str]:
    """Names in a cell, each once."""
    return list(dict.fromkeys(name for text in flat(values) for name in map(on_one_line, parted(text)) if name))


def parted(text: str) -> list[str]:
    for sign in "；、,，\n":
        text = text.replace(sign, ";")
    return text.split(";")


def names_of(draft: Draft) -> list[str]:
    return texts_in(draft.get("people"))


def facts_of(draft: Draft) -> tuple[Any, ...]:
    """What makes a contact another one, as far as a file without keys says it."""
    names = tuple(sorted(map(fold, names_of(draft))))
    texts = tuple(fold(on_one_line(draft.get(name, ""))) for name in ("account", "type", "author"))
    return (*texts, draft.get("held_on"), names)


def words_of(draft: Draft) -> tuple[str, ...]:
    return draft.get("summary", ""), draft.get("objective", ""), draft.note
