"""The record: what every row that users know by itself has, and the verbs all of them share."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Self

from django.db import connections, models
from django.db.models.functions import Now
from django.db.transaction import TransactionManagementError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from records.acts import Act, Actor
from records.constraints import CheckedAtOnce
from records.fields import VersionField
from records.identity import new_id

BY_TRIGGER = ("version", "updated_at")


class Stale(Exception):
    """Somebody else changed the record since it was read; `current` is how it stands now."""

    def __init__(self, current: "Record") -> None:
        super().__init__(f"{current._meta.label} {current.pk} stands at version {current.version}")
        self.current = current


class RecordQuerySet(models.QuerySet):
    def present(self) -> Self:
        """Those that nobody removed."""
        return self.filter(removed_at__isnull=True)

    def locked(self, pk: Any, version: int | None = None) -> Any:
        """The row, held until the transaction ends; `Stale` when it is no longer the version asked for.

        It is locked by its key alone: a scope in the same statement would be judged by the state before the
        wait. Whether it belongs to this set is asked afterwards.
        """
        if not connections[self.db].in_atomic_block:
            raise TransactionManagementError("A lock lasts as long as its transaction, and there is none.")
        model: Any = self.model
        row = model._base_manager.using(self.db).select_for_update(no_key=True).get(pk=pk)
        if not self.filter(pk=pk).exists():
            raise model.DoesNotExist
        if version is not None and row.version != version:
            raise Stale(row)
        return row


class Stamped(CheckedAtOnce):
    """The verb all rows with a history share: saving under somebody's name."""

    _act: Act | None = None

    class Meta:
        abstract = True

    def keep(self, *, by: Actor | None, because: str = "", fields: Iterable[str] | None = None) -> Self:
        """Store it, with a history row that says who, why and through what; `fields` narrows what is written."""
        with self._signed(Act.of(by, because)):
            self.save(update_fields=None if fields is None else list(fields))
        return self

    @contextmanager
    def _signed(self, act: Act) -> Iterator[None]:
        """Whatever history is written now is this act's, and nothing later."""
        self._act = act
        try:
            yield
        finally:
            self._act = None


class Record(Stamped):
    """A row that users know by itself; triggers count its versions and tell the change log."""

    # Where the change log finds the account it belongs to, when the model has such a column.
    account_column: ClassVar[str | None] = "account_id"
    # Whether the purge takes its removed rows; a user stays, since the history names them.
    is_purged: ClassVar[bool] = True
    # Fields whose values the history tab hides.
    sensitive_fields: ClassVar[frozenset[str] | set[str]] = frozenset()

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = VersionField(_("version"))
    created_at = models.DateTimeField(_("created"), default=timezone.now, db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("changed"), default=timezone.now, db_default=Now(), editable=False)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True, editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        is_new = self._state.adding
        super().save(*args, **kwargs)
        if not is_new:
            self.forget_version()

    def keep(self, *, by: Actor | None, because: str = "", fields: Iterable[str] | None = None) -> Self:
        if self._state.adding and by is not None and by.acting_at:
            self.created_at = by.acting_at
        return super().keep(by=by, because=because, fields=fields)

    def remove(self, *, by: Actor | None, because: str = "") -> Self:
        """Take it out of sight; it can be brought back until the purge."""
        if self.removed_at is None:
            self.removed_at = Act.of(by).at
            self.keep(by=by, because=because, fields=["removed_at"])
        return self

    def restore(self, *, by: Actor | None, because: str = "") -> Self:
        """Bring it back as it was."""
        if self.removed_at is not None:
            self.removed_at = None
            self.keep(by=by, because=because, fields=["removed_at"])
        return self

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None

    def forget_version(self) -> None:
        """Drop what only the trigger knows; it is read anew when somebody asks."""
        for name in BY_TRIGGER:
            self.__dict__.pop(name, None)

    def refresh_from_db(
        self, using: str | None = None, fields: Iterable[str] | None = None, from_queryset: Any = None
    ) -> None:
        """Whoever asks for the version or its moment gets both, in one query."""
        if fields is not None and set(fields) < set(BY_TRIGGER):
            fields = list(BY_TRIGGER)
        super().refresh_from_db(using, fields, from_queryset)
