"""What became of one row of a file: of which record, why not, and whether it was taken back."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from records.intake import Key
from sync.models.import_run import ImportRun


class ImportRowQuerySet(models.QuerySet):
    def of(self, run: ImportRun) -> "ImportRowQuerySet":
        """The rows of the latest check or bringing in."""
        return self.filter(run=run, round=run.round)

    def refused(self) -> "ImportRowQuerySet":
        return self.filter(concern=ImportRow.REFUSED)

    def remarked(self) -> "ImportRowQuerySet":
        return self.filter(concern=ImportRow.REMARKED)

    def kept(self) -> "ImportRowQuerySet":
        """Written rows that taking back left as they are."""
        return self.filter(fate=ImportRow.Fate.KEPT)


class ImportRow(models.Model):
    """Written in the transaction of its effect. Rows that change nothing and need no word have none."""

    class Act(models.TextChoices):
        CREATE = "create", pgettext_lazy("row of an import", "new")
        CHANGE = "change", pgettext_lazy("row of an import", "changed")
        NOTHING = "nothing", pgettext_lazy("row of an import", "unchanged")
        REFUSE = "refuse", pgettext_lazy("row of an import", "refused")

    class Fate(models.TextChoices):
        NONE = "", ""
        BACK = "back", pgettext_lazy("row of an import", "taken back")
        KEPT = "kept", pgettext_lazy("row of an import", "kept")

    NO_CONCERN, REMARKED, REFUSED = range(3)

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows", db_index=False)
    round = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=7, choices=Act.choices)
    concern = models.PositiveSmallIntegerField(default=NO_CONCERN)
    object_id = models.UUIDField(null=True)
    beside = models.JSONField(default=list)  # further records written with it: pairs of model label and id
    told = models.JSONField(default=list)  # problems, then remarks: pairs of column and sentence
    label = models.CharField(max_length=120, blank=True, default="")  # what tells a person which row it is
    fate = models.CharField(max_length=4, choices=Fate.choices, blank=True, default=Fate.NONE)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["run", "round", "number"], name="import_row_once"),
            models.CheckConstraint(
                condition=Q(act__in=["create", "change", "nothing", "refuse"]), name="import_row_act_known"
            ),
            models.CheckConstraint(condition=Q(fate__in=["", "back", "kept"]), name="import_row_fate_known"),
        ]
        indexes = [
            models.Index(fields=["run", "round", "object_id"], name="import_row_object"),
            models.Index(
                fields=["run", "round", "concern", "number"], condition=Q(concern__gt=0), name="import_row_concern"
            ),
            models.Index(fields=["run", "round", "number"], condition=Q(fate="kept"), name="import_row_kept"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.act}"

    @property
    def keys(self) -> list[Key]:
        """Every record that was written with this row."""
        return [(label, UUID(pk)) for label, pk in self.beside]
