"""A director rates their own institution before a visit; afterwards both sides stand beside each other."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from inspect_app.domain.errors import DomainError, NotVisibleError
from inspect_app.domain.self_assessment import compare, gap_of
from inspect_app.queries import self_assessments as questions
from inspect_app.services import self_assessments as deeds
from tests.factories.inspections import Play, make_play
from tests.factories.institutions import make_institution
from tests.factories.plans import visited
from tests.factories.users import make_user, sign_in


def rated(play: Play, levels: Mapping[str, int]) -> int:
    """Brahim rates everything fully met, except these, and finishes."""
    brahim = play.actor("Brahim")
    row = deeds.begin(brahim, institution_id=play.institution.id)
    answers = {c.code: deeds.OwnAnswer(levels.get(c.code, 3)) for c in questions.asked(row)}
    deeds.answer(brahim, assessment_id=row.id, answers=answers)
    return deeds.finish(brahim, assessment_id=row.id).id


def test_the_gap_is_what_the_director_said_beyond_what_was_found() -> None:
    domains = {"A-1": "A", "A-2": "A", "B-1": "B", "B-2": "B"}
    rows = compare({"A-1": 3, "A-2": 2, "B-1": 1, "B-2": None}, {"A-1": 1, "A-2": 2, "B-1": 2, "B-2": 3}, domains)
    assert [(r.criterion, r.gap) for r in rows] == [("A-1", 2), ("B-1", -1), ("A-2", 0)]
    gap = gap_of(rows)
    assert (gap.compared, gap.same, gap.higher, gap.lower) == (3, 1, 1, 1)
    assert (gap.mean, gap.distance, gap.share_same) == (Decimal("0.33"), Decimal("1.00"), Decimal("33.3"))
    assert gap_of([]).mean is None


def test_a_director_rates_domain_by_domain_and_finishes(client: FlaskClient) -> None:
    play = make_play()
    sign_in(client, play.people["Brahim"])
    client.post("/desk/self-assessment/begin", data={"institution": play.institution.id})
    assert client.post("/desk/self-assessment/begin", data={"institution": play.institution.id}).status_code == 409
    row = questions.of_institution(play.institution.id)[0]
    assert client.post(f"/desk/self-assessment/{row.id}/finish").status_code == 409
    for domain in questions.progress(row):
        address = f"/desk/self-assessment/{row.id}/{domain.code}"
        assert client.get(address).status_code == 200
        data = {f"level-{c.code}": "3" for c in questions.asked(row) if c.domain == domain.code}
        assert client.post(address, data=data | {f"note-{next(iter(data))[6:]}": "Vu"}).status_code == 303
    assert client.get("/desk/self-assessment").status_code == 200
    assert client.post(f"/desk/self-assessment/{row.id}/finish").headers["Location"].endswith(str(row.id))
    assert client.get(f"/plans/self-assessments/{row.id}").status_code == 200
    assert client.post(f"/desk/self-assessment/{row.id}/GOV", data={}).status_code == 409
    assert questions.of_institution(play.institution.id)[0].score == 100


def test_both_sides_stand_beside_each_other_after_the_visit(client: FlaskClient) -> None:
    play = make_play()
    low, same = play.codes()[3], play.codes()[4]
    number = rated(play, {same: 1})
    assert questions.beside(questions.own(play.actor("Brahim"), number)).visit is None
    visited(play, {low: 0, same: 1})
    found = questions.beside(questions.finished(play.actor("Chaimae"), number))
    assert found.visit is not None
    assert (found.rows[0].criterion, found.rows[0].gap) == (low, 3)
    assert (found.whole.higher, found.whole.lower) == (1, 0)
    sign_in(client, play.people["Chaimae"])
    page = client.get(f"/plans/self-assessments/{number}").text
    assert low in page
    assert "+3" in page
    again = client.get(f"/plans/institutions/{play.institution.id}/compliance").text
    assert f"/plans/self-assessments/{number}" in again


def test_strangers_see_nothing_and_a_finished_one_does_not_change(client: FlaskClient) -> None:
    play = make_play()
    brahim = play.actor("Brahim")
    row = deeds.begin(brahim, institution_id=play.institution.id)
    with pytest.raises(NotVisibleError):
        questions.finished(play.actor("Chaimae"), row.id)
    sign_in(client, make_user("director", name="Zineb", institution=make_institution()))
    assert client.get(f"/desk/self-assessment/{row.id}/GOV").status_code == 404
    with pytest.raises(DomainError, match="criterion-not-asked"):
        deeds.answer(brahim, assessment_id=row.id, answers={"XXX-1": deeds.OwnAnswer(1)})
