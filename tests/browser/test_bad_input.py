"""What goes wrong in an office and in a village gets its clear sentence, at its place, and loses nothing."""

import re
import time
from typing import Any

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask_babel import force_locale
from playwright.sync_api import expect
from sqlalchemy import func, select

from inspect_app.adapters import clock
from inspect_app.domain.checklists import Criterion, Facts
from inspect_app.models import AnswerRevision, Evidence, Inspection, Institution, db
from inspect_app.queries.frozen import checklist_of
from inspect_app.services import inspections as deeds
from inspect_app.web.fields import IntegerField
from inspect_app.web.languages import LOCALES
from inspect_app.web.messages import sentence
from tests.browser.cast import PROVINCE, Cast, make_cast
from tests.browser.pages import Tablet, press
from tests.browser.person import DESKTOP, TABLET, People, Person
from tests.factories.inspections import operation
from tests.factories.users import PASSWORD, actor_of, make_user

pytestmark = pytest.mark.browser

#: Sends what a page would send, with its session and token; answers status and body.
_SEND = """async ([address, size, body]) => {
  const headers = {'X-CSRFToken': document.querySelector('meta[name=csrf-token]').content};
  if (size) {
    const form = new FormData();
    for (const [name, value] of Object.entries(body)) form.set(name, value);
    form.set('file', new Blob([new Uint8Array(size)], {type: 'image/jpeg'}), 'photo.jpg');
    body = form;
  } else {
    headers['Content-Type'] = 'application/json';
    body = JSON.stringify(body);
  }
  const answer = await fetch(address, {method: 'POST', headers, body});
  return [answer.status, await answer.json()];
}"""


@pytest.fixture
def cast(live: Flask) -> Cast:
    """Five people and their children's home."""
    return make_cast(live)


def said(app: Flask, code: str, language: str, **params: Any) -> str:
    """The sentence of a refusal in a language."""
    with app.test_request_context(), force_locale(LOCALES[language]):
        return sentence(code, **params)


def under_way(cast: Cast) -> int:
    """A visit that Amina has just started."""
    inspection = deeds.plan_inspection(
        actor_of(cast.chaimae),
        institution_id=cast.institution.id,
        kind="periodic",
        planned_on=clock.today(),
        team=[deeds.MemberInput(cast.amina.id, leader=True)],
        second_reader=cast.driss.id,
        responder=cast.salma.id,
    )
    deeds.declare(actor_of(cast.amina), inspection_id=inspection.id, conflict=False)
    deeds.start(actor_of(cast.amina), inspection_id=inspection.id)
    return inspection.id


