"""``/healthz`` says what is missing, and nothing that is secret."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from inspect_app.adapters import files, health
from inspect_app.models import db


def test_a_whole_server_is_well(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "missing_fonts", lambda: ())
    answer = client.get("/healthz")
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    assert answer.json["version"]
    assert all(answer.json["checks"].values())
    assert set(answer.json["checks"]) == {"database", "migrations", "storage", "pdf_engine", "fonts"}
    assert "Set-Cookie" not in answer.headers


def test_a_storage_that_refuses_makes_it_ill(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "writable", lambda: False)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json is not None
    assert "storage: not writable" in answer.json["reasons"]


def test_missing_fonts_make_it_ill(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "missing_fonts", lambda: ("ar",))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "fonts: none for: ar" in answer.text


def test_a_missing_engine_makes_it_ill(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    health.pdf_engine_missing.cache_clear()
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setitem(app.config, "PDF_ENGINE", "pdfkit")
    assert "wkhtmltopdf is not installed" in client.get("/healthz").text
    health.pdf_engine_missing.cache_clear()
    health.missing_fonts.cache_clear()


def test_tables_of_another_version_make_it_ill(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "heads", lambda _folder: frozenset({"0099"}))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "migrations: not at head" in answer.text


def test_a_database_that_is_away_makes_it_ill_and_its_address_stays_secret(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy.exc import OperationalError

    def away(_connection: object) -> bool:
        raise OperationalError("SELECT 1", {}, Exception("password=secret host=db"))

    monkeypatch.setattr(health, "database_answers", away)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "database: OperationalError" in answer.text
    assert "secret" not in answer.text


def test_the_test_database_is_at_head(app: Flask) -> None:
    assert db.session.scalar(text("SELECT count(*) FROM alembic_version")) == 1
