"""The pages of decisions, played by Fatima, Karim and Brahim from the visit to the answered appeal."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from inspect_app.adapters import clock, pdf, signatures
from inspect_app.models import Appeal, Decision, Dossier, db
from tests.factories.decisions import REASONS, case_until, declare_all, make_case
from tests.factories.users import sign_in


@pytest.fixture(autouse=True)
def _blank(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paper is blank."""
    monkeypatch.setattr(pdf, "render", lambda *_args, **_more: pdf.Made(b"%PDF-1.7", "none"))
    monkeypatch.setattr(signatures, "sign", lambda data, **_more: data)


def test_fatima_leads_a_visit_to_a_decision_and_brahim_appeals(app: Flask, client: FlaskClient) -> None:
    case = make_case(level=2)
    sign_in(client, case.people["Fatima"])
    desk = client.get("/decisions/desk?lang=en").text
    assert case.play.inspection.reference in desk
    assert client.post(f"/decisions/visits/{case.play.id}").status_code == 302
    dossier = db.session.scalars(select(Dossier)).one()
    case.dossier = dossier
    declare_all(case)
    page = client.get(f"/decisions/dossiers/{dossier.id}/deliberation").text
    assert all(name in page for name in ("Nadia", "Omar", "Rachid"))
    assert "Amina" not in page, "who visited is not offered"
    members = [case.people[name].id for name in case.members]
    form = {
        "held_on": clock.today().isoformat(), "members": members[:2], "chair": members[0], "manner": "consensus",
        "outcome": "conditional", "reasons": REASONS,
    }  # fmt: skip
    refused = client.post(f"/decisions/dossiers/{dossier.id}/deliberation", data=form)
    assert refused.status_code == 422
    assert "2 members without conflict were present; 3 are needed." in refused.text
    assert REASONS.split(";")[0].split("'")[0] in refused.text, "what was typed stays"
    form["members"] = members
    assert client.post(f"/decisions/dossiers/{dossier.id}/deliberation", data=form).status_code == 302
    assert client.get(f"/decisions/dossiers/{dossier.id}/proposal").status_code == 200
    proposal = {"outcome": "provisional", "reasons": REASONS, "departure_reason": ""}
    departs = client.post(f"/decisions/dossiers/{dossier.id}/proposal", data=proposal)
    assert "please write down why" in departs.text
    proposal["departure_reason"] = "Deux éducateurs sont partis."
    assert client.post(f"/decisions/dossiers/{dossier.id}/proposal", data=proposal).status_code == 302
    sign_in(client, case.people["Karim"])
    assert "Deux éducateurs" in client.get(f"/decisions/dossiers/{dossier.id}/signature").text
    assert client.post(f"/decisions/dossiers/{dossier.id}/signature", data={"sign": "1"}).status_code == 302
    decision = db.session.scalars(select(Decision)).one()
    assert (decision.outcome, decision.signed_by) == ("provisional", case.people["Karim"].id)
    sign_in(client, case.people["Brahim"])
    assert decision.number in client.get("/desk/decisions?lang=en").text
    assert "Lodge the appeal" in client.get(f"/desk/decisions/{decision.id}?lang=en").text
    assert client.get(f"/decisions/{decision.id}/fr.pdf").data == b"%PDF-1.7"
    assert client.post(f"/desk/decisions/{decision.id}/appeal", data={"grounds": ""}).status_code == 422
    lodged = client.post(f"/desk/decisions/{decision.id}/appeal", data={"grounds": "Les éducateurs sont revenus."})
    assert lodged.status_code == 302
    appeal = db.session.scalars(select(Appeal)).one()
    assert appeal.reference in client.get(f"/desk/decisions/{decision.id}").text
    sign_in(client, case.people["Fatima"])
    page = client.get(f"/decisions/appeals/{appeal.id}?lang=en").text
    assert "Samira" in page
    assert "Nadia" not in page.split("Name the examiner")[1], "who decided does not examine"
    named = client.post(f"/decisions/appeals/{appeal.id}/examiner", data={"examiner": case.people["Samira"].id})
    assert named.status_code == 302
    sign_in(client, case.people["Samira"])
    answer = {"upheld": "yes", "new_outcome": "conditional", "reasons": "Les contrats le montrent."}
    assert client.post(f"/decisions/appeals/{appeal.id}/answer", data=answer).status_code == 302
    again = db.session.scalars(select(Dossier).where(Dossier.matter == "appeal")).one()
    assert (again.state, again.proposed_outcome, again.proposed_by) == (
        "proposed",
        "conditional",
        case.people["Samira"].id,
    )
    assert "Upheld" in client.get("/decisions/appeals?lang=en").text


def test_who_signed_the_contested_decision_does_not_sign_what_takes_its_place(app: Flask, client: FlaskClient) -> None:
    from inspect_app.services import decisions as deeds

    case = case_until("examined", level=2)
    deeds.answer(
        case.actor("Samira"), appeal_id=case.appeal.id, upheld=True, reasons="Exact.", new_outcome="accredited"
    )  # fmt: skip
    again = db.session.scalars(select(Dossier).where(Dossier.matter == "appeal")).one()
    for name in ("Karim", "Loubna"):
        deeds.declare_interests(case.actor(name), dossier_id=again.id, conflict=False)
    sign_in(client, case.people["Karim"])
    refused = client.post(f"/decisions/dossiers/{again.id}/signature", data={"sign": "1"})
    assert refused.status_code == 403
    sign_in(client, case.people["Loubna"])
    client.post(f"/decisions/dossiers/{again.id}/signature", data={"sign": "1"})
    assert [d.outcome for d in db.session.scalars(select(Decision).order_by(Decision.id))] == [
        "conditional",
        "accredited",
    ]


def test_the_desk_says_what_is_over_its_clock(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import timedelta

    case = case_until("open")
    now = clock.now()
    with clock.frozen(now + timedelta(days=90)):
        sign_in(client, case.people["Fatima"])
        page = client.get("/decisions/desk?lang=en").text
    assert case.dossier is not None
    assert case.dossier.reference in page
    assert "Late since" in page
