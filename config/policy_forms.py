"""Forms over the method's numbers, which live in the database."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from records.editing import VersionedForm
from relationships.models import ActivityType, CadencePolicy, ContactRules, SupportRules
from reviews.models import AlertPolicy
from stakeholders.models import DecisionRole, KeyPersonPolicy, RolePower


class ActivityTypeForm(VersionedForm, forms.ModelForm):
    """A kind of activity, in both languages."""

    class Meta:
        model = ActivityType
        fields = (
            "label_en",
            "label_zh",
            "place",
            "counts",
            "is_key_action",
            "is_face_to_face",
            "is_service",
            "is_offered",
            "checklist_en",
            "checklist_zh",
        )
        widgets = {"checklist_en": forms.Textarea(attrs={"rows": 5}), "checklist_zh": forms.Textarea(attrs={"rows": 5})}


class ContactRulesForm(VersionedForm, forms.ModelForm):
    """The numbers of contact keeping beside the table of gaps."""

    class Meta:
        model = ContactRules
        fields = (
            "due_percent",
            "lost_multiple",
            "window_days",
            "role_tail_days",
            "crowd",
            "hold_back_days",
            "care_days_ahead",
        )


class KeyPersonPolicyForm(VersionedForm, forms.ModelForm):
    """When influence makes a key person, and how long that is good for."""

    class Meta:
        model = KeyPersonPolicy
        fields = ("min_influence_strength", "confirm_within_days")


class SupportRulesForm(VersionedForm, forms.ModelForm):
    """How long a stance is known, and who is worth winning."""

    class Meta:
        model = SupportRules
        fields = ("fresh_days", "win_from_power")


class AlertPolicyForm(VersionedForm, forms.ModelForm):
    """When an alert also goes to the manager."""

    class Meta:
        model = AlertPolicy
        fields = ("escalate_after_days",)


class CadenceForm(forms.Form):
    """The whole table: a gap and a ceiling per role and tier."""

    def __init__(self, *args, cells: list[CadencePolicy], **kwargs):
        super().__init__(*args, **kwargs)
        self.cells = cells
        for cell in cells:
            self.fields[f"gap-{cell.pk}"] = number(cell.gap_days, 3650, _("longest gap"), cell)
            self.fields[f"ceiling-{cell.pk}"] = number(cell.ceiling, 31, _("most contacts"), cell)
            self.fields[f"version-{cell.pk}"] = forms.IntegerField(widget=forms.HiddenInput, initial=cell.version)

    def rows(self) -> list[dict]:
        """The table as it is drawn: a row per role, a pair of fields per tier."""
        letters = dict(DecisionRole.Letter.choices) | {"": _("No role")}
        by_place = {(cell.letter, cell.tier): cell for cell in self.cells}
        return [
            {
                "letter": letter,
                "label": label,
                "cells": [self.pair(by_place[letter, tier]) for tier in Account.Tier.values],
            }
            for letter, label in letters.items()
        ]

    def pair(self, cell: CadencePolicy) -> dict:
        """The fields of one place in the table."""
        return {
            "tier": cell.get_tier_display(),
            **{name: self[f"{name}-{cell.pk}"] for name in ("gap", "ceiling", "version")},
        }

    def changes(self) -> dict[CadencePolicy, dict[str, int]]:
        """Only the cells somebody changed."""
        asked = {
            cell: (self.cleaned_data[f"gap-{cell.pk}"], self.cleaned_data[f"ceiling-{cell.pk}"]) for cell in self.cells
        }
        return {
            cell: {"gap_days": gap, "ceiling": ceiling}
            for cell, (gap, ceiling) in asked.items()
            if (gap, ceiling) != (cell.gap_days, cell.ceiling)
        }

    def overtaken(self) -> list[CadencePolicy]:
        """Cells somebody else changed since the page was opened, which this one would overwrite."""
        return [cell for cell in self.changes() if self.cleaned_data[f"version-{cell.pk}"] != cell.version]


class RolePowerForm(forms.Form):
    """The power of each role when none is given."""

    def __init__(self, *args, powers: list[RolePower], **kwargs):
        super().__init__(*args, **kwargs)
        self.powers = powers
        for row in powers:
            label = f"{row.letter} · {DecisionRole.Letter(row.letter).label}"
            self.fields[row.letter] = forms.TypedChoiceField(
                label=label, choices=DecisionRole.Power.choices, coerce=int, initial=row.power
            )

    def changes(self) -> dict[str, int]:
        """Only what was changed: letter → power."""
        return {
            row.letter: self.cleaned_data[row.letter]
            for row in self.powers
            if self.cleaned_data[row.letter] != row.power
        }


def number(value: int, most: int, label, cell: CadencePolicy) -> forms.IntegerField:
    """A small number whose name a screen reader can tell from its neighbours."""
    spoken = f"{label}: {cell.letter or _('No role')}, {cell.get_tier_display()}"
    attrs = {"aria-label": spoken, "inputmode": "numeric", "class": "small-number"}
    return forms.IntegerField(
        min_value=1, max_value=most, initial=value, label=spoken, widget=forms.NumberInput(attrs=attrs)
    )
