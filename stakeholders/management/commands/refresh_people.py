"""The job of the same name, by hand."""

from records.management.job_command import JobCommand
from stakeholders.tasks import refresh_people


class Command(JobCommand):
    help = "Let posts, roles and influence begin and end on their day."
    task = refresh_people
    job = "refresh_people"
