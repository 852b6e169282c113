"""How gunicorn serves the app: a few processes with threads, connections from a pool."""

import gc
import os
from typing import Any

# The pool belongs to the web process only; settings are read after this file.
os.environ.setdefault("DATABASE_POOL", "true")

bind = os.environ.get("BIND", "0.0.0.0:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 10
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
# A heartbeat file in memory is not held up by a slow disk.
memory = "/dev/shm"  # noqa: S108
worker_tmp_dir = memory if os.path.isdir(memory) else None
control_socket_disable = True
accesslog = None  # each request is one line of the app's own log
errorlog = "-"
loglevel = "warning"
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")


def post_worker_init(worker: Any) -> None:
    """Code stays: the collector need not look through it again, nor begin for every few rows."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
