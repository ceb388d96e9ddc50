"""One file on its way in: read, matched with columns, checked, brought in by a job, and taken back if need be."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pages.addresses import page_of
from records.identity import new_id
from records.models import JobRun, Record, RecordQuerySet
from records.record_types import RecordType
from sync.record_types import RECORD_TYPES
from users.models import User

JOB = "import"
STATES = ["uploaded", "checking", "checked", "applying", "stopped", "done", "undoing", "undone"]
TONES = {"checking": "info", "applying": "info", "undoing": "info", "stopped": "warn", "done": "good"}
STAGES = ["", "hearing", "writing", "tying"]


class NotNow(Exception):
    """Somebody or a job has moved the import on, and what was asked for is no longer to be had."""


class ImportRunQuerySet(RecordQuerySet):
    def visible_to(self, user: User) -> "ImportRunQuerySet":
        """One's own, those of the teams one leads, and all for administrators."""
        runs = self.present()
        if user.is_administrator:
            return runs
        return runs.filter(Q(author=user) | Q(author__team__in=user.led_team_ids))


class ImportRun(Record):
    """An import is in one state at a time and moves on by its verbs alone; `slot` names the job that is at work."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Columns to be matched")
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Checked, waiting for your word")
        APPLYING = "applying", _("Being brought in")
        STOPPED = "stopped", _("Stopped half-way")
        DONE = "done", _("Brought in")
        UNDOING = "undoing", _("Being taken back")
        UNDONE = "undone", _("Taken back")

    class Stage(models.TextChoices):
        """How far the job at work is: it hears what the file names, writes row by row, ties rows to each other."""

        NONE = "", ""
        HEARING = "hearing", _("Reading the file")
        WRITING = "writing", _("Row by row")
        TYING = "tying", _("Bosses and groups")

    UNDER_WAY = (State.CHECKING, State.APPLYING, State.UNDOING)

    account_column = None

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="imports", verbose_name=_("author")
    )
    record_type = models.CharField(_("records"), max_length=40)
    source = models.CharField(_("source system"), max_length=60, blank=True)
    file_name = models.CharField(_("file"), max_length=200)
    size = models.PositiveBigIntegerField(_("size"))
    digest = models.CharField(max_length=64)
    has_file = models.BooleanField(default=True)

    # How it is read: sheet, encoding, delimiter, header_row, day_order; what is absent is found out.
    reading = models.JSONField(default=dict)
    options = models.JSONField(default=dict)  # what the type of record asks about the whole file
    facts = models.JSONField(default=dict)  # how it was understood: format, encoding, delimiter, sheets, remarks
    headers = models.JSONField(default=list)
    samples = models.JSONField(default=list)  # a few cells below each header
    targets = models.JSONField(default=list)  # beside each header: a column's name, NOTE, or nothing

    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.UPLOADED)
    slot = models.CharField(max_length=60, blank=True, default="", db_index=True)
    round = models.PositiveSmallIntegerField(default=0)  # which check or bringing in the rows beside it tell of
    stage = models.CharField(max_length=8, choices=Stage.choices, blank=True, default=Stage.NONE)
    place = models.PositiveIntegerField(default=0)  # rows done in this stage
    total = models.PositiveIntegerField(null=True)
    counts = models.JSONField(default=dict)
    is_to_stop = models.BooleanField(default=False)
    problem = models.TextField(blank=True, default="")
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(_("finished"), null=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="import_state_known"),
            models.CheckConstraint(condition=Q(stage__in=STAGES), name="import_stage_known"),
        ]
        indexes = [models.Index(fields=["author", "id"], name="import_by_author")]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return page_of("sync:import", self.pk)

    # Questions

    @property
    def type(self) -> RecordType:
        return RECORD_TYPES[self.record_type]

    @property
    def because(self) -> str:
        """What the history rows it writes are signed with."""
        return f"import {self.pk}"

    @property
    def is_under_way(self) -> bool:
        return self.state in self.UNDER_WAY

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return TONES.get(self.state, "neutral")

    @property
    def doing(self) -> Any:
        """What its job is at."""
        if self.state == self.State.UNDOING:
            return _("Taking back")
        return self.Stage(self.stage).label or _("Waiting for a worker")

    @property
    def can_be_taken_back(self) -> bool:
        """It wrote something, and its rows are not forgotten yet."""
        rests = self.state in (self.State.DONE, self.State.STOPPED)
        return rests and self.has_file and self.to_bring_in > 0

    @property
    def to_bring_in(self) -> int:
        """How many rows write something."""
        return self.tally["create"] + self.tally["change"]

    @property
    def tally(self) -> Counter[str]:
        return Counter(self.counts)

    @property
    def job(self) -> JobRun | None:
        """The job at work, or the last one."""
        return JobRun.objects.filter(name=JOB, slot=self.slot).first() if self.slot else None

    @property
    def is_lost(self) -> bool:
        """Whether its job failed for good, so that nobody is at work."""
        job = self.job if self.is_under_way else None
        return job is not None and job.state == JobRun.State.DEAD

    def is_steered_by(self, user: User) -> bool:
        """Who may stop it and take it back, and read what the file says: the author and administrators. Matching and
        bringing in are the author's, whose rights the rows are judged by."""
        return user.is_administrator or self.author_id == user.pk

    # Verbs

    @classmethod
    def upload(cls, *, by: User, **values: Any) -> "ImportRun":
        """A file has come; nothing is read into records yet."""
        return cls(author=by, **values).keep(by=by)

    def read_anew(self, **values: Any) -> None:
        """Its author said how it has to be read; the columns are matched again."""
        self._turn([self.State.UPLOADED, self.State.CHECKED], state=self.State.UPLOADED, **values)

    def dry_run(self, targets: Sequence[str], **told: Any) -> None:
        """Have a job say what would become of each row; `told` is what else was said of the file."""
        before = [self.State.UPLOADED, self.State.CHECKED]
        self._begin(self.State.CHECKING, before, round=self.round + 1, targets=list(targets), **told)

    def apply(self) -> None:
        """Have a job bring the rows in, or go on where it was stopped."""
        if self.state == self.State.STOPPED:
            self._turn([self.State.STOPPED], is_work=True, state=self.State.APPLYING, **FRESH)
        else:
            self._begin(self.State.APPLYING, [self.State.CHECKED], round=self.round + 1)

    def undo(self, *, by: User) -> None:
        """Have a job take back what nobody has touched since."""
        over = [self.State.DONE, self.State.STOPPED]
        self._turn(over, is_work=True, state=self.State.UNDOING, undone_by=by, place=0, **FRESH)

    def try_again(self) -> None:
        """Give a job that failed for good its attempts again."""
        job = self.job
        if job is None or not job.replay():
            raise NotNow

    def ask_to_stop(self) -> None:
        """The job stops behind the chunk it is at; at once where none is at work."""
        self._turn([self.State.CHECKING, self.State.APPLYING], is_to_stop=True)
        if self.is_lost:
            self.stop()

    def stop(self) -> None:
        """It stopped, by request or since the file cannot be read on; what was brought in stays until taken back."""
        checking = self.state == self.State.CHECKING
        rests = self.State.UPLOADED if checking or not self.tally["rows"] else self.State.STOPPED
        self._turn([self.state], state=rests, finished_at=timezone.now())

    def fail(self, problem: str) -> None:
        """The file or a job is at fault; the sentence says what to do."""
        self.note(problem=problem)
        self.stop()

    def finish(self, **values: Any) -> None:
        """What the job had to do is done."""
        ends = {
            self.State.CHECKING: self.State.CHECKED,
            self.State.APPLYING: self.State.DONE,
            self.State.UNDOING: self.State.UNDONE,
        }
        self._turn([self.state], state=ends[self.State(self.state)], finished_at=timezone.now(), **values)

    def note(self, **values: Any) -> None:
        """How far the job is; it alone writes while it is at work."""
        type(self).objects.filter(pk=self.pk).update(**values)
        for name, value in values.items():
            setattr(self, name, value)

    def _begin(self, state: str, before: Sequence[str], **values: Any) -> None:
        """A new round from the first row on."""
        fresh = {"stage": self.Stage.NONE, "place": 0, "total": None, "counts": {}} | FRESH
        self._turn(before, is_work=True, state=state, **fresh, **values)

    def _turn(self, before: Sequence[str], *, is_work: bool = False, **values: Any) -> None:
        """Move on from one of these states, or not at all; work gets a job that waits, found by the sweep if nobody
        rings for it."""
        if is_work:
            values["slot"] = str(new_id())
        with transaction.atomic():
            if not type(self).objects.filter(pk=self.pk, state__in=before).update(**values):
                raise NotNow
            if is_work:
                JobRun.objects.create(name=JOB, slot=values["slot"], lease_until=timezone.now())
        for name, value in values.items():
            setattr(self, name, value)


# Of whatever ended before.
FRESH: dict[str, Any] = {"is_to_stop": False, "problem": "", "finished_at": None}
