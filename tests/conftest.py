"""A fresh database per test session, emptied by rollback per test; people with names.

The database is SQLite unless ``TEST_DATABASE_URL`` says otherwise. Migrations, not ``create_all``, make the tables.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from flask_sqlalchemy.session import Session
from sqlalchemy import Connection

from inspect_app import create_app
from inspect_app.config import database_url
from inspect_app.models import db
from inspect_app.queries import frozen


class Browser(FlaskClient):
    """A browser whose every request starts with nothing remembered from the one before, as on a server.

    The test itself stands in an application context; without this the requests would share its ``g``.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        _forget_request()
        try:
            return super().open(*args, **kwargs)
        finally:
            _forget_request()


def _forget_request() -> None:
    if g:
        for name in list(g):
            g.pop(name)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Settings of a test server: temporary files, fast argon2, no limits on speed."""
    base: Path = tmp_path_factory.mktemp("miyar")
    raw = os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{base / 'test.db'}"
    return {
        "TESTING": True,
        "SECRET_KEY": "test",
        "INSTANCE": base,
        "SECURITY_PASSWORD_SALT": "test",
        "SECURITY_TOTP_SECRETS": {"1": "x" * 32},
        "SQLALCHEMY_DATABASE_URI": database_url(raw),
        "STORAGE_URL": (base / "files").as_uri(),
        "MAIL_BOX": base / "mail",
        "PDF_ENGINE": "weasyprint",
        "PUBLIC_URL": "http://localhost",
        "WTF_CSRF_ENABLED": False,
        "RATELIMIT_ENABLED": False,
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
            "argon2__time_cost": 1,
            "argon2__memory_cost": 8,
            "argon2__parallelism": 1,
        },
        "LANGUAGES": ("ar", "fr", "en"),
        "BABEL_DEFAULT_LOCALE": "ar",
        "MAX_CONTENT_LENGTH": 12 * 1024 * 1024,
        "MAX_PHOTO_BYTES": 8 * 1024 * 1024,
    }


@pytest.fixture(scope="session")
def _app(settings: dict[str, Any]) -> Iterator[Flask]:
    app = create_app(settings)
    app.test_client_class = Browser
    with app.app_context():
        from flask_migrate import upgrade

        if db.engine.dialect.name == "postgresql":
            with db.engine.begin() as connection:
                connection.exec_driver_sql("DROP SCHEMA public CASCADE")
                connection.exec_driver_sql("CREATE SCHEMA public")
        upgrade()
    yield app
    with app.app_context():
        db.engine.dispose()


def _pinned_to(connection: Connection) -> type[Session]:
    """Sessions of Flask-SQLAlchemy look for their engine and ignore ``bind``; these keep to one connection."""

    class Pinned(Session):
        def get_bind(self, *args: Any, **kwargs: Any) -> Any:
            return connection

    return Pinned


@contextmanager
def rolled_back(app: Flask) -> Iterator[Flask]:
    """The application inside one transaction that is rolled back: services may commit as they please."""
    with app.app_context():
        connection = db.engine.connect()
        transaction = connection.begin()
        if db.engine.dialect.name == "sqlite":
            connection.exec_driver_sql(
                "BEGIN"
            )  # sqlite3 begins only at the first write: a savepoint's end would commit
        original = db.session
        frozen.forget()  # ids of rolled-back rows are used again
        options = {"class_": _pinned_to(connection), "join_transaction_mode": "create_savepoint"}
        db.session = db._make_scoped_session(options)
        try:
            yield app
        finally:
            db.session.remove()
            db.session = original
            transaction.rollback()
            connection.close()
            frozen.forget()


@pytest.fixture
def app(_app: Flask) -> Iterator[Flask]:
    """The application for one test."""
    with rolled_back(_app) as app:
        yield app


@pytest.fixture(scope="module")
def app_of_module(_app: Flask) -> Iterator[Flask]:
    """The application for all tests of a file, which share what they prepare."""
    with rolled_back(_app) as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Nobody in particular, in front of a browser."""
    return app.test_client()
