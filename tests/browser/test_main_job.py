"""The main job, played whole: planned, answered in Arabic on a tablet, read again, observed in French on a phone, final."""

import re
from decimal import Decimal

import pytest
from flask import Flask
from flask_babel import force_locale
from playwright.sync_api import expect
from sqlalchemy import select

from inspect_app.adapters import clock
from inspect_app.adapters.checklist_files import load_checklist
from inspect_app.domain.checklists import Criterion, Facts
from inspect_app.models import Evidence, Inspection, db
from inspect_app.queries.inspections import current_answers
from inspect_app.web.languages import LOCALES
from inspect_app.web.words import WORDS
from tests.browser.cast import Cast, make_cast
from tests.browser.pages import Tablet, declares_no_conflict, make_happen, plan_visit, press
from tests.browser.person import PHONE, TABLET, People, Person
from tests.factories.inspections import picture
from tests.reports.letters import text_of_pdf

pytestmark = pytest.mark.browser

NOTE = "مخرج الطوارئ مقفل بسلسلة ولا مفتاح في المكان."
REASON = "لا تستقبل المؤسسة هذه الفئة."
CAPTION = "مخرج الطوارئ"
OBSERVATION = "La chaîne a été retirée le jour même ; la facture de la serrure est jointe au registre."
ANSWER = "La sortie était fermée le jour de la visite ; le constat reste, la réparation est notée."


@pytest.fixture
def cast(live: Flask) -> Cast:
    """The five people, and the children's home they meet at."""
    return make_cast(live)


def test_a_home_is_inspected_scored_reported_and_its_director_reads_the_result(
    live: Flask, people: People, cast: Cast
) -> None:
    chaimae = people.comes("Chaimae")
    chaimae.signs_in(cast.chaimae.email)
    visit = plan_visit(
        chaimae,
        institution=cast.institution.name_ar,
        day=clock.today().isoformat(),
        leader=cast.amina,
        members=(),
        reader=cast.driss,
        responder=cast.salma,
    )

    amina = people.comes("Amina", TABLET)
    amina.signs_in(cast.amina.email)
    _declare_and_start(amina, visit)
    chosen = _answer_everything(amina, visit)
    _look_at_what_was_saved(visit, chosen)
    amina.opens(f"/inspections/{visit}")
    make_happen(amina, "submitted")

    driss = people.comes("Driss")
    driss.signs_in(cast.driss.email)
    declares_no_conflict(driss, visit)  # the file opens after it, as to the team
    driss.opens(f"/inspections/{visit}/review")
    assert NOTE in driss.reads()
    make_happen(driss, "accepted", "الأجوبة متماسكة وموثقة.")

    chaimae.opens(f"/inspections/{visit}")
    make_happen(chaimae, "draft_sent")

    brahim = people.comes("Brahim", PHONE, "fr")
    brahim.signs_in(cast.brahim.email)
    _read_the_desk_and_observe(brahim, visit, cast, chosen["failing"])

    salma = people.comes("Salma")
    salma.signs_in(cast.salma.email)
    _answer_the_director(salma, visit)

    chaimae.opens(f"/inspections/{visit}")
    make_happen(chaimae, "finalised")

    brahim.opens("/desk")
    _check_paper(live, brahim, visit, cast, chosen["failing"])


def _declare_and_start(amina: Person, visit: int) -> None:
    declares_no_conflict(amina, visit)
    assert amina.page.locator("html").get_attribute("dir") == "rtl"
    make_happen(amina, "started")


