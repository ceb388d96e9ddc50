"""What the pages of merging share, whatever is merged: whose word counts, and what taking apart leaves as it is."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pages.words import listed
from records.choosing import BOTH, KEPT, TWIN, Matter, Matters
from records.record_types import Text
from records.uniting import Left

NAMED = 8


class MergeForm(forms.Form):
    """A choice for every matter on which the two differ; the versions say what was looked at."""

    matters: ClassVar[Matters]
    labels: ClassVar[Mapping[str, Text]] = {}

    kept_version = forms.IntegerField(widget=forms.HiddenInput)
    twin_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kept: Any, twin: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept, self.twin = kept, twin
        self.initial |= {"kept_version": kept.version, "twin_version": twin.version}
        for matter in self.matters.all:
            if (sides := self.matters.sides(kept, twin, matter)) and self.is_asked(matter):
                self.fields[matter[0]] = self.choice(matter, sides)

    def is_asked(self, matter: Matter) -> bool:
        """Whether this reader has a choice there."""
        return True

    def choice(self, matter: Matter, sides: list[str]) -> forms.ChoiceField:
        """One side or the other, each as it reads; what one of them alone says may stay unanswered."""
        words = {
            KEPT: in_words(self.kept, matter),
            TWIN: in_words(self.twin, matter),
            BOTH: _("Both, one below the other"),
        }
        return forms.ChoiceField(
            label=self.labels.get(matter[0]) or capitalised(self.kept._meta.get_field(matter[0]).verbose_name),
            choices=[(side, words[side]) for side in sides],
            initial=self.matters.preset(self.kept, self.twin, matter),
            required=self.matters.is_contested(self.kept, self.twin, matter),
            widget=forms.RadioSelect,
        )

    @property
    def contested(self) -> list[forms.BoundField]:
        """Where each says something else."""
        return [field for field in self.visible_fields() if field.field.required]

    @property
    def filled(self) -> list[forms.BoundField]:
        """What one of them alone says: it is taken over, unless somebody chooses otherwise."""
        return [field for field in self.visible_fields() if not field.field.required]

    def chosen(self) -> dict[str, str]:
        return {field.name: self.cleaned_data[field.name] for field in self.visible_fields()}

    def seen(self) -> dict[UUID, int | None]:
        """By record, the version that was looked at."""
        return {self.kept.pk: self.cleaned_data["kept_version"], self.twin.pk: self.cleaned_data["twin_version"]}

    def look_again(self) -> None:
        """After a refusal the form is sent for the two as they stand now."""
        self.data = self.data.copy()
        self.data |= {"kept_version": str(self.kept.version), "twin_version": str(self.twin.version)}


def in_words(record: Any, matter: Matter) -> str:
    """What a record says of it; a mark with its reason."""
    first, *reasons = matter
    field = record._meta.get_field(first)
    value = getattr(record, field.name)
    if value is True or value is False:
        told = _("yes") if value else _("no")
    else:
        shown = getattr(record, f"get_{first}_display", None)
        told = str((shown() if shown else value) or _("Leave it empty"))
    reason = next((getattr(record, name) for name in reasons if getattr(record, name)), "")
    return f"{told}: {reason}" if reason else told


def capitalised(name: Any) -> str:
    return str(name)[:1].upper() + str(name)[1:]


def too_late(request: HttpRequest, record: Any, survivor: Any) -> HttpResponse:
    """One of the two was merged meanwhile: there is nothing left to compare, and the survivor's page says why."""
    messages.error(request, _("%(name)s has been removed or merged meanwhile.") % {"name": record})
    return redirect(survivor)


def tell_what_stays(request: HttpRequest, left: Left) -> None:
    """Changed since the merge: left as it is. Tied to the other one since: let go."""
    if stays := told_of(left):
        messages.warning(request, _("Changed since the merge, and left as it is: %(what)s.") % {"what": stays})
    if loose := told_of((row, sorted(names)) for row, names in left.loosened.items()):
        messages.warning(request, _("Tied to the other one since the merge, and let go: %(what)s.") % {"what": loose})


def told_of(rows: Iterable[tuple[Any, list[str]]]) -> str:
    """The first of these rows, each with the fields meant."""
    named = [f"{row} ({', '.join(names)})" for row, names in islice(rows, NAMED)]
    return listed(named) if named else ""
