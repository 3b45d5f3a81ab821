"""The page of agreement: what each reads on it, what is proposed, and the figures as a file."""

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from inspect_app.adapters.agreement_files import load_agreement_policy
from inspect_app.domain.agreement_report import AgreementPolicy
from inspect_app.models import AuditEvent, db
from inspect_app.services import inspections as deeds
from tests.factories.double_ratings import both_closed, chosen, play_twice, rate
from tests.factories.inspections import Play, operation
from tests.factories.users import sign_in


@pytest.fixture
def play(app: Flask) -> Play:
    """Amina and Younes, a third of the criteria: half of them alike, half of them two levels apart."""
    play = play_twice(share=30)
    codes = chosen(play)
    play.answer(level=3)
    play.answer(level=1, codes=codes[::2])
    rate(play, *(operation(code, 1 if at % 4 < 2 else 3) for at, code in enumerate(codes)))
    deeds.close_second_side(play.actor("Younes"), inspection_id=play.id)
    deeds.close_first_side(play.actor("Amina"), inspection_id=play.id)
    return play


@pytest.fixture
def few_suffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """A policy that already speaks of one pair: one visit is enough for a test."""
    policy = load_agreement_policy()
    small = AgreementPolicy(**{**vars(policy), "minimum": dict.fromkeys(policy.minimum, 1)})
    monkeypatch.setattr("inspect_app.web.agreement.views.load_agreement_policy", lambda: small)


def test_chaimae_reads_that_amina_and_younes_should_meet_and_about_what(
    client: FlaskClient, play: Play, few_suffice: None
) -> None:
    sign_in(client, play.people["Chaimae"])
    page = client.get("/agreement/?lang=en").text
    assert "Agreement between inspectors" in page
    assert "Calibration meetings proposed" in page
    assert "Amina and Younes" in page
    assert "these two descriptors" in page
    assert "Kappa is below 0.60" in page


def test_one_visit_is_too_little_to_say_anything_of_a_criterion(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Chaimae"])
    page = client.get("/agreement/?lang=en").text
    assert "more with fewer than 10 pairs: nothing can be said yet" in page
    assert "per criterion, 30 per domain" in page


def test_younes_reads_his_own_figures_under_another_title(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Younes"])
    page = client.get("/agreement/?lang=en").text
    assert "My agreement with others" in page
    assert "Nobody else" in page
    assert "<select" not in page.split("<main")[1]  # nothing to narrow


def test_salma_who_rated_nothing_twice_reads_that_there_is_nothing(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Salma"])
    page = client.get("/agreement/?lang=en").text
    assert "Nothing was rated twice yet" in page
    assert "Younes" not in page


def test_the_file_holds_the_same_figures_and_the_journal_who_took_it(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Chaimae"])
    answer = client.get("/agreement/export?lang=en")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    kinds = [row["What [of]"] for row in rows]
    assert kinds.count("Criterion") == len(chosen(play))
    assert kinds.count("Pair of inspectors") == 1
    (pair,) = (row for row in rows if row["What [of]"] == "Pair of inspectors")
    assert int(pair["Pairs of levels [pairs]"]) == len(chosen(play))
    assert abs(float(pair["Quadratic weighted kappa [kappa]"])) < 0.3
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.verb == "agreement.exported")).one()
    assert event.data["rows"] == len(rows)


def test_a_filter_that_nobody_knows_narrows_nothing(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Hind"])
    assert "Nothing was rated twice yet" not in client.get("/agreement/?lang=en&region=99&category=x").text
    assert "Nothing was rated twice yet" in client.get("/agreement/?lang=en&region=01").text


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_page_opens_in_each_language(client: FlaskClient, play: Play, language: str, few_suffice: None) -> None:
    sign_in(client, play.people["Hind"])
    assert client.get(f"/agreement/?lang={language}").status_code == 200


def test_full_agreement_at_one_level_is_told_as_such(client: FlaskClient, app: Flask, few_suffice: None) -> None:
    play = both_closed(play_twice(), first=3, second=3)
    sign_in(client, play.people["Chaimae"])
    page = client.get("/agreement/?lang=en").text
    assert "All in one level" in page
    assert "no meeting is proposed" in page
