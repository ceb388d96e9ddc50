"""The job of the same name, by hand."""

from typing import Any

from django.core.management.base import BaseCommand

from records.jobs import JobRun, slot_by_hand
from records.tasks import prune_logs


class Command(BaseCommand):
    help = "Forget changes and job runs older than 90 days."

    def handle(self, **options: Any) -> None:
        slot = slot_by_hand()
        prune_logs(slot)
        self.stdout.write(JobRun.objects.get(name="prune_logs", slot=slot).told)
