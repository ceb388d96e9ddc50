"""Next steps: adding, editing, putting off, finishing, and the filters over their list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import team_of
from accounts.models import Account
from pages.choices import SearchedChoiceField
from records.editing import VersionedForm
from relationships.forms import fields
from relationships.models import ActivityType
from stakeholders.choices import people_of
from stakeholders.models import Stakeholder
from users.models import User


class ActionForm(VersionedForm):
    """What, by when, by whom, and for which person."""

    title = forms.CharField(label=_("Next step"), max_length=300)
    due_on = fields.day_field(_("Due"))
    review_on = fields.day_field(_("Look at it again on"), required=False)
    owner = SearchedChoiceField(label=_("Who does it"), empty_label=None)
    stakeholder = SearchedChoiceField(label=_("Person"), required=False, empty_label=_("Nobody in particular"))
    activity_type = forms.ModelChoiceField(
        ActivityType.objects.none(), label=_("Activity"), required=False, empty_label=_("None")
    )

    def __init__(
        self,
        *args: Any,
        account: Account,
        user: User,
        person: Stakeholder | None = None,
        owner: User | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].initial = user.pk
        self.fields["owner"].offer(team_of(account, besides=[user, owner]))
        self.fields["stakeholder"].offer(people_of(account, besides=[person]))
        self.fields["activity_type"].queryset = ActivityType.objects.offered()


class FinishForm(VersionedForm):
    """It is done, and what it brought."""

    result = fields.text_field(_("What it brought"), 4000)


class ActionFilter(forms.Form):
    """Whose, and how they stand."""

    OPEN, DUE, LATE, DONE = "open", "due", "late", "done"
    STATES = [
        (OPEN, pgettext_lazy("next steps", "Open")),
        (DUE, _("Due this week")),
        (LATE, pgettext_lazy("next steps", "Late")),
        (DONE, pgettext_lazy("next steps", "Done")),
    ]
    WHOSE = [("mine", pgettext_lazy("next steps", "Mine")), ("team", _("Everybody's"))]

    whose = forms.ChoiceField(label=_("Whose"), choices=WHOSE, required=False)
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)

    def chosen(self) -> tuple[str, str]:
        """What is asked for; nonsense counts as nothing."""
        self.is_valid()
        return self.cleaned_data.get("whose") or "mine", self.cleaned_data.get("state") or self.OPEN
