"""Several rows of one small form, grown and shrunk by buttons of the page, with script or without."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from records.editing import VersionedForm
from stakeholders import care_days
from stakeholders.models import CareDate, ContactMethod
from stakeholders.models.contact_method import normalise

MOST = 40


class Row(forms.Form):
    """One row; left empty it does not count."""

    counts_by: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, empty_permitted=True, use_required_attribute=False, **kwargs)

    @property
    def is_filled(self) -> bool:
        if not self.is_bound:
            return any(self.initial.get(name) for name in self.counts_by)
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in self.counts_by)

    def has_changed(self) -> bool:
        return self.is_filled


class ContactForm(Row):
    """A way to reach somebody."""

    counts_by = ("value",)
    kind = forms.ChoiceField(label=_("Kind"), choices=ContactMethod.Kind.choices, initial=ContactMethod.Kind.MOBILE)
    value = forms.CharField(label=_("Number or address"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """Read the number as the network would; mark the row where it is none."""
        found = super().clean() or self.cleaned_data
        value, kind = found.get("value"), found.get("kind")
        if value and kind:
            try:
                self.normalised = normalise(kind, value)
            except ValidationError as refusal:
                self.add_error("value", refusal)
        return found

    @property
    def read_as(self) -> str:
        """The normalised form where it differs from what was typed."""
        read = getattr(self, "normalised", "") or self.initial.get("normalised", "")
        typed = self["value"].value() or ""
        return read if read and read.casefold() != typed.strip().casefold() else ""


class CareDateForm(Row):
    """A day of care; the year is kept where it is known."""

    counts_by = ("month", "day", "year", "note")
    kind = forms.ChoiceField(label=_("Occasion"), choices=CareDate.Kind.choices)
    month = forms.IntegerField(label=_("Month"), min_value=1, max_value=12)
    day = forms.IntegerField(label=_("Day"), min_value=1, max_value=31)
    year = forms.IntegerField(label=_("Year"), min_value=1900, max_value=2200, required=False)
    is_lunar = forms.BooleanField(label=_("Lunar"), required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        month, day = found.get("month"), found.get("day")
        if month and day and not care_days.exists(month, day, found.get("is_lunar", False)):
            self.add_error("day", _("There is no such day."))
        return found


class Rows(VersionedForm):
    """The rows with the version of the record they belong to.

    `rows` names each row's number in the order shown; `more` adds one, `drop` takes one away, and neither stores
    anything. `first` is the row that shall stand first.
    """

    def __init__(
        self,
        row_class: type[Row],
        data: QueryDict | None = None,
        *,
        initial: Iterable[dict] = (),
        version: int | None = None,
        blank: int = 1,
    ) -> None:
        super().__init__(data, initial={"version": version})
        self.row_class = row_class
        stored = list(initial)
        if data is None:
            self.rows = [row_class(prefix=str(i), initial=values) for i, values in enumerate([*stored, *[{}] * blank])]
        else:
            self.rows = [row_class(data, prefix=str(i)) for i in self.numbers()]
        if self.wants_more:
            self.rows.append(row_class(prefix=str(max(self.numbers(), default=-1) + 1)))

    def numbers(self) -> list[int]:
        """The rows sent, without the one to drop."""
        sent = dict.fromkeys(number for number in self.data.getlist("rows") if number.isascii() and number.isdigit())
        kept = [int(number) for number in sent if number != self.data.get("drop") and len(number) < 4]
        return kept[:MOST]

    @property
    def wants_more(self) -> bool:
        return self.is_bound and "more" in self.data

    @property
    def only_reshapes(self) -> bool:
        """Whether a button of a row was pressed, and nothing is to be stored."""
        return self.is_bound and ("more" in self.data or "drop" in self.data)

    @property
    def first(self) -> str:
        """The number of the row marked as the first."""
        chosen = self.data.get("first", "") if self.is_bound else ""
        return chosen or (self.rows[0].prefix if self.rows else "")

    def is_valid(self) -> bool:
        rows_are = [row.is_valid() for row in self.rows]
        return super().is_valid() and all(rows_are)

    def values(self) -> list[dict[str, Any]]:
        """What each filled row says, the marked one first."""
        filled = [row for row in self.rows if row.is_filled]
        filled.sort(key=lambda row: row.prefix != self.first)
        return [row.cleaned_data for row in filled]
