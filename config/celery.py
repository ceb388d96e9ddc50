"""The Celery app and the whole schedule: one dictionary.

A job's name is its key here, the function in its app's `tasks.py`, its management command and its `JobRun` slots.
Times are the installation's; the slot makes sure that a job runs once, whoever rings and however late.
"""

import os
from datetime import datetime

from celery import Celery
from celery.schedules import crontab, schedstate, schedule

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("two-eyes")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# How often lost and missed work is looked for, in seconds: with the lease of a killed worker under a minute.
SWEEP_EVERY = 10

SCHEDULE = {
    "refresh_people": {"task": "stakeholders.tasks.refresh_people", "schedule": crontab(hour=1, minute=30)},
    "open_alerts": {"task": "reviews.tasks.open_alerts", "schedule": crontab(hour=2, minute=0)},
    "suspect_twins": {"task": "stakeholders.tasks.suspect_twins", "schedule": crontab(hour=2, minute=30)},
    "send_digests": {"task": "reviews.tasks.send_digests", "schedule": crontab(hour=7, minute=30)},
    "prune_logs": {"task": "records.tasks.prune_logs", "schedule": crontab(hour=3, minute=0)},
    "prune_imports": {"task": "sync.tasks.prune_imports", "schedule": crontab(hour=3, minute=15)},
    "purge_removed": {"task": "records.tasks.purge_removed", "schedule": crontab(hour=3, minute=30)},
    "repair_contact_states": {
        "task": "relationships.tasks.repair_contact_states",
        "schedule": crontab(hour=4, minute=0, day_of_week="sunday"),
    },
}
# What a change asks for, with a run that waits: no hour of its own, the sweep rings.
ON_CALL = {"recount": "stakeholders.tasks.recount_everybody", "import": "sync.tasks.run_import"}


class Ceaseless(schedule):
    """Every so often, also when the clock was set back: a last time that is still to come holds nothing up."""

    def is_due(self, last_run_at: datetime) -> schedstate:
        if self.maybe_make_aware(last_run_at) > self.now():
            return schedstate(is_due=True, next=self.seconds)
        return super().is_due(last_run_at)


# The clock rings for the sweep alone, which knows the slot of whatever is due. A job that the clock rang for itself,
# late after a sleep, would take the slot of a day whose hour is still to come.
SWEEP = {"task": "config.tasks.sweep", "schedule": Ceaseless(SWEEP_EVERY), "options": {"expires": SWEEP_EVERY}}
app.conf.beat_schedule = {"sweep": SWEEP}
