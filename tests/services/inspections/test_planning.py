"""Planning: who may plan what where, with whom; and what the database refuses whatever the program says."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from inspect_app.adapters import clock
from inspect_app.domain.errors import DomainError, ForbiddenError, NotVisibleError
from inspect_app.models import (
    AuditEvent,
    FrozenVersion,
    InspectionPerson,
    Observation,
    ObservationResponse,
    Reviewer,
    TeamMember,
    db,
)
from inspect_app.queries.frozen import checklist_of
from inspect_app.services import inspections as deeds
from tests.factories.inspections import PROVINCE, Play, make_play, play_until
from tests.factories.institutions import make_institution
from tests.factories.users import actor_of, make_user


def _plan(play: Play, who: str = "Chaimae", **changes: Any) -> Any:
    people = play.people
    values = {
        "institution_id": play.institution.id,
        "kind": "periodic",
        "planned_on": clock.today() + timedelta(days=30),
        "team": [deeds.MemberInput(people["Amina"].id, leader=True)],
        "second_reader": people["Driss"].id,
        "responder": people["Salma"].id,
    }
    return deeds.plan_inspection(play.actor(who), **{**values, **changes})


def _refused(play: Play, **changes: Any) -> tuple[str, str | None]:
    with pytest.raises(DomainError) as caught:
        _plan(play, **changes)
    db.session.rollback()
    return caught.value.code, caught.value.field


@pytest.fixture
def play(app: object) -> Play:
    """A first visit, planned, and its people."""
    return make_play()


def test_chaimae_plans_a_visit_and_the_texts_are_frozen(play: Play) -> None:
    visit = play.inspection
    assert visit.state == "planned"
    assert visit.reference == f"V-{clock.today().year}-{visit.id:05d}"
    assert checklist_of(visit).category == "children"
    assert db.session.query(FrozenVersion).count() == 3
    event = db.session.query(AuditEvent).filter_by(chain=f"inspection/{visit.id}", verb="inspection.planned").one()
    assert event.data["checklist"] == checklist_of(visit).sha256
    _plan(play)
    assert db.session.query(FrozenVersion).count() == 3, "the same text is kept once"


def test_the_facts_of_the_day_are_noted(app: object) -> None:
    play = make_play(authorised=False, director_in_post=False, committee_constituted=False, present_boys=60)
    assert play.inspection.facts["flags"] == ["no-committee", "no-director", "not-authorised", "over-capacity"]
    assert play.inspection.facts["capacity"] == 60


def test_a_coordinator_plans_only_in_her_territory(play: Play) -> None:
    elsewhere = make_institution(province_code="01.511")
    with pytest.raises(NotVisibleError):
        _plan(play, institution_id=elsewhere.id)


@pytest.mark.parametrize("who", ["Amina", "Brahim", "Hind"])
def test_nobody_else_plans(play: Play, who: str) -> None:
    with pytest.raises(ForbiddenError):
        _plan(play, who)


def test_dates_and_kinds_that_cannot_be_are_refused_at_their_field(play: Play) -> None:
    assert _refused(play, planned_on=clock.today() - timedelta(days=1)) == ("date-past", "planned_on")
    assert _refused(play, planned_on=play.inspection.planned_on) == ("visit-open", "planned_on")
    assert _refused(play, kind="self_assessment") == ("kind-not-planned", "kind")


def test_whoever_visits_does_not_review(play: Play) -> None:
    amina = play.people["Amina"].id
    assert _refused(play, second_reader=amina) == ("reader-visited", "second_reader")
    assert _refused(play, responder=amina) == ("responder-visited", "responder")


def test_the_director_and_the_support_officer_of_the_institution_do_not_inspect_it(play: Play) -> None:
    both = make_user("inspector", "director", institution=play.institution)
    support = make_user("inspector", "support_officer", province=PROVINCE)
    db.session.commit()
    for person in (both, support):
        assert _refused(play, team=[deeds.MemberInput(person.id, leader=True)]) == ("not-eligible", "team")
        assert _refused(play, second_reader=person.id) == ("not-eligible", "second_reader")


def test_a_closed_account_and_an_auditor_do_not_inspect(play: Play) -> None:
    closed = make_user("inspector", province=PROVINCE, active=False)
    db.session.commit()
    for person in (closed.id, play.people["Hind"].id, 10**6):
        assert _refused(play, team=[deeds.MemberInput(person, leader=True)]) == ("not-eligible", "team")


def test_a_refused_plan_leaves_nothing_behind(play: Play) -> None:
    before = db.session.query(InspectionPerson).count()
    _refused(play, responder=play.people["Hind"].id)
    assert db.session.query(InspectionPerson).count() == before


def test_a_conflicted_member_is_replaced_and_the_other_keeps_the_declaration(play: Play) -> None:
    deeds.declare(play.actor("Amina"), inspection_id=play.id, conflict=False)
    deeds.declare(play.actor("Younes"), inspection_id=play.id, conflict=True, detail="ابن عمي")
    other = make_user("inspector", province=PROVINCE)
    deeds.change_team(
        play.actor("Chaimae"),
        inspection_id=play.id,
        team=[deeds.MemberInput(play.people["Amina"].id, leader=True), deeds.MemberInput(other.id)],
        second_reader=play.people["Driss"].id,
        responder=play.people["Salma"].id,
        reason="conflict",
    )
    assert {m.user_id: m.conflict for m in play.inspection.team} == {
        play.people["Amina"].id: "none",
        other.id: "undeclared",
    }
    with pytest.raises(NotVisibleError):
        deeds.declare(play.actor("Younes"), inspection_id=play.id, conflict=False)
    assert actor_of(other).user_id == other.id


def test_the_team_is_fixed_once_the_visit_has_begun(app: object) -> None:
    play = play_until("under_way")
    with pytest.raises(DomainError) as caught:
        deeds.change_team(
            play.actor("Chaimae"),
            inspection_id=play.id,
            team=[deeds.MemberInput(play.people["Amina"].id, leader=True)],
            second_reader=play.people["Driss"].id,
            responder=play.people["Salma"].id,
            reason="x",
        )
    assert caught.value.code == "team-fixed"


def test_the_previous_visit_is_the_last_final_one(app: object) -> None:
    first = play_until("final", level=2)
    second = _plan(first)
    assert second.previous_id == first.id


# What follows goes past the services: the database itself keeps visit and review apart.


def _forced(statement: Any) -> None:
    with pytest.raises(IntegrityError):
        db.session.execute(statement)
    db.session.rollback()


def test_the_database_refuses_a_second_reader_from_the_team(play: Play) -> None:
    amina = play.people["Amina"].id
    _forced(update(Reviewer).where(Reviewer.inspection_id == play.id).values(user_id=amina))
    _forced(
        insert(InspectionPerson).values(inspection_id=play.id, user_id=amina, side="review"),
    )
    _forced(update(InspectionPerson).where(InspectionPerson.user_id == amina).values(side="review"))


def test_the_database_refuses_a_reviewer_in_the_team(play: Play) -> None:
    driss = play.people["Driss"].id
    row = {"inspection_id": play.id, "user_id": driss, "body": "health", "leader": False, "conflict": "none"}
    _forced(insert(TeamMember).values(**row, side="visit", conflict_detail=""))
    _forced(insert(TeamMember).values(**row, side="review", conflict_detail=""))


def test_the_database_refuses_an_answer_to_an_observation_by_somebody_of_the_visit(app: object) -> None:
    play = play_until("responding")
    observation = Observation(
        inspection_id=play.id, text="x", author_id=play.people["Brahim"].id, created_at=clock.now()
    )
    db.session.add(observation)
    db.session.commit()
    row = {
        "observation_id": observation.id,
        "inspection_id": play.id,
        "outcome": "accepted",
        "reasons": "x",
        "created_at": clock.now(),
    }
    amina = play.people["Amina"].id
    for side in ("visit", "review"):
        _forced(insert(ObservationResponse).values(**row, author_id=amina, side=side))
    _forced(insert(ObservationResponse).values(**row, author_id=play.people["Hind"].id, side="review"))
