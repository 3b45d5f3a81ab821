"""A final report enters the register of findings; a later one finds them again, or closes them."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import delete, select, text

from inspect_app.adapters import clock
from inspect_app.models import Finding, FindingSighting, Inspection, RegisterEntry, db
from inspect_app.services import findings
from inspect_app.services import inspections as deeds
from tests.factories.inspections import Play, make_play
from tests.factories.plans import visited


def once_more(play: Play, *, days: int = 200) -> Play:
    """Another visit to the same institution by the same people, later."""
    inspection = deeds.plan_inspection(
        play.actor("Chaimae"),
        institution_id=play.institution.id,
        kind="follow_up",
        planned_on=clock.today() + timedelta(days=days),
        team=[deeds.MemberInput(play.people["Amina"].id, leader=True)],
        second_reader=play.people["Driss"].id,
        responder=play.people["Salma"].id,
    )
    return Play(play.institution, inspection, play.people)


def register(play: Play) -> dict[str, Finding]:
    rows = db.session.scalars(select(Finding).where(Finding.institution_id == play.institution.id).order_by(Finding.id))
    return {row.criterion: row for row in rows}


def test_each_failed_criterion_opens_a_finding_with_its_last_day_by_policy(app: Flask) -> None:
    play = make_play()
    critical = next(c for c in play.codes() if c.startswith("PRO"))
    visited(play, {critical: 0, play.codes()[3]: 1})
    found = register(play)
    assert set(found) == {critical, play.codes()[3]}
    for row in found.values():
        told = play.inspection.draft_sent_at.astimezone(clock.CASABLANCA).date()
        days = {"critical": 30, "major": 90, "minor": 180}[row.severity]
        assert (row.due_on, row.due_days, row.times, row.state) == (told + timedelta(days=days), days, 1, "open")


def test_the_next_visit_finds_one_again_and_closes_the_other(app: Flask) -> None:
    play = make_play()
    kept, mended = play.codes()[3], play.codes()[4]
    visited(play, {kept: 0, mended: 1})
    due = register(play)[kept].due_on
    second = visited(once_more(play), {kept: 1})
    found = register(play)
    assert (found[kept].state, found[kept].times, found[kept].level) == ("open", 2, 1)
    assert found[kept].due_on == due
    assert (found[mended].state, found[mended].closed_why) == ("closed", "met")
    assert found[mended].closed_by_id == second.id


def test_what_was_closed_and_fails_anew_remembers_how_often(app: Flask) -> None:
    play = make_play()
    code = play.codes()[3]
    visited(play, {code: 0})
    visited(once_more(play), {})
    visited(once_more(play, days=400), {code: 1})
    rows = db.session.scalars(select(Finding).where(Finding.criterion == code).order_by(Finding.id)).all()
    assert [row.state for row in rows] == ["closed", "open"]
    assert rows[1].previous_id == rows[0].id
    assert rows[1].times == 2


def test_past_reports_are_entered_once_oldest_first(app: Flask) -> None:
    play = make_play()
    code = play.codes()[3]
    visited(play, {code: 0})
    visited(once_more(play), {code: 0})
    _forget_the_register()
    assert findings.enter_past() == {"visits": 2, "findings": 1}
    assert register(play)[code].times == 2
    assert findings.enter_past() == {"visits": 0, "findings": 0}
    assert register(play)[code].times == 2


def test_a_report_that_comes_late_rewrites_nothing(app: Flask) -> None:
    play = make_play()
    late = once_more(play, days=3)
    code = play.codes()[3]
    visited(play, {})
    visited(once_more(play), {code: 0})
    visited(late, {play.codes()[5]: 0})
    assert set(register(play)) == {code}


def _forget_the_register() -> None:
    """As if the reports had been issued before there was a register."""
    for table in ("finding_sightings", "register_entries"):
        if db.engine.dialect.name == "sqlite":
            db.session.execute(text(f"DROP TRIGGER {table}_no_delete"))
        else:
            db.session.execute(text(f"DROP TRIGGER {table}_append_only ON {table}"))
    db.session.execute(delete(FindingSighting))
    db.session.execute(delete(RegisterEntry))
    db.session.execute(delete(Finding))
    db.session.commit()
    assert db.session.scalar(select(Inspection.id)) is not None
