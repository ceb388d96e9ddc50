"""The job of the same name, by hand."""

from records.management.job_command import JobCommand
from reviews.tasks import send_digests


class Command(JobCommand):
    help = "Mail everybody what is new for them, on a working day."
    task = send_digests
    job = "send_digests"
