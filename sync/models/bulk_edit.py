"""What somebody did, or is about to do, to many records of a list at once."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pages.addresses import page_of
from records.identity import new_id
from records.intake import Key
from users.models import User

DRAFTS_STAY, UNDO_STAYS = timedelta(days=1), timedelta(days=30)


class BulkEditQuerySet(models.QuerySet):
    def recent(self) -> "BulkEditQuerySet":
        """What was done and changed something, as long as it can be undone; undone ones too."""
        done = self.exclude(state=BulkEdit.State.DRAFT).filter(changed__gt=0)
        return done.filter(done_at__gte=timezone.now() - UNDO_STAYS)

    def told_to(self, user: User) -> "BulkEditQuerySet":
        """One's own, those of the teams one leads, and all for administrators."""
        if user.is_administrator:
            return self.recent()
        return self.recent().filter(Q(author=user) | Q(author__team__in=user.led_team_ids))


class BulkEdit(models.Model):
    """The records chosen, what shall be done to them, and how they stood when it was shown; then what was written."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Not done yet")
        DONE = "done", _("Done")
        UNDONE = "undone", _("Taken back")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    listing = models.CharField(max_length=40)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    back = models.TextField(blank=True)  # the query of the list it came from
    ids = models.JSONField(default=list)
    deed = models.CharField(max_length=40, blank=True)
    asked = models.TextField(blank=True)  # what was sent to the deed's form
    versions = models.JSONField(default=dict)  # of the rows as they were shown
    given = models.JSONField(default=dict)  # by field of the deed's form, what it was set to
    keys = models.JSONField(default=dict)  # by record, what was written
    changed = models.PositiveIntegerField(default=0)  # records
    refused = models.PositiveIntegerField(default=0)
    kept = models.JSONField(default=list)  # records that undoing left, since somebody changed them
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = BulkEditQuerySet.as_manager()

    class Meta:
        verbose_name = _("bulk edit")
        verbose_name_plural = _("bulk edits")
        indexes = [
            models.Index(fields=["author", "state", "created_at"], name="bulk_edit_by_author"),
            models.Index(fields=["done_at", "id"], name="bulk_edit_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.listing}: {len(self.ids)}"

    def get_absolute_url(self) -> str:
        return page_of("sync:bulk_edit", self.pk)

    @property
    def because(self) -> str:
        """The reason that signs it in the history."""
        return f"bulk edit {self.pk}"

    @property
    def chosen(self) -> list[UUID]:
        return [UUID(pk) for pk in self.ids]

    @property
    def shown_versions(self) -> dict[UUID, int]:
        return {UUID(pk): version for pk, version in self.versions.items()}

    @property
    def can_be_undone(self) -> bool:
        return self.state == self.State.DONE

    @property
    def came_back(self) -> int:
        """How many records undoing put back."""
        return self.changed - len(self.kept)

    @property
    def stayed(self) -> list[UUID]:
        return [UUID(pk) for pk in self.kept]

    @property
    def written(self) -> dict[UUID, list[Key]]:
        return {UUID(pk): [(label, UUID(key)) for label, key in keys] for pk, keys in self.keys.items()}

    @classmethod
    def begin(cls, listing: str, ids: list[UUID], back: str, *, by: User) -> "BulkEdit":
        """Keep who was chosen. Drafts nobody finished go, and what was done too long ago to be undone."""
        now = timezone.now()
        stale = Q(state=cls.State.DRAFT, created_at__lt=now - DRAFTS_STAY) | Q(created_at__lt=now - UNDO_STAYS)
        cls.objects.filter(stale, author=by).delete()
        return cls.objects.create(listing=listing, author=by, back=back, ids=[str(pk) for pk in ids])

    def show(self, deed: str, asked: str, versions: dict[Any, int]) -> None:
        """What is about to be done, to rows as they stand now."""
        self.deed, self.asked = deed, asked
        self.versions = {str(pk): version for pk, version in versions.items()}
        self.save(update_fields=["deed", "asked", "versions"])

    def note(self, keys: dict[UUID, list[Key]], given: dict[str, Any], refused: int) -> None:
        """It is done: what was written, what was asked for, and how many were left as they are."""
        self.state, self.done_at = self.State.DONE, timezone.now()
        self.keys = {str(pk): [[label, str(key)] for label, key in written] for pk, written in keys.items()}
        self.given, self.changed, self.refused = given, len(keys), refused
        self.save(update_fields=["state", "done_at", "keys", "given", "changed", "refused"])

    def mark_undone(self, kept: Collection[UUID], *, by: User) -> None:
        """It is taken back, but for those that somebody changed since."""
        self.state, self.undone_at, self.undone_by = self.State.UNDONE, timezone.now(), by
        self.kept = sorted(str(pk) for pk in kept)
        self.save(update_fields=["state", "undone_at", "undone_by", "kept"])
