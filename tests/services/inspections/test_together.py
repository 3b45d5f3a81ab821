"""Several people write to one visit at the same instant, on a database of their own with real commits."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, make_url, select

from inspect_app import create_app
from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import DomainError
from inspect_app.models import Answer, AnswerRevision, AuditEvent, AuditHead, InspectionEvent, db
from inspect_app.queries import frozen
from inspect_app.services import inspections as deeds
from tests.factories.inspections import operation, play_until

NAME = "miyar_together"


@pytest.fixture
def own_app(settings: dict[str, Any], tmp_path: Path) -> Iterator[Flask]:
    """An application on an empty database that nobody else uses."""
    url = make_url(settings["SQLALCHEMY_DATABASE_URI"])
    server = None
    if url.get_backend_name() == "sqlite":
        url = make_url(f"sqlite:///{tmp_path / 'together.db'}")
    else:
        server = create_engine(url, isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {NAME}")
        url = url.set(database=NAME)
    app = create_app({**settings, "SQLALCHEMY_DATABASE_URI": url.render_as_string(hide_password=False)})
    frozen.forget()
    with app.app_context():
        from flask_migrate import upgrade

        upgrade()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    frozen.forget()
    if server is not None:
        with server.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {NAME}")
        server.dispose()


def _at_once(app: Flask, jobs: list[Any]) -> list[Any]:
    """Run the jobs at the same instant, each in its own session; what each returned or raised."""
    results: list[Any] = [None] * len(jobs)
    barrier = threading.Barrier(len(jobs))

    def run(place: int) -> None:
        with app.app_context():
            barrier.wait()
            try:
                results[place] = jobs[place]()
            except DomainError as error:
                results[place] = error.code
            except Exception as error:
                results[place] = error
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_tablets_that_write_at_the_same_instant_lose_nothing(own_app: Flask) -> None:
    with own_app.app_context():
        play = play_until("under_way")
        visit, codes = play.id, play.codes()[:15]
        people = [play.actor("Amina"), play.actor("Younes")] * 2

    def tablet(actor: Actor, number: int) -> list[str]:
        statuses = []
        for code in codes:
            batch = [operation(code, number % 4)]
            applied = deeds.apply_operations(actor, inspection_id=visit, operations=batch)
            statuses.append(applied.results[0].status.value)
        return statuses

    jobs = [lambda a=actor, n=n: tablet(a, n) for n, actor in enumerate(people)]
    results = _at_once(own_app, jobs)
    assert not [r for r in results if not isinstance(r, list)], results
    with own_app.app_context():
        kept = db.session.scalar(select(func.count(AnswerRevision.id)).where(AnswerRevision.inspection_id == visit))
        assert kept == len(codes) * len(people)
        assert db.session.scalar(select(func.count()).select_from(Answer)) == len(codes)
        chain = f"inspection/{visit}"
        numbers = list(
            db.session.scalars(select(AuditEvent.seq).where(AuditEvent.chain == chain).order_by(AuditEvent.seq))
        )
        assert numbers == list(range(1, len(numbers) + 1))
        assert db.session.get_one(AuditHead, chain).seq == len(numbers)


def test_the_same_operation_sent_twice_at_the_same_instant_is_one(own_app: Flask) -> None:
    with own_app.app_context():
        play = play_until("under_way")
        visit, code, amina = play.id, play.codes()[0], play.actor("Amina")
    same = [operation(code, 2)]
    jobs = [lambda: deeds.apply_operations(amina, inspection_id=visit, operations=same).results[0].status.value] * 4
    assert sorted(_at_once(own_app, jobs)) == ["accepted", "already-here", "already-here", "already-here"]


def test_a_move_pressed_twice_at_the_same_instant_happens_once(own_app: Flask) -> None:
    with own_app.app_context():
        play = play_until("submitted")
        visit, driss = play.id, play.actor("Driss")

    def accept() -> str:
        return deeds.accept(driss, inspection_id=visit).state

    assert sorted(_at_once(own_app, [accept] * 3)) == ["accepted", "illegal-move", "illegal-move"]
    with own_app.app_context():
        events = select(func.count(InspectionEvent.id)).where(InspectionEvent.event == "accepted")
        assert db.session.scalar(events) == 1


def test_an_answer_never_slips_in_behind_a_submission(own_app: Flask) -> None:
    with own_app.app_context():
        play = play_until("under_way")
        play.answer(level=3)
        visit, code, amina, younes = play.id, play.codes()[0], play.actor("Amina"), play.actor("Younes")

    def submit() -> str:
        return deeds.submit(amina, inspection_id=visit).state

    def answer() -> str:
        batch = [operation(code, 0)]
        return deeds.apply_operations(younes, inspection_id=visit, operations=batch).results[0].status.value

    submitted, answered = _at_once(own_app, [submit, answer])
    # whoever came first: either the answers are closed to Younes, or his differing answer holds up the submission
    assert (submitted, answered) in [("submitted", "not-editable"), ("disputed", "conflict")]
