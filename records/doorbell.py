"""The doorbell of jobs: a message that a slot waits. The row of the slot is the truth, so a lost bell loses nothing."""

import logging

from amqp.exceptions import AMQPError
from celery import current_app
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

# A doorbell that nobody heard for so long, in seconds, is no use: the next sweep rings again.
FADES = 60
# The same for connecting to the queue; without it kombu tries for ever.
IMPATIENT = {"socket_connect_timeout": 2, "socket_timeout": 2, "max_retries": 0}
QUEUE_AWAY = (KombuError, AMQPError, RedisError, OSError)
logger = logging.getLogger(__name__)


def ring(task: str, slot: str) -> None:
    """Put the task into the queue. Nobody waits long for a queue that is away."""
    try:
        with current_app.connection_for_write(transport_options=IMPATIENT) as connection:
            current_app.send_task(task, args=[slot], expires=FADES, connection=connection, retry=False)
    except QUEUE_AWAY as error:
        logger.warning("Could not ring for %s %s, the next sweep does: %s", task, slot, error)