def _answer_everything(amina: Person, visit: int) -> dict[str, Criterion]:
    """All criteria: fully met, but a critical one that fails, one half met, one that does not apply, one measured."""
    facts = Facts.of(db.session.get_one(Inspection, visit).facts)
    asked = {c.code: c for c in load_checklist(category="children").applicable(facts)}
    chosen: dict[str, Criterion] = {}
    tablet = Tablet(amina, visit)
    seen: list[str] = []
    for place in range(tablet.domains()):
        codes = tablet.opens_domain(place)
        seen += codes
        for code in codes:
            criterion = asked[code]
            if criterion.critical and "failing" not in chosen:
                chosen["failing"] = criterion
                tablet.taps(code, 0)
                tablet.notes(code, NOTE)
                tablet.photographs(code, "باب.jpg", picture(size=(1200, 900)), CAPTION)
                expect(tablet.criterion(code).locator(".kept-photo")).to_have_count(1)
            elif not criterion.critical and criterion.na_allowed and "na" not in chosen:
                chosen["na"] = criterion
                tablet.taps(code, "na")
                amina.page.locator(f"#reason-{code}").fill(REASON)
            elif criterion.measurements and not criterion.measurements[0].whole and "measured" not in chosen:
                chosen["measured"] = criterion
                tablet.taps(code, 3)
                tablet.measures(code, criterion.measurements[0].code, "١٢٫٥")
            else:
                tablet.taps(code, 3)
        tablet.is_saved()
    assert seen == list(asked), "every criterion that applies, once, in the order of the checklist"
    expect(amina.page.locator(".bottom-bar .all-answered")).to_be_visible()
    amina.page.screenshot(path="build/tablet-end.png")
    return chosen


def _look_at_what_was_saved(visit: int, chosen: dict[str, Criterion]) -> None:
    db.session.rollback()
    answers = current_answers(visit)
    failing, na, measured = (answers[chosen[name].code] for name in ("failing", "na", "measured"))
    assert (failing.level, failing.note) == (0, NOTE)
    assert (na.not_applicable, na.na_reason) == (True, REASON)
    assert Decimal(measured.measurements[chosen["measured"].measurements[0].code]) == Decimal("12.5")
    photo = db.session.scalars(select(Evidence).where(Evidence.inspection_id == visit)).one()
    assert (photo.criterion, photo.caption) == (chosen["failing"].code, CAPTION)


def _read_the_desk_and_observe(brahim: Person, visit: int, cast: Cast, failing: Criterion) -> None:
    page = brahim.page
    assert page.url.endswith("/desk"), "the director comes to the desk"
    assert page.locator("html").get_attribute("lang") == "fr"
    desk = brahim.reads()
    assert cast.institution.name_fr in desk
    assert failing.title.get("fr") in desk, "what must be mended first"
    assert NOTE in desk
    page.locator(f"a[href$='/inspections/{visit}/observations']").first.click()
    page.locator(f"a[href*='observations/write?criterion={failing.code}']").click()
    page.locator("textarea[name=text]").fill(OBSERVATION)
    press(page, page.locator("main form[method=post] [type=submit]"))
    assert OBSERVATION in brahim.reads()
    make_happen(brahim, "observations_closed")


def _answer_the_director(salma: Person, visit: int) -> None:
    declares_no_conflict(salma, visit)
    salma.opens(f"/inspections/{visit}/observations")
    form = salma.page.locator("form[action$='/response']")
    form.locator("input[value=rejected]").check()
    form.locator("textarea").fill(ANSWER)
    press(salma.page, form.locator("[type=submit]"))
    assert ANSWER in salma.reads()


def _check_paper(live: Flask, brahim: Person, visit: int, cast: Cast, failing: Criterion) -> None:
    db.session.rollback()
    level = db.session.get_one(Inspection, visit).institution.level
    assert level in ("refused", "provisional", "conditional"), "a critical criterion that fails limits the level"
    for language, name in (("fr", cast.institution.name_fr), ("ar", cast.institution.name_ar)):
        brahim.opens(f"/inspections/{visit}/observations")
        with brahim.page.expect_download() as waiting:
            brahim.page.locator(f"a[href$='/reports/{visit}/final.{language}.pdf']").click()
        text, _pages = text_of_pdf(waiting.value.path().read_bytes())
        found = set(re.findall(r"\w+", text))
        with live.test_request_context(), force_locale(LOCALES[language]):
            result = str(WORDS["level"][level])
        for words in (name, result, failing.title.get(language), OBSERVATION, ANSWER, NOTE):
            assert set(re.findall(r"\w+", words)) <= found, words
        assert failing.code in text
