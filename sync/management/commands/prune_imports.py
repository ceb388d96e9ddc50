"""The job of the same name, by hand."""

from records.management.job_command import JobCommand
from sync.tasks import prune_imports


class Command(JobCommand):
    help = "Forget the files and rows of imports that are 30 days old, and uploads that came to nothing."
    job = "prune_imports"
    task = staticmethod(prune_imports)
