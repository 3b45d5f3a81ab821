"""Visits in the browser: a whole life of one, what each person sees, and what bad input is told."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from inspect_app.adapters import clock
from inspect_app.models import Inspection, Observation, db
from inspect_app.services import inspections as deeds
from tests.factories.inspections import Play, declare_all, make_play, play_until
from tests.factories.users import make_person, sign_in


@pytest.fixture
def play(app: object) -> Play:
    """A planned visit and its people."""
    return make_play()


def _plan(play: Play, **changes: Any) -> dict[str, Any]:
    people = play.people
    values = {
        "kind": "initial",
        "planned_on": (clock.today() + timedelta(days=20)).isoformat(),
        "team": [str(people["Amina"].id), str(people["Younes"].id)],
        "leader": str(people["Amina"].id),
        "second_reader": str(people["Driss"].id),
        "responder": str(people["Salma"].id),
        "purpose": "",
    }
    return {**values, **changes}


def test_chaimae_finds_the_institution_and_plans(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Chaimae"])
    found = client.get("/inspections/new?q=الأمل&lang=en")
    address = f"/inspections/new?institution={play.institution.id}"
    assert f'href="{address}"' in found.text
    answer = client.post(address, data=_plan(play), follow_redirects=True)
    assert answer.status_code == 200
    assert "The visit is planned" in answer.text
    visit = db.session.query(Inspection).order_by(Inspection.id.desc()).first()
    assert visit is not None
    assert {m.user_id: m.leader for m in visit.team} == {play.people["Amina"].id: True, play.people["Younes"].id: False}


def test_a_date_typed_with_arabic_digits_is_understood(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Chaimae"])
    day = clock.today() + timedelta(days=20)
    arabic = day.strftime("%d/%m/%Y").translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    client.post(f"/inspections/new?institution={play.institution.id}", data=_plan(play, planned_on=arabic))
    assert db.session.query(Inspection).filter_by(planned_on=day).count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"planned_on": "2020-01-01"}, "The date of the visit is in the past."),
        ({"planned_on": "tomorrow"}, "Write a date such as"),
        ({"kind": "self_assessment"}, "This kind of visit is not planned with a team."),
        ({"kind": "holiday"}, "This kind of visit is not planned with a team."),
        ({"team": []}, "Choose at least one inspector."),
        ({"team": ["x", "-1"]}, "Choose at least one inspector."),
        ({"leader": "x"}, "Choose the leader among the members of the team."),
        ({"second_reader": ""}, "Please fill in this field."),
        ({"responder": "999999"}, "This person may not take this duty"),
        ({"purpose": "y" * 2001}, "At most 2000 characters"),
    ],
)
def test_a_fault_stands_at_its_field_and_what_was_typed_stays(
    client: FlaskClient, play: Play, changes: dict[str, Any], sentence: str
) -> None:
    sign_in(client, play.people["Chaimae"])
    data = _plan(play, **{"purpose": "الحمامات", **changes})
    answer = client.post(f"/inspections/new?institution={play.institution.id}&lang=en", data=data)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert data["purpose"] in answer.text
    assert db.session.query(Inspection).count() == 1


def test_whoever_visits_is_refused_as_second_reader_at_the_field(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Chaimae"])
    data = _plan(play, second_reader=str(play.people["Amina"].id))
    answer = client.post(f"/inspections/new?institution={play.institution.id}&lang=en", data=data)
    assert "The second reader may not be on the visiting team." in answer.text


def test_an_institution_outside_her_territory_does_not_exist(client: FlaskClient, play: Play) -> None:
    other = make_person("Jamila", province="01.511")
    assert other
    sign_in(client, play.people["Chaimae"])
    assert client.get("/inspections/new?institution=999999").status_code == 404


def test_amina_sees_only_the_declaration_until_she_has_declared(client: FlaskClient, play: Play) -> None:
    amina = sign_in(client, play.people["Amina"])
    page = client.get(f"/inspections/{play.id}?lang=en").text
    assert "Declaration of interests" in page
    assert "What happened" not in page
    for closed in ("review", "observations"):
        assert client.get(f"/inspections/{play.id}/{closed}").location == f"/inspections/{play.id}"
    assert client.get(f"/inspections/{play.id}/answer").status_code == 302
    client.post(f"/inspections/{play.id}/declaration", data={"conflict": "no"})
    assert "What happened" in client.get(f"/inspections/{play.id}").text
    assert amina.id == play.inspection.team[0].user_id


@pytest.mark.parametrize("data", [{}, {"conflict": "perhaps"}, {"conflict": "yes", "detail": " "}])
def test_a_declaration_that_says_nothing_is_refused(client: FlaskClient, play: Play, data: dict[str, str]) -> None:
    sign_in(client, play.people["Amina"])
    assert client.post(f"/inspections/{play.id}/declaration", data=data).status_code == 422
    assert {m.conflict for m in play.inspection.team} == {"undeclared"}


def test_a_declared_conflict_closes_the_file_and_chaimae_reads_why(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Amina"])
    client.post(f"/inspections/{play.id}/declaration", data={"conflict": "yes", "detail": "أختي تعمل هناك"})
    assert "stays closed to you" in client.get(f"/inspections/{play.id}?lang=en").text
    sign_in(client, play.people["Chaimae"])
    page = client.get(f"/inspections/{play.id}").text
    assert "أختي تعمل هناك" in page
    assert f"/inspections/{play.id}/team" in page
    assert "Conflict of interest declared" in client.get("/inspections/?lang=en").text


def test_only_the_coordinator_reads_what_the_conflict_is(client: FlaskClient, play: Play) -> None:
    deeds.declare(play.actor("Younes"), inspection_id=play.id, conflict=True, detail="أختي تعمل هناك")
    deeds.declare(play.actor("Amina"), inspection_id=play.id, conflict=False)
    for who in ("Amina", "Driss", "Hind"):
        sign_in(client, play.people[who])
        assert "أختي تعمل هناك" not in client.get(f"/inspections/{play.id}").text


def test_the_team_is_changed_on_its_page(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Chaimae"])
    address = f"/inspections/{play.id}/team"
    assert client.get(address).status_code == 200
    data = _plan(play, team=[str(play.people["Younes"].id)], leader=str(play.people["Younes"].id))
    assert client.post(address, data=data).status_code == 422, "the reason is missing"
    assert client.post(address, data={**data, "reason": "مرض"}).status_code == 302
    assert [m.user_id for m in play.inspection.team] == [play.people["Younes"].id]


def _move(client: FlaskClient, play: Play, event: str, **data: str) -> Any:
    return client.post(f"/inspections/{play.id}/moves/{event}?lang=en", data=data, follow_redirects=True)


def test_a_visit_goes_through_the_browser_from_start_to_final_report(client: FlaskClient, play: Play) -> None:
    for name in ("Driss", "Salma", "Younes", "Amina"):
        sign_in(client, play.people[name])
        client.post(f"/inspections/{play.id}/declaration", data={"conflict": "no"})
    assert "The visit is under way" in _move(client, play, "started").text
    play.answer(level=2)
    sign_in(client, play.people["Amina"])
    assert "submitted to the second reader" in _move(client, play, "submitted").text
    sign_in(client, play.people["Driss"])
    assert "Your decision" in client.get(f"/inspections/{play.id}/review?lang=en").text
    assert "returned to the team" in _move(client, play, "returned", reason="صور").text
    sign_in(client, play.people["Amina"])
    assert "صور" in client.get(f"/inspections/{play.id}").text
    _move(client, play, "submitted")
    sign_in(client, play.people["Driss"])
    assert "The answers are accepted." in _move(client, play, "accepted").text
    sign_in(client, play.people["Chaimae"])
    assert "The draft report is with the director." in _move(client, play, "draft_sent").text
    sign_in(client, play.people["Brahim"])
    code = play.codes()[0]
    client.post(f"/inspections/{play.id}/observations/write?criterion={code}", data={"text": "Nous l'avons."})
    assert "Nous l&#39;avons." in client.get(f"/inspections/{play.id}/observations").text
    assert "The observations are closed." in _move(client, play, "observations_closed").text
    observation = db.session.query(Observation).one()
    sign_in(client, play.people["Salma"])
    prefix = f"o{observation.id}-"
    answer = {f"{prefix}outcome": "accepted", f"{prefix}reasons": "Vu.", f"{prefix}new_level": "3"}
    client.post(f"/inspections/{play.id}/observations/{observation.id}/response", data=answer)
    assert "Vu." in client.get(f"/inspections/{play.id}/observations").text
    sign_in(client, play.people["Chaimae"])
    assert "The final report is issued." in _move(client, play, "finalised").text
    db.session.refresh(play.inspection)
    assert play.inspection.state == "final"


def test_an_illegal_move_comes_back_to_the_file_with_its_reason(client: FlaskClient, app: object) -> None:
    play = play_until("under_way")
    sign_in(client, play.people["Amina"])
    page = _move(client, play, "submitted")
    assert f"{len(play.codes())} criteria have no answer yet" in page.text
    assert play.codes()[5] in page.text
    sign_in(client, play.people["Chaimae"])
    assert "not possible in the present state" in _move(client, play, "finalised").text


def test_pressing_twice_does_no_harm(client: FlaskClient, app: object) -> None:
    play = play_until("submitted")
    sign_in(client, play.people["Driss"])
    _move(client, play, "accepted")
    assert "not possible in the present state" in _move(client, play, "accepted").text
    assert [e.event for e in play.inspection.events].count("accepted") == 1


def test_a_move_that_is_somebody_elses_is_forbidden_and_one_that_is_none_unknown(
    client: FlaskClient, app: object
) -> None:
    play = play_until("submitted")
    sign_in(client, play.people["Amina"])
    assert _move(client, play, "accepted").status_code == 403
    assert _move(client, play, "exploded").status_code == 404


def test_returning_needs_its_reason(client: FlaskClient, app: object) -> None:
    play = play_until("submitted")
    sign_in(client, play.people["Driss"])
    assert "Please give the reason." in _move(client, play, "returned", reason=" ").text
    too_long = client.post(f"/inspections/{play.id}/moves/returned", data={"reason": "x" * 5000})
    assert too_long.status_code == 422


def test_driss_singles_out_what_fails(client: FlaskClient, app: object) -> None:
    play = play_until("under_way")
    codes = play.codes()
    play.answer(codes=codes[1:])
    play.answer(codes=codes[:1], level=0)
    deeds.submit(play.actor("Amina"), inspection_id=play.id)
    sign_in(client, play.people["Driss"])
    failing = client.get(f"/inspections/{play.id}/review?show=failing").text
    assert f'id="c-{codes[0]}"' in failing
    assert f'id="c-{codes[1]}"' not in failing
    assert client.get(f"/inspections/{play.id}/review?show=nonsense").status_code == 200


def test_the_director_does_not_see_the_file_nor_anything_before_the_draft(client: FlaskClient, app: object) -> None:
    play = play_until("accepted")
    sign_in(client, play.people["Brahim"])
    assert client.get(f"/inspections/{play.id}").status_code == 403
    assert client.get(f"/inspections/{play.id}/observations").status_code == 404
    play_until("draft_sent", play)
    page = client.get(f"/inspections/{play.id}/observations?lang=en").text
    assert "Observations until" in page


def test_a_director_takes_an_observation_back(client: FlaskClient, app: object) -> None:
    play = play_until("draft_sent")
    sign_in(client, play.people["Brahim"])
    client.post(f"/inspections/{play.id}/observations/write", data={"text": "Merci."})
    row = db.session.query(Observation).one()
    assert client.post(f"/inspections/{play.id}/observations/{row.id}/withdraw").status_code == 302
    assert db.session.query(Observation).count() == 0
    assert client.post(f"/inspections/{play.id}/observations/write", data={"text": " "}).status_code == 422
    long = client.post(f"/inspections/{play.id}/observations/write", data={"text": "x" * 4001})
    assert long.status_code == 422
    assert "x" * 4001 in long.text


def test_a_refused_answer_to_an_observation_keeps_what_was_typed(client: FlaskClient, app: object) -> None:
    play = play_until("draft_sent")
    row = deeds.observe(play.actor("Brahim"), inspection_id=play.id, criterion=play.codes()[0], words="Non.")
    play_until("responding", play)
    sign_in(client, play.people["Salma"])
    address = f"/inspections/{play.id}/observations/{row.id}/response?lang=en"
    typed = {f"o{row.id}-outcome": "rejected", f"o{row.id}-reasons": "Parce que.", f"o{row.id}-new_level": "0"}
    answer = client.post(address, data=typed)
    assert answer.status_code == 422
    assert "A rejected observation does not change the level." in answer.text
    assert "Parce que." in answer.text


@pytest.mark.parametrize("state", ["planned", "under_way", "submitted", "draft_sent", "responding", "final"])
def test_everybody_of_the_file_opens_its_pages_in_every_state(client: FlaskClient, app: object, state: str) -> None:
    play = play_until(state)
    declare_all(play)
    for name in ("Chaimae", "Driss", "Salma", "Hind"):
        sign_in(client, play.people[name])
        for page in ("", f"{play.id}", f"{play.id}/review", f"{play.id}/observations"):
            for language in ("ar", "fr", "en"):
                assert client.get(f"/inspections/{page}?lang={language}").status_code == 200, (name, page)


def test_the_list_is_narrowed_and_turned(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Chaimae"])
    reference = play.inspection.reference
    assert reference in client.get("/inspections/").text
    for narrowed in (f"q={reference.lower()}", "q=amal", "state=planned", "kind=periodic", "page=99"):
        assert reference in client.get(f"/inspections/?{narrowed}").text, narrowed
    for other in ("q=zzz", "state=final", "kind=initial", "mine=yes", "q=%25"):
        assert reference not in client.get(f"/inspections/?{other}").text, other
    assert client.get("/inspections/?state=nonsense&page=x").status_code == 200


def test_whoever_has_the_whole_country_narrows_the_list_to_a_region(client: FlaskClient, play: Play) -> None:
    sign_in(client, make_person("Fatima", national=True))
    reference = play.inspection.reference
    for narrowed in ("region=04", "region=04&province=04.421"):
        assert reference in client.get(f"/inspections/?{narrowed}").text, narrowed
    for other in ("region=01", "region=04&province=04.441"):
        assert reference not in client.get(f"/inspections/?{other}").text, other


def test_strangers_find_nothing(client: FlaskClient, play: Play) -> None:
    stranger = make_person("Jamila", province="01.511")
    db.session.commit()
    for page in ("", "/review", "/observations", "/answer"):
        sign_in(client, stranger)
        assert client.get(f"/inspections/{play.id}{page}").status_code == 404
    assert play.inspection.reference not in client.get("/inspections/").text


def test_what_a_person_typed_is_never_markup(client: FlaskClient, app: object) -> None:
    play = play_until("draft_sent")
    deeds.observe(play.actor("Brahim"), inspection_id=play.id, words="<script>alert(1)</script>")
    sign_in(client, play.people["Chaimae"])
    assert "<script>alert(1)" not in client.get(f"/inspections/{play.id}/observations").text


def test_an_inspector_who_came_to_direct_an_institution_has_left_the_old_files_behind(client: FlaskClient) -> None:
    play = play_until("final")
    amina = play.people["Amina"]
    sign_in(client, amina)
    assert client.get(f"/inspections/{play.id}/observations").status_code == 200
    amina.roles = list(play.people["Brahim"].roles)
    db.session.commit()
    assert client.get(f"/inspections/{play.id}/observations").status_code == 404
    assert client.get(f"/api/v1/inspections/{play.id}").status_code in (403, 404)
