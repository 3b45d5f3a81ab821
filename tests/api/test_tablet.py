"""What the offline tablet asks besides the visits: contact, rules, and for whom a device's records are."""

from flask.testing import FlaskClient

from tests.factories.inspections import make_play, play_until
from tests.factories.users import sign_in


def test_amina_hears_who_she_is_what_is_hers_and_how_long_the_device_opens(client: FlaskClient) -> None:
    play = play_until("under_way")
    sign_in(client, play.people["Amina"])
    answer = client.get("/api/v1/tablet")
    told = answer.get_json()
    assert answer.headers["Cache-Control"] == "no-store"
    assert told["account"] == {"id": play.people["Amina"].id, "name": "Amina"}
    assert told["days_offline"] > 0
    assert [(v["id"], v["editable"], v["declared"]) for v in told["visits"]] == [(play.id, True, True)]


def test_a_visit_that_amina_has_not_declared_on_says_so_and_one_of_others_is_not_told(client: FlaskClient) -> None:
    play = make_play()
    sign_in(client, play.people["Amina"])
    assert [v["declared"] for v in client.get("/api/v1/tablet").get_json()["visits"]] == [False]
    sign_in(client, play.people["Driss"])
    assert client.get("/api/v1/tablet").get_json()["visits"] == []


def test_the_rules_are_those_frozen_with_the_visit(client: FlaskClient) -> None:
    play = play_until("under_way")
    sign_in(client, play.people["Amina"])
    answer = client.get(f"/api/v1/inspections/{play.id}/rules")
    assert answer.get_json()["code"] == "law-65-15-default"
    etag = answer.headers["ETag"]
    assert client.get(f"/api/v1/inspections/{play.id}/rules", headers={"If-None-Match": etag}).status_code == 304


def test_records_of_amina_are_not_taken_from_the_session_of_driss(client: FlaskClient) -> None:
    play = play_until("under_way")
    sign_in(client, play.people["Driss"])
    headers = {"X-Miyar-Account": str(play.people["Amina"].id)}
    answer = client.post(f"/api/v1/inspections/{play.id}/operations", json={"operations": []}, headers=headers)
    assert (answer.status_code, answer.get_json()["code"]) == (409, "other-account")
