"""What the server reads before it divides: real pages of real people, and nothing is left behind."""

import pytest
from flask import g
from sqlalchemy import func, select

from inspect_app.models import AuditEvent, User, db
from inspect_app.web import warming
from tests.factories.inspections import make_play, play_until


@pytest.fixture
def read(app, monkeypatch) -> list[tuple[str, str, bool]]:
    """Whose pages were read, and whether they answered."""
    seen = []
    one = warming._read

    def noted(app, user_id, address, language):
        with app.app_context():
            name = db.session.get_one(User, user_id).name if user_id else ""
        seen.append((name, address, one(app, user_id, address, language)))
        return seen[-1][2]

    monkeypatch.setattr(warming, "_read", noted)
    return seen


def test_the_pages_of_a_visit_under_way_are_read_as_its_inspector_and_nothing_is_written(app, read):
    play = make_play()
    play_until("under_way", play)
    events = db.session.scalar(select(func.count(AuditEvent.id)))
    db.session.commit()
    assert warming.warm(app, 60) > 20
    assert ("Amina", f"/api/v1/inspections/{play.id}", True) in read
    assert ("Amina", f"/inspections/{play.id}/answer", True) in read
    assert {address for name, address, _ in read if name == "Chaimae"} >= {"/inspections/", "/institutions/"}
    assert db.session.scalar(select(func.count(AuditEvent.id))) == events
    assert db.session.scalars(select(User).where(User.last_sign_in_at.is_not(None))).first() is None
    assert "_login_user" not in g


def test_on_an_empty_database_only_public_pages_are_read(app, read):
    warming.warm(app, 60)
    assert {name for name, _, _ in read} == {""}


def test_a_start_does_not_wait_for_pages_without_end(app, read):
    assert warming.warm(app, 0) == 0
    assert read == []


def test_a_page_that_fails_does_not_stop_the_start(app, monkeypatch):
    monkeypatch.setattr(app, "full_dispatch_request", lambda: 1 / 0)
    assert warming.warm(app, 60) == 0
