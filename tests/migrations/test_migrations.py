"""Migrations: they give the tables of the models, go down and up again, and keep what happened from being rewritten."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from inspect_app import create_app
from inspect_app.config import ROOT
from inspect_app.models import AuditEvent, Base, Province, Region, db


@pytest.fixture
def empty(settings: dict[str, Any], tmp_path: Path) -> Iterator[Flask]:
    """An application on an SQLite database of its own, without tables."""
    app = create_app({**settings, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'own.db'}"})
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_the_head_of_the_migrations_is_what_the_models_say(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_every_migration_goes_down_and_up_again(empty: Flask) -> None:
    upgrade()
    downgrade(revision="base")
    with db.engine.connect() as connection:
        left = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
    assert set(left) <= {"alembic_version", "sqlite_sequence"}
    upgrade()
    assert db.session.scalar(select(func.count(Province.code))) == 75


def test_migrations_are_numbered_in_one_line() -> None:
    scripts = list(ScriptDirectory(str(ROOT / "migrations")).walk_revisions())
    assert [s.revision for s in reversed(scripts)] == [f"{n:04}" for n in range(1, len(scripts) + 1)]


def test_the_territories_are_those_of_the_census_with_every_province_in_its_region(app: Flask) -> None:
    assert db.session.scalar(select(func.count(Region.code))) == 12
    assert db.session.scalar(select(func.sum(Region.population_2024))) == 36_828_330
    by_region = db.session.execute(
        select(Province.region_code, func.sum(Province.population_2024)).group_by(Province.region_code)
    )
    totals = dict(by_region.all())
    assert totals == {r.code: r.population_2024 for r in db.session.scalars(select(Region))}


@pytest.mark.parametrize("deed", ["UPDATE audit_events SET verb = 'nothing.happened'", "DELETE FROM audit_events"])
def test_nobody_rewrites_what_happened_even_with_a_database_console(app: Flask, deed: str) -> None:
    from inspect_app.services import audit

    audit.record(None, "test.done", chain="test")
    db.session.flush()
    with pytest.raises((DatabaseError, SQLAlchemyError), match="append-only"):
        db.session.execute(text(deed))
    db.session.rollback()
    assert db.session.scalar(select(func.count(AuditEvent.id)).where(AuditEvent.verb == "nothing.happened")) == 0


def test_nobody_replaces_what_happened_even_with_a_database_console(empty: Flask) -> None:
    from inspect_app.services import audit

    upgrade()
    audit.record(None, "test.done", chain="test")
    db.session.commit()
    columns = "chain, seq, at, actor, verb, data, previous_hash, hash"
    for row in ("id, " + columns, columns):  # under the same number, or under a new one that takes the place
        with pytest.raises(SQLAlchemyError, match="append-only"):
            db.session.execute(
                text(
                    f"INSERT OR REPLACE INTO audit_events ({row}) "
                    f"SELECT {row.replace('verb', chr(39) + 'nothing.happened' + chr(39))} FROM audit_events"
                )
            )
        db.session.rollback()
    assert db.session.scalars(select(AuditEvent.verb)).all() == ["test.done"]


def test_every_append_only_table_refuses_to_be_replaced(empty: Flask) -> None:
    upgrade()
    names = set(db.session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")))
    tables = {name.removesuffix("_no_delete") for name in names if name.endswith("_no_delete")}
    assert {f"{table}_no_replace" for table in tables} <= names
