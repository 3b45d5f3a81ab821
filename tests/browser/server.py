"""A whole Miyar for the browser: its own folder, database and gunicorn on a free port, with a small demonstration."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import psycopg
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import make_url

from inspect_app import create_app
from inspect_app.cli.demo.load import load
from inspect_app.config import ROOT, database_url
from inspect_app.models import db

SCALE = 60


class Server:
    """The running server, and the same application in this process, on the same database, to prepare and to look."""

    def __init__(self, folder: Path, database: str, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.program = "inspect_app:create_app()"
        self.process: subprocess.Popen[bytes] | None = None
        self.log = folder / "server.log"
        self.environment = {
            "MIYAR_INSTANCE": str(folder),
            "DATABASE_URL": database,
            "MIYAR_DEMONSTRATION": "1",
            "PUBLIC_URL": self.url,
            "PORT": str(port),
            "WEB_CONCURRENCY": "1",
        }
        self.app = self._application()

    def _application(self) -> Flask:
        before = dict(os.environ)
        os.environ.update(self.environment)
        try:
            app = create_app()
        finally:
            os.environ.clear()
            os.environ.update(before)
        # in a thread of its own: signing documents runs an event loop, and Playwright's runs in this one
        with ThreadPoolExecutor(1) as worker:
            worker.submit(_prepare, app).result()
        return app

    @contextmanager
    def running(self) -> Iterator["Server"]:
        """Serve until the block ends."""
        command = [sys.executable, "-m", "gunicorn", "--config", "bin/gunicorn.conf.py", self.program]
        with self.log.open("w") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env={**os.environ, **self.environment}, stdout=log, stderr=subprocess.STDOUT
            )
            try:
                self.process = process
                self._wait(process)
                yield self
            finally:
                process.terminate()
                process.wait(30)

    def is_killed(self) -> None:
        """SIGKILL to the server and its workers, whatever they are at."""
        assert self.process is not None
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for one in (pid, *map(int, children)):
            os.kill(one, signal.SIGKILL)
        self.process.wait(30)

    def _wait(self, process: "subprocess.Popen[bytes]") -> None:
        for _ in range(300):
            if process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/standards/", timeout=5):
                    return
            except (URLError, OSError):
                time.sleep(0.2)
        raise RuntimeError(f"the server did not start:\n{self.log.read_text()}")


def _prepare(app: Flask) -> None:
    with app.app_context():
        upgrade()
        load(scale=SCALE)
        db.session.remove()
        db.engine.dispose()


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def own_database(folder: Path) -> Iterator[str]:
    """A database for the browser tests alone: a file, or one beside that of TEST_DATABASE_URL."""
    given = os.environ.get("TEST_DATABASE_URL")
    if not given or make_url(given).get_backend_name() == "sqlite":
        yield f"sqlite:///{folder / 'miyar.db'}"
        return
    url = make_url(database_url(given))
    name = f"miyar_browser_{os.getpid()}"
    admin = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield url.set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
