"""The part: a row that means something only inside its record, and changes the record when it changes."""

from typing import Any, ClassVar

from django.db import models

from records.acts import Act, Actor
from records.identity import new_id
from records.record import Record, Stamped


class Part(Stamped):
    """A row of a record: no version and no feed entry of its own, its trigger raises the record's."""

    # The foreign key that leads to the record; it must lead to a `Record`.
    part_of: ClassVar[str | None]
    sensitive_fields: ClassVar[frozenset[str] | set[str]] = frozenset()

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self._forget_version_of_whole()

    def delete(
        self, using: str | None = None, keep_parents: bool = False, *, by: Actor | None = None, because: str = ""
    ) -> tuple[int, dict[str, int]]:
        """Take it away for good, with a history row; its values stay in the history."""
        with self._signed(Act.of(by, because)):
            deleted = super().delete(using, keep_parents)
        self._forget_version_of_whole()
        return deleted

    def _forget_version_of_whole(self) -> None:
        """The trigger has just raised it in the database."""
        whole = self._state.fields_cache.get(self.part_of) if self.part_of else None
        if isinstance(whole, Record):
            whole.forget_version()
