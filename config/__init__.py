"""Settings, addresses, the pages that join several matters, and the schedule: the one package that sees every app."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
