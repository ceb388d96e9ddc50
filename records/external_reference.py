"""What a record is called elsewhere: its key in the mail system, the ERP, an imported file."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from records.part import Part
from records.record import Record


class ExternalReference(Part):
    """A part of any record. It names the record by type and id, for one table serves all types; its trigger
    therefore knows every type's table, and the record's own trigger takes it along when the row is deleted."""

    part_of: ClassVar[None] = None

    type = models.CharField(max_length=80)
    object_id = models.UUIDField()
    source = models.CharField(_("source"), max_length=60)
    external_id = models.CharField(_("key there"), max_length=200)

    class Meta:
        verbose_name = _("external reference")
        verbose_name_plural = _("external references")
        constraints = [
            models.UniqueConstraint(fields=["source", "type", "external_id"], name="external_reference_unique"),
            models.CheckConstraint(
                condition=~models.Q(source="") & ~models.Q(external_id=""), name="external_reference_filled"
            ),
        ]
        indexes = [models.Index(fields=["object_id", "type"], name="external_reference_object")]

    def __str__(self) -> str:
        return f"{self.source} {self.external_id}"

    @classmethod
    def of(cls, record: Record) -> models.QuerySet["ExternalReference"]:
        """What one record is called elsewhere."""
        return cls.objects.filter(type=record._meta.label_lower, object_id=record.pk)
