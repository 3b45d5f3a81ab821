"""Second ratings as JSON: what Younes rates apart, nothing of what the team found, operations that may be sent again."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.double_ratings import chosen, play_twice
from tests.factories.inspections import Play, play_until
from tests.factories.users import sign_in
from tests.web.world import operation


@pytest.fixture
def play(app: Flask) -> Play:
    """A visit under way, answered by the team; Younes rates a tenth apart."""
    play = play_twice()
    play.answer(level=0)
    return play


def test_younes_asks_for_what_he_rates_apart(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Younes"])
    data = client.get(f"/api/v1/inspections/{play.id}/second-rating?lang=en").get_json()
    assert [c["code"] for c in data["criteria"]] == chosen(play)
    assert (data["ratings"], data["closed"]) == ({}, False)
    assert set(data["criteria"][0]) == {
        "code",
        "domain",
        "class",
        "na_allowed",
        "title",
        "requirement",
        "verify",
        "levels",
    }


def test_his_operations_come_back_with_what_became_of_them(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Younes"])
    address = f"/api/v1/inspections/{play.id}/second-rating"
    own, other = chosen(play)[0], next(c for c in play.codes() if c not in chosen(play))
    good, strange, broken = operation(own, 2), operation(other, 2), {**operation(own), "level": 7}
    answer = client.post(f"{address}/operations", json={"operations": [good, strange, broken]}).get_json()
    assert [r["status"] for r in answer["results"]] == ["accepted", "refused", "refused"]
    assert [r.get("code") for r in answer["results"]] == [None, "not-rated-twice", "invalid"]
    assert "score" not in answer
    again = client.post(f"{address}/operations", json={"operations": [good]}).get_json()
    assert again["results"][0]["status"] == "already-here"
    assert client.get(address).get_json()["ratings"][own]["level"] == 2


def test_amina_is_refused_and_a_visit_without_one_has_none(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Amina"])
    answer = client.get(f"/api/v1/inspections/{play.id}/second-rating")
    assert (answer.status_code, answer.get_json()["code"]) == (403, "not-second-rater")


def test_a_visit_without_a_second_rating_has_none_to_show(client: FlaskClient, app: Flask) -> None:
    play = play_until("under_way")
    sign_in(client, play.people["Younes"])
    assert client.get(f"/api/v1/inspections/{play.id}/second-rating").status_code == 404


def test_the_pack_of_the_answering_page_holds_none_of_his_criteria(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Younes"])
    data = client.get(f"/api/v1/inspections/{play.id}?lang=en").get_json()
    asked = {c["code"] for d in data["checklist"]["domains"] for s in d["standards"] for c in s["criteria"]}
    assert asked == set(play.codes()) - set(chosen(play))
    assert not set(data["answers"]) & set(chosen(play))
