"""The change log: which record changed, in what order, and whose account it left or entered; no field values.

Only triggers write it. On PostgreSQL it has one more column, `xid`, the writing transaction, by which the feed is
read: numbers are given before they are seen, so an order by `id` alone loses what commits late.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import models
from django.db.models.functions import Now

LOG_KEPT = timedelta(days=90)
CHUNK = 5_000


class ChangeLog(models.Model):
    class Op(models.TextChoices):
        UPSERT = "upsert"
        DELETE = "delete"

    id = models.BigAutoField(primary_key=True)
    type = models.CharField(max_length=80)
    object_id = models.UUIDField()
    op = models.CharField(max_length=6, choices=Op.choices)
    version = models.PositiveBigIntegerField()
    account_before = models.UUIDField(null=True)
    account_after = models.UUIDField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.op} {self.type} {self.object_id} v{self.version}"

    @classmethod
    def prune(cls, before: datetime, *, after_each_chunk: Callable[[], object] = lambda: None) -> int:
        """Forget what happened before a moment; the oldest stand first, so no index on the moment is needed."""
        pruned, deleted = 0, CHUNK
        while deleted == CHUNK:
            oldest = cls.objects.order_by("id").values("id")[:CHUNK]
            deleted = cls.objects.filter(id__in=oldest, at__lt=before)._raw_delete(cls.objects.db)
            pruned += deleted
            after_each_chunk()
        return pruned
