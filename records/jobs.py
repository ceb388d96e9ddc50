"""Jobs that may be rung twice, late, by two beats, or lose their worker half-way, and still run once per slot.

The row is the truth and the queue only a doorbell: whoever turns the row to *running* does the work, under a lease.
A killed worker's lease lapses and the slot is free again. Five attempts, then the run is dead until it is replayed.
"""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ATTEMPTS = 5
# Short, so that a killed worker's slot is free again within a minute; long work renews it as it goes.
LEASE = timedelta(seconds=settings.JOB_LEASE)
PAUSES = [timedelta(seconds=seconds) for seconds in (5, 30, 120, 600)]


class LeaseLost(Exception):
    """The work took longer than its lease and the slot is somebody else's now; roll back what was done."""


class JobRunQuerySet(models.QuerySet):
    def claimable(self, now: datetime) -> Self:
        """Runs nobody is at work on: waiting, paused after a failure, or their worker lost."""
        return self.filter(state__in=JobRun.UNDER_WAY, attempts__lt=ATTEMPTS, lease_until__lte=now)

    def dead(self) -> Self:
        """Runs that need a person to look."""
        return self.filter(state=JobRun.State.DEAD)

    def latest_of_each(self) -> Self:
        """The last run of every job."""
        same = JobRun.objects.filter(name=OuterRef("name")).order_by("-id")
        return self.filter(pk=Subquery(same.values("pk")[:1])).order_by("name")

    def bury_lost(self, now: datetime) -> int:
        """Give up the runs whose worker vanished in the last attempt."""
        lost = self.filter(state=JobRun.State.RUNNING, attempts__gte=ATTEMPTS, lease_until__lte=now)
        return lost.update(state=JobRun.State.DEAD, finished_at=now, error="The worker was lost.")

    def left_over(self, now: datetime | None = None) -> list[tuple[str, str]]:
        """Name and slot of every run to ring for again: paused ones, replayed ones, those of killed workers."""
        now = now or timezone.now()
        self.bury_lost(now)
        return list(self.claimable(now).order_by("id").values_list("name", "slot"))


class JobRun(models.Model):
    """One job in one slot of time: `("alerts", "2026-03-02")`."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed, to be tried again")
        DEAD = "dead", _("Failed for good")

    UNDER_WAY = (State.WAITING, State.RUNNING, State.FAILED)

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(_("job"), max_length=60)
    slot = models.CharField(_("slot"), max_length=60)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    holder = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(_("reserved until"))
    started_at = models.DateTimeField(_("started"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    counts = models.JSONField(_("counts"), default=dict)
    touched = models.PositiveIntegerField(_("rows touched"), default=0)
    error = models.TextField(_("error"), blank=True, default="")

    objects = JobRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("job run")
        verbose_name_plural = _("job runs")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["name", "slot"], name="job_run_slot"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running", "done", "failed", "dead"]), name="job_run_state_known"
            ),
        ]
        indexes = [models.Index(fields=["state", "lease_until"], name="job_run_free")]

    def __str__(self) -> str:
        return f"{self.name} {self.slot}"

    @property
    def told(self) -> str:
        """The run in one line, for a terminal."""
        counts = ", ".join(f"{number} {what}" for what, number in self.counts.items())
        return f"{self}: {self.state}, {counts or 'nothing to do'}"

    @classmethod
    def prune(cls, before: datetime) -> int:
        """Forget the runs that went well before a moment; their slots do not come again."""
        return cls.objects.filter(state=cls.State.DONE, finished_at__lt=before).delete()[0]

    @classmethod
    def claim(cls, name: str, slot: str, *, now: datetime | None = None, lease: timedelta = LEASE) -> Self | None:
        """The run, if it is ours to do now; None when it is done, dead, or in somebody's hands."""
        now = now or timezone.now()
        holder = uuid4()
        with transaction.atomic():
            cls.objects.bulk_create([cls(name=name, slot=slot, lease_until=now)], ignore_conflicts=True)
            run = cls.objects.filter(name=name, slot=slot)
            run.bury_lost(now)
            run.claimable(now).update(
                state=cls.State.RUNNING,
                holder=holder,
                attempts=F("attempts") + 1,
                lease_until=now + lease,
                started_at=now,
                finished_at=None,
            )
        return run.filter(holder=holder).first()

    def renew(self, *, now: datetime | None = None, lease: timedelta = LEASE, advanced: bool = False) -> None:
        """Say that the work goes on; `LeaseLost` when it has been given to another.

        Work in parts that are stored one by one says when it has `advanced`: then it has all its attempts again, for
        they are there to end what fails at the same place each time.
        """
        now = now or timezone.now()
        self._turn(lease_until=now + lease, **({"attempts": 1} if advanced else {}))

    def finish(self, counts: Mapping[str, int] | None = None, *, now: datetime | None = None) -> None:
        """Done; call it in the transaction of the effect where there is one, so that one holder only commits."""
        counts = dict(counts or {})
        self._turn(
            state=self.State.DONE,
            counts=counts,
            touched=sum(counts.values()),
            error="",
            finished_at=now or timezone.now(),
        )

    def fail(self, error: str, *, now: datetime | None = None) -> None:
        """Give the slot back after a pause, or give it up after the last attempt."""
        now = now or timezone.now()
        if self.attempts >= ATTEMPTS:
            self._turn(state=self.State.DEAD, error=error, finished_at=now)
        else:
            self._turn(
                state=self.State.FAILED, error=error, finished_at=now, lease_until=now + PAUSES[self.attempts - 1]
            )

    def replay(self, *, now: datetime | None = None) -> bool:
        """Give a dead run its five attempts again; False when it is not dead."""
        dead = type(self).objects.dead().filter(pk=self.pk)
        return bool(dead.update(state=self.State.WAITING, attempts=0, lease_until=now or timezone.now(), holder=None))

    def _turn(self, **values: object) -> None:
        """Change the row as long as it is ours."""
        ours = type(self).objects.filter(pk=self.pk, holder=self.holder, state=self.State.RUNNING)
        if not ours.update(**values):
            raise LeaseLost(str(self))
        for name, value in values.items():
            setattr(self, name, value)


def perform(name: str, slot: str, work: Callable[[JobRun], Mapping[str, int]]) -> JobRun | None:
    """Claim the slot, do the work, note its counts; None when the slot is not ours to do.

    A failure is noted on the run and raised again, so that the caller's log has it too.
    """
    run = JobRun.claim(name, slot)
    if run is None:
        return None
    try:
        with collecting_rarely():
            counts = work(run)
        run.finish(counts)
    except LeaseLost:
        raise
    except Exception as error:
        run.fail(f"{type(error).__name__}: {error}")
        raise
    return run


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """What a job makes by the thousands goes as it falls out of use; to look for circles in it after every 700 takes
    an eighth of its time."""
    usual = gc.get_threshold()
    gc.set_threshold(50_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def daily_slot() -> str:
    """Today, for a job that runs once a day."""
    return timezone.localdate().isoformat()


def slot_by_hand() -> str:
    """A slot of its own for a run somebody asked for."""
    return f"by hand {timezone.localtime():%Y-%m-%d %H:%M:%S.%f}"
