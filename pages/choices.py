"""One of many records in a form: a plain list where they are few, found by typing where they are not.

`Choices` say what there is to choose from, in the reader's sight; each app has its own in `choices.py`. The field reads
what was chosen or typed, its widget shows it, and `suggest` answers what is being typed, a few records at a time.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, Model, Q, QuerySet, SmallIntegerField, When
from django.forms.models import ModelChoiceIterator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

FEW, SUGGESTED = 50, 12
COUNTED = 999  # a longer list is “more than that”
LONGEST = 200


class Typed(str):
    """Text that was typed, and not taken from the list."""


@dataclass(frozen=True)
class Choice:
    """One record as it is offered: its name, and what tells it from another one of that name."""

    value: str
    label: str
    why: str = ""


class Choices:
    """What there is to choose from, in its order; `besides` may stay where they are chosen already."""

    has_index = True  # for its order; else a long list is told by its length before anything is sorted

    def __init__(self, rows: QuerySet, url: str, *, besides: Iterable[Model | None] = ()) -> None:
        self.rows, self.url = rows, url
        self.besides = {str(record.pk): record for record in besides if record}
        self.known = dict(self.besides)

    def without(self, value: Any) -> "Choices":
        """All but the one that the form is about."""
        try:
            self.rows = self.rows.exclude(pk=value) if value else self.rows
        except (ValueError, ValidationError):
            return self
        if value:
            self.url += f"{'&' if '?' in self.url else '?'}without={value}"
        return self

    # What an app says of its records

    def search(self, text: str) -> QuerySet:
        """Those the text finds, the likeliest first."""
        raise NotImplementedError

    def label(self, record: Any) -> str:
        """What it is called; it stands in the field."""
        return str(record)

    def names(self, record: Any) -> tuple[str, ...]:
        """What means it and nothing else, if it is typed in full."""
        return (self.label(record),)

    def line(self, record: Any) -> str:
        """What it is called in a plain list."""
        return self.label(record)

    def tell_apart(self, records: list[Any]) -> dict[Any, str]:
        """By id, what else is said of each where it is suggested."""
        return {}

    # What the field asks

    @cached_property
    def few(self) -> list[Any] | None:
        """All of them where a plain list holds them."""
        if not self.has_index and self.rows.order_by()[: FEW + 1].count() > FEW:
            return None
        first = {str(record.pk): record for record in self.rows[: FEW + 1]}
        self.known |= first
        return list((first | self.besides).values()) if len(first) <= FEW else None

    def get(self, value: Any) -> Any:
        """The record of that id, or None where there is none to choose."""
        key = str(value)
        if key not in self.known:
            self.known[key] = self.look_up(value)
        return self.known[key]

    def look_up(self, value: Any) -> Any:
        try:
            return self.rows.filter(pk=value).first()
        except (ValueError, TypeError, ValidationError):
            return None

    def meant_by(self, text: str) -> list[Any]:
        """Whom or what a typed text can mean: those called exactly so, else all it finds; at most one too many."""
        found = list(self.search(text)[: SUGGESTED + 1])
        return [record for record in found if plain(text) in map(plain, self.names(record))] or found

    def offered(self, records: Iterable[Any]) -> list[Choice]:
        """The records as suggestions."""
        records = list(records)
        whys = self.tell_apart(records)
        return [Choice(str(record.pk), self.label(record), whys.get(record.pk, "")) for record in records]

    def count_beyond(self, rows: Any) -> int:
        """How many there are beside those suggested, counted up to a bound."""
        return rows[SUGGESTED : SUGGESTED + COUNTED + 1].count()


def plain(text: str) -> str:
    """Without capitals, double spaces and what only a typewriter tells apart."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def find(rows: QuerySet, text: str, *fields: str) -> QuerySet:
    """Rows with every word in one of the fields; those with the text at the beginning, or at that of a word, first."""
    for word in text.split()[:8]:
        rows = rows.filter(any_of(fields, "icontains", word))
    return likeliest_first(rows, any_of(fields, "istartswith", text), any_of(fields, "icontains", f" {text}"))


def any_of(fields: Iterable[str], lookup: str, text: str) -> Q:
    return reduce(or_, (Q(**{f"{field}__{lookup}": text}) for field in fields))


def likeliest_first(rows: QuerySet, *likely: Q) -> QuerySet:
    """The rows in their order, but those of the first condition before those of the second before the others."""
    ranks = [When(each, then=place) for place, each in enumerate(likely)]
    rank = Case(*ranks, default=len(likely), output_field=SmallIntegerField())
    return rows.annotate(unlikely=rank).order_by("unlikely", *rows.query.order_by)


