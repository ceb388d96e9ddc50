"""How gunicorn serves Two Eyes, in the trial and in production alike."""

import os

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = True  # the workers share what is loaded before they part
control_socket_disable = True
graceful_timeout = 8
max_requests = 10_000
max_requests_jitter = 1_000
