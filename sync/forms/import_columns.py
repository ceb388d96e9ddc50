"""What each column of a file means, and what else one has to know to read it."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.choices import accounts_filled_by
from accounts.models import Account
from pages.choices import SearchedChoiceField
from pages.forms import ChipRadios
from pages.words import listed
from records.record_types import Column, Kind, Option
from sync.files.dates import DAY_FIRST, MONTH_FIRST
from sync.imports.mapping import IGNORED, NOTE, doubled
from sync.models import ImportRun

DAY_ORDERS = [
    ("", gettext_lazy("Refuse them")),
    (DAY_FIRST, gettext_lazy("Day first: 3 April")),
    (MONTH_FIRST, gettext_lazy("Month first: 4 March")),
]
KEY = "external_id"
PLACE, OPTION = "column_", "option_"
# What an option of a type may ask for, from what the author may choose; of anything else there are few, and no secrets.
OFFERED = {Account: accounts_filled_by}


class SourceField(forms.SlugField):
    """The short name of another system, however it is typed: “Old CRM” is old-crm."""

    def to_python(self, value: Any) -> str:
        return slugify(super().to_python(value), allow_unicode=True)


class ColumnsForm(forms.Form):
    """One choice per column; `rows` pairs each with its header and some cells."""

    source = SourceField(
        label=gettext_lazy("Where does it come from?"),
        required=False,
        max_length=60,
        allow_unicode=True,
        help_text=gettext_lazy("A short name of the other system. With its keys the next file finds the same records."),
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
    )
    day_order = forms.ChoiceField(label=gettext_lazy("Days like 3/4/2026"), choices=DAY_ORDERS, required=False)

    def __init__(self, *args: Any, run: ImportRun, **kwargs: Any) -> None:
        kwargs["initial"] = {"source": run.source, "day_order": run.reading.get("day_order", "")}
        super().__init__(*args, **kwargs)
        self.run = run
        if not any(column.kind in (Kind.DAY, Kind.MOMENT) for column in run.type.read):
            del self.fields["day_order"]
        for option in run.type.options:
            self.fields[f"{OPTION}{option.name}"] = self.asked(option)
        choices = self.choices()
        for place, header in enumerate(run.headers):
            self.fields[f"{PLACE}{place}"] = forms.ChoiceField(
                label=header, choices=choices, required=False, initial=self.proposed(place)
            )

    def asked(self, option: Option) -> forms.Field:
        """What a type of record asks about the whole file, answered as the last time."""
        said = self.run.options.get(option.name)
        if option.choices:
            first = option.choices[0][0]
            return forms.ChoiceField(
                label=option.label, choices=option.choices, initial=said or first, widget=ChipRadios
            )
        if option.model not in OFFERED:
            few = option.model.objects.present()
            return forms.ModelChoiceField(few, label=option.label, required=False, initial=said)
        field = SearchedChoiceField(label=option.label, required=False, initial=said)
        field.offer(OFFERED[option.model](self.run.author), empty_label=pgettext_lazy("choice", "None"))
        return field

    def choices(self) -> list[Any]:
        """Our columns by name, the required ones marked, then what to do with a column that means none of them."""
        ours = [(column.name, told(column)) for column in self.run.type.read]
        others = [
            (IGNORED, pgettext_lazy("column of a file", "Leave out")),
            (NOTE, pgettext_lazy("column of a file", "Keep in a note")),
        ]
        return [*others, (str(self.run.type.label), ours)]

    def proposed(self, place: int) -> str:
        targets = self.run.targets
        return targets[place] if place < len(targets) else IGNORED

    def rows(self) -> Iterator[tuple[Any, list[str]]]:
        """Each column's field with what stands below the header."""
        for place, cells in enumerate(self.run.samples):
            yield self[f"{PLACE}{place}"], cells

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        columns, targets = self.run.type.read, self.targets()
        twice = doubled(targets, (column.name for column in columns if column.is_several))
        missing = [column for column in columns if column.is_required and column.name not in targets]
        for column in columns:
            if column.name in twice:
                self.add_error(None, _("“%(name)s” is chosen for more than one column.") % {"name": column.label})
        if missing:
            names = {"names": listed(column.label for column in missing)}
            self.add_error(None, _("No column is matched with %(names)s, and no row goes without.") % names)
        if KEY in targets and not cleaned.get("source"):
            self.add_error("source", _("Say which system the keys come from."))
        return cleaned

    def targets(self) -> list[str]:
        return [self.cleaned_data.get(f"{PLACE}{place}", IGNORED) for place in range(len(self.run.headers))]

    def asked_fields(self) -> list[Any]:
        """The fields of the options."""
        return [self[name] for name in self.fields if name.startswith(OPTION)]

    def options(self) -> dict[str, Any]:
        """What was answered, records by their ids."""
        said = {
            name.removeprefix(OPTION): value for name, value in self.cleaned_data.items() if name.startswith(OPTION)
        }
        return {name: str(getattr(value, "pk", value)) for name, value in said.items() if value}

    def reading(self) -> dict[str, Any]:
        return self.run.reading | {"day_order": self.cleaned_data.get("day_order", "")}


def told(column: Column) -> str:
    return f"{column.label} *" if column.is_required else str(column.label)
