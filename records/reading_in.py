"""What all intakes do alike: judge and bring by one reading, check a text as the form would, know a row said twice."""

import re
from collections.abc import Collection, Hashable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from records.by_sets import insert_rows, update_rows
from records.history import is_tracked, record_set
from records.intake import Bringing, Draft, Key, Verdict
from records.ledger import Ledger


class HasVerdict(Protocol):
    @property
    def verdict(self) -> Verdict: ...


R = TypeVar("R", bound=HasVerdict)


class BySets(Generic[R]):
    """`judge` and `bring` read a chunk in the same way; `bring` writes what came of it."""

    tied_by = ""

    def __init__(self, bringing: Bringing) -> None:
        self.bringing = bringing
        self.by = bringing.by
        self.is_bringing = False  # what is only judged need not be held

    def expect(self, drafts: Sequence[Draft]) -> None:
        """Nothing to hear."""

    def judge(self, drafts: Sequence[Draft]) -> list[Verdict]:
        return in_order(drafts, self.read([draft for draft in drafts if is_storable(draft)]))

    def bring(self, drafts: Sequence[Draft]) -> list[Verdict]:
        storable = [draft for draft in drafts if is_storable(draft)]
        self.is_bringing = True
        try:
            self.hold(storable)
            rows = self.read(storable)
            self.write(rows)
        finally:
            self.is_bringing = False
        return in_order(drafts, rows)

    def link(self, drafts: Sequence[Draft]) -> list[Verdict]:
        return []

    def hold(self, drafts: Sequence[Draft]) -> None:
        """Let two imports of the same records take turns."""

    def read(self, drafts: Sequence[Draft]) -> list[R]:
        raise NotImplementedError

    def write(self, rows: Sequence[R]) -> None:
        raise NotImplementedError

    @property
    def now(self) -> datetime:
        """The moment rows are made in."""
        return self.by.acting_at or timezone.now()

    def insert(self, model: type[models.Model], rows: Collection[Any], at: str = "") -> None:
        """New rows with their history, told under the moment that `at` leads to, or under today's."""
        if not rows:
            return
        insert_rows(model, rows)
        self.tell(model, [row.pk for row in rows], "+", at)

    def update(self, model: type[models.Model], rows: Collection[Any], names: Sequence[str]) -> None:
        """Rows that stand with these fields changed, and their history."""
        if not rows:
            return
        update_rows(model, rows, names)
        self.tell(model, [row.pk for row in rows], "~")

    def tell(self, model: type[models.Model], ids: Collection[UUID], change: Any, at: str = "") -> None:
        if is_tracked(model):
            rows = model._base_manager.filter(pk__in=ids)
            record_set(rows, by=self.by, because=self.bringing.because, type=change, at=at)


class Said:
    """Which row said something first. Only fingerprints are kept, so a million rows have room."""

    def __init__(self) -> None:
        self.first = Ledger()

    def hear(self, number: int, *facts: Hashable) -> None:
        self.first.note(hash(facts), number)

    def row(self, *facts: Hashable) -> int | None:
        """The number of the first row that says so."""
        return self.first.get(hash(facts))

    def before(self, number: int, *facts: Hashable) -> int | None:
        """The number of an earlier row that says so, too."""
        first = self.row(*facts)
        return first if first is not None and first < number else None


def refuse_twin(verdict: Verdict, row: int | None) -> None:
    """The same record a second time in one file."""
    if row is not None and not verdict.is_refused:
        verdict.refuse(_("Row %(row)d of this file is the same record already.") % {"row": row})


def check_texts(verdict: Verdict, model: type[models.Model], values: Iterable[tuple[str, Any]]) -> None:
    """Refuse what the form would refuse of these fields, in the same words."""
    for name, value in values:
        if value in (None, ""):
            continue
        limit = limit_of(model, name)
        if limit is None or len(value) > limit:
            check(verdict, model, name, value)