def suggest(request: HttpRequest, choices: Choices) -> HttpResponse:
    """What fits the text typed so far, a few at a time; nothing typed yet brings the first ones."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    choices = choices.without(request.GET.get("without"))
    rows = choices.search(text) if text else choices.rows
    shown = list(rows[:SUGGESTED])
    beyond = choices.count_beyond(rows) if len(shown) == SUGGESTED else 0
    told = f"{COUNTED}+" if beyond > COUNTED else beyond
    context = {"choices": choices.offered(shown), "beyond": told, "query": text}
    return render(request, "components/choice_suggestions.html", context)


class Lines(ModelChoiceIterator):
    """The plain list, and none where a search takes its place."""

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for record in self.field.offered.few or ():
            yield record.pk, self.field.offered.line(record)


class SearchedSelect(forms.Select):
    """The plain list, or a text with suggestions beside the id of what was chosen.

    Sent are the id, the text, and the text that belongs to the id: where both texts are the same the id counts, so that
    it needs no script, and what somebody renames meanwhile stays chosen.
    """

    searched_template_name = "components/searched_choice.html"
    several: Iterable[Choice] = ()

    @property
    def is_searched(self) -> bool:
        """Whether there are too many for a plain list."""
        return self.choices.field.offered.few is None

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        if not self.is_searched:
            return super().render(name, value, attrs, renderer)
        context = {"widget": self.searched(name, value, attrs or {})}
        return self._render(self.searched_template_name, context, renderer)

    def searched(self, name: str, value: Any, attrs: dict[str, Any]) -> dict[str, Any]:
        """What the search shows: the chosen record by name, or the text as it was typed."""
        field = self.choices.field
        record = None if isinstance(value, Typed) or value in field.empty_values else field.offered.get(value)
        label = field.offered.label(record) if record else ""
        text = value if isinstance(value, Typed) else label
        attrs = self.build_attrs(self.attrs, attrs)
        list_id = f"{attrs.get('id', name)}_list"
        attrs["aria-describedby"] = f"{attrs.get('aria-describedby', '')} {list_id}_why".strip()
        return {
            "name": name,
            "value": str(record.pk) if record else "",
            "text": text,
            "shown": text if self.several else label,
            "why": field.offered.tell_apart([record]).get(record.pk, "") if record else "",
            "label": field.label,
            "url": field.offered.url,
            "several": self.several,
            "list_id": list_id,
            "attrs": attrs,
        }

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        chosen = data.get(f"{name}_one") or data.get(name)
        if f"{name}_text" not in data:
            return chosen  # a plain list
        text = data[f"{name}_text"].strip()
        if not text:
            return ""
        return chosen if chosen and text == data.get(f"{name}_shown", "").strip() else Typed(text[:LONGEST])

    def use_required_attribute(self, initial: Any) -> bool:
        if self.is_searched:
            return forms.Widget.use_required_attribute(self, initial)
        return super().use_required_attribute(initial)


class SearchedChoiceField(forms.ModelChoiceField):
    """One of `Choices`, which a form hands over with `offer` before anything is read or shown."""

    widget = SearchedSelect
    iterator = Lines
    default_error_messages = {"nothing_fits": _("Nothing here fits “%(text)s”.")}

    def __init__(self, queryset: Any = None, **options: Any) -> None:
        super().__init__(queryset, **options)

    def offer(self, choices: Choices, **options: Any) -> None:
        """Let one of these be chosen; `empty_label` names the choice of none."""
        self.offered = choices
        self.resolved: dict[str, Any] = {}
        self.empty_label = options.get("empty_label", self.empty_label)
        self.widget.choices = self.choices

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        record = self.read(value) if isinstance(value, Typed) else self.offered.get(value)
        if record is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return record

    def read(self, text: Typed) -> Any:
        """The one record the text can mean; where it can mean several they are shown to choose from."""
        found = self.offered.meant_by(text)
        if not found:
            raise ValidationError(self.error_messages["nothing_fits"], code="nothing_fits", params={"text": text})
        if len(found) > 1:
            self.widget.several = self.offered.offered(found[:SUGGESTED])
            raise ValidationError(too_many(text, len(found)), code="several")
        self.resolved[text] = found[0]
        self.offered.known[str(found[0].pk)] = found[0]
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        """The id of a record, and of a text that was read as one; a record out of sight has none."""
        if isinstance(value, Typed):
            return self.resolved[value].pk if value in self.resolved else value
        if isinstance(value, Model):
            return None if self.hides(value.pk) else value.pk
        return super().prepare_value(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(initial, self.prepare_value(data))

    def label_from_instance(self, record: Any) -> str:
        return "—" if self.hides(record.pk) else self.offered.label(record)

    def hides(self, value: Any) -> bool:
        """Whether something is chosen that this reader cannot choose, and is not told of."""
        return value not in self.empty_values and self.offered.get(value) is None


def too_many(text: str, count: int) -> str:
    """How many a text can mean."""
    if count > SUGGESTED:
        return _("Many fit “%(text)s”: choose one, or type more of it.") % {"text": text}
    return _("%(count)s fit “%(text)s”: choose the one you mean.") % {"count": count, "text": text}