def count(table: Any) -> int:
    """How many rows there are now."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table)) or 0


# the registry ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_file_with_wrong_rows_says_row_and_column_and_imports_nothing(
    live: Flask, people: People, language: str
) -> None:
    fatima = make_user("ministry_officer", name="Fatima", national=True, email=f"fatima-{language}@miyar.test")
    db.session.commit()
    before = count(Institution)
    person = people.comes_signed_in(fatima, DESKTOP, language)
    person.expected = (422,)
    person.opens("/institutions/import")
    rows = [
        "name_ar,name_fr,category,province_code,commune,setting,authorised,authorisation_law,capacity_girls",
        f"دار,Dar,children,{PROVINCE},Rabat,urban,0,unknown,٢٥",
        f"دار,Dar,castle,{PROVINCE},Rabat,urban,0,unknown,beaucoup",
    ]
    file = {"name": "مؤسسات.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}
    person.page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    person.page.locator("main form[enctype] [type=submit]").click()
    faults = person.page.locator("main table").first
    expect(faults.locator("tbody tr")).to_have_count(2)
    for column, code in (("category", "unknown-code"), ("capacity_girls", "not-a-whole-number")):
        row = faults.locator(f"tbody tr:has(code:text-is('{column}'))")
        expect(row.locator("th")).to_have_text("3")
        expect(row).to_contain_text(said(live, code, language))
    assert count(Institution) == before


def test_a_text_too_long_and_a_number_in_words_stay_where_they_were_typed(
    live: Flask, people: People, cast: Cast
) -> None:
    chaimae = people.comes_signed_in(cast.chaimae, DESKTOP, "fr")
    chaimae.expected = (422,)
    page = chaimae.page
    chaimae.opens(f"/institutions/{cast.institution.id}/edit")
    page.locator("#commune").fill("x" * 1000)
    page.locator("#capacity_girls").fill("quarante")
    page.locator("main form[method=post] [type=submit]").last.click()
    expect(page.locator("#commune-error")).to_be_visible()
    expect(page.locator("#commune-error")).to_contain_text(re.compile(r"1.?000"))
    expect(page.locator("#commune")).to_have_value("x" * 1000)
    with live.test_request_context(), force_locale(LOCALES["fr"]):
        number_wanted = str(IntegerField.sentence)
    expect(page.locator("#capacity_girls-error")).to_contain_text(number_wanted)
    expect(page.locator("#capacity_girls")).to_have_value("quarante")
    expect(page.locator("main .alert-danger a[href='#commune']")).to_be_visible()


def test_arabic_digits_are_a_number(live: Flask, people: People, cast: Cast) -> None:
    home = cast.institution
    home.present_on, home.authorisation_number = clock.today(), "12"
    db.session.commit()
    chaimae = people.comes_signed_in(cast.chaimae)
    chaimae.opens(f"/institutions/{home.id}/edit")
    chaimae.page.locator("#capacity_girls").fill("٤٥")
    press(chaimae.page, chaimae.page.locator("main form[method=post] [type=submit]").last)
    db.session.refresh(home)
    assert home.capacity_girls == 45, chaimae.reads()


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_somebody_elses_address_typed_by_hand_is_not_found(
    live: Flask, people: People, cast: Cast, language: str
) -> None:
    stranger = make_user("coordinator", name="Najat", province="01.511")
    visit = under_way(cast)
    db.session.commit()
    person = people.comes_signed_in(stranger, DESKTOP, language)
    person.expected = (404,)
    for path in (f"/institutions/{cast.institution.id}", f"/inspections/{visit}", "/inspections/999999999"):
        answer = person.opens(path)
        assert answer is not None
        assert answer.status == 404
        assert said(live, "not-found", language) in person.reads()
    assert cast.institution.name_fr not in person.reads()


def test_a_button_pressed_twice_plans_one_visit(live: Flask, people: People, cast: Cast) -> None:
    chaimae = people.comes_signed_in(cast.chaimae, DESKTOP, "fr")
    page = chaimae.page

    def fill() -> None:
        chaimae.opens(f"/inspections/new?institution={cast.institution.id}")
        page.locator("#kind").select_option("periodic")
        page.locator("#planned_on").fill(clock.today().isoformat())
        page.locator(f"#team-{cast.amina.id}").check()
        page.locator(f"#leader-{cast.amina.id}").check()
        page.locator("#second_reader").select_option(str(cast.driss.id))
        page.locator("#responder").select_option(str(cast.salma.id))

    before = count(Inspection)
    fill()
    page.locator("main form[method=post] [type=submit]").dblclick()
    page.wait_for_url(re.compile(r"/inspections/\d+$"))
    assert count(Inspection) == before + 1
    chaimae.expected = (409, 422)
    fill()  # as if the line had been cut before the answer came
    page.locator("main form[method=post] [type=submit]").click()
    expect(page.locator("main .alert-danger")).to_be_visible()
    assert said(live, "visit-open", "fr")[:30] in chaimae.reads()
    assert count(Inspection) == before + 1


# the session ----------------------------------------------------------------------------------------------------------


def grows_old(app: Flask, person: Person, hours: int = 100) -> None:
    """The person's session ran out: nobody has heard of it for so many hours, but the cookie still says whose it was."""
    cookie = next(c for c in person.context.cookies() if c.get("name") == "session")
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    session = signer.loads(cookie["value"])
    session["began"] = session["seen"] = time.time() - hours * 3600
    person.context.add_cookies([{"name": "session", "value": str(signer.dumps(session)), "url": person.url}])


