"""The jobs of this app, rung by the queue or by hand; each runs once per slot whoever rings."""

from celery import shared_task
from django.utils import timezone

from records.jobs import daily_slot, perform
from reviews import alert_job, digest


@shared_task
def open_alerts(slot: str = "") -> None:
    """Alerts open and close as their rules say."""
    perform("open_alerts", slot or daily_slot(), lambda run: alert_job.run(timezone.now(), before_each_chunk=run.renew))


@shared_task
def send_digests(slot: str = "") -> None:
    """Everybody hears what is new for them, on working days."""
    perform("send_digests", slot or daily_slot(), lambda run: digest.send_all(timezone.now(), before_each=run.renew))
