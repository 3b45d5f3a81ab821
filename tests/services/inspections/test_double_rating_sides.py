"""Each side of a double rating closes once, then both open; and what the database itself refuses."""

import pytest
from flask import Flask
from sqlalchemy import insert, text, update
from sqlalchemy.exc import DatabaseError, IntegrityError, SQLAlchemyError

from inspect_app.domain.errors import DomainError, ForbiddenError
from inspect_app.models import DoubleRatedCriterion, DoubleRating, SecondRating, db
from inspect_app.queries import inspections as questions
from inspect_app.services import inspections as deeds
from tests.factories.double_ratings import both_closed, chosen, play_twice, rate, rate_all
from tests.factories.inspections import operation


def test_nobody_closes_a_side_that_is_not_whole(app: Flask) -> None:
    play = play_twice()
    rate(play, operation(chosen(play)[0], 2), operation(chosen(play)[1], None, note="à revoir"))
    with pytest.raises(DomainError, match="second-unanswered") as refused:
        deeds.close_second_side(play.actor("Younes"), inspection_id=play.id)
    assert refused.value.params["count"] == len(chosen(play)) - 1
    db.session.rollback()
    with pytest.raises(DomainError, match="first-unanswered"):
        deeds.close_first_side(play.actor("Amina"), inspection_id=play.id)


def test_both_see_both_only_when_both_are_closed(app: Flask) -> None:
    play = play_twice()
    play.answer(level=3)
    rate_all(play, 2)
    row = deeds.close_first_side(play.actor("Amina"), inspection_id=play.id)
    assert row.sealed
    assert questions.compared(play.inspection, row) == []
    assert questions.hidden_from(play.actor("Younes"), play.id) == set(chosen(play))
    row = deeds.close_second_side(play.actor("Younes"), inspection_id=play.id)
    assert not row.sealed
    found = questions.compared(play.inspection, row)
    assert {(c.first, c.second, c.scored, c.differs) for c in found} == {("3", "2", "3", True)}
    assert questions.hidden_from(play.actor("Younes"), play.id) == frozenset()


def test_what_the_team_agrees_on_afterwards_is_scored_but_not_counted_as_agreement(app: Flask) -> None:
    play = both_closed(play_twice(), first=3, second=1)
    code = chosen(play)[0]
    deeds.save_answer(play.actor("Amina"), inspection_id=play.id, criterion=code, level=1)
    row = questions.double_rating_of(play.id)
    pair = next(c for c in questions.compared(play.inspection, row) if c.criterion.code == code)
    assert (pair.first, pair.second, pair.scored) == ("3", "1", "1")


def test_after_closing_nothing_is_rated_any_more(app: Flask) -> None:
    play = both_closed(play_twice())
    with pytest.raises(DomainError, match="second-rating-closed"):
        rate(play, operation(chosen(play)[0], 0))
    with pytest.raises(DomainError, match="second-rating-closed"):
        deeds.close_second_side(play.actor("Younes"), inspection_id=play.id)
    with pytest.raises(DomainError, match="first-side-closed"):
        deeds.close_first_side(play.actor("Amina"), inspection_id=play.id)


def test_only_the_leader_closes_the_side_of_the_team(app: Flask) -> None:
    play = play_twice()
    play.answer()
    with pytest.raises(ForbiddenError, match="not-yours-first-side"):
        deeds.close_first_side(play.actor("Younes"), inspection_id=play.id)


def test_the_visit_is_not_submitted_while_a_second_rating_is_open(app: Flask) -> None:
    play = play_twice()
    play.answer()
    with pytest.raises(DomainError, match="second-rating-open"):
        deeds.submit(play.actor("Amina"), inspection_id=play.id)
    db.session.rollback()
    rate_all(play)
    deeds.close_second_side(play.actor("Younes"), inspection_id=play.id)
    deeds.submit(play.actor("Amina"), inspection_id=play.id)
    row = questions.double_rating_of(play.id)
    assert (row.sealed, row.first_closed_by) == (False, play.people["Amina"].id)


def test_chaimae_lets_an_unfinished_second_rating_go_with_a_reason(app: Flask) -> None:
    play = play_twice()
    play.answer()
    rate(play, operation(chosen(play)[0], 0))
    with pytest.raises(DomainError, match="reason-missing"):
        deeds.waive_double_rating(play.actor("Chaimae"), inspection_id=play.id, reason=" ")
    db.session.rollback()
    deeds.waive_double_rating(play.actor("Chaimae"), inspection_id=play.id, reason="Younes rappelé d'urgence.")
    row = questions.double_rating_of(play.id)
    assert questions.compared(play.inspection, row) == []
    deeds.submit(play.actor("Amina"), inspection_id=play.id)
    assert row.opened_at is None
    with pytest.raises(DomainError, match="double-rating-over"):
        deeds.waive_double_rating(play.actor("Chaimae"), inspection_id=play.id, reason="Encore")


# what the database itself refuses


def test_the_database_refuses_a_rating_by_anybody_else(app: Flask) -> None:
    play = play_twice()
    row = questions.double_rating_of(play.id)
    o = operation(chosen(play)[0], 2)
    values = {
        "op_id": o.op_id,
        "double_rating_id": row.id,
        "criterion": o.criterion,
        "level": 2,
        "author_id": play.people["Amina"].id,
        "answered_at": o.answered_at,
        "received_at": o.answered_at,
        "digest": o.digest,
    }
    for wrong in ({}, {"author_id": play.people["Younes"].id, "criterion": "XXX-99"}):
        savepoint = db.session.begin_nested()
        with pytest.raises(IntegrityError):
            db.session.execute(insert(SecondRating), [{**values, **wrong}])
        savepoint.rollback()


def test_the_database_refuses_that_one_person_rates_both_times(app: Flask) -> None:
    play = both_closed(play_twice())
    savepoint = db.session.begin_nested()
    with pytest.raises(IntegrityError):
        db.session.execute(update(DoubleRatedCriterion).values(first_author_id=play.people["Younes"].id))
    savepoint.rollback()


def test_the_database_opens_nothing_before_both_sides_are_closed(app: Flask) -> None:
    from inspect_app.adapters import clock

    play_twice()
    savepoint = db.session.begin_nested()
    with pytest.raises(IntegrityError):
        db.session.execute(update(DoubleRating).values(opened_at=clock.now()))
    savepoint.rollback()


@pytest.mark.parametrize("deed", ["UPDATE second_ratings SET level = 0", "DELETE FROM second_ratings"])
def test_nobody_rewrites_a_second_rating(app: Flask, deed: str) -> None:
    rate_all(play_twice())
    with pytest.raises((DatabaseError, SQLAlchemyError), match="append-only"):
        db.session.execute(text(deed))
    db.session.rollback()
