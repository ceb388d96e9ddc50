"""Filters over a list: a GET form above it and, as the same set, the parameters of the API.

What cannot be read is left out of the question and said at its field. What is chosen stands above the rows as chips,
each a link to the list without it.
"""

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Self

import django_filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.translation import pgettext_lazy

from pages.choices import Choices, SearchedChoiceField
from pages.days import full_day
from pages.forms import ChipCheckboxes, DayInput, SearchInput

LONGEST = 200
SEARCH = "q"
ANY = pgettext_lazy("choice", "Any")
# Days beyond have no moment in every time zone.
WITHIN_REASON = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2999, 12, 31))]
# What an address says beside the filters: another filter leads to the first page again.
PLACE = ("cursor", "from")


@dataclass(frozen=True)
class Asker:
    """Who asks, where no request does: a count, a file, a bulk edit. Filters read no more of it."""

    user: Any


@dataclass(frozen=True)
class Chip:
    """Something the list is narrowed to, and the query without it."""

    label: str
    text: str
    without: str


class ListFilters(django_filters.FilterSet):
    """The filters of one list; each app has its own in `filters.py`, with choices in the reader's sight."""

    @property
    def reader(self) -> Any:
        return self.request.user

    def get_form_class(self) -> type[forms.Form]:
        """Of the search and what is asked for: most lists are opened without a question, and make no field that
        nobody sees."""
        return self.form_of(name for name in self.filters if name == SEARCH or self.is_asked(name))

    def form_of(self, names: Iterable[str]) -> type[forms.Form]:
        return type("FilterForm", (forms.Form,), {name: self.filters[name].field for name in names})

    def is_asked(self, name: str) -> bool:
        """Whether the query says anything of this filter, be it by a text nobody took a record for."""
        return any(asked == name or asked.startswith(f"{name}_") for asked in self.data)

    @property
    def search_field(self) -> forms.BoundField | None:
        """The one field that always shows."""
        return self.form[SEARCH] if SEARCH in self.filters else None

    @cached_property
    def panel(self) -> forms.Form:
        """Every filter, behind “Filters”."""
        return self.form_of(self.filters)(self.data)

    @property
    def chip_fields(self) -> list[forms.BoundField]:
        """Of the panel: any of a few choices."""
        return [field for field in self.panel if field.use_fieldset]

    @property
    def marks(self) -> list[forms.BoundField]:
        """Of the panel: yes or nothing."""
        return [field for field in self.panel if isinstance(field.field, forms.BooleanField)]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """Of the panel: a text, a record, a day, one choice."""
        others = {SEARCH, *(field.name for field in (*self.chip_fields, *self.marks))}
        return [field for field in self.panel if field.name not in others]

    @property
    def asked(self) -> dict[str, Any]:
        """What was read and narrows the list."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if not is_nothing(value)}

    @property
    def narrows(self) -> bool:
        return bool(self.asked)

    @property
    def folded_count(self) -> int:
        """How many filters behind “Filters” are in use."""
        return len(self.asked.keys() - {SEARCH})

    @property
    def has_trouble(self) -> bool:
        """Whether something could not be read."""
        return bool(self.form.errors)

    def chips(self, query: QueryDict) -> Iterator[Chip]:
        """One for each thing asked for, but the search that shows anyway."""
        for name, value in self.asked.items():
            if name == SEARCH:
                continue
            field = self.form[name]
            for each in value if isinstance(value, list | QuerySet) else [value]:
                yield Chip(str(field.label), in_words(field.field, each), without(query, name, each))


def is_nothing(value: Any) -> bool:
    return not value if isinstance(value, list | QuerySet) else value in (None, "", False)


def in_words(field: forms.Field, value: Any) -> str:
    """A value as a chip tells it; a mark needs no word beside its label."""
    if value is True:
        return ""
    if isinstance(value, date):
        return full_day(value)
    if isinstance(value, Model):
        return str(value)
    return str(dict(getattr(field, "choices", ())).get(value, value))


def without(query: QueryDict, name: str, value: Any) -> str:
    """The query without one value of one filter, from the first page."""
    rest = query.copy()
    told = str(value.pk if isinstance(value, Model) else value)
    several = [each for each in rest.getlist(name) if each != told]
    for each in (name, f"{name}_one", f"{name}_text", f"{name}_shown", *PLACE):
        rest.pop(each, None)
    if several and len(query.getlist(name)) > 1:
        rest.setlist(name, several)
    return rest.urlencode()


# Kinds of filters -----------------------------------------------------------------------------------------------------


class Shared:
    """Copied for each request without what it is made of, which nobody changes: a set copies all of its filters in
    depth for every page, which takes longer than reading them."""

    def __deepcopy__(self, memo: dict) -> Self:
        same = copy(self)
        same.method = self.method  # a method of the set is called by way of the filter, this one from now on
        return same


class TextFilter(Shared, django_filters.CharFilter):
    """Some words."""

    def __init__(self, *args: Any, hint: Any = "", **options: Any) -> None:
        options.setdefault("lookup_expr", "icontains")
        super().__init__(*args, max_length=LONGEST, widget=SearchInput(attrs={"placeholder": hint}), **options)


class AnyOfFilter(Shared, django_filters.Filter):
    """One or more of a few choices."""

    field_class = forms.MultipleChoiceField

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, lookup_expr="in", widget=ChipCheckboxes, **options)


class OneOfFilter(Shared, django_filters.Filter):
    """One of a few choices, or none; `usual` names what a list shows without one."""

    field_class = forms.ChoiceField

    def __init__(self, *args: Any, choices: Any, usual: Any = ANY, **options: Any) -> None:
        super().__init__(*args, choices=[("", usual), *choices], **options)


class MarkFilter(Shared, django_filters.Filter):
    """Only those that bear a mark."""

    field_class = forms.BooleanField

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        return super().filter(qs, value) if value else qs


class DayFilter(Shared, django_filters.DateFilter):
    """A day, in the browser's own calendar."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, widget=DayInput, validators=WITHIN_REASON, **options)


class FoundField(SearchedChoiceField):
    """A record found by typing, however few there are: a list asks the database nothing for its bar."""

    def offer(self, choices: Choices, **options: Any) -> None:
        choices.few = None
        super().offer(choices, **options)


class RecordFilter(Shared, django_filters.Filter):
    """One record in the reader's sight: `choices(reader)` are what there is to choose from."""

    field_class = FoundField

    def __init__(self, *args: Any, choices: Callable[[Any], Choices], **options: Any) -> None:
        self.choices = choices
        super().__init__(*args, empty_label=ANY, **options)

    @property
    def field(self) -> FoundField:
        """Offered anew to each reader, since a set's filters are copied for each request."""
        field = super().field
        if not hasattr(field, "offered"):
            field.offer(self.choices(self.parent.reader))
        return field


class AnyRecordFilter(Shared, django_filters.Filter):
    """One or more of a few records that everybody knows of."""

    field_class = forms.ModelMultipleChoiceField

    def __init__(self, *args: Any, rows: Callable[[], QuerySet], **options: Any) -> None:
        self.rows = rows
        super().__init__(*args, lookup_expr="in", widget=ChipCheckboxes, queryset=None, **options)

    @property
    def field(self) -> forms.Field:
        field = super().field
        if field.queryset is None:
            field.queryset = self.rows()
        return field

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        return super().filter(qs, list(value)) if value else qs
