"""What can be done to interactions and next steps in their lists: in the row, or to many at once."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Account
from pages.choices import SearchedChoiceField
from pages.forms import DayInput
from records.deeds import Asked, Deed, DeedForm, Ids
from records.record_types import Text
from relationships.models import Action, ActivityType, Interaction
from users.choices import colleagues
from users.models import User


class ValueForm(DeedForm):
    value_given = forms.ChoiceField(
        label=_("What they got"),
        choices=[("", pgettext_lazy("choice", "Not said")), *Interaction.Value.choices],
        required=False,
    )


class TypeForm(DeedForm):
    activity_type = forms.ModelChoiceField(ActivityType.objects.none(), label=_("Activity"), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity_type"].queryset = ActivityType.objects.offered()


class PutOffForm(DeedForm):
    due_on = forms.DateField(label=_("Due"), widget=DayInput)


class HandOverForm(DeedForm):
    owner = SearchedChoiceField(label=_("Who does it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].offer(colleagues(), empty_label=pgettext_lazy("choice", "Choose"))


def as_asked(record: Any, asked: Asked) -> dict[str, Any]:
    return dict(asked)


def gone(record: Any, asked: Asked) -> dict[str, Any]:
    """Out of sight."""
    return {"removed_at": timezone.now()}


# Interactions ---------------------------------------------------------------------------------------------------------


def theirs(interactions: QuerySet, user: User) -> QuerySet:
    """The author's, and the managers' above the account."""
    return interactions.filter(Q(author=user) | Q(account__team__in=user.led_team_ids))


def of_type(interaction: Interaction, asked: Asked) -> dict[str, Any]:
    """Another type brings its own word on support and delivery work."""
    kind = asked["activity_type"]
    return {"activity_type": kind, "is_service": kind.is_service}


def recount(ids: Ids) -> None:
    """Judge anew everybody who took part."""
    Interaction.recount(Interaction.objects.filter(pk__in=list(ids)))


INTERACTION_DEEDS = (
    Deed("value", _("What they got"), ValueForm, as_asked, theirs, column="value_given"),
    Deed("type", _("Activity"), TypeForm, of_type, theirs, column="type", settle=recount),
    Deed("remove", _("Delete"), DeedForm, gone, theirs, settle=recount),
)


# Next steps -----------------------------------------------------------------------------------------------------------


def ours(actions: QuerySet, user: User) -> QuerySet:
    """Its owner's, the account team's and the managers' above."""
    worked = Account.objects.worked_by(user).values("pk")
    return actions.filter(Q(owner=user) | Q(account__in=worked))


def done_today(action: Action, asked: Asked) -> dict[str, Any]:
    """Done today at its account; what was done before keeps its day."""
    return {"done_on": action.done_on or action.account.today()}


def already_done(actions: Sequence[Action], asked: Asked) -> dict[UUID, Text]:
    return {action.pk: _("done already") for action in actions if action.done_on}


ACTION_DEEDS = (
    Deed("finish", _("Done"), DeedForm, done_today, ours, needs=("account",)),
    Deed("put_off", _("Due"), PutOffForm, as_asked, ours, column="due_on", objections=already_done),
    Deed("hand_over", _("Who does it"), HandOverForm, as_asked, ours, column="owner", objections=already_done),
    Deed("remove", _("Delete"), DeedForm, gone, ours),
)
