"""The page of jobs: what runs by itself, when it last did, and what failed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.jobs import COUNTED, JOBS, Job
from pages.htmx import toast
from records.jobs import JobRun
from users.views import administrators_only

TONES = {"waiting": "neutral", "running": "info", "done": "good", "failed": "warn", "dead": "bad"}
SHOWN_DEAD = 50


@dataclass(frozen=True)
class Line:
    """A job with its last run."""

    job: Job
    run: JobRun | None
    next_due: datetime

    @property
    def took(self) -> timedelta | None:
        if self.run and self.run.started_at and self.run.finished_at:
            return self.run.finished_at - self.run.started_at
        return None

    @property
    def seconds(self) -> str:
        """How long it took, to the tenth."""
        return "" if self.took is None else f"{self.took.total_seconds():.1f}"

    @property
    def counts(self) -> list[tuple[str, int]]:
        """What it did, in the reader's words."""
        if self.run is None or self.run.state != JobRun.State.DONE:
            return []
        return [(str(COUNTED.get(what, what)), number) for what, number in self.run.counts.items()]

    @property
    def tone(self) -> str:
        return TONES[self.run.state] if self.run else "neutral"


@administrators_only
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    last = {run.name: run for run in JobRun.objects.latest_of_each()}
    lines = [Line(job, last.get(job.name), job.next_due(now)) for job in JOBS.values()]
    dead = JobRun.objects.dead().order_by("-finished_at", "-id")[:SHOWN_DEAD]
    return render(request, "config/jobs.html", {"lines": lines, "dead": dead})


@administrators_only
@require_POST
def run(request: HttpRequest, name: str) -> HttpResponse:
    """Run it now, in the worker."""
    if name not in JOBS:
        raise Http404
    with transaction.atomic():
        JOBS[name].run_by_hand()
    toast(request, _("%(job)s: on its way.") % {"job": JOBS[name].label})
    return redirect("config:jobs")


@administrators_only
@require_POST
def replay(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a dead run its attempts again."""
    dead = get_object_or_404(JobRun.objects.filter(name__in=JOBS), pk=pk)
    if dead.replay():
        transaction.on_commit(lambda: JOBS[dead.name].ring(dead.slot))
        toast(request, _("%(job)s: on its way.") % {"job": JOBS[dead.name].label})
    return redirect("config:jobs")
