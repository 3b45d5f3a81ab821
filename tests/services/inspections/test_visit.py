"""From the declaration to the final report, as people do it, with what is refused on the way."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from inspect_app.adapters import clock
from inspect_app.domain.errors import DomainError, ForbiddenError, NotVisibleError
from inspect_app.models import Answer, AnswerRevision, AuditEvent, Evidence, ScoreCard, db
from inspect_app.queries import inspections as questions
from inspect_app.queries.frozen import checklist_of
from inspect_app.services import inspections as deeds
from tests.factories.inspections import PROVINCE, Play, make_play, operation, picture, play_until
from tests.factories.institutions import make_institution
from tests.factories.users import actor_of, make_person, make_user


def _code(deed: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(DomainError) as caught:
        deed(*args, **kwargs)  # type: ignore[operator]
    db.session.rollback()
    return caught.value.code


def _verbs(play: Play) -> list[str]:
    rows = db.session.query(AuditEvent).filter_by(chain=f"inspection/{play.id}").order_by(AuditEvent.seq)
    return [row.verb for row in rows]


def test_amina_declares_before_the_file_opens_to_her(app: object) -> None:
    play = make_play()
    assert _code(questions.opened, play.actor("Amina"), play.id) == "declaration-first"
    deeds.declare(play.actor("Amina"), inspection_id=play.id, conflict=False)
    assert questions.opened(play.actor("Amina"), play.id).id == play.id
    assert _code(deeds.declare, play.actor("Amina"), inspection_id=play.id, conflict=True) == "already-declared"


def test_a_declared_conflict_needs_words_and_closes_the_file(app: object) -> None:
    play = make_play()
    assert _code(deeds.declare, play.actor("Amina"), inspection_id=play.id, conflict=True) == "detail-missing"
    deeds.declare(play.actor("Amina"), inspection_id=play.id, conflict=True, detail="أختي تعمل هناك")
    assert _code(questions.opened, play.actor("Amina"), play.id) == "conflict-declared"
    deeds.declare(play.actor("Younes"), inspection_id=play.id, conflict=False)
    assert _code(deeds.start, play.actor("Younes"), inspection_id=play.id) == "conflict-in-team"


def test_only_those_who_take_part_declare(app: object) -> None:
    play = make_play()
    assert _code(deeds.declare, play.actor("Hind"), inspection_id=play.id, conflict=False) == "forbidden"
    jamila = actor_of(make_user("coordinator", name="Jamila", province=PROVINCE))
    assert _code(deeds.declare, jamila, inspection_id=play.id, conflict=False) == "no-part"


def test_the_visit_waits_for_every_declaration(app: object) -> None:
    play = make_play()
    deeds.declare(play.actor("Amina"), inspection_id=play.id, conflict=False)
    assert _code(deeds.start, play.actor("Amina"), inspection_id=play.id) == "declarations-missing"


def test_a_prepared_visit_starts(app: object) -> None:
    play = make_play()
    deeds.prepare(play.actor("Chaimae"), inspection_id=play.id, note="طلبت الوثائق")
    assert play.inspection.state == "prepared"
    play_until("under_way", play)
    assert play.inspection.started_at is not None


def test_submission_waits_for_every_applicable_criterion_and_says_which(app: object) -> None:
    play = play_until("under_way")
    codes = play.codes()
    play.answer(codes=codes[2:])
    with pytest.raises(DomainError) as caught:
        deeds.submit(play.actor("Amina"), inspection_id=play.id)
    db.session.rollback()
    assert (caught.value.code, caught.value.params["codes"]) == ("unanswered", codes[:2])
    play.answer(codes=codes[:2])
    deeds.submit(play.actor("Amina"), inspection_id=play.id)
    assert db.session.query(ScoreCard).filter_by(stage="submitted").one().score == Decimal(100)


def test_a_note_alone_is_no_answer(app: object) -> None:
    play = play_until("under_way")
    play.answer()
    first = play.codes()[0]
    current = questions.current_answers(play.id)[first]
    operations = [operation(first, None, note="to see again", base_op_id=current.op_id)]
    deeds.apply_operations(play.actor("Amina"), inspection_id=play.id, operations=operations)
    assert _code(deeds.submit, play.actor("Amina"), inspection_id=play.id) == "unanswered"


def test_submission_waits_until_a_difference_is_settled(app: object) -> None:
    play = play_until("under_way")
    play.answer()
    first = play.codes()[0]
    operations = [operation(first, 0)]
    applied = deeds.apply_operations(play.actor("Younes"), inspection_id=play.id, operations=operations)
    assert applied.results[0].status == "conflict"
    assert _code(deeds.submit, play.actor("Amina"), inspection_id=play.id) == "disputed"
    deeds.save_answer(play.actor("Amina"), inspection_id=play.id, criterion=first, level=1)
    deeds.submit(play.actor("Amina"), inspection_id=play.id)


def test_a_member_who_does_not_lead_does_not_submit(app: object) -> None:
    play = play_until("under_way")
    play.answer()
    with pytest.raises(DomainError) as caught:
        deeds.submit(play.actor("Younes"), inspection_id=play.id)
    assert (caught.value.code, caught.value.status) == ("not-yours-submitted", 403)


def test_driss_returns_with_a_reason_and_the_team_writes_again(app: object) -> None:
    play = play_until("submitted")
    assert _code(deeds.return_to_team, play.actor("Driss"), inspection_id=play.id, reason=" ") == "reason-missing"
    deeds.return_to_team(play.actor("Driss"), inspection_id=play.id, reason="صور ناقصة")
    deeds.save_answer(play.actor("Amina"), inspection_id=play.id, criterion=play.codes()[0], level=2)
    deeds.submit(play.actor("Amina"), inspection_id=play.id)
    deeds.accept(play.actor("Driss"), inspection_id=play.id)
    assert [e.event for e in play.inspection.events][-4:] == ["submitted", "returned", "submitted", "accepted"]


def test_nobody_of_the_team_accepts_its_own_answers(app: object) -> None:
    play = play_until("submitted")
    assert _code(deeds.accept, play.actor("Amina"), inspection_id=play.id) == "not-yours-accepted"
    assert _code(deeds.accept, play.actor("Salma"), inspection_id=play.id) == "not-yours-accepted"


def test_the_directors_ten_working_days_skip_weekends_and_holidays(app: object) -> None:
    play = play_until("accepted")
    with clock.frozen(datetime(2026, 12, 24, 10, tzinfo=UTC)):
        deeds.send_draft(play.actor("Chaimae"), inspection_id=play.id)
    # 25, 28–31 December: 5; 1 January is a holiday; 4–8 January: 10. 11 January is a holiday but comes after
    assert play.inspection.observations_due_on == date(2027, 1, 8)


def test_the_director_sees_nothing_before_the_draft(app: object) -> None:
    play = play_until("accepted")
    with pytest.raises(NotVisibleError):
        questions.opened(play.actor("Brahim"), play.id)
    deeds.send_draft(play.actor("Chaimae"), inspection_id=play.id)
    assert questions.opened(play.actor("Brahim"), play.id).id == play.id


def test_the_director_observes_takes_back_and_is_heard_to_the_last_day(app: object) -> None:
    play = play_until("draft_sent")
    brahim = play.actor("Brahim")
    first = deeds.observe(brahim, inspection_id=play.id, criterion=play.codes()[0], words="Nous avons le registre.")
    deeds.withdraw_observation(brahim, inspection_id=play.id, observation_id=first.id)
    due = play.inspection.observations_due_on
    assert due is not None
    with clock.frozen(datetime(due.year, due.month, due.day, 22, tzinfo=UTC)):
        deeds.observe(brahim, inspection_id=play.id, words="Le rapport entier")
    with clock.frozen(datetime(due.year, due.month, due.day, tzinfo=UTC) + timedelta(days=1, hours=1)):
        assert _code(deeds.observe, brahim, inspection_id=play.id, words="Trop tard") == "observations-late"
    assert _code(deeds.observe, brahim, inspection_id=play.id, words=" ") == "text-missing"
    assert _code(deeds.observe, brahim, inspection_id=play.id, words="x", criterion="X-9") == "criterion-not-asked"
    assert _code(deeds.observe, brahim, inspection_id=play.id, words="x" * 4001) == "text-too-long"


def test_only_the_director_of_that_institution_observes(app: object) -> None:
    play = play_until("draft_sent")
    assert _code(deeds.observe, play.actor("Chaimae"), inspection_id=play.id, words="x") == "not-yours-observation"
    stranger = make_user("director", institution=make_institution())
    db.session.commit()
    assert _code(deeds.observe, actor_of(stranger), inspection_id=play.id, words="x") == "not-found"


def test_the_office_closes_only_after_the_delay_even_without_observations(app: object) -> None:
    play = play_until("draft_sent")
    chaimae = play.actor("Chaimae")
    assert _code(deeds.close_observations, chaimae, inspection_id=play.id) == "delay-runs"
    with clock.frozen(clock.now() + timedelta(days=40)):
        deeds.close_observations(chaimae, inspection_id=play.id)
        deeds.finalise(chaimae, inspection_id=play.id)
    assert play.inspection.state == "final"


def _observed(level: int = 1) -> tuple[Play, int]:
    play = play_until("draft_sent", level=level)
    row = deeds.observe(play.actor("Brahim"), inspection_id=play.id, criterion=play.codes()[0], words="Non.")
    return play_until("responding", play), row.id


def test_salma_answers_with_reasons_and_a_new_level_becomes_a_revision(app: object) -> None:
    play, observation = _observed()
    code = play.codes()[0]
    deeds.respond(
        play.actor("Salma"),
        inspection_id=play.id,
        observation_id=observation,
        outcome="accepted",
        reasons="Le registre a été produit.",
        new_level=3,
    )
    rows = db.session.query(AnswerRevision).filter_by(inspection_id=play.id, criterion=code).order_by(AnswerRevision.id)
    assert [(r.level, r.source) for r in rows] == [(1, "visit"), (3, "observation")]
    assert db.session.get_one(Answer, (play.id, code)).level == 3
    deeds.finalise(play.actor("Chaimae"), inspection_id=play.id)
    cards = {c.stage: c.score for c in db.session.query(ScoreCard).filter_by(inspection_id=play.id)}
    assert cards["final"] > cards["draft"], "the draft's card stays as it was"


def test_an_observation_is_answered_once_by_the_named_person_with_reasons(app: object) -> None:
    play, observation = _observed()

    def respond(who: str = "Salma", **changes: object) -> str:
        values = {"inspection_id": play.id, "observation_id": observation, "outcome": "rejected", "reasons": "x"}
        return _code(deeds.respond, play.actor(who), **{**values, **changes})

    assert respond("Driss") == "not-yours-response"
    assert respond("Amina") == "not-yours-response"
    assert respond(reasons=" ") == "reasons-missing"
    assert respond(outcome="perhaps") == "outcome-unknown"
    assert respond(new_level=3) == "level-with-rejection"
    assert respond(outcome="accepted", new_level=1) == "level-unchanged"
    assert respond(outcome="accepted", new_level=7) == "level-unknown"
    assert respond(observation_id=10**6) == "not-found"
    deeds.respond(
        play.actor("Salma"), inspection_id=play.id, observation_id=observation, outcome="rejected", reasons="Vu."
    )
    assert respond() == "already-responded"


def test_a_report_is_not_final_while_an_observation_waits(app: object) -> None:
    play, _observation = _observed()
    assert _code(deeds.finalise, play.actor("Chaimae"), inspection_id=play.id) == "observations-unanswered"


def test_the_final_report_reaches_the_registry(app: object) -> None:
    play = play_until("final")
    home = play.institution
    assert (home.level, home.score) == ("distinction", Decimal(100))
    assert (home.level_since, home.last_visit_on) == (clock.today(), clock.today())
    assert "inspection.finalised" in _verbs(play)
    told = {e.verb: e.data for e in db.session.query(AuditEvent).filter_by(chain=f"institution/{home.id}")}
    assert told["institution.result_changed"]["level"] == "distinction"
    assert told["findings.entered"]["opened_findings"] == []


def test_a_report_that_comes_late_does_not_overwrite_a_newer_result(app: object) -> None:
    play = play_until("responding")
    play.institution.level, play.institution.last_visit_on = "conditional", clock.today() + timedelta(days=3)
    db.session.commit()
    deeds.finalise(play.actor("Chaimae"), inspection_id=play.id)
    assert play.institution.level == "conditional"


def test_a_visit_is_cancelled_with_a_reason_before_it_is_submitted(app: object) -> None:
    play = make_play()
    assert _code(deeds.cancel, play.actor("Chaimae"), inspection_id=play.id, reason="") == "reason-missing"
    assert _code(deeds.cancel, play.actor("Driss"), inspection_id=play.id, reason="x") == "not-yours-cancelled"
    deeds.cancel(play.actor("Chaimae"), inspection_id=play.id, reason="فيضان")
    assert (play.inspection.state, play.inspection.events[-1].reason) == ("cancelled", "فيضان")


def test_results_that_displease_are_not_cancelled(app: object) -> None:
    play = play_until("submitted", level=0)
    assert _code(deeds.cancel, play.actor("Chaimae"), inspection_id=play.id, reason="x") == "illegal-move"


def test_the_auditor_reads_everything_and_changes_nothing(app: object) -> None:
    play = play_until("submitted")
    hind = play.actor("Hind")
    assert questions.opened(hind, play.id).id == play.id
    assert questions.moves(hind, play.inspection) == []
    for deed, more in (
        (deeds.accept, {}),
        (deeds.send_draft, {}),
        (deeds.finalise, {}),
        (deeds.cancel, {"reason": "x"}),
    ):
        with pytest.raises(DomainError):
            deed(hind, inspection_id=play.id, **more)  # type: ignore[operator]
        db.session.rollback()


def test_everybody_in_turn_is_told_what_they_may_do(app: object) -> None:
    play = play_until("submitted")

    def open_to(name: str) -> set[str]:
        return {m.event.value for m in questions.moves(play.actor(name), play.inspection) if m.refusal is None}

    assert open_to("Driss") == {"returned", "accepted"}
    assert open_to("Amina") == open_to("Chaimae") == open_to("Salma") == set()
    play_until("accepted", play)
    assert open_to("Chaimae") == {"draft_sent"}


def test_photographs_are_written_only_by_the_team_during_the_visit(app: object) -> None:
    play = play_until("under_way")
    values = {
        "inspection_id": play.id,
        "criterion": play.codes()[0],
        "op_id": "p1",
        "raw": picture(),
        "taken_at": clock.now(),
    }
    with pytest.raises(ForbiddenError):
        deeds.add_photo(play.actor("Driss"), **values)  # type: ignore[arg-type]
    db.session.rollback()
    deeds.add_photo(play.actor("Younes"), **values)  # type: ignore[arg-type]
    play.answer()
    deeds.submit(play.actor("Amina"), inspection_id=play.id)
    assert _code(deeds.add_photo, play.actor("Younes"), **{**values, "op_id": "p2"}) == "not-editable"
    assert db.session.query(Evidence).count() == 1


def test_the_next_visit_shows_the_answers_of_the_last_final_one(app: object) -> None:
    play = play_until("final", level=1)
    again = deeds.plan_inspection(
        play.actor("Chaimae"),
        institution_id=play.institution.id,
        kind="follow_up",
        planned_on=clock.today() + timedelta(days=90),
        team=[deeds.MemberInput(play.people["Amina"].id, leader=True)],
        second_reader=play.people["Driss"].id,
        responder=play.people["Salma"].id,
    )
    previous = questions.previous_answers(again)
    assert previous is not None
    assert previous["reference"] == play.inspection.reference
    assert set(previous["answers"]) == {c.code for c in checklist_of(again)} & set(play.codes())
    assert previous["answers"][play.codes()[0]]["level"] == 1


def test_a_stranger_neither_sees_nor_moves(app: object) -> None:
    play = play_until("accepted")
    stranger = actor_of(make_person("Jamila", province="01.511"))
    db.session.commit()
    for deed in (deeds.start, deeds.submit, deeds.accept, deeds.send_draft, deeds.finalise):
        with pytest.raises(NotVisibleError):
            deed(stranger, inspection_id=play.id)
        db.session.rollback()
