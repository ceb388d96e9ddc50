"""A way to look at a list, kept under a name and shared or not: filters, columns and order."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from records.history import Tracked
from records.list_page import MANNER
from records.models import Record, RecordQuerySet
from users.models import Team, User

MOST = 50  # of one user and one list


class SavedViewQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> "SavedViewQuerySet":
        """One's own, those for one's team or one that one leads, and those for everybody."""
        shared = SavedView.Shared
        teams = {user.team_id, *user.led_team_ids} - {None}
        ours = Q(shared=shared.TEAM, team__in=teams)
        return self.present().filter(Q(owner=user) | Q(shared=shared.EVERYBODY) | ours)

    def owned_by(self, user: User) -> "SavedViewQuerySet":
        """Those this user may change, also after deleting them."""
        return self.filter(owner=user)


class SavedView(Record):
    """A question to a list under a name. Whoever opens it sees what is in their own sight."""

    class Shared(models.TextChoices):
        NOBODY = "nobody", _("Only me")
        TEAM = "team", _("My team")
        EVERYBODY = "everybody", _("Everybody")

    listing = models.CharField(_("list"), max_length=40)
    name = models.CharField(_("name of the view"), max_length=60)
    query = models.TextField(_("filters"), blank=True, max_length=4000)
    sort = models.CharField(_("order"), max_length=60, blank=True)
    columns = models.JSONField(_("columns"), default=list, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name=_("owner")
    )
    shared = models.CharField(_("who sees it"), max_length=10, choices=Shared.choices, default=Shared.NOBODY)
    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("team"))

    objects = SavedViewQuerySet.as_manager()
    history = Tracked()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_name"),
            models.CheckConstraint(
                condition=Q(shared__in=["nobody", "team", "everybody"]), name="saved_view_shared_known"
            ),
            models.UniqueConstraint(
                fields=["owner", "listing", "name"],
                condition=Q(removed_at=None),
                name="saved_view_name_once",
                violation_error_message=_("You have a view of this name already."),
            ),
        ]
        indexes = [models.Index(fields=["listing", "owner"], name="saved_view_by_list")]

    def __str__(self) -> str:
        return self.name

    @property
    def question(self) -> str:
        """The query that asks for it, with its own mark."""
        asked = QueryDict(self.query, mutable=True)
        asked["view"] = str(self.pk)
        if self.sort:
            asked["sort"] = self.sort
        if self.columns:
            asked["columns"] = ",".join(self.columns)
        return asked.urlencode()

    def clean(self) -> None:
        """Shared with a team only by whoever has one; not without end."""
        self.name = " ".join(self.name.split())
        if self.shared == self.Shared.TEAM and self.team is None:
            raise ValidationError({"shared": _("You belong to no team.")})
        mine = SavedView.objects.present().filter(owner=self.owner_id, listing=self.listing).exclude(pk=self.pk)
        if mine.count() >= MOST:
            raise ValidationError(_("You have %(count)d views of this list; delete one first.") % {"count": MOST})

    @classmethod
    def save_as(cls, listing: str, asked: QueryDict, *, by: User, **values: Any) -> "SavedView":
        """Keep what the address asks for under a name."""
        view = cls(listing=listing, owner=by)
        view.take(asked)
        view.change(by=by, because="view_saved", **values)
        return view

    def change(self, *, by: User, because: str = "view_changed", asked: QueryDict | None = None, **values: Any) -> None:
        """Rename it, share it, or keep another question in it."""
        for field, value in values.items():
            setattr(self, field, value)
        if asked is not None:
            self.take(asked)
        self.team = self.owner.team if self.shared == self.Shared.TEAM else None
        self.full_clean()
        self.keep(by=by, because=because)

    def take(self, asked: QueryDict) -> None:
        """The question in its parts."""
        rest = asked.copy()
        self.sort = asked.get("sort", "")[:60]
        self.columns = [name for name in asked.get("columns", "").split(",") if name][:60]
        for name in (*MANNER, "csrfmiddlewaretoken"):
            rest.pop(name, None)
        self.query = rest.urlencode()
