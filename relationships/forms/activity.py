"""Filters over what happened."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import team_of
from accounts.models import Account
from pages.choices import SearchedChoiceField
from relationships.models import ActivityType, Interaction
from stakeholders.choices import people_of
from users.models import User


class ActivityFilter(forms.Form):
    """By kind, state, person and colleague; nonsense in the address counts as nothing."""

    type = forms.ModelChoiceField(
        ActivityType.objects.none(), label=_("Activity"), required=False, empty_label=_("All")
    )
    state = forms.ChoiceField(label=_("State"), choices=[("", _("All")), *Interaction.State.choices], required=False)
    person = SearchedChoiceField(label=_("Person"), required=False, empty_label=_("All"))
    colleague = SearchedChoiceField(label=_("Colleague"), required=False, empty_label=_("All"))
    whose = forms.ChoiceField(label=_("Whose"), choices=[("", _("Everybody's")), ("mine", _("Mine"))], required=False)

    def __init__(self, *args: Any, account: Account | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].queryset = ActivityType.objects.offered()
        if account is not None:
            self.fields["person"].offer(people_of(account))
            self.fields["colleague"].offer(team_of(account))
            del self.fields["whose"]
        else:
            del self.fields["person"], self.fields["colleague"]

    def narrow(self, rows: Any, user: User) -> Any:
        """Those asked for."""
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("type"):
            rows = rows.filter(activity_type=asked["type"])
        if asked.get("state"):
            rows = rows.filter(state=asked["state"])
        if asked.get("person"):
            rows = rows.with_person(asked["person"])
        if asked.get("colleague") or asked.get("whose"):
            rows = rows.attended_by(asked.get("colleague") or user)
        return rows
