"""A file's way into the product: the job reads it, hears what it names, then judges or writes it chunk by chunk.

A chunk's rows, what is told of them and how far the job is are one transaction. A worker that is killed has lost the
chunk at hand and nothing else; its successor hears the file again and goes on behind the last chunk that was kept.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from django.conf import settings
from django.db import connection, transaction

from records.intake import Bringing, Draft, Intake, Verdict
from records.models import JobRun
from sync.files.table import Table
from sync.imports import outcomes
from sync.imports.drafts import DraftReader, ReadRow
from sync.imports.intakes import INTAKES
from sync.imports.kept_files import table_of
from sync.imports.pace import Pace
from sync.imports.writing import take_turn, written
from sync.models import ImportRun

HEARD_AT_ONCE = 1_000
# Between two chunks others get the write lock of SQLite, whose waiters ask again only so often, in seconds.
BREATH = 0.03
Stage = ImportRun.Stage


class Stopped(Exception):
    """Somebody asked for it."""


class Passage:
    """One job with one file."""

    def __init__(self, run: ImportRun, job: JobRun) -> None:
        self.run, self.job = run, job
        self.table: Table = table_of(run)
        self.reader = DraftReader(run.type, self.table.headers, run.targets, run.reading.get("day_order", ""))
        self.intake: Intake = INTAKES[run.record_type](
            Bringing(by=run.author, because=run.because, source=run.source, options=run.options)
        )
        self.pace = Pace(settings.IMPORT_CHUNK)

    def check(self) -> None:
        """Say what would become of each row."""
        self.hear()
        self.go_through(Stage.WRITING, self.judge)

    def apply(self) -> None:
        """Write what is good, then tie what had to wait until all was there."""
        self.hear()
        if self.run.stage == Stage.WRITING:
            self.go_through(Stage.WRITING, self.bring)
            self.run.note(stage=Stage.TYING, place=0)
        if self.intake.tied_by in self.run.targets:
            self.go_through(Stage.TYING, self.tie)

    def rows(self) -> Iterator[ReadRow]:
        return map(self.reader.read, self.table.rows())

    def hear(self) -> None:
        """Let the intake hear the whole file, also when a successor begins in its middle."""
        is_first, heard = self.run.stage in (Stage.NONE, Stage.HEARING), 0
        for chunk in Pace(HEARD_AT_ONCE, HEARD_AT_ONCE).chunks(self.rows()):
            self.intake.expect(good(chunk))
            heard += len(chunk)
            self.job.renew()
            if is_first:
                self.run.note(stage=Stage.HEARING, place=heard)
            self.mind_stop()
        if is_first:
            self.run.note(stage=Stage.WRITING, place=0, total=heard)

    def go_through(self, stage: str, deal: Callable[[list[ReadRow]], None]) -> None:
        """The rows from where this stage is, a transaction a chunk."""
        rows = islice(self.rows(), self.run.place, None)
        for chunk in self.pace.chunks(rows):
            began = time.monotonic()
            with transaction.atomic():
                take_turn()
                deal(chunk)
                self.run.note(stage=stage, place=self.run.place + len(chunk), counts=self.run.counts)
                self.job.renew(advanced=True)
            self.pace.took(len(chunk), time.monotonic() - began)
            self.mind_stop()
            if connection.vendor == "sqlite":
                time.sleep(BREATH)

    def mind_stop(self) -> None:
        if ImportRun.objects.filter(pk=self.run.pk, is_to_stop=True).exists():
            raise Stopped

    # What is done with a chunk

    def judge(self, chunk: list[ReadRow]) -> None:
        outcomes.keep(self.run, chunk, self.verdicts(chunk, self.intake.judge), only_concerns=True)

    def bring(self, chunk: list[ReadRow]) -> None:
        outcomes.keep(self.run, chunk, self.verdicts(chunk, lambda drafts: written(self.intake.bring, drafts)))

    def tie(self, chunk: list[ReadRow]) -> None:
        standing = outcomes.standing(self.run, chunk)
        outcomes.amend(self.run, chunk, written(self.intake.link, [row.draft for row in standing]))

    def verdicts(self, chunk: list[ReadRow], say: Callable[[Sequence[Draft]], list[Verdict]]) -> list[Verdict]:
        """One for each row, in their order; rows whose cells are bad are not asked about."""
        said = {verdict.number: verdict for verdict in say(good(chunk))}
        return [row.refusal if row.problems else said[row.number] for row in chunk]


def good(chunk: Sequence[ReadRow]) -> list[Draft]:
    return [row.draft for row in chunk if not row.problems]
