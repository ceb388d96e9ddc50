"""The job of the same name, by hand."""

from typing import Any

from django.core.management.base import BaseCommand

from records.jobs import JobRun, slot_by_hand
from records.tasks import purge_removed


class Command(BaseCommand):
    help = "Delete for good what was removed 30 days ago."

    def handle(self, **options: Any) -> None:
        slot = slot_by_hand()
        purge_removed(slot)
        self.stdout.write(JobRun.objects.get(name="purge_removed", slot=slot).told)
