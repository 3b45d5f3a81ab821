"""Another day for a visit, and what must be visited, in the browser."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from inspect_app.adapters import clock
from inspect_app.models import db
from tests.factories.inspections import Play, make_play, play_until
from tests.factories.institutions import make_institution
from tests.factories.users import sign_in


@pytest.fixture
def play(app: object) -> Play:
    """A planned visit and its people."""
    return make_play()


def test_chaimae_moves_the_date_and_everybody_reads_why(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Chaimae"])
    assert f"/inspections/{play.id}/date" in client.get(f"/inspections/{play.id}?lang=en").text
    day = play.inspection.planned_on + timedelta(days=3)
    data = {"planned_on": day.isoformat(), "reason": "الطريق مقطوعة"}
    page = client.post(f"/inspections/{play.id}/date", data=data, follow_redirects=True).text
    db.session.refresh(play.inspection)
    assert play.inspection.planned_on == day
    assert "The date has been changed" in page
    assert "الطريق مقطوعة" in page


def test_a_day_in_the_past_is_refused_at_its_field_and_the_reason_stays(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Chaimae"])
    data = {"planned_on": (clock.today() - timedelta(days=1)).isoformat(), "reason": "الطريق مقطوعة"}
    answer = client.post(f"/inspections/{play.id}/date?lang=en", data=data)
    assert answer.status_code == 422
    assert "The date of the visit is in the past." in answer.text
    assert "الطريق مقطوعة" in answer.text


def test_the_date_of_a_visit_that_began_is_offered_to_nobody(client: FlaskClient) -> None:
    play = play_until("under_way")
    sign_in(client, play.people["Chaimae"])
    assert f"/inspections/{play.id}/date" not in client.get(f"/inspections/{play.id}").text
    assert client.get(f"/inspections/{play.id}/date").status_code == 409


def test_whoever_plans_sees_first_what_was_never_visited(client: FlaskClient, play: Play) -> None:
    today = clock.today()
    seen = make_institution(name_fr="Vu hier", last_visit_on=today - timedelta(days=1))
    long_ago = make_institution(name_fr="Vu autrefois", last_visit_on=today - timedelta(days=900))
    never = make_institution(name_fr="Jamais vu", last_visit_on=None)
    sign_in(client, play.people["Chaimae"])
    page = client.get("/inspections/new?lang=fr").text
    places = [page.index(f"/inspections/new?institution={i.id}") for i in (never, long_ago, seen)]
    assert places == sorted(places)
    assert f'href="/inspections/{play.id}"' in page, "the visit that is already planned stands beside its institution"


def test_every_fault_of_a_plan_is_said_at_once(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Chaimae"])
    page = client.post(f"/inspections/new?institution={play.institution.id}&lang=en", data={}).text
    assert "Choose at least one inspector." in page
    faults = [page.index(f'class="alert-link" href="#{name}"') for name in ("kind", "planned_on", "team", "responder")]
    assert faults == sorted(faults)
