"""The job of the same name, by hand."""

from records.management.job_command import JobCommand
from stakeholders.tasks import suspect_twins


class Command(JobCommand):
    help = "Bring up people who may be entered twice."
    task = suspect_twins
    job = "suspect_twins"
