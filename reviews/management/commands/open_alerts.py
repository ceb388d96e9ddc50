"""The job of the same name, by hand."""

from records.management.job_command import JobCommand
from reviews.tasks import open_alerts


class Command(JobCommand):
    help = "Open and close alerts as their rules say."
    task = open_alerts
    job = "open_alerts"
