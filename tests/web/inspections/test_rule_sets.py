"""A director, and whoever may read the visit, see both cards and why they differ."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from inspect_app.queries.scorecards import latest_card
from tests.factories.inspections import Play, make_play, play_until
from tests.factories.second_cards import LENIENT, publish, rescore_all
from tests.factories.users import make_person, make_user, sign_in


@pytest.fixture
def visit(app: Flask) -> Play:
    """A final visit: refused."""
    return play_until("final", make_play(), level=1)


@pytest.fixture
def rescored(visit: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Play:
    """The same with a second card: provisional under the rules of 2027-1."""
    rescore_all(publish(tmp_path, monkeypatch, **LENIENT))
    return visit


def page(client: FlaskClient, path: str) -> str:
    answer = client.get(f"{path}?lang=en")
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.get_data(as_text=True).split())


def test_a_director_sees_both_cards_and_what_changes(client: FlaskClient, rescored: Play) -> None:
    sign_in(client, rescored.people["Brahim"])
    text = page(client, f"/inspections/{rescored.id}/rule-sets")
    assert "Under the rules of the visit (2026-1)" in text
    assert "Under the rules of 2027-1" in text
    assert text.index("In force") < text.index("For comparison")
    assert "The level goes from “refused” to “provisional”." in text
    assert "The level “provisional” begins at 20% instead of 40%." in text
    assert "A limit is gone: At least one domain is below 35%." in text
    assert 'href="/desk/visits?institution=' in text


def test_in_arabic_the_version_is_not_turned_round(client: FlaskClient, rescored: Play) -> None:
    sign_in(client, rescored.people["Brahim"])
    text = client.get(f"/inspections/{rescored.id}/rule-sets?lang=ar").text
    assert "قواعد \u20662027-1\u2069" in text
    assert "قواعد 2027-1" not in text
    assert "\u2066" not in client.get(f"/inspections/{rescored.id}/rule-sets?lang=fr").text


def test_the_desk_names_the_second_card_and_keeps_the_first_in_force(client: FlaskClient, rescored: Play) -> None:
    sign_in(client, rescored.people["Brahim"])
    for path in ("/desk", "/desk/visits"):
        text = page(client, path)
        assert f"/inspections/{rescored.id}/rule-sets" in text
        assert text.index("level-refused") < text.index("Under the rules of 2027-1")


def test_the_file_of_the_visit_leads_to_both_cards(client: FlaskClient, rescored: Play) -> None:
    sign_in(client, rescored.people["Chaimae"])
    assert f'href="/inspections/{rescored.id}/rule-sets"' in page(client, f"/inspections/{rescored.id}")
    assert "What differs between the two rule-sets" in page(client, f"/inspections/{rescored.id}/rule-sets")


def test_a_visit_with_one_card_says_so_and_shows_no_way_there(client: FlaskClient, visit: Play) -> None:
    sign_in(client, visit.people["Chaimae"])
    assert "rule-sets" not in page(client, f"/inspections/{visit.id}")
    assert "This visit has one card only" in page(client, f"/inspections/{visit.id}/rule-sets")
    sign_in(client, visit.people["Brahim"])
    assert "rule-sets" not in page(client, "/desk")


def test_among_several_rule_sets_one_is_chosen(
    client: FlaskClient, rescored: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = tmp_path / "later"
    later.mkdir()
    rescore_all(publish(later, monkeypatch, "2028-1", thresholds={"provisional": "30"}, gates=[]))
    sign_in(client, rescored.people["Brahim"])
    address = f"/inspections/{rescored.id}/rule-sets"
    text = page(client, address)
    assert "Under the rules of 2028-1" in text
    link = text.split(f"{address}?rules=")[1].split('"')[0]
    answer = client.get(f"{address}?rules={link}&lang=en").get_data(as_text=True)
    assert "begins at 20% instead of 40%" in answer
    assert client.get(f"{address}?rules=unknown").status_code == 404


def test_nobody_else_sees_them(client: FlaskClient, rescored: Play) -> None:
    own = latest_card(rescored.id)
    assert own is not None
    assert own.level == "refused"
    for stranger in (make_user("director", institution=None), make_person("Jamila"), make_person("Ghali")):
        sign_in(client, stranger)
        assert client.get(f"/inspections/{rescored.id}/rule-sets").status_code in (403, 404)
