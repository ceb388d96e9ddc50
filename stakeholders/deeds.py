"""What can be done to people in their list: in the row, or to many at once."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pages.choices import SearchedChoiceField
from records.acts import Actor
from records.deeds import Asked, Deed, DeedForm, Ids, pieces, written_beside
from records.history import record_set
from records.intake import Key
from records.record_types import Text
from stakeholders.models import Level, Position, Stakeholder
from stakeholders.upkeep import people_changed
from users.choices import colleagues
from users.models import User

YES_NO = [("yes", pgettext_lazy("answer", "Yes")), ("", pgettext_lazy("answer", "No"))]


class WatchedForm(DeedForm):
    is_watched = forms.TypedChoiceField(
        label=_("Watched"), choices=YES_NO, required=False, coerce=bool, empty_value=False
    )


class CounterpartForm(DeedForm):
    counterpart = SearchedChoiceField(label=_("Counterpart"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["counterpart"].offer(colleagues(), empty_label=_("Nobody"))


class LevelForm(DeedForm):
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)


def worked(people: QuerySet, user: User) -> QuerySet:
    """Whoever works on the person's own account."""
    return people.filter(pk__in=Stakeholder.objects.worked_by(user).values("pk"))


def as_asked(person: Stakeholder, asked: Asked) -> dict[str, Any]:
    return dict(asked)


def gone(person: Stakeholder, asked: Asked) -> dict[str, Any]:
    """Off every page."""
    return {"removed_at": timezone.now()}


def rejudge(ids: Ids) -> None:
    """Key status, search keys, contact states."""
    for some in pieces(ids):
        people_changed(some)


def main_posts(people: Sequence[Stakeholder]) -> QuerySet[Position]:
    """The post that speaks for each."""
    ids = [person.pk for person in people]
    return Position.objects.present().filter(stakeholder__in=ids, is_primary=True, until=None)


def without_post(people: Sequence[Stakeholder], asked: Asked) -> dict[UUID, Text]:
    """A level belongs to a post."""
    held = set(main_posts(people).values_list("stakeholder_id", flat=True))
    return {person.pk: _("holds no post now") for person in people if person.pk not in held}


def level_of_post(people: Sequence[Stakeholder], asked: Asked, *, by: Actor, because: str) -> dict[UUID, list[Key]]:
    """The post says the level; the person's own column mirrors it."""
    posts = list(main_posts(people).values_list("stakeholder_id", "pk"))
    rows = Position.objects.filter(pk__in=[pk for _person, pk in posts])
    rows.update(level=asked["level"])
    record_set(rows, by=by, because=because)
    return written_beside(posts, Position._meta.label_lower)


PEOPLE_DEEDS = (
    Deed("watched", _("Watched"), WatchedForm, as_asked, worked, column="is_watched", settle=rejudge),
    Deed("counterpart", _("Counterpart"), CounterpartForm, as_asked, worked, column="counterpart", settle=rejudge),
    Deed(
        "level",
        _("Level"),
        LevelForm,
        as_asked,
        worked,
        column="level",
        objections=without_post,
        beside=level_of_post,
        settle=rejudge,
    ),
    Deed("remove", _("Delete"), DeedForm, gone, worked, settle=rejudge),
)
