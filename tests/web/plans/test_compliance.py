"""Compliance over time: each visit by domain and criterion; what was done under a plan, and what the next visit found."""

from datetime import timedelta

from flask.testing import FlaskClient

from inspect_app.adapters import clock
from inspect_app.models import Finding, db
from inspect_app.queries import compliance as questions
from inspect_app.services import inspections as visits
from inspect_app.services import plans as deeds
from tests.factories.inspections import Play
from tests.factories.plans import agreed, found_play, prove, verify, visited
from tests.factories.users import make_user, sign_in


def again(play: Play, failing: dict[str, int]) -> Play:
    """Another visit some months later."""
    inspection = visits.plan_inspection(
        play.actor("Chaimae"),
        institution_id=play.institution.id,
        kind="follow_up",
        planned_on=clock.today() + timedelta(days=90),
        team=[visits.MemberInput(play.people["Amina"].id, leader=True)],
        second_reader=play.people["Driss"].id,
        responder=play.people["Salma"].id,
    )
    return visited(Play(play.institution, inspection, play.people), failing)


def test_two_visits_stand_side_by_side_by_domain_and_by_criterion(client: FlaskClient) -> None:
    play = found_play(critical=1, others=2)
    failed = [f.criterion for f in db.session.query(Finding)]
    again(play, {failed[0]: 1})
    sign_in(client, play.people["Brahim"])
    address = f"/plans/institutions/{play.institution.id}/compliance"
    page = client.get(address)
    assert page.status_code == 200
    assert "<svg" in page.text
    found = questions.compliance_of(play.actor("Brahim"), play.institution.id)
    assert [p.visit for p in found.points] == [True, True]
    assert found.points[0].score < found.points[1].score
    domain = failed[0].split("-")[0]
    assert client.get(f"{address}?domain={domain}").text.count("<tr>") == len(found.criteria(domain)) + 1
    levels = questions.levels_by_point(found, failed)
    assert levels[failed[0], 1] == "1"
    assert levels[failed[1], 1] == "3"


def test_a_stranger_does_not_see_how_an_institution_develops(client: FlaskClient) -> None:
    play = found_play()
    far = make_user("coordinator", name="Zineb", province="01.511")
    sign_in(client, far)
    assert client.get(f"/plans/institutions/{play.institution.id}/compliance").status_code == 404


def test_the_effect_of_support_is_measured_on_the_next_visit(client: FlaskClient) -> None:
    play = found_play(critical=1, others=1)
    plan = agreed(play)
    by_finding = {a.criterion: a for a in plan.actions if a.finding_id}
    done, left = by_finding.values()
    place = plan.actions.index(done)
    prove(play, plan, place)
    verify(play, plan, place)
    sign_in(client, play.people["Ilyas"])
    assert questions.supported(play.actor("Ilyas")) == []
    again(play, {left.criterion: left.finding.level})
    rows = {(s.done, s.before, s.after) for s in questions.supported(play.actor("Ilyas"))}
    assert (True, done.finding.level, 3) in rows
    assert (False, left.finding.level, left.finding.level) in rows
    scores = {(s.score_before, s.score_after) for s in questions.supported(play.actor("Ilyas"))}
    points = questions.compliance_of(play.actor("Ilyas"), play.institution.id).points
    assert scores == {(points[0].score, points[1].score)}
    assert points[0].score != points[1].score
    assert client.get("/plans/effect").status_code == 200


def test_what_was_accepted_and_fails_again_is_not_hidden(client: FlaskClient) -> None:
    play = found_play(critical=1, others=1)
    plan = agreed(play)
    done = next(a for a in plan.actions if a.finding_id)
    place = plan.actions.index(done)
    prove(play, plan, place)
    verify(play, plan, place)
    again(play, {done.criterion: 0})
    kwargs = {"plan_id": plan.id, "action_id": done.id, "reason": "Repris dans le plan suivant"}
    with clock.frozen(clock.now() + timedelta(days=120)):  # after the visit
        deeds.remove_action(play.actor("Ilyas"), **kwargs)
    assert (True, 0) in {(s.done, s.after) for s in questions.supported(play.actor("Ilyas"))}
