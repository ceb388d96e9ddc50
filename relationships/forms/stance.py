"""Typing stances: one with a note and a day, or a whole grid like a spreadsheet."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Contender, Opportunity
from pages.forms import ChipRadios, DayInput
from relationships.stance_grid import US, Grid

SIGNS = str.maketrans({"−": "-", "–": "-", "－": "-", "＋": "+", "？": "?"})
VALUES = {"": None, "?": None, "-2": -2, "-1": -1, "0": 0, "1": 1, "+1": 1, "2": 2, "+2": 2}
WORDS = (
    ("-2", _("−2 Never them")),
    ("-1", _("−1 Rather not")),
    ("0", _("0 Neutral")),
    ("1", _("+1 Best among others")),
    ("2", _("+2 Only them")),
    ("?", _("Unknown")),
)


def read_stance(text: str) -> int | None:
    """−2 to 2 however the sign is written, None for ? or nothing; ValidationError for anything else."""
    folded = text.strip().translate(SIGNS)
    if folded not in VALUES:
        raise ValidationError(_("A stance is −2, −1, 0, 1 or 2, or ? for unknown."))
    return VALUES[folded]


def read_grid(sent: Any, grid: Grid) -> tuple[list[tuple[Any, UUID | str, int | None]], dict[str, tuple[str, str]]]:
    """What was changed in the grid, by person and supplier; and what cannot be read, by cell: as typed, and why."""
    changed, errors = [], {}
    for person in grid.shown:
        for supplier in (US, *grid.rivals):
            name = f"{person.pk}.{supplier}"
            typed = sent.get(name)
            if typed is None or typed == sent.get(f"{name}.was", ""):
                continue
            try:
                if (value := read_stance(typed)) != VALUES.get(sent.get(f"{name}.was", "")):
                    changed.append((person, supplier, value))
            except ValidationError as refusal:
                errors[name] = (typed[:20], refusal.messages[0])
    return changed, errors


class StanceForm(forms.Form):
    """One judgement: toward whom, how, since when and why."""

    supplier = forms.ChoiceField(label=_("Toward"), widget=ChipRadios)
    value = forms.ChoiceField(label=_("Stance"), choices=WORDS, widget=ChipRadios)
    on = forms.DateField(label=_("Day"), widget=DayInput)
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, opportunity: Opportunity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rivals = {str(each.competitor_id): each.competitor for each in Contender.objects.of(opportunity)}
        self.fields["supplier"].choices = [(US, _("Us")), *((pk, each.name) for pk, each in self.rivals.items())]
        today = opportunity.account.today().isoformat()
        self.initial |= {"supplier": US, "on": today}
        self.fields["on"].widget.attrs["max"] = today

    def values(self) -> dict[str, Any]:
        """What the verb gets."""
        told = dict(self.cleaned_data)
        competitor = self.rivals.get(told.pop("supplier"))
        return told | {"competitor": competitor, "value": read_stance(told["value"])}


class ContendForm(forms.Form):
    """A competitor that takes part."""

    name = forms.CharField(
        label=_("Competitor"),
        max_length=120,
        widget=forms.TextInput(attrs={"list": "competitors", "autocomplete": "off"}),
    )
