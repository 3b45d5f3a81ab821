"""The first administrator is made on the server's console."""

from datetime import timedelta
from pathlib import Path

from flask import Flask

from inspect_app.adapters import clock
from inspect_app.models import db
from inspect_app.queries import users
from tests.factories.users import make_person


def _run(app: Flask, *words: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["users", *words])
    return done.exit_code, done.output


def test_the_first_administrator_gets_a_link_that_opens(app: Flask) -> None:
    code, said = _run(app, "create", "Ghali@Miyar.test", "--name", "Ghali", "--role", "administrator")
    assert code == 0, said
    link = said.split("7 days: ")[1].strip()
    assert link.startswith("http://localhost/welcome/")
    answer = app.test_client().get(link.removeprefix("http://localhost"))
    assert answer.location.startswith("/new-password/")
    assert list(Path(app.config["MAIL_BOX"]).glob("*.eml"))
    assert "ghali@miyar.test" in _run(app, "list")[1]


def test_what_the_rules_refuse_is_refused_here_too(app: Flask) -> None:
    for words in (
        ("create", "x@miyar.test", "--name", "X", "--role", "inspector"),
        ("create", "x@miyar.test", "--name", "X", "--role", "director", "--institution", "99.999-1"),
        ("create", "no address", "--name", "X", "--role", "administrator"),
        ("create", "x@miyar.test", "--name", "X", "--role", "administrator", "--password", "short"),
        ("unlock", "nobody@miyar.test"),
    ):
        code, said = _run(app, *words)
        assert code == 1, said
    assert users.by_email("x@miyar.test") is None


def test_an_account_is_unlocked_from_the_console(app: Flask) -> None:
    amina = make_person("Amina")
    amina.locked_until = clock.now() + timedelta(hours=1)
    db.session.commit()
    assert _run(app, "unlock", "AMINA@miyar.test")[0] == 0
    assert amina.locked_until is None
