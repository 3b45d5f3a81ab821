"""What time makes due in the register, done once however often the clock is run."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from inspect_app.adapters import clock
from inspect_app.models import Accreditation, AccreditationEntry, QueuedLetter, db
from inspect_app.services.decisions import clocks
from tests.factories.decisions import Case, case_until

pytestmark = pytest.mark.usefixtures("app", "blank_paper")


def kinds() -> list[str]:
    return sorted(k for k in db.session.scalars(select(QueuedLetter.kind)) if k in ("expiring", "expired", "visit-due"))


@pytest.fixture
def decided(app: Flask) -> Case:
    return case_until("signed", level=2)


def row_of(case: Case) -> Accreditation:
    return db.session.get_one(Accreditation, case.institution.id, populate_existing=True)


def test_what_ends_soon_is_said_once(decided: Case) -> None:
    end = row_of(decided).valid_until
    assert end is not None
    with clock.frozen(clock.now() + timedelta(days=(end - clock.today()).days - 89)):
        assert clocks.warn() == {"warned": 3}
        assert clocks.warn() == {"warned": 0}
    assert kinds() == ["expiring"] * 3  # the director, two coordinators


def test_nothing_expires_on_its_last_day(decided: Case) -> None:
    end = row_of(decided).valid_until
    assert end is not None
    with clock.frozen(clock.now() + timedelta(days=(end - clock.today()).days)):
        assert clocks.expire() == {"expired": 0}


def test_the_day_after_it_has_expired_once(decided: Case) -> None:
    end = row_of(decided).valid_until
    assert end is not None
    with clock.frozen(clock.now() + timedelta(days=(end - clock.today()).days + 1)):
        assert clocks.expire() == {"expired": 1}
        assert clocks.expire() == {"expired": 0}
    assert row_of(decided).standing == "expired"
    assert db.session.scalars(select(AccreditationEntry.event).order_by(AccreditationEntry.id)).all() == [
        "decided", "expired",
    ]  # fmt: skip
    assert kinds() == ["expired"] * 3


def test_a_visit_that_did_not_take_place_is_said_once(decided: Case) -> None:
    due = row_of(decided).visit_by
    assert due is not None
    with clock.frozen(clock.now() + timedelta(days=(due - clock.today()).days + 1)):
        assert clocks.visits_due() == {"visits due": 3}
        assert clocks.visits_due() == {"visits due": 0}
