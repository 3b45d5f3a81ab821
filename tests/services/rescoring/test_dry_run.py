"""A jurist tries a rule before publishing it: what it would change is said, and nothing is written."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, insert, select, update

from inspect_app.adapters.rule_files import load_rules
from inspect_app.domain.rescoring import Outcome
from inspect_app.models import Answer, AuditEvent, FrozenVersion, ScoreCard, db
from inspect_app.services import inspections as deeds
from inspect_app.services import rescoring
from inspect_app.services.rescoring import Reach
from tests.factories.inspections import Play, another_play, make_play, play_until
from tests.factories.rules import draft

EVERYWHERE = Reach()


def mixed(play: Play) -> Play:
    """A visit with a result between the levels: two in three fully met, the others mostly."""
    play_until("under_way", play)
    codes = play.codes()
    play.answer(codes=codes[::3], level=2)
    play.answer(codes=[code for place, code in enumerate(codes) if place % 3], level=3)
    deeds.submit(play.actor("Amina"), inspection_id=play.id)
    return play_until("final", play)


@pytest.fixture(scope="module")
def world(app_of_module: Flask) -> dict[str, Play]:
    """Two final visits in two regions, and one under way."""
    good = play_until("final", make_play(), level=3)
    fair = mixed(another_play(good, category="women"))
    fair.institution.province_code = "01.511"
    db.session.commit()
    return {"good": good, "fair": fair, "running": play_until("under_way", another_play(good))}


def tried(rules: Any, reach: Reach = EVERYWHERE, **options: Any) -> Any:
    return rescoring.trial(rules, reach=reach, processes=1, **options)


def test_the_rule_set_of_the_cards_gives_the_very_same_cards(world: dict[str, Play]) -> None:
    report = tried(load_rules())
    assert report.visits == {Outcome.IDENTICAL: 2}
    assert report.in_order
    assert report.total.changed == 0


def test_a_jurist_learns_how_many_institutions_would_fall_before_publishing(world: dict[str, Play]) -> None:
    strict = draft(thresholds={"accredited": "95", "distinction": "99"})
    report = tried(strict, listing=True)
    assert report.visits == {Outcome.SCORED: 2}
    assert (report.total.institutions, report.total.down, report.total.up) == (2, 1, 0)
    assert [v.institution for v in report.moved] == [world["fair"].institution.code]
    assert report.categories["women"].down == 1
    assert report.categories["children"].changed == 0


def test_trying_a_rule_writes_nothing(world: dict[str, Play]) -> None:
    counts = [select(func.count()).select_from(t) for t in (ScoreCard, AuditEvent, FrozenVersion)]
    before = [db.session.scalar(c) for c in counts]
    tried(draft(thresholds={"distinction": "99"}))
    assert [db.session.scalar(c) for c in counts] == before


def test_a_region_or_one_institution_is_tried_alone(world: dict[str, Play]) -> None:
    assert tried(load_rules(), Reach(region="01")).visits == {Outcome.IDENTICAL: 1}
    assert tried(load_rules(), Reach(region="99")).total.institutions == 0
    assert tried(load_rules(), Reach(institution=world["fair"].institution.code)).total.institutions == 1
    assert rescoring.institutions_in(Reach(institution="nobody")) == 0


def test_rules_that_cannot_take_the_answers_are_said_visit_by_visit(world: dict[str, Play]) -> None:
    report = tried(draft(scale={"minimum": 0, "maximum": 2, "failing_below": 1}))
    assert report.visits == {Outcome.REFUSED: 2}
    assert report.reasons == {"not-scorable": 2}
    assert "outside the scale" in report.faults[0].detail


def test_an_answer_changed_behind_the_card_is_found(world: dict[str, Play]) -> None:
    fair = world["fair"]
    one = (Answer.inspection_id == fair.id, Answer.criterion == fair.codes()[0])
    db.session.execute(update(Answer).where(*one).values(level=0))
    try:
        for rules in (load_rules(), draft()):
            report = tried(rules)
            assert report.reasons == {"answers-not-those-of-the-card": 1}
    finally:
        db.session.execute(update(Answer).where(*one).values(level=2))


def test_a_card_that_says_other_than_its_own_rules_is_an_error(world: dict[str, Play]) -> None:
    card = db.session.execute(select(ScoreCard.__table__).where(ScoreCard.inspection_id == world["good"].id)).mappings()
    last = dict(list(card)[-1])
    forged = {**last, "id": None, "card": {**last["card"], "level": "refused"}}
    with db.session.begin_nested() as undo:
        db.session.execute(insert(ScoreCard), [forged])
        report = tried(load_rules())
        undo.rollback()
    assert report.visits == {Outcome.IDENTICAL: 1, Outcome.DIFFERENT: 1}
    assert report.reasons == {"other-result": 1}
    assert not report.in_order


def test_the_number_of_statements_does_not_grow_with_the_visits(world: dict[str, Play]) -> None:
    with statements() as few:
        tried(draft(), Reach(institution=world["fair"].institution.code))
    with statements() as all_:
        tried(draft())
    assert len(all_) <= len(few) + 1  # one checklist more: two categories


@contextmanager
def statements() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
