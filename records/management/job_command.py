"""A job of the schedule as a command: the same work, now, in a slot of its own."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.management.base import BaseCommand

from records.jobs import JobRun, slot_by_hand


class JobCommand(BaseCommand):
    """Runs `task` in this process and says what it did; a failure is a failure of the command."""

    task: ClassVar[Callable[[str], None]]
    job: ClassVar[str]

    def handle(self, **options: Any) -> None:
        slot = slot_by_hand()
        type(self).task(slot)
        self.stdout.write(JobRun.objects.get(name=self.job, slot=slot).told)
