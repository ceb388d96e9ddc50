"""Next steps: adding, editing, putting off, finishing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

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
