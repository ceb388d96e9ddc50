"""The bell-ringer: what the queue lost is rung for again."""

from celery import shared_task
from django.utils import timezone

from config import jobs


@shared_task
def sweep() -> None:
    """Ring for what was missed or lost."""
    jobs.sweep(timezone.now())
