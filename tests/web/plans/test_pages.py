"""The pages of a support plan: a director sends a proof in three taps, the officer verifies, the coordinator sees what is late."""

import io
import re
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from inspect_app.adapters import clock
from inspect_app.models import PlanAction, db
from inspect_app.queries import plans as questions
from tests.factories.inspections import picture
from tests.factories.plans import PDF, agreed, found_play, propose, prove, verify
from tests.factories.users import sign_in


def test_a_director_has_a_plan_proposed_and_finds_it_under_its_name(client: FlaskClient) -> None:
    play = found_play()
    sign_in(client, play.people["Brahim"])
    page = client.get("/plans/?lang=fr")
    assert f'name="institution" value="{play.institution.id}"' in page.text
    answer = client.post("/plans/propose", data={"institution": play.institution.id})
    assert answer.status_code == 303
    shown = client.get(answer.headers["Location"])
    assert shown.status_code == 200
    plan = questions.current(play.institution.id)
    assert plan is not None
    assert plan.reference in shown.text
    assert client.get("/plans/").headers["Location"].endswith(f"/plans/{plan.id}")


def test_every_view_of_the_plan_shows_every_action(client: FlaskClient) -> None:
    play = found_play(critical=2, others=4)
    plan = agreed(play)
    sign_in(client, play.people["Brahim"])
    for view in ("list", "board", "calendar"):
        text = client.get(f"/plans/{plan.id}?view={view}").text
        for action in plan.actions:
            assert f"/plans/{plan.id}/actions/{action.id}" in text, view


def test_a_director_sends_a_photograph_in_three_taps(client: FlaskClient) -> None:
    play = found_play()
    plan = agreed(play)
    sign_in(client, play.people["Brahim"])
    address = re.search(rf'href="(/plans/{plan.id}/actions/\d+)#proof"', client.get(f"/plans/{plan.id}").text)
    assert address  # the first tap
    page = client.get(address[1]).text
    op_id = re.search(r'name="op_id"[^>]*value="([^"]+)"', page)
    assert op_id
    assert 'type="file"' in page  # the second chooses, the third sends
    data = {"op_id": op_id[1], "file": (io.BytesIO(picture()), "IMG_1.jpg"), "words": "Porte réparée"}
    assert client.post(f"{address[1]}/proof", data=data).status_code == 303
    text = client.get(address[1]).text
    assert "Porte réparée" in text
    thumb = re.search(r'src="(/plans/proofs/\d+/thumb)"', text)
    assert thumb
    assert client.get(thumb[1]).mimetype == "image/jpeg"


def test_what_is_no_proof_is_refused_at_its_field(client: FlaskClient) -> None:
    play = found_play()
    plan = agreed(play)
    sign_in(client, play.people["Brahim"])
    address = f"/plans/{plan.id}/actions/{plan.actions[0].id}/proof"
    for data in ({}, {"file": (io.BytesIO(b"hello"), "a.txt")}):
        answer = client.post(address, data=data)
        assert answer.status_code == 422
        assert 'id="file-error"' in answer.text


def test_a_document_is_given_as_a_file_never_shown_beside_our_pages(client: FlaskClient) -> None:
    play = found_play()
    plan = agreed(play)
    proof = prove(play, plan, raw=PDF)
    sign_in(client, play.people["Ilyas"])
    answer = client.get(f"/plans/proofs/{proof.id}")
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_the_officer_returns_a_proof_with_a_reason_that_the_director_reads(client: FlaskClient) -> None:
    play = found_play()
    plan = agreed(play)
    prove(play, plan)
    address = f"/plans/{plan.id}/actions/{plan.actions[0].id}"
    sign_in(client, play.people["Ilyas"])
    assert 'name="decision"' in client.get(address).text
    assert client.post(f"{address}/verdict", data={"decision": "returned"}).status_code == 422
    reason = "On ne voit pas la date."
    assert client.post(f"{address}/verdict", data={"decision": "returned", "verdict": reason}).status_code == 303
    sign_in(client, play.people["Brahim"])
    assert reason in client.get(f"/plans/{plan.id}").text
    assert 'name="decision"' not in client.get(address).text


def test_both_sign_on_the_page(client: FlaskClient) -> None:
    play = found_play()
    plan = propose(play)
    sign_in(client, play.people["Brahim"])
    assert client.post(f"/plans/{plan.id}/signature", data={"typed": "Somebody"}).status_code == 422
    assert client.post(f"/plans/{plan.id}/signature", data={"typed": "Brahim"}).status_code == 303
    sign_in(client, play.people["Ilyas"])
    assert client.post(f"/plans/{plan.id}/signature", data={"typed": "إلياس"}).status_code == 303
    assert db.session.get_one(type(plan), plan.id).state == "agreed"


def test_an_action_is_changed_and_one_is_added_on_the_page(client: FlaskClient) -> None:
    play = found_play()
    plan = propose(play)
    sign_in(client, play.people["Ilyas"])
    address = f"/plans/{plan.id}/actions/{plan.actions[0].id}/edit"
    page = client.get(address)
    assert page.status_code == 200
    day = clock.today() + timedelta(days=40)
    data = {
        "what": "Poser une porte coupe-feu",
        "target_level": "3",
        "owner_id": str(play.people["Brahim"].id),
        "kind": "works",
        "helper": "indh",
        "due_on": day.isoformat(),
        "cost": "١٢٥٠٠",
        "funding": "indh",
    }
    assert client.post(address, data=data).status_code == 303
    action = db.session.get_one(PlanAction, plan.actions[0].id)
    assert (action.helper, action.due_on, str(action.cost)) == ("indh", day, "12500.00")
    past = client.post(address, data=data | {"due_on": "2020-01-01"})
    assert past.status_code == 422
    assert 'id="due_on-error"' in past.text
    extra = client.post(f"/plans/{plan.id}/actions/new", data=data | {"criterion": play.codes()[-1]})
    assert extra.status_code == 303
    gone = f"/plans/{plan.id}/actions/{plan.actions[0].id}/remove"
    assert client.post(gone, data={"reason": "Fait"}).status_code == 303


def test_the_coordinator_sees_what_is_late_first_and_who_has_no_plan(app: Flask, client: FlaskClient) -> None:
    play = found_play()
    plan = agreed(play)
    plan.actions[0].due_on = clock.today() - timedelta(days=3)
    sign_in(client, play.people["Chaimae"])
    text = client.get("/plans/?late=yes").text
    assert plan.reference in text
    assert plan.reference not in client.get("/plans/?state=closed").text
    assert client.get("/plans/?state=none").status_code == 200
    line = questions.page_of(play.actor("Chaimae"), questions.Filters()).items[0]
    assert (line.late, line.critical_late, line.actions) == (1, 1, len(plan.actions))


def test_an_institution_with_findings_and_no_plan_is_named(client: FlaskClient) -> None:
    play = found_play()
    sign_in(client, play.people["Ilyas"])
    text = client.get("/plans/?state=none&lang=fr").text
    assert play.institution.name_fr in text
    propose(play)
    assert play.institution.name_fr not in client.get("/plans/?state=none&lang=fr").text


def test_a_closed_plan_says_what_happened(client: FlaskClient) -> None:
    play = found_play(critical=1, others=0)
    plan = agreed(play)
    for place in range(len(plan.actions)):
        prove(play, plan, place)
        verify(play, plan, place)
    sign_in(client, play.people["Ilyas"])
    assert client.post(f"/plans/{plan.id}/close").status_code == 303
    assert client.get(f"/plans/{plan.id}").status_code == 200
