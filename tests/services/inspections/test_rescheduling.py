"""Another day for a visit: who may move it, until when, and who is told."""

import email
from datetime import timedelta
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from inspect_app.adapters import clock
from inspect_app.domain.errors import DomainError, ForbiddenError, NotVisibleError
from inspect_app.models import AuditEvent, db
from inspect_app.services import inspections as deeds
from tests.factories.inspections import Play, make_play, play_until
from tests.factories.users import actor_of, make_user

_LATER = timedelta(days=9)


def _move(play: Play, who: str = "Chaimae", **changes: Any) -> Any:
    values = {"planned_on": play.inspection.planned_on + _LATER, "reason": "The road is closed.", **changes}
    return deeds.reschedule(play.actor(who), inspection_id=play.id, **values)


def test_chaimae_moves_a_prepared_visit_and_nothing_else_of_it_changes(app: Flask) -> None:
    play = play_until("prepared")
    before, declared = play.inspection.planned_on, [m.conflict for m in play.inspection.team]
    visit = _move(play)
    assert (visit.planned_on, visit.state) == (before + _LATER, "prepared")
    assert [m.conflict for m in visit.team] == declared
    assert (visit.events[-1].event, visit.events[-1].reason) == ("rescheduled", "The road is closed.")
    data = db.session.query(AuditEvent).filter_by(verb="inspection.rescheduled").one().data
    assert (data["before"], data["after"]) == (before.isoformat(), visit.planned_on.isoformat())


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"planned_on": clock.today() - timedelta(days=1)}, "date-past", "planned_on"),
        ({"reason": "  "}, "reason-missing", "reason"),
    ],
)
def test_a_day_that_cannot_be_or_no_reason_is_refused_at_its_field(
    app: Flask, changes: dict[str, Any], code: str, field: str
) -> None:
    play = make_play()
    with pytest.raises(DomainError) as caught:
        _move(play, **changes)
    assert (caught.value.code, caught.value.field) == (code, field)


def test_the_same_day_is_no_new_day(app: Flask) -> None:
    play = make_play()
    with pytest.raises(DomainError) as caught:
        _move(play, planned_on=play.inspection.planned_on)
    assert caught.value.code == "date-unchanged"


def test_a_visit_that_has_begun_is_not_moved(app: Flask) -> None:
    play = play_until("under_way")
    with pytest.raises(DomainError) as caught:
        _move(play)
    assert caught.value.code == "illegal-move"


def test_nobody_else_moves_it(app: Flask) -> None:
    play = make_play()
    with pytest.raises(ForbiddenError):
        _move(play, "Amina")
    elsewhere = make_user("coordinator", region="01")
    with pytest.raises(NotVisibleError):
        deeds.reschedule(actor_of(elsewhere), inspection_id=play.id, planned_on=clock.today() + _LATER, reason="x")


def test_everybody_named_is_told_of_the_new_day_once(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = make_play()
    monkeypatch.setitem(app.config, "MAIL_BOX", tmp_path)
    _move(play)
    letters = [email.message_from_bytes(p.read_bytes(), policy=default) for p in tmp_path.iterdir()]
    named = {p.user.email for p in [*play.inspection.team, *play.inspection.reviewers]}
    assert sorted(str(m["To"]) for m in letters) == sorted(named)
