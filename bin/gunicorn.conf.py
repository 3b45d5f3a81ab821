"""How does the web server run? Few processes that share memory, threads for slow lines, connections of their own."""

import contextlib
import ctypes
import gc
import os
import signal
import sys
from typing import Any

from sqlalchemy.orm import configure_mappers

gc.disable()  # nothing that is loaded at the start is rubbish; looking for it would be a fifth of the start

# libraries take them for coloured tracebacks if they are there: 7 MB that no server needs
for painter in ("pygments", "rich"):
    sys.modules.setdefault(painter, None)  # type: ignore[arg-type]

# glibc keeps what a large answer needed for the next one, in each process; with fixed bounds it gives it back
# (mallopt: M_TRIM_THRESHOLD -1, M_MMAP_THRESHOLD -3; another C library has neither, and needs neither)
with contextlib.suppress(OSError, AttributeError):
    for bound in (-1, -3):
        ctypes.CDLL("libc.so.6").mallopt(bound, 128 * 1024)

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "3"))
worker_class = "gthread"
threads = 4
preload_app = True
timeout = 60
graceful_timeout = 10
max_requests = 5000
max_requests_jitter = 500
loglevel = os.environ.get("LOG_LEVEL", "warning")
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108  # the heartbeat must not wait for a disk


def post_fork(server: Any, _worker: Any) -> None:
    """A connection opened before the fork belongs to the parent."""
    from inspect_app.models import db

    app = server.app.wsgi()
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose(close=False)


def post_worker_init(_worker: Any) -> None:
    """Ctrl-C reaches every process of the terminal; told twice, a worker may hang. The parent passes the word."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def when_ready(server: Any) -> None:
    """The processes to come share what is loaded; the collector leaves it alone, or each would copy all of it.

    What the first pages and questions to the database would load in each of them is loaded before.
    """
    from inspect_app.web import warming

    configure_mappers()
    warming.warm(server.app.wsgi())
    gc.collect()
    gc.freeze()
    gc.enable()
    print(f"\nMiyar is ready: {os.environ.get('PUBLIC_URL', 'http://' + bind)}   (Ctrl-C stops it)", flush=True)
