"""Several signatories sign at the same moment: the numbers of the year are without a gap and used once."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from inspect_app import create_app
from inspect_app.models import Decision, db
from inspect_app.services import decisions as deeds
from tests.factories.decisions import case_until, make_case, officials
from tests.factories.inspections import another_play, make_play

HOW_MANY = 5


@pytest.fixture
def own(settings: dict[str, Any], tmp_path: Path) -> Iterator[Flask]:
    """An application on a database of its own, in which deeds really commit."""
    app = create_app({**settings, "SQLALCHEMY_DATABASE_URI": _own_database(settings, tmp_path)})
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            with db.engine.begin() as connection:
                connection.exec_driver_sql("DROP SCHEMA IF EXISTS signers CASCADE")
                connection.exec_driver_sql("CREATE SCHEMA signers")
        upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


def _own_database(settings: dict[str, Any], tmp_path: Path) -> str:
    raw = str(settings["SQLALCHEMY_DATABASE_URI"])
    if raw.startswith("sqlite"):
        return f"sqlite:///{tmp_path / 'own.db'}"
    return raw + ("&" if "?" in raw else "?") + "options=-csearch_path%3Dsigners"


@pytest.mark.usefixtures("blank_paper")
def test_five_signatories_at_once(own: Flask) -> None:
    people = officials()
    first = make_play()
    plays = [first, *(another_play(first) for _ in range(HOW_MANY - 1))]
    cases = [case_until("proposed", make_case(play=play, people=people)) for play in plays]
    db.session.commit()
    signers = [(case.actor("Karim"), case.id) for case in cases]
    barrier = threading.Barrier(HOW_MANY)
    faults: list[BaseException] = []

    def sign(actor: Any, dossier_id: int) -> None:
        with own.app_context():
            try:
                barrier.wait()
                deeds.sign(actor, dossier_id=dossier_id)
            except BaseException as error:
                faults.append(error)
            finally:
                db.session.remove()
                db.session.close()

    threads = [threading.Thread(target=sign, args=args) for args in signers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not faults
    rows = db.session.execute(select(Decision.serial, Decision.number, Decision.code)).all()
    assert sorted(row.serial for row in rows) == list(range(1, HOW_MANY + 1))
    assert len({row.code for row in rows}) == HOW_MANY
    assert all(re.fullmatch(r"\d{4}/\d{4}", row.number) for row in rows)