@lru_cache
def limit_of(model: type[models.Model], name: str) -> int | None:
    """The longest text of a field that is bound by nothing else."""
    field: Any = model._meta.get_field(name)
    is_plain = all(isinstance(each, MaxLengthValidator) for each in field.validators)
    return field.max_length if is_plain else None


def check(verdict: Verdict, model: type[models.Model], name: str, value: Any) -> None:
    field: Any = model._meta.get_field(name)
    try:
        field.run_validators(value)
        if isinstance(field, models.TextField) and field.max_length:
            MaxLengthValidator(field.max_length)(value)  # a form asks it, the model alone does not
    except ValidationError as refusal:
        for sentence in refusal.messages:
            verdict.refuse(sentence, name)


def check_choice(verdict: Verdict, model: type[models.Model], name: str, value: Any) -> None:
    """Refuse what is none of a field's choices."""
    if value in (None, ""):
        return
    field: Any = model._meta.get_field(name)
    known = dict(field.flatchoices)
    if value not in known:
        told = {"cell": str(value)[:60], "choices": pgettext("between names", ", ").join(map(str, known.values()))}
        verdict.refuse(_("“%(cell)s” is none of: %(choices)s.") % told, name)


def in_order(drafts: Sequence[Draft], rows: Iterable[HasVerdict]) -> list[Verdict]:
    """A verdict on every row, on those that no database takes as well."""
    read = {row.verdict.number: row.verdict for row in rows}
    return [read.get(draft.number) or unstorable(draft) for draft in drafts]


def unstorable(draft: Draft) -> Verdict:
    verdict = Verdict(draft.number)
    verdict.refuse(_("This row holds characters that cannot be stored."))
    return verdict


def is_storable(draft: Draft) -> bool:
    """No NUL, and no half of a character."""
    texts = [draft.note]
    for value in draft.values.values():
        texts += map(str, value) if isinstance(value, list | tuple) else [str(value)]
    text = "".join(texts)
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


HAN, OTHER = r"[\u3400-\u9fff·]+", r"[^\u3400-\u9fff]+?"
APART = r"[\s(（/|]+"
TWO_SCRIPTS = re.compile(rf"(?:({HAN}){APART}({OTHER})|({OTHER}){APART}({HAN}))[)）]?")


def in_each_script(name: str) -> list[str]:
    """Both halves of a name that is written in two scripts, as in “Hengtong Bank 恒通银行”; of any other none."""
    halves = TWO_SCRIPTS.fullmatch(on_one_line(name))
    return [half for half in halves.groups() if half] if halves else []


def on_one_line(text: Any) -> str:
    """Surplus space and line breaks gone."""
    return " ".join(str(text).split())


def says_other(stands: Any, said: Any) -> bool:
    """Whether a cell says something else than what stands, but for what a cell does not keep of a text: space around
    it and, on one line, more than one between two words."""
    if isinstance(stands, str) and isinstance(said, str):
        return stands != said and stands.strip() != said and on_one_line(stands) != said
    return bool(stands != said)


def joined(names: str | Iterable[str]) -> str:
    """Several names of a file as the product keeps them: in one text, between commas."""
    several = [names] if isinstance(names, str) else names
    return ", ".join(dict.fromkeys(name for each in several if (name := on_one_line(each))))


def with_note(text: str, note: str) -> str:
    """Notes with what a file said besides, once."""
    lines = [line for line in note.splitlines() if line and line not in text]
    return "\n".join([text, *lines]) if text and lines else text or "\n".join(lines)


def standing_and_gone(model: type[models.Model], keys: Collection[Key]) -> tuple[list[UUID], list[UUID]]:
    """Which of these records of one model stand, and which are gone."""
    ids = [pk for label, pk in keys if label == model._meta.label_lower]
    rows = model._base_manager.filter(pk__in=ids).values_list("pk", "removed_at")
    standing, gone = [], []
    for pk, removed_at in rows:
        (standing if removed_at is None else gone).append(pk)
    return standing, gone
