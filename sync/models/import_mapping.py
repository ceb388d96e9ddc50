"""Which column of a file means what, remembered for the next file with the same headers; shared by everybody."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sync.files.headers import folded


class ImportMapping(models.Model):
    """One per type of record and set of headers, whatever their order; the last word counts."""

    record_type = models.CharField(_("records"), max_length=40)
    digest = models.CharField(max_length=64)  # of the folded headers
    targets = models.JSONField(default=dict)  # key of a header → column's name, NOTE, or nothing
    source = models.CharField(_("source system"), max_length=60, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author"))
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["record_type", "digest"], name="import_mapping_once")]

    def __str__(self) -> str:
        return f"{self.record_type} {self.digest[:8]}"

    @classmethod
    def recall(cls, record_type: str, headers: Sequence[str]) -> "ImportMapping | None":
        """What was said the last time these headers came."""
        return cls.objects.filter(record_type=record_type, digest=digest(headers)).first()

    @classmethod
    def remember(cls, record_type: str, headers: Sequence[str], targets: Sequence[str], *, source: str, by) -> None:
        """Keep what somebody said of these headers for whoever comes next."""
        told = dict(zip(keys(headers), targets, strict=True))
        values = {"targets": told, "source": source, "author": by, "used_at": timezone.now()}
        cls.objects.update_or_create(record_type=record_type, digest=digest(headers), defaults=values)

    def for_headers(self, headers: Sequence[str]) -> list[str]:
        """The targets in the order of these headers."""
        return [self.targets.get(key, "") for key in keys(headers)]


def keys(headers: Sequence[str]) -> Iterator[str]:
    """What each header is remembered by: folded, and counted from the second of the same on."""
    seen: Counter[str] = Counter()
    for header in map(folded, headers):
        seen[header] += 1
        yield header if seen[header] == 1 else f"{header} {seen[header]}"


def digest(headers: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(sorted(map(folded, headers))).encode()).hexdigest()
