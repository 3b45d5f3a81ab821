"""Deadlines in a phone's calendar: by a secret address, until it is taken back."""

import re
from datetime import timedelta

from flask.testing import FlaskClient
from icalendar import Calendar

from inspect_app.models import CalendarFeed, db
from tests.factories.plans import agreed, found_play, prove, verify
from tests.factories.users import sign_in


def address_of(client: FlaskClient) -> str:
    found = re.search(r'value="http://localhost(/calendar/[0-9a-f]+\.ics)"', client.post("/plans/calendar").text)
    assert found
    return found[1]


def test_the_calendar_has_every_deadline_that_waits_and_moves_with_it(client: FlaskClient) -> None:
    play = found_play(critical=1, others=2)
    plan = agreed(play)
    prove(play, plan)
    verify(play, plan)
    sign_in(client, play.people["Brahim"])
    address = address_of(client)
    nobody = client.application.test_client()
    answer = nobody.get(address)
    assert answer.mimetype == "text/calendar"
    events = {str(e["uid"]): e for e in Calendar.from_ical(answer.data).walk("VEVENT")}
    waiting = [a for a in plan.actions if a.state == "planned"]
    assert {f"plan-action-{a.id}@miyar" for a in waiting} == set(events)
    event = events[f"plan-action-{waiting[0].id}@miyar"]
    assert event.decoded("dtstart") == waiting[0].due_on
    assert play.institution.name_ar in str(event["summary"])
    waiting[0].due_on += timedelta(days=5)
    db.session.commit()
    again = Calendar.from_ical(nobody.get(address).data)
    moved = next(e for e in again.walk("VEVENT") if e["uid"] == event["uid"])
    assert moved.decoded("dtstart") == waiting[0].due_on
    assert "Brahim" not in answer.text


def test_an_address_taken_back_or_replaced_opens_nothing(client: FlaskClient) -> None:
    play = found_play()
    agreed(play)
    sign_in(client, play.people["Ilyas"])
    first = address_of(client)
    second = address_of(client)
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200
    assert client.post("/plans/calendar", data={"deed": "revoke"}).status_code == 303
    assert client.get(second).status_code == 410
    assert client.post("/plans/calendar", data={"deed": "revoke"}).status_code == 409


def test_only_the_hash_of_the_secret_is_kept_and_a_closed_account_has_no_calendar(client: FlaskClient) -> None:
    play = found_play()
    agreed(play)
    sign_in(client, play.people["Brahim"])
    address = address_of(client)
    kept = db.session.query(CalendarFeed).one().secret_sha256
    assert kept not in address
    play.people["Brahim"].active = False
    db.session.commit()
    assert client.application.test_client().get(address).status_code == 410