def test_a_form_sent_after_the_session_ran_out_is_kept_and_sent_again(live: Flask, people: People, cast: Cast) -> None:
    home = cast.institution
    home.present_on, home.authorisation_number = clock.today(), "12"
    db.session.commit()
    chaimae = people.comes_signed_in(cast.chaimae, DESKTOP, "fr")
    chaimae.expected = (400,)
    page = chaimae.page
    chaimae.opens(f"/institutions/{home.id}/edit")
    page.locator("#address").fill("12, rue des Orangers")
    grows_old(live, chaimae)
    page.locator("main form[method=post] [type=submit]").last.click()
    page.wait_for_url(re.compile("/sign-in"))
    page.locator("main form:has(input[type=password]) input[name=email]").fill(cast.chaimae.email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main form:has(input[type=password]) [type=submit]").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    assert "12, rue des Orangers" in chaimae.reads()
    press(page, page.locator(f"main form[action='/institutions/{home.id}/edit'] [type=submit]"))
    db.session.refresh(home)
    assert home.address == "12, rue des Orangers"


def test_answers_tapped_after_the_session_ran_out_wait_for_the_sign_in(live: Flask, people: People, cast: Cast) -> None:
    visit = under_way(cast)
    amina = people.comes("Amina", TABLET)
    amina.signs_in(cast.amina.email)
    tablet = Tablet(amina, visit)
    first, second = tablet.opens_domain(0)[:2]
    tablet.taps(first, 3)
    tablet.is_saved()
    amina.expected = (400, 401)
    amina.context.clear_cookies()
    tablet.taps(second, 1)
    tablet.notes(second, "لا يوجد سجل محين.")
    alert = amina.page.locator("#answer-page [role=alert]:has(a)")
    expect(alert).to_be_visible()
    with amina.context.expect_page() as opened:
        alert.locator("a").tap()
    door = opened.value
    door.locator("main form:has(input[type=password]) input[name=email]").fill(cast.amina.email)
    door.locator("input[type=password]").fill(PASSWORD)
    door.locator("main form:has(input[type=password]) [type=submit]").click()
    door.wait_for_url(lambda url: "/sign-in" not in url)
    door.close()
    alert.locator("button").tap()
    tablet.is_saved()
    db.session.rollback()
    kept = revisions(visit)
    assert {(row.criterion, row.level, row.note) for row in kept} >= {(first, 3, ""), (second, 1, "لا يوجد سجل محين.")}


def revisions(visit: int) -> list[AnswerRevision]:
    return list(db.session.scalars(select(AnswerRevision).where(AnswerRevision.inspection_id == visit)))


# the tablet -----------------------------------------------------------------------------------------------------------


def test_a_picture_that_is_none_and_a_number_that_is_none_are_said_at_their_criterion(
    live: Flask, people: People, cast: Cast
) -> None:
    visit = under_way(cast)
    amina = people.comes_signed_in(cast.amina, TABLET)
    tablet = Tablet(amina, visit)
    code = tablet.opens_domain(0)[0]
    card = tablet.criterion(code)
    file = {"name": "صورة.jpg", "mimeType": "image/jpeg", "buffer": "<html>ليست صورة</html>".encode()}
    card.locator("input[type=file][multiple]").set_input_files(file)  # type: ignore[arg-type]
    expect(card.locator("[role=alert]")).to_have_text(re.compile("ليس صورة"))
    measured = next(c for c in _criteria(visit) if c.measurements)
    amina.page.locator("#criteria-search").fill(measured.code)
    tablet.measures(measured.code, measured.measurements[0].code, "اثنا عشر")
    fault = tablet.criterion(measured.code).locator(f"#f-m-{measured.code}-{measured.measurements[0].code}")
    expect(fault).to_have_text(re.compile(r"[\u0600-\u06ff]"))
    field = amina.page.locator(f"#m-{measured.code}-{measured.measurements[0].code}")
    expect(field).to_have_value("اثنا عشر")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert not db.session.scalars(select(Evidence).where(Evidence.inspection_id == visit)).all()
    assert not [row for row in revisions(visit) if row.measurements]


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_server_says_what_is_wrong_with_a_photograph(
    live: Flask, people: People, cast: Cast, language: str
) -> None:
    visit = under_way(cast)
    code = _criteria(visit)[0].code
    amina = people.comes_signed_in(cast.amina, TABLET, language)
    amina.expected = (413, 422)
    Tablet(amina, visit)
    body = {"criterion": code, "op_id": operation(code).op_id}
    address = f"/api/v1/inspections/{visit}/photos"
    cases = ((9 * 1024 * 1024, "photo-too-large"), (13 * 1024 * 1024, "too-large"), (1024, "photo-not-an-image"))
    for size, refusal in cases:
        status, problem = amina.page.evaluate(_SEND, [address, size, body])
        assert (status, problem["code"]) in ((413, refusal), (422, refusal))
        assert problem["title"] == said(live, refusal, language)
    assert not db.session.scalars(select(Evidence).where(Evidence.inspection_id == visit)).all()


def test_an_operation_sent_twice_is_one_answer_and_a_forged_one_is_refused(
    live: Flask, people: People, cast: Cast
) -> None:
    visit = under_way(cast)
    amina = people.comes_signed_in(cast.amina, TABLET)
    Tablet(amina, visit)
    code = _criteria(visit)[0].code
    address = f"/api/v1/inspections/{visit}/operations"
    sent = {
        "op_id": operation(code).op_id,
        "criterion": code,
        "level": 2,
        "not_applicable": False,
        "na_reason": "",
        "note": "",
        "measurements": {},
        "base_op_id": None,
        "answered_at": "2026-11-23T10:00:00+01:00",
    }
    forged = {**sent, "op_id": operation(code).op_id, "criterion": "XXX-99"}
    other = {**sent, "level": 0}
    _status, answer = amina.page.evaluate(_SEND, [address, 0, {"operations": [sent]}])
    assert answer["results"][0]["status"] == "accepted"
    _status, answer = amina.page.evaluate(_SEND, [address, 0, {"operations": [sent, other, forged]}])
    assert [(r["status"], r.get("code")) for r in answer["results"]] == [
        ("already-here", None),
        ("refused", "op-id-reused"),
        ("refused", "criterion-not-asked"),
    ]
    assert [(row.criterion, row.level) for row in revisions(visit)] == [(code, 2)]


def _criteria(visit: int) -> list[Criterion]:
    inspection = db.session.get_one(Inspection, visit)
    return list(checklist_of(inspection).applicable(Facts.of(inspection.facts)))
