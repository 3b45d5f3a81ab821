"""Deadlines are said in time, once, on the page and by mail; critical actions that are late go up."""

from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from inspect_app.adapters import clock
from inspect_app.models import PlanEvent, PlanNotice, SupportPlan, db
from inspect_app.queries import plans as questions
from inspect_app.services.plans.reminding import run_reminders
from tests.factories.inspections import Play
from tests.factories.plans import agreed, found_play, prove
from tests.factories.users import make_person


@pytest.fixture
def box(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(app.config, "MAIL_BOX", tmp_path / "mail")
    return tmp_path / "mail"


def letters(box: Path) -> list[tuple[str, str]]:
    found = []
    for path in sorted(box.glob("*.eml")):
        letter = message_from_bytes(path.read_bytes(), policy=policy.default)
        found.append((letter["To"], letter.get_content()))
        path.unlink()
    return found


def one_action(critical: bool = True) -> tuple[Play, SupportPlan]:
    """A plan of one action, and Fatima in the ministry."""
    play = found_play(critical=1, others=0) if critical else found_play(critical=0, others=1)
    play.people["Fatima"] = make_person("Fatima", national=True)
    plan = agreed(play)
    for action in plan.actions[1:]:
        action.state = "removed"
    db.session.commit()
    return play, plan


def days_later(plan: SupportPlan, left: int) -> dict[str, int]:
    """Run the clock so many days before the last day of the plan's action."""
    day = plan.actions[0].due_on - timedelta(days=left)
    ahead = clock.now() + timedelta(days=(day - clock.today()).days)
    with clock.frozen(ahead):
        return run_reminders()


def test_an_owner_is_reminded_four_times_and_never_twice(app: Flask, box: Path) -> None:
    _play, plan = one_action(critical=False)
    letters(box)  # those of the visit
    for left in (20, 15, 14, 14, 10, 7, 6, 0, 0, -1, -1, -5):
        days_later(plan, left)
    steps = db.session.scalars(select(PlanNotice.step).order_by(PlanNotice.id)).all()
    assert steps == ["14", "7", "0", "-1"]
    said = letters(box)
    assert [to for to, _text in said] == ["brahim@miyar.test"] * 4
    assert f"/plans/{plan.id}/actions/{plan.actions[0].id}" in said[0][1]
    assert db.session.scalars(select(PlanNotice.mailed)).all() == [True] * 4


def test_a_late_critical_action_goes_to_the_coordinator_then_to_the_ministry(app: Flask, box: Path) -> None:
    play, plan = one_action()
    assert days_later(plan, 0)["escalations"] == 0
    assert days_later(plan, -1) == {"reminders": 1, "escalations": 1, "letters": 2}
    assert days_later(plan, -6) == {"reminders": 0, "escalations": 0, "letters": 0}
    assert days_later(plan, -7) == {"reminders": 0, "escalations": 1, "letters": 1}
    assert [to for to, _text in letters(box)][-1] == "fatima@miyar.test"
    told = db.session.scalars(select(PlanEvent).where(PlanEvent.event == "escalated")).all()
    assert len(told) == 2
    assert [n.step for n in questions.notices_for(play.actor("Chaimae"))] == ["coordinator"]


def test_a_new_last_day_is_a_new_deadline(app: Flask, box: Path) -> None:
    _play, plan = one_action(critical=False)
    days_later(plan, 7)
    plan.actions[0].due_on += timedelta(days=30)
    db.session.commit()
    days_later(plan, 7)
    assert len(db.session.scalars(select(PlanNotice)).all()) == 2


def test_nobody_is_reminded_while_the_proof_is_looked_at_or_the_plan_is_closed(app: Flask, box: Path) -> None:
    play, plan = one_action()
    prove(play, plan)
    assert days_later(plan, -7) == {"reminders": 0, "escalations": 0, "letters": 0}


def test_one_person_gets_one_letter_for_all_deadlines_of_a_day(app: Flask, box: Path) -> None:
    play = found_play(critical=0, others=3)
    plan = agreed(play)
    waiting = [a for a in plan.actions if a.due_on == plan.actions[0].due_on]
    assert len(waiting) > 1
    assert days_later(plan, 7)["letters"] == 1
    assert len(questions.notices_for(play.actor("Brahim"))) == len(waiting)


def test_a_letter_that_cannot_leave_keeps_the_reminder_on_the_page(
    app: Flask, box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inspect_app.adapters import mail

    play, plan = one_action(critical=False)
    monkeypatch.setattr(mail, "send", lambda *_args: False)
    assert days_later(plan, 7) == {"reminders": 1, "escalations": 0, "letters": 0}
    assert [n.mailed for n in questions.notices_for(play.actor("Brahim"))] == [False]
