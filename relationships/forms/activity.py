"""Filters over what happened at one account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import team_of
from accounts.models import Account
from pages.choices import SearchedChoiceField
from relationships.models import ActivityType, Interaction
from stakeholders.choices import people_of


class ActivityFilter(forms.Form):
    """By kind, state, person and colleague; nonsense in the address counts as nothing."""

    type = forms.ModelChoiceField(
        ActivityType.objects.none(), label=_("Activity"), required=False, empty_label=_("All")
    )
    state = forms.ChoiceField(label=_("State"), choices=[("", _("All")), *Interaction.State.choices], required=False)
    person = SearchedChoiceField(label=_("Person"), required=False, empty_label=_("All"))
    colleague = SearchedChoiceField(label=_("Colleague"), required=False, empty_label=_("All"))

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].queryset = ActivityType.objects.offered()
        self.fields["person"].offer(people_of(account))
        self.fields["colleague"].offer(team_of(account))

    def narrow(self, rows: Any) -> Any:
        """Those asked for."""
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("type"):
            rows = rows.filter(activity_type=asked["type"])
        if asked.get("state"):
            rows = rows.filter(state=asked["state"])
        if asked.get("person"):
            rows = rows.with_person(asked["person"])
        return rows.attended_by(asked["colleague"]) if asked.get("colleague") else rows
