"""Is what Miyar stands on there? The server reads the migrations' heads without Alembic, and must read the same."""

from pathlib import Path

from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import create_engine

from inspect_app.adapters import health
from inspect_app.config import ROOT
from inspect_app.models import db

MIGRATIONS = ROOT / "migrations"


def test_the_heads_are_those_that_alembic_finds() -> None:
    assert health.heads(MIGRATIONS) == set(ScriptDirectory(str(MIGRATIONS)).get_heads())


def test_of_two_branches_and_their_meeting_the_last_is_the_head(tmp_path: Path) -> None:
    folder = tmp_path / "versions"
    folder.mkdir()
    for revision, down in (("1", None), ("2", "1"), ("3", "1"), ("4", ("2", "3"))):
        (folder / f"{revision}.py").write_text(f"revision = {revision!r}\ndown_revision = {down!r}\n")
    assert health.heads(tmp_path) == {"4"}


def test_tables_of_this_version_are_at_head_and_an_empty_database_is_not(app: Flask) -> None:
    with db.engine.connect() as connection:
        assert health.migrations_at_head(connection, MIGRATIONS)
    with create_engine("sqlite://").connect() as connection:
        assert not health.migrations_at_head(connection, MIGRATIONS)


def test_tables_of_another_version_are_not_at_head(app: Flask) -> None:
    with create_engine("sqlite://").connect() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num TEXT)")
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('0001')")
        assert not health.migrations_at_head(connection, MIGRATIONS)
