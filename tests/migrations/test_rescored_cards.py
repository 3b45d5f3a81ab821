"""Migration 0005: cards on file become the visits' own; a second card is never taken away, not even by going back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from inspect_app import create_app
from inspect_app.models import db
from inspect_app.queries import frozen
from tests.factories.inspections import make_play

_CARD = (
    "INSERT INTO score_cards (inspection_id, stage, level, card, sha256, checklist_sha256, rules_sha256, engine_version,"
    " input_digest, created_at) VALUES (1, 'final', 'refused', '{}', '0', '0', '0', '1', '0', '2026-01-05 09:00:00')"
)


@pytest.fixture
def before(settings: dict[str, Any], tmp_path: Path) -> Iterator[Flask]:
    """A database of the time before second cards, with one visit and its card."""
    app = create_app({**settings, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'own.db'}"})
    with app.app_context():
        upgrade()
        frozen.forget()
        make_play()
        db.session.remove()
        frozen.forget()
        downgrade(revision="0004")
        _with(_CARD)
        yield app
        db.session.remove()
        db.engine.dispose()


def _with(statement: str) -> Any:
    with db.engine.begin() as connection:
        found = connection.execute(text(statement))
        return found.all() if found.returns_rows else []


def test_cards_on_file_become_the_visits_own_and_going_back_gives_the_same_bytes(before: Flask) -> None:
    old = _with("SELECT * FROM score_cards")
    upgrade()
    assert _with("SELECT kind, level FROM score_cards") == [("own", "refused")]
    downgrade(revision="0004")
    assert _with("SELECT * FROM score_cards") == old


def test_nobody_goes_back_behind_a_second_card(before: Flask, caplog: pytest.LogCaptureFixture) -> None:
    upgrade(revision="0005")
    columns = "inspection_id, stage, level, card, sha256, checklist_sha256, engine_version, input_digest, created_at"
    _with(
        f"INSERT INTO score_cards ({columns}, rules_sha256, kind) SELECT {columns}, 'new', 'rescored' FROM score_cards"
    )
    with pytest.raises(SystemExit):  # Flask-Migrate's answer to a migration that refuses
        downgrade(revision="0004")
    assert "cannot be taken away" in caplog.text
    assert len(_with("SELECT id FROM score_cards")) == 2
