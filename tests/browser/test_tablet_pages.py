"""The tablet's own pages in each language, held upright and across and on a phone: nothing that axe or the eye finds."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect

from inspect_app.adapters import clock
from inspect_app.models import db
from inspect_app.services import inspections as deeds
from tests.browser.cast import Cast, make_cast
from tests.browser.offline import visit_under_way
from tests.browser.person import DESKTOP, PHONE, TABLET, People, Person
from tests.browser.test_accessibility import LANGUAGES, plain_faults, violations
from tests.factories.inspections import picture
from tests.factories.users import actor_of

pytestmark = pytest.mark.browser
PIN = "246813"
SIZES = {"upright": TABLET, "across": DESKTOP, "phone": PHONE}


@pytest.fixture
def cast(live: Flask) -> Cast:
    return make_cast(live)


@dataclass
class Look:
    """Looks at one page after the other, held in each way, and keeps what is wrong."""

    language: str
    wrong: list[str] = field(default_factory=list)
    keep: Callable[[Page, str], object] = lambda page, name: None  # pictures, for whoever wants to see

    def at(self, person: Person, what: str) -> None:
        page = person.page
        for held, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(150)  # the list of domains moves beside the criteria, or away
            found = plain_faults(page, self.language)
            found += violations(page) if held == "upright" or (held == "phone" and self.language == "ar") else []
            found += small_targets(page) if held == "phone" else []
            self.wrong += [f"{what}, {held}: {fault}" for fault in found]
            self.keep(page, f"{what}-{held}")
        page.set_viewport_size({"width": TABLET[0], "height": TABLET[1]})


def small_targets(page: Page) -> list[str]:
    """Buttons of the tablet that a finger misses: lower than 44 px."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('#tablet button.btn, #tablet a.btn, #tablet label.btn, dialog[open] .btn')]
             .filter(one => one.offsetParent && one.getBoundingClientRect().height < 43.5)
             .map(one => `low: ${one.className} ${Math.round(one.getBoundingClientRect().height)}`)"""
    )
    return sorted(set(found))


def another_visit(app: Flask, cast: Cast) -> int:
    """One of another house that is planned; Amina has not declared yet."""
    inspection = deeds.plan_inspection(
        actor_of(cast.chaimae),
        institution_id=make_cast(app).institution.id,
        kind="periodic",
        planned_on=clock.today(),
        team=[deeds.MemberInput(cast.amina.id, leader=True)],
        second_reader=cast.driss.id,
        responder=cast.salma.id,
    )
    return inspection.id


def refuse_all(route: Route) -> None:
    """The server refuses each operation by name."""
    sent = route.request.post_data_json["operations"]
    results = [{"op_id": one["op_id"], "status": "refused", "code": "na-not-allowed"} for one in sent]
    route.fulfill(json={"results": results, "score": {}})


def enter(page: Page, pin: str = PIN) -> None:
    page.locator("#pin").fill(pin)
    page.locator(".at-door form button.btn-primary").click()


def walk(app: Flask, people: People, cast: Cast, look: Look) -> None:
    """Every page of the tablet, in the order in which people meet them."""
    language = look.language
    visit, declared = visit_under_way(cast), another_visit(app, cast)
    deeds.declare(actor_of(cast.amina), inspection_id=declared, conflict=False)
    another_visit(app, cast)
    db.session.commit()

    stranger = people.comes("stranger", TABLET, language)
    stranger.expected = (401,)
    stranger.opens(f"/tablet/{language}")
    stranger.page.locator(".at-door a.btn-primary").wait_for()
    look.at(stranger, "a stranger's door")

    amina = people.comes_signed_in(cast.amina, TABLET, language, "Amina")
    page = amina.page
    amina.opens(f"/tablet/{language}")
    page.locator("#pin-again").wait_for()
    look.at(amina, "choose a PIN")
    page.locator("#pin").fill("12")
    page.locator("#pin-again").fill("13")
    page.locator(".at-door form button.btn-primary").click()
    page.locator("#pin-fault").wait_for()
    look.at(amina, "a PIN that is too short")
    page.locator("#pin-again").fill(PIN)
    enter(page)
    page.locator(f"#visit-{visit} .take-visit").wait_for()
    look.at(amina, "the list, nothing taken")
    page.locator(f"#visit-{visit} .take-visit").click()
    page.locator(f"#visit-{visit} .open-visit").wait_for()
    for fold in page.locator(".records details.fold > summary").all():
        fold.click()
    look.at(amina, "the list, one taken, all folds open")

    page.locator(f"#visit-{visit} .open-visit").click()
    page.locator(".criterion").first.wait_for()
    look.at(amina, "an open visit")
    page.locator(".domains-button").tap()
    page.locator("#domains .domain").first.wait_for()
    look.at(amina, "the list of domains")
    page.locator(".domains-button").tap()
    card = page.locator(".criterion:has(label.level-option-na)").first
    card.locator("label.level-option-na").tap()
    card.locator("textarea.is-invalid").wait_for()
    photo = {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(800, 600))}
    card.locator("input[type=file][multiple]").set_input_files(photo)  # type: ignore[arg-type]
    card.locator(".shot").wait_for()
    look.at(amina, "a reason missing and a photograph not saved yet")
    card.locator(".draw-on").click()
    page.locator(".draw-tool canvas").wait_for()
    look.at(amina, "drawing on a photograph")
    page.locator(".draw-tool .btn-outline-secondary").last.click()
    card.locator(".shot .btn-primary").click()
    card.locator(".kept-photo .btn-link").click()
    page.locator("#withdraw-dialog[open]").wait_for()
    look.at(amina, "withdrawing a photograph")
    page.locator("#withdraw-dialog .btn-outline-secondary").click()
    page.locator(".finish").click()
    page.locator("#finish-dialog[open]").wait_for()
    look.at(amina, "the end of a visit")
    page.locator("#finish-dialog .dialog-actions .btn-outline-secondary").click()

    amina.context.set_offline(True)
    amina.faults.clear()
    page.locator(".criterion label.level-option-1").first.tap()
    page.locator(".hold-up .btn-warning").wait_for()
    look.at(amina, "a visit without a network")
    page.route("**/operations", refuse_all)
    amina.context.set_offline(False)  # the tablet notices by itself
    page.locator(".is-aside").first.wait_for()
    page.locator(".back-to-visits").click()
    page.locator(".aside-record").first.wait_for()
    look.at(amina, "the list with what was set aside")
    amina.faults[:] = [one for one in amina.faults if "ERR_INTERNET_DISCONNECTED" not in one]

    page.locator("button.lock").click()
    page.locator("#pin").wait_for()
    look.at(amina, "locked")
    enter(page, "000000")
    page.locator("#pin-fault").wait_for()
    look.at(amina, "a wrong PIN")
    page.locator(".forgotten").click()
    page.locator(".removal").wait_for()
    look.at(amina, "a forgotten PIN and something unsent")


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_tablet_is_for_everybody(live: Flask, people: People, cast: Cast, language: str) -> None:
    look = Look(language)
    walk(live, people, cast, look)
    assert not look.wrong, "\n" + "\n".join(look.wrong)


def test_two_people_share_a_tablet_and_one_has_not_met_the_server_for_weeks(people: People, cast: Cast) -> None:
    look = Look("ar")
    amina = people.comes_signed_in(cast.amina, TABLET, "ar", "Amina")
    page = amina.page
    amina.opens("/tablet/ar")
    page.locator("#pin-again").fill(PIN)
    enter(page)
    expect(page.locator(".days-left")).to_have_attribute("data-days", "14")
    page.locator("button.lock").click()
    driss = people.comes_signed_in(cast.driss, TABLET, "ar", "Driss")
    amina.context.add_cookies(driss.context.cookies())  # type: ignore[arg-type]
    page.locator("form .btn-link").first.click()  # another person
    page.locator("#pin-again").fill("135790")
    enter(page, "135790")
    page.locator("button.lock").click()
    page.locator(".holder").nth(1).wait_for()
    look.at(amina, "who are you")
    page.evaluate(
        """days => new Promise(resolve => { const opening = indexedDB.open('miyar-device');
             opening.onsuccess = () => { const store = opening.result.transaction('holders', 'readwrite').objectStore('holders');
               store.getAll().onsuccess = ({target}) => { for (const one of target.result) {
                 one.contact -= days * 86400000; store.put(one); } opening.result.close(); resolve(); }; }; })""",
        20,
    )
    page.reload()
    page.locator(".holder").first.click()
    expect(page.locator(".alert-warning")).to_be_visible()
    assert page.locator("#pin").count() == 0
    look.at(amina, "not met the server for weeks")
    assert not look.wrong, "\n" + "\n".join(look.wrong)
