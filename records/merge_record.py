"""What a merge of two records is remembered by, whatever they are."""

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.part import Part


class MergeRecord(Part):
    """That `twin` was merged into `kept`, with all that was moved; taken apart, it is deleted, and its history stays.

    A part of the survivor, with a foreign key to it, and one to the twin that protects: as long as it stands the purge
    spares the twin's row, so that the twin's address leads to the survivor and the two can be told apart again.
    """

    part_of: ClassVar[str | None] = "kept"
    kept: Any
    twin: Any

    name = models.CharField(gettext_lazy("name"), max_length=200)
    merged_at = models.DateTimeField(gettext_lazy("merged"))
    moves = models.JSONField(editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def standing(self) -> Self:
        """The merge as it stands; refused unless it is the last one of its survivor, as later ones stand upon it."""
        merges: Any = type(self)._default_manager.filter(kept=self.kept_id).select_related("kept", "twin")
        last = merges.order_by("merged_at", "pk").last()
        if last is None or not merges.filter(pk=self.pk).exists():
            raise ValidationError(_("This merge has been taken apart already."))
        if last.kept.is_removed:
            raise ValidationError(_("%(name)s has been removed or merged meanwhile.") % {"name": last.kept})
        if last.pk != self.pk:
            raise ValidationError(_("Take %(name)s out first: that merge came later.") % {"name": last})
        return last
