"""How gunicorn serves Two Eyes, in the trial and in production alike."""

import os

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = True  # the workers share what is loaded before they part
control_socket_disable = True
graceful_timeout = 8
keepalive = 75  # longer than a proxy keeps a connection, which then never writes into one that is being closed
max_requests = 10_000
max_requests_jitter = 1_000


def when_ready(server) -> None:
    """Say loudly when the database has lost triggers: versions would stand still and the feed miss changes."""
    from django.db import connection, connections  # Django is set up only when the application is loaded

    from records.triggers import verify

    for problem in verify(connection):
        server.log.error("Schema: %s; run manage.py migrate.", problem)
    connections.close_all()  # the workers open their own


def worker_exit(server, worker) -> None:
    """Leave at once after the last answer: freeing 100 MB piece by piece takes seconds of a busy machine."""
    if worker.booted:  # otherwise the exit code tells why it could not start
        os._exit(0)
