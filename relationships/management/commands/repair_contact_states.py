"""The job of the same name, by hand."""

from records.management.job_command import JobCommand
from relationships.tasks import repair_contact_states


class Command(JobCommand):
    help = "Work out every contact state anew."
    task = repair_contact_states
    job = "repair_contact_states"
