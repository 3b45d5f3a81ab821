"""The pages of a double rating: chosen by the coordinator, rated apart, compared when both sides are closed."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from inspect_app.models import SecondRating, db
from inspect_app.queries import inspections as questions
from inspect_app.queries.frozen import checklist_of
from inspect_app.services import inspections as deeds
from tests.factories.double_ratings import both_closed, chosen, play_twice, rate_all
from tests.factories.inspections import Play, make_play, play_until
from tests.factories.users import sign_in

HTMX = {"HX-Request": "true"}


@pytest.fixture
def play(app: Flask) -> Play:
    """A visit under way; Younes rates a tenth apart."""
    return play_twice()


def page_of(client: FlaskClient, play: Play, name: str, path: str) -> str:
    sign_in(client, play.people[name])
    answer = client.get(f"/inspections/{play.id}/{path}".rstrip("/") + "?lang=en", follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


def tap(client: FlaskClient, play: Play, code: str, **form: str):  # type: ignore[no-untyped-def]
    return client.post(f"/inspections/{play.id}/second-rating/{code}?lang=en", data=form, headers=HTMX)


# choosing


def test_chaimae_chooses_on_the_page_and_reads_what_was_drawn(client: FlaskClient, app: Flask) -> None:
    play = make_play()
    page = page_of(client, play, "Chaimae", "double-rating")
    assert "Choose a second rating" in page
    assert "Amina" not in re.findall(r"<label[^>]*>([^<]+)<", page)  # she leads
    assert re.search(r'<input checked[^>]*name="second_rater"', page)  # the only one who may is chosen already
    form = {"second_rater": play.people["Younes"].id, "share": "20"}
    answer = client.post(f"/inspections/{play.id}/double-rating/choose?lang=en", data=form, follow_redirects=True)
    assert "The second rating is chosen" in answer.text
    assert all(code in answer.text for code in chosen(play))
    assert play.inspection.uid in answer.text


def test_a_choice_without_a_second_rater_comes_back_with_its_sentence(client: FlaskClient, app: Flask) -> None:
    play = make_play()
    sign_in(client, play.people["Chaimae"])
    answer = client.post(f"/inspections/{play.id}/double-rating/choose?lang=en", data={"share": "20"})
    assert answer.status_code == 422
    assert "Please fill in this field." in answer.text
    form = {"second_rater": play.people["Amina"].id, "share": "20"}
    answer = client.post(f"/inspections/{play.id}/double-rating/choose?lang=en", data=form)
    assert answer.status_code == 422
    assert "somebody else rates a second time" in answer.text


def test_chaimae_takes_the_second_rating_away_again(client: FlaskClient, app: Flask) -> None:
    play = play_twice("planned")
    sign_in(client, play.people["Chaimae"])
    answer = client.post(f"/inspections/{play.id}/double-rating/remove?lang=en", follow_redirects=True)
    assert "There is no second rating on this visit any more." in answer.text
    answer = client.post(f"/inspections/{play.id}/double-rating/remove?lang=en", follow_redirects=True)
    assert "No second rating was chosen for this visit." in answer.text


def test_the_file_leads_the_second_rater_to_their_page_and_nobody_else(client: FlaskClient, play: Play) -> None:
    assert "/second-rating" in page_of(client, play, "Younes", "")
    assert "/second-rating" not in page_of(client, play, "Amina", "")


def test_the_file_of_a_visit_without_a_second_rating_speaks_of_none(client: FlaskClient, app: Flask) -> None:
    play = play_until("under_way")
    assert "Double rating" not in page_of(client, play, "Amina", "")
    assert "No second rating was chosen" in page_of(client, play, "Amina", "double-rating")
    assert "Second rating" not in page_of(client, play, "Younes", "second-rating")  # led to the file


# blind


def test_amina_is_not_told_which_criteria_are_rated_twice(client: FlaskClient, play: Play) -> None:
    page = page_of(client, play, "Amina", "double-rating").split("<main")[1]
    assert not [code for code in chosen(play) if code in page]
    assert "The team is not told which criteria they are" in page


def test_younes_reads_the_file_and_all_answers_without_those_he_rates_apart(client: FlaskClient, play: Play) -> None:
    play.answer(level=0)
    for path in ("", "review"):
        page = page_of(client, play, "Younes", path).split("<main")[1]
        shown = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
        assert not [code for code in chosen(play) if f'id="c-{code}"' in page], path
        assert "rate" in shown
    review = page_of(client, play, "Younes", "review")
    assert "criteria apart: what the team found on them is not shown to you" in review
    assert all(f'id="c-{code}"' in page_of(client, play, "Amina", "review") for code in chosen(play)[:2])


def test_nobody_but_younes_opens_the_page_on_which_he_rates(client: FlaskClient, play: Play) -> None:
    rate_all(play, 1)
    for name in ("Amina", "Driss"):
        assert "level-option" not in page_of(client, play, name, "second-rating")
    for name in ("Amina", "Driss", "Chaimae", "Hind"):
        page = page_of(client, play, name, "double-rating").split("<main")[1]
        assert "Begun" not in page  # his level


# rating


def test_younes_taps_and_is_told_that_it_is_saved(client: FlaskClient, play: Play) -> None:
    page = page_of(client, play, "Younes", "second-rating")
    codes = chosen(play)
    assert page.count("level-option-3") == len(codes)
    answer = tap(client, play, codes[0], answer="2", note="Vu au bureau")
    assert "Saved" in answer.text
    assert f"1 of {len(codes)} criteria rated" in answer.text
    row = questions.double_rating_of(play.id)
    assert row is not None
    kept = questions.second_ratings(row.id)[codes[0]]
    assert (kept.level, kept.note) == (2, "Vu au bureau")
    assert 'value="2" id="r-' in page_of(client, play, "Younes", "second-rating")


def test_the_same_tap_sent_twice_is_one_rating(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Younes"])
    code = chosen(play)[0]
    first = tap(client, play, code, answer="1", op_id="6f1c1f60-0000-4000-8000-000000000009")
    assert "6f1c1f60-0000-4000-8000-000000000009" not in first.text  # the next one has a fresh id
    assert db.session.scalar(select(func.count(SecondRating.id))) == 1


def test_not_applicable_asks_for_its_reason_at_the_criterion(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Younes"])
    checklist = checklist_of(play.inspection)
    row = [c for c in map(checklist.criterion, chosen(play)) if c.na_allowed and not c.critical]
    answer = tap(client, play, row[0].code, answer="na")
    assert answer.status_code == 200
    assert "Say why the criterion does not apply." in answer.text
    assert "Saved" in tap(client, play, row[0].code, answer="na", na_reason="Pas de cuisine").text
    plain = client.post(f"/inspections/{play.id}/second-rating/{row[0].code}?lang=en", data={"answer": "na"})
    assert plain.status_code == 422
    assert "Say why the criterion does not apply." in plain.text


def test_a_criterion_that_is_not_rated_twice_takes_no_second_rating(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Younes"])
    other = next(code for code in play.codes() if code not in chosen(play))
    assert tap(client, play, other, answer="2").status_code == 422
    assert tap(client, play, "XXX-99", answer="2").status_code == 422
    assert db.session.scalar(select(func.count(SecondRating.id))) == 0


def test_a_note_that_is_too_long_is_said_at_the_criterion(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Younes"])
    answer = tap(client, play, chosen(play)[0], answer="2", note="x" * 4001)
    assert "At most 4000 characters" in answer.text
    assert db.session.scalar(select(func.count(SecondRating.id))) == 0


# closing and comparing


def test_younes_closes_only_what_is_whole(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Younes"])
    close = f"/inspections/{play.id}/second-rating/close?lang=en"
    assert "criteria have no second rating yet" in client.post(close, follow_redirects=True).text
    rate_all(play)
    assert "Your ratings are closed." in client.post(close, follow_redirects=True).text


def test_amina_closes_her_side_and_both_compare(client: FlaskClient, play: Play) -> None:
    play.answer(level=3)
    rate_all(play, 1)
    deeds.close_second_side(play.actor("Younes"), inspection_id=play.id)
    sign_in(client, play.people["Amina"])
    answer = client.post(f"/inspections/{play.id}/double-rating/close?lang=en", follow_redirects=True)
    assert "The side of the team is closed." in answer.text
    for name in ("Amina", "Younes", "Chaimae", "Hind"):
        page = page_of(client, play, name, "double-rating").split("<main")[1]
        assert "Where you differ" in page
        assert all(f'id="c-{code}"' in page for code in chosen(play))
        assert "Begun" in page


def test_a_changed_answer_is_shown_as_changed_since(client: FlaskClient, app: Flask) -> None:
    play = both_closed(play_twice(), first=3, second=1)
    deeds.save_answer(play.actor("Amina"), inspection_id=play.id, criterion=chosen(play)[0], level=1)
    assert page_of(client, play, "Chaimae", "double-rating").count("(changed since)") == 1


def test_the_visit_says_why_it_cannot_be_submitted_yet(client: FlaskClient, play: Play) -> None:
    play.answer()
    assert "Somebody still rates a part of the criteria a second time." in page_of(client, play, "Amina", "")


def test_chaimae_lets_it_go_with_a_reason_that_everybody_reads(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Chaimae"])
    address = f"/inspections/{play.id}/double-rating/waive?lang=en"
    assert client.post(address, data={}).status_code == 422
    answer = client.post(address, data={"reason": "Younes est malade."}, follow_redirects=True)
    assert "Younes est malade." in answer.text
    assert "The visit went on without the second rating." in page_of(client, play, "Amina", "double-rating")
