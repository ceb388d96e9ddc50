"""The Celery app and the whole schedule: one dictionary."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("two-eyes")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

SCHEDULE = {}
app.conf.beat_schedule = SCHEDULE
