"""The job of imports: whatever its slot's run is waiting for, done under a lease, resumed by whoever comes next."""

from collections.abc import Callable
from functools import partial

from django.db import transaction
from django.utils.translation import override

from records import doorbell
from records.models import JobRun
from sync.files.table import BadFile
from sync.imports.kept_files import vanished
from sync.imports.passage import Passage, Stopped
from sync.imports.taking_back import take_run_back
from sync.models import ImportRun

TASK = "sync.tasks.run_import"
State = ImportRun.State


def check(run: ImportRun, job: JobRun) -> None:
    Passage(run, job).check()


def apply(run: ImportRun, job: JobRun) -> None:
    Passage(run, job).apply()


WORK: dict[str, Callable[[ImportRun, JobRun], None]] = {
    State.CHECKING: check,
    State.APPLYING: apply,
    State.UNDOING: take_run_back,
}


def work(job: JobRun) -> dict[str, int]:
    """Do what the run of this slot waits for; what is wrong with its file stands on its page, as its author speaks."""
    run = ImportRun.objects.select_related("author", "undone_by").filter(slot=job.slot, state__in=WORK).first()
    if run is None:
        return {}
    run.author.client = "import"
    with override(run.author.language):
        try:
            WORK[run.state](run, job)
        except Stopped:
            run.stop()
        except BadFile as bad:
            run.fail(bad.sentence)
        except FileNotFoundError:
            run.fail(vanished().sentence)
        else:
            run.finish()
    return {"rows": run.place}


def ring(run: ImportRun) -> None:
    """Call a worker to what the run waits for, once that is stored."""
    transaction.on_commit(partial(doorbell.ring, TASK, run.slot))
