"""The jobs of the schedule: when each is due, what was missed or lost, and running one by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock
from typing import Any
from zoneinfo import ZoneInfo

from celery.schedules import crontab
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.celery import ON_CALL, SCHEDULE
from records import doorbell
from records.jobs import JobRun, slot_by_hand

WEEK = 7
LABELS = {
    "refresh_people": _("Posts and roles take effect on their day"),
    "open_alerts": _("Alerts open and close"),
    "suspect_twins": _("People who may be entered twice are brought up"),
    "send_digests": _("Digest mails on working days"),
    "prune_logs": _("Old change log and job runs are forgotten"),
    "prune_imports": _("Files and rows of old imports are forgotten"),
    "purge_removed": _("What was removed 30 days ago goes for good"),
    "repair_contact_states": _("Search keys, key status and contact states are worked out anew"),
    "recount": _("People are judged anew after a change of policy or of their account"),
    "import": _("Files are checked, brought in and taken back"),
}
# What a job's counts are called; the purge counts by type of record, which needs no word of ours.
COUNTED = {
    "opened": pgettext_lazy("count of a job", "opened"),
    "closed": pgettext_lazy("count of a job", "closed"),
    "told": pgettext_lazy("count of a job", "told"),
    "mails": pgettext_lazy("count of a job", "mails"),
    "people": pgettext_lazy("count of a job", "people"),
    "repaired": pgettext_lazy("count of a job", "repaired"),
    "changes": pgettext_lazy("count of a job", "changes"),
    "suspected": pgettext_lazy("count of a job", "suspected"),
    "changed": pgettext_lazy("count of a job", "changed"),
    "moved": pgettext_lazy("count of a job", "moved"),
    "dropped": pgettext_lazy("count of a job", "dropped"),
    "runs": pgettext_lazy("count of a job", "runs"),
    "rows": pgettext_lazy("count of a job", "rows"),
    "files": pgettext_lazy("count of a job", "files"),
}


@dataclass(frozen=True)
class Job:
    """An entry of the schedule; one without hours runs when a change asks for it."""

    name: str
    task: str
    schedule: crontab | None = None

    @property
    def label(self) -> Any:
        return LABELS[self.name]

    def moments(self, days: Iterator[date]) -> Iterator[datetime]:
        """When it is due on these days; each job has one hour and one minute."""
        if self.schedule is None:
            return iter(())
        at = clock(min(self.schedule.hour), min(self.schedule.minute), tzinfo=ZoneInfo(settings.TIME_ZONE))
        return (datetime.combine(day, at) for day in days if day.isoweekday() % WEEK in self.schedule.day_of_week)

    def last_due(self, now: datetime) -> datetime | None:
        """The latest moment it should have begun."""
        today = timezone.localdate(now, ZoneInfo(settings.TIME_ZONE))
        back = (today - timedelta(days=days) for days in range(WEEK + 1))
        return next((moment for moment in self.moments(back) if moment <= now), None)

    def next_due(self, now: datetime) -> datetime | None:
        """When it begins again."""
        today = timezone.localdate(now, ZoneInfo(settings.TIME_ZONE))
        ahead = (today + timedelta(days=days) for days in range(WEEK + 1))
        return next((moment for moment in self.moments(ahead) if moment > now), None)

    def missed_slot(self, now: datetime) -> str | None:
        """The slot that is due and that nobody has begun: the beat slept, or the queue lost its message."""
        last = self.last_due(now)
        if last is None:
            return None
        due = last.date().isoformat()
        today = timezone.localdate(now, ZoneInfo(settings.TIME_ZONE)).isoformat()
        begun = JobRun.objects.filter(name=self.name, slot__range=(due, today)).exists()
        return None if begun else due

    def ring(self, slot: str) -> None:
        """Put it into the queue; the row of its slot says who does it."""
        doorbell.ring(self.task, slot)

    def run_by_hand(self) -> JobRun:
        """Leave a run that waits, and ring for it; should the bell be lost, the sweep finds the run."""
        run = JobRun.objects.create(name=self.name, slot=slot_by_hand(), lease_until=timezone.now())
        transaction.on_commit(lambda: self.ring(run.slot))
        return run


JOBS = {name: Job(name, entry["task"], entry["schedule"]) for name, entry in SCHEDULE.items()}
JOBS |= {name: Job(name, task) for name, task in ON_CALL.items()}


def sweep(now: datetime) -> list[tuple[str, str]]:
    """Ring for every run that was missed, lost with its worker or put off after a failure; which ones."""
    missed = [(job.name, slot) for job in JOBS.values() if (slot := job.missed_slot(now))]
    due = [*missed, *(left for left in JobRun.objects.left_over(now) if left[0] in JOBS)]
    for name, slot in due:
        JOBS[name].ring(slot)
    return due
