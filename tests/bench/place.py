"""Scratch databases to measure on: a site with a handful of visits, and one with a thousand."""

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from inspect_app.config import ROOT
from tests.bench.server import Server

#: How many visits the two sites hold.
VISITS = {"few": 5, "many": 1000}


@dataclass
class Site:
    """One instance: a folder of its own, a database of its own, made when first asked for."""

    folder: Path
    url: str
    visits: int
    broken: bool = False
    _server: Server | None = None

    @property
    def environment(self) -> dict[str, str]:
        """The environment of commands and of the server."""
        return {**os.environ, "MIYAR_INSTANCE": str(self.folder), "DATABASE_URL": self.url}

    def run(self, *command: str) -> str:
        """Run Python with these arguments on this site; what it printed."""
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr[-2000:]}")
        return done.stdout

    def migrate(self) -> None:
        """The newest tables."""
        self.run("-m", "flask", "--app", "inspect_app", "db", "upgrade")

    @cached_property
    def world(self) -> dict[str, Any]:
        """What ``tests.bench.fill`` put into the database, and the session cookies of the people."""
        if self.broken:
            raise RuntimeError("this site could not be filled, see above")
        self.broken = True
        self.migrate()
        found: dict[str, Any] = json.loads(self.run("-m", "tests.bench.fill", str(self.visits)).splitlines()[-1])
        self.broken = False
        return found

    @property
    def server(self) -> Server:
        """The running server of this site."""
        if self._server is None:
            _ = self.world
            self._server = Server(self.environment)
            self._server.start()
        return self._server

    def stop(self) -> None:
        """Stop the server, if it runs."""
        if self._server is not None:
            self._server.stop()
            self._server = None


@dataclass
class Place:
    """The folder and, for PostgreSQL, the server on which the sites are made."""

    folder: Path
    server_url: str = ""
    sites: dict[str, Site] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The name of the database."""
        return "PostgreSQL" if self.server_url else "SQLite"

    def site(self, name: str) -> Site:
        """A site by name: ``few``, ``many``, or any other, which stays empty."""
        if name not in self.sites:
            folder = self.folder / name
            folder.mkdir()
            url = self._database(f"miyar_bench_{name}") if self.server_url else f"sqlite:///{folder / 'miyar.db'}"
            self.sites[name] = Site(folder, url, VISITS.get(name, 0))
        return self.sites[name]

    def close(self) -> None:
        """Stop the servers; drop the databases."""
        for name, site in self.sites.items():
            site.stop()
            if self.server_url:
                with contextlib.suppress(Exception):
                    self._statement(f"DROP DATABASE IF EXISTS miyar_bench_{name} WITH (FORCE)")

    def _database(self, name: str) -> str:
        self._statement(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self._statement(f"CREATE DATABASE {name}")
        return make_url(self.server_url).set(database=name).render_as_string(hide_password=False)

    def _statement(self, statement: str) -> None:
        engine = create_engine(self.server_url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()
