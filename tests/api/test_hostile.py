"""The answering page's JSON in the hands of somebody who wants to break it, or of a device gone mad."""

import json
import uuid
from typing import Any

import pytest
from flask.testing import FlaskClient

from inspect_app.queries.frozen import checklist_of
from tests.factories.inspections import Play, play_until
from tests.factories.users import sign_in


@pytest.fixture
def play(app: object, client: FlaskClient) -> Play:
    """A visit under way, and Amina, its leader, in front of the browser."""
    play = play_until("under_way")
    sign_in(client, play.people["Amina"])
    return play


def _send(client: FlaskClient, play: Play, raw: str | None = None, **more: Any) -> Any:
    operation = {"op_id": str(uuid.uuid4()), "criterion": play.codes()[0], "level": 2}
    operation |= {"answered_at": "2026-11-23T10:00:00+01:00", **more}
    return client.post(
        f"/api/v1/inspections/{play.id}/operations",
        data=raw or json.dumps({"operations": [operation]}),
        content_type="application/json",
    )


def _errors(answer: Any) -> Any:
    [result] = answer.get_json()["results"]
    assert result["status"] == "refused"
    return result["errors"]


def test_amina_cannot_write_half_a_letter_that_no_database_holds(client: FlaskClient, play: Play) -> None:
    assert _errors(_send(client, play, note="a\ud800b")) == {"note": ["control-characters"]}
    assert _errors(_send(client, play, criterion="\udfff")) == {"criterion": ["control-characters"]}


def test_amina_cannot_turn_a_note_round_so_that_it_reads_otherwise_than_it_was_written(
    client: FlaskClient, play: Play
) -> None:
    _send(client, play, note="not \u202etem\u202c")
    answers = client.get(f"/api/v1/inspections/{play.id}").get_json()["answers"]
    assert answers[play.codes()[0]]["note"] == "not tem"


@pytest.mark.parametrize("end", ["0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_amina_cannot_close_the_file_to_everybody_with_an_answer_from_the_end_of_the_calendar(
    client: FlaskClient, play: Play, end: str
) -> None:
    assert _errors(_send(client, play, answered_at=end)) == {"answered_at": ["time-unknown"]}
    sign_in(client, play.people["Chaimae"])
    assert client.get(f"/inspections/{play.id}/review").status_code == 200


def test_amina_whose_tablet_lost_its_clock_still_answers(client: FlaskClient, play: Play) -> None:
    answer = _send(client, play, answered_at="1970-01-01T00:00:10Z")
    assert answer.get_json()["results"][0]["status"] == "accepted"


def test_json_nested_a_hundred_thousand_deep_is_refused_like_any_other_nonsense(
    client: FlaskClient, play: Play
) -> None:
    assert _send(client, play, raw="[" * 100_000 + "]" * 100_000).status_code == 422
    assert _send(client, play, raw='{"a":' * 100_000 + "1" + "}" * 100_000).status_code == 422


@pytest.mark.parametrize("value", ["1e8", "1e-999999999", "1_000", "-0", "-5", "+5", "0x10"])
def test_amina_measures_in_digits_because_the_report_prints_what_she_wrote(
    client: FlaskClient, play: Play, value: str
) -> None:
    asked = set(play.codes())
    found = (
        (c.code, m.code)
        for c in checklist_of(play.inspection)
        if c.code in asked
        for m in c.measurements
        if not m.whole
    )
    criterion, code = next(found)
    errors = _errors(_send(client, play, criterion=criterion, measurements={code: value}))
    assert errors == {f"measurements.{code}": "measurement-not-a-number"}
