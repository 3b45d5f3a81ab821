"""What every server process would load, compile and remember for itself is made once, before they divide.

The pages people open most are read in the parent process, each as a real person who may open it. Nobody is signed in by
that, nothing is written: these are questions only, and their transaction is rolled back. What stays is what the processes
then share: checklists, compiled templates and statements, labels, forms, and functions that Python has made quick.
"""

from collections.abc import Iterator
from time import process_time

import structlog
from flask import Flask, g

from inspect_app.domain.roles import Role
from inspect_app.domain.texts import LANGUAGES
from inspect_app.models import User, db
from inspect_app.queries import readers as people

log = structlog.get_logger()

#: Seconds of the processor for all rounds; the first is the one that counts, and the start may not wait long.
PATIENCE = 0.4
_ROUNDS = 3


def warm(app: Flask, patience: float = PATIENCE) -> int:
    """Read the pages until all were read some times or the patience is over; how many answered.

    Never raises: a page that fails here fails for its reader, who is told.
    """
    begin = process_time()
    with app.app_context():
        readings = list(_readings())
        db.session.remove()
    answered = 0
    for _ in range(_ROUNDS):
        for user_id, address, language in readings:
            if process_time() - begin > patience:
                break
            answered += _read(app, user_id, address, language)
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()  # closed by the process that opened them; statements stay compiled
    return answered


def _read(app: Flask, user_id: int | None, address: str, language: str) -> bool:
    headers = {"Accept-Language": language, "Accept-Encoding": "gzip"}
    with app.test_request_context(address, base_url="https://localhost", headers=headers):
        try:
            if user_id is not None:
                g._login_user = db.session.get_one(User, user_id)  # where Flask-Login looks first
            answer = app.full_dispatch_request()
            answer.get_data()
        except Exception as error:  # e.g. a database whose tables are older than the code
            log.warning("not-warmed", address=address, reason=type(error).__name__)
            return False
        finally:
            for name in ("_login_user", "actor"):  # inside a context that was open already the next reader is another
                g.pop(name, None)
            db.session.rollback()
        return bool(answer.status_code == 200)


def _readings() -> Iterator[tuple[int | None, str, str]]:
    """Person (None is nobody), address, language."""
    for language in LANGUAGES:
        yield None, "/", language
    yield None, "/standards/", "ar"
    try:
        yield from _of_people()
    except Exception as error:  # no tables yet
        log.warning("not-warmed", reason=type(error).__name__)


def _of_people() -> Iterator[tuple[int, str, str]]:
    found = people.inspector_on_a_visit()
    if found is not None:
        user_id, inspection_id = found
        yield user_id, f"/api/v1/inspections/{inspection_id}", "ar"
        yield user_id, f"/inspections/{inspection_id}/answer", "ar"
        yield user_id, f"/inspections/{inspection_id}", "ar"
        yield user_id, "/inspections/", "ar"
    for role, addresses in (
        (Role.COORDINATOR, ("/inspections/", "/institutions/", "/institutions/?q=a")),
        (Role.DIRECTOR, ("/desk",)),
    ):
        person = people.somebody(role)
        if person is not None:
            for address in addresses:
                yield person, address, "ar"
