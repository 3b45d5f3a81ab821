"""Younes rates a share of the criteria a second time; nobody sees the other's levels before both sides are closed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from inspect_app.domain.answers import Status
from inspect_app.domain.errors import DomainError, ForbiddenError, NotVisibleError
from inspect_app.models import AuditEvent, SecondRating, db
from inspect_app.queries import inspections as questions
from inspect_app.queries.scorecards import provisional
from inspect_app.services import inspections as deeds
from tests.factories.double_ratings import choose, chosen, play_twice, rate, rate_all
from tests.factories.inspections import make_play, operation, play_until
from tests.factories.users import actor_of, make_user


def _pack(play, name):
    return questions.pack(play.actor(name), play.id, "en")


def _events(play, verb):
    return db.session.scalars(
        select(AuditEvent).where(AuditEvent.chain == f"inspection/{play.id}", AuditEvent.verb == verb)
    ).all()


# choosing


def test_chaimae_chooses_a_share_that_the_visit_itself_draws(app: Flask) -> None:
    play = make_play()
    choose(play, share=10)
    ten = set(chosen(play))
    assert len(ten) == -(-len(play.codes()) // 10)
    choose(play, share=20)
    assert ten < set(chosen(play))  # who changes their mind draws no others
    choose(play, share=10)
    assert set(chosen(play)) == ten
    event = _events(play, "double_rating.chosen")[-1]
    assert set(event.data["criteria"]) == ten


def test_all_critical_criteria_and_a_share_of_the_others(app: Flask) -> None:
    play = make_play()
    row = choose(play, share=20, critical=True)
    pairs = questions.rated_twice(play.inspection, row)
    critical = {c.code for c, why in pairs if why == "critical"}
    from inspect_app.queries.frozen import checklist_of

    checklist = checklist_of(play.inspection)
    assert critical == {code for code in play.codes() if checklist.criterion(code).critical}
    others = len(play.codes()) - len(critical)
    assert len(pairs) - len(critical) == -(-others * 20 // 100)


@pytest.mark.parametrize(
    ("rater", "code"), [("Amina", "rater-leads"), ("Driss", "rater-not-in-team"), ("Chaimae", "rater-not-in-team")]
)
def test_the_second_rater_is_of_the_team_and_does_not_lead_it(app: Flask, rater: str, code: str) -> None:
    play = make_play()
    with pytest.raises(DomainError) as refused:
        choose(play, rater=rater)
    assert (refused.value.code, refused.value.field) == (code, "second_rater")


def test_only_shares_of_the_policy_are_offered(app: Flask) -> None:
    with pytest.raises(DomainError, match="share-not-offered"):
        choose(make_play(), share=50)


def test_once_the_visit_has_begun_nobody_chooses_or_removes_a_second_rating(app: Flask) -> None:
    play = play_twice()
    with pytest.raises(DomainError, match="double-rating-fixed"):
        choose(play)
    with pytest.raises(DomainError, match="double-rating-fixed"):
        deeds.remove_double_rating(play.actor("Chaimae"), inspection_id=play.id)


def test_only_the_coordinator_of_the_territory_chooses(app: Flask) -> None:
    play = play_until("planned")
    deeds.declare(play.actor("Amina"), inspection_id=play.id, conflict=False)
    wanted = {"inspection_id": play.id, "second_rater": play.people["Younes"].id, "share": 10, "critical": False}
    with pytest.raises(ForbiddenError):
        deeds.set_double_rating(play.actor("Amina"), **wanted)
    with pytest.raises(ForbiddenError):
        deeds.set_double_rating(play.actor("Hind"), **wanted)


def test_a_coordinator_of_elsewhere_does_not_find_the_visit(app: Flask) -> None:
    play = make_play()
    najat = make_user("coordinator", name="Najat", province="01.511")
    with pytest.raises(NotVisibleError):
        deeds.set_double_rating(
            actor_of(najat), inspection_id=play.id, second_rater=play.people["Younes"].id, share=10, critical=False
        )


def test_chaimae_removes_what_she_chose_before_the_visit(app: Flask) -> None:
    play = make_play()
    choose(play)
    deeds.remove_double_rating(play.actor("Chaimae"), inspection_id=play.id)
    assert questions.double_rating_of(play.id) is None
    with pytest.raises(DomainError, match="no-double-rating"):
        deeds.remove_double_rating(play.actor("Chaimae"), inspection_id=play.id)


def test_a_second_rater_who_leaves_the_team_takes_the_second_rating_along(app: Flask) -> None:
    play = make_play()
    choose(play)
    team = [deeds.MemberInput(play.people["Amina"].id, leader=True)]
    deeds.change_team(
        play.actor("Chaimae"),
        inspection_id=play.id,
        team=team,
        second_reader=play.people["Driss"].id,
        responder=play.people["Salma"].id,
        reason="Younes est malade.",
    )
    assert questions.double_rating_of(play.id) is None
    assert _events(play, "inspection.team_changed")[-1].data["double_rating_removed"] is True


def test_another_reader_leaves_the_second_rating_as_it_is(app: Flask) -> None:
    play = make_play()
    row = choose(play)
    deeds.change_team(
        play.actor("Chaimae"),
        inspection_id=play.id,
        team=[deeds.MemberInput(play.people["Amina"].id, leader=True), deeds.MemberInput(play.people["Younes"].id)],
        second_reader=play.people["Salma"].id,
        responder=play.people["Salma"].id,
        reason="Driss est en congé.",
    )
    found = questions.double_rating_of(play.id)
    assert found is not None
    assert found.id == row.id


# rating blind


def test_younes_sees_nothing_of_what_amina_found_on_his_criteria(app: Flask) -> None:
    play = play_twice(share=20)
    play.answer(level=3)
    codes, seen = set(chosen(play)), _pack(play, "Younes")
    assert not codes & seen.data["answers"].keys()
    assert all(f'"code":"{code}"' not in seen.checklist_json for code in codes)
    assert seen.data["score"]["complete"] is False
    assert codes <= set(seen.data["score"]["unanswered"])
    amina = _pack(play, "Amina")
    assert codes <= amina.data["answers"].keys()
    assert amina.data["score"]["complete"] is True


def test_younes_sees_no_photograph_of_his_criteria(app: Flask) -> None:
    from inspect_app.adapters import clock
    from tests.factories.inspections import picture

    play = play_twice()
    code = chosen(play)[0]
    photo = deeds.add_photo(
        play.actor("Amina"),
        inspection_id=play.id,
        criterion=code,
        op_id="6f1c1f60-0000-4000-8000-000000000001",
        raw=picture(),
        taken_at=clock.now(),
    )
    assert code in _pack(play, "Amina").photos
    assert code not in _pack(play, "Younes").photos
    with pytest.raises(NotVisibleError):
        questions.evidence_of(play.actor("Younes"), photo.id)
    assert questions.evidence_of(play.actor("Amina"), photo.id).id == photo.id


def test_younes_does_not_answer_his_criteria_for_the_team(app: Flask) -> None:
    play = play_twice()
    own, other = chosen(play)[0], next(c for c in play.codes() if c not in chosen(play))
    applied = deeds.apply_operations(
        play.actor("Younes"), inspection_id=play.id, operations=[operation(own), operation(other)]
    )
    assert [(r.status, r.code) for r in applied.results] == [
        (Status.REFUSED, "rated-apart"),
        (Status.ACCEPTED, None),
    ]
    assert own not in questions.current_answers(play.id)


def test_the_score_that_comes_back_to_younes_does_not_tell_him_either(app: Flask) -> None:
    play = play_twice()
    play.answer(level=0)
    other = next(c for c in play.codes() if c not in chosen(play))
    applied = deeds.apply_operations(play.actor("Younes"), inspection_id=play.id, operations=[operation(other, 3)])
    assert not applied.score.complete
    assert set(chosen(play)) <= set(applied.score.unanswered)


def test_a_second_rating_changes_no_score(app: Flask) -> None:
    play = play_twice()
    play.answer(level=3)
    before = provisional(play.inspection).as_data()
    rate_all(play, 0)
    assert provisional(play.inspection).as_data() == before
    deeds.close_second_side(play.actor("Younes"), inspection_id=play.id)
    deeds.close_first_side(play.actor("Amina"), inspection_id=play.id)
    assert provisional(play.inspection).as_data() == before


def test_ratings_are_kept_for_ever_and_sent_as_often_as_the_line_needs(app: Flask) -> None:
    play = play_twice()
    code = chosen(play)[0]
    first = operation(code, 1)
    assert rate(play, first)[0].status is Status.ACCEPTED
    assert rate(play, first)[0].status is Status.ALREADY_HERE
    other = rate(play, replace(first, level=2))[0]
    assert (other.status, other.code) == (Status.REFUSED, "op-id-reused")
    assert (
        rate(play, operation(code, 3, answered_at=first.answered_at + timedelta(minutes=1)))[0].status
        is Status.ACCEPTED
    )
    late = operation(code, 0, answered_at=first.answered_at - timedelta(minutes=1))
    assert rate(play, late)[0].status is Status.SUPERSEDED
    row = questions.double_rating_of(play.id)
    assert questions.second_ratings(row.id)[code].level == 3
    kept = db.session.scalars(select(SecondRating.level).order_by(SecondRating.id)).all()
    assert kept == [1, 3, 0]


def test_a_rating_must_be_one_that_the_criterion_takes(app: Flask) -> None:
    play = play_twice(share=30, critical=True)
    row = questions.double_rating_of(play.id)
    pairs = questions.rated_twice(play.inspection, row)
    critical = next(c.code for c, why in pairs if why == "critical")
    plain = next(c.code for c, why in pairs if why == "drawn" and c.na_allowed and not c.critical)
    other = next(c for c in play.codes() if c not in chosen(play))
    results = rate(
        play,
        operation(critical, None, not_applicable=True, na_reason="Sans objet"),
        operation(plain, None, not_applicable=True),
        operation(other, 2),
        operation(plain, None, not_applicable=True, na_reason="Pas de cuisine"),
    )
    assert [r.code for r in results] == ["na-not-allowed", "na-reason-missing", "not-rated-twice", None]


def test_only_the_second_rater_rates_apart(app: Flask) -> None:
    play = play_twice()
    code = chosen(play)[0]
    with pytest.raises(ForbiddenError, match="not-second-rater"):
        rate(play, operation(code), name="Amina")
    with pytest.raises(ForbiddenError):
        rate(play, operation(code), name="Driss")


def test_nobody_rates_apart_on_a_visit_without_a_second_rating(app: Flask) -> None:
    play = play_until("under_way")
    with pytest.raises(DomainError, match="no-double-rating"):
        rate(play, operation(play.codes()[0]))


def test_the_journal_of_second_ratings_holds_their_seal_and_no_level(app: Flask) -> None:
    play = play_twice()
    rate_all(play, 1)
    (event,) = _events(play, "second_ratings.saved")
    assert {frozenset(o) for o in event.data["operations"]} == {frozenset({"op", "criterion", "digest"})}
