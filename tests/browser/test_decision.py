"""A decision in real Chromium: Fatima prepares, Karim signs, a citizen checks the document's code, Brahim appeals; then danger."""

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select

from inspect_app.models import Accreditation, Appeal, Decision, Dossier, db
from inspect_app.services import decisions as deeds
from tests.browser.pages import press
from tests.browser.person import DESKTOP, PHONE, People, Person
from tests.factories.decisions import REASONS, Case, dossier_rows, officials
from tests.factories.inspections import Play
from tests.factories.institutions import make_institution
from tests.factories.users import make_user

pytestmark = pytest.mark.browser


@pytest.fixture
def case(live: Flask) -> Case:
    """A dossier on which everybody has declared to be free of conflicts."""
    home = make_institution(code="DEC-00001", name_ar="دار القرار", name_fr="Dar Al Qarar", province_code="04.421")
    cast = {**officials(), "Brahim": make_user("director", name="Brahim", body="institution", institution=home)}
    found = dossier_rows("declared", home.id, "04", "04.421", cast)
    db.session.commit()
    dossier = db.session.get_one(Dossier, found["dossier_id"])
    return Case(Play(home, dossier.inspection, cast), cast, dossier)


def click(person: Person, label: str) -> None:
    """Press the button of this name, and agree where it asks first."""
    press(person.page, person.page.locator("main").get_by_role("button", name=label, exact=True))


def test_from_the_deliberation_to_the_citizen_and_the_appeal(people: People, case: Case) -> None:
    number = case.id
    fatima = people.comes_signed_in(case.people["Fatima"], DESKTOP, "en", "Fatima")
    fatima.opens(f"/decisions/dossiers/{number}/deliberation?lang=en")
    for name in case.members:
        fatima.page.locator(f"#member-{case.people[name].id}").check()
    fatima.page.locator(f"input[name=chair][value='{case.people[case.members[0]].id}']").check()
    fatima.page.get_by_role("radio", name="consensus").check()
    fatima.page.get_by_label("Reasons of the committee").fill(REASONS)
    click(fatima, "Put on file")
    fatima.page.get_by_role("link", name="Propose a decision").click()
    click(fatima, "Put before the signatory")
    expect(fatima.page.get_by_text("Awaits the signature").first).to_be_visible()

    karim = people.comes_signed_in(case.people["Karim"], DESKTOP, "en", "Karim")
    karim.opens(f"/decisions/dossiers/{number}/signature?lang=en")
    assert REASONS in karim.reads()
    click(karim, "Sign")
    expect(karim.page.get_by_text("stands in the register").first).to_be_visible(timeout=60_000)
    db.session.rollback()
    decision = db.session.scalars(select(Decision).where(Decision.dossier_id == number)).one()

    citizen = people.comes("a citizen", PHONE, "en")
    citizen.opens(f"/check/?lang=en&code={decision.code.lower().replace('-', ' ')}")
    assert "genuine and in force" in citizen.reads()
    citizen.page.get_by_role("link", name="Dar Al Qarar").click()
    assert "Conditional" in citizen.reads()

    brahim = people.comes_signed_in(case.people["Brahim"], PHONE, "en", "Brahim")
    brahim.opens(f"/desk/decisions/{decision.id}?lang=en")
    with brahim.page.expect_download() as download:
        brahim.page.get_by_role("link", name="(PDF)").first.click()
    assert download.value.suggested_filename.endswith(".pdf")
    brahim.page.get_by_label("Why you appeal").fill("Le registre a été retrouvé.")
    click(brahim, "Lodge the appeal")
    expect(brahim.page.get_by_text("Your appeal is lodged").first).to_be_visible()
    db.session.rollback()
    assert db.session.scalars(select(Appeal.state).where(Appeal.decision_id == decision.id)).one() == "lodged"

    fatima.opens(f"/decisions/institutions/{case.institution.id}/measure?lang=en")
    fatima.page.get_by_role("radio", name="Urgent suspension: danger").check()
    fatima.page.get_by_label("What happened").fill("Incendie dans le dortoir.")
    click(fatima, "Open the dossier")
    db.session.rollback()
    urgent = db.session.scalars(
        select(Dossier.id).where(Dossier.matter == "urgent_suspension", Dossier.institution_id == case.institution.id)
    ).one()
    for name in ("Fatima", "Karim"):
        deeds.declare_interests(case.actor(name), dossier_id=urgent, conflict=False)
    fatima.opens(f"/decisions/dossiers/{urgent}/proposal?lang=en")
    click(fatima, "Put before the signatory")
    karim.opens(f"/decisions/dossiers/{urgent}/signature?lang=en")
    click(karim, "Sign")
    expect(karim.page.get_by_text("stands in the register").first).to_be_visible(timeout=60_000)
    db.session.rollback()
    assert db.session.get_one(Accreditation, case.institution.id).standing == "suspended"
    citizen.opens(f"/check/{decision.code}?lang=en")
    assert "the accreditation is suspended" in citizen.reads()
