"""The list of visits and the PIN: changed, forgotten with its loss told, visits that grew old, all taken along at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Playwright, expect

from inspect_app.domain.checklists import Facts
from inspect_app.models import Inspection, db
from inspect_app.queries.frozen import checklist_of
from inspect_app.queries.inspections import current_answers
from inspect_app.services import inspections as deeds
from tests.browser.cast import Cast, make_cast
from tests.browser.offline import Device, visit_under_way
from tests.browser.server import Server
from tests.factories.users import actor_of

pytestmark = pytest.mark.browser
PIN = "246813"


@pytest.fixture
def cast(live: Flask) -> Cast:
    return make_cast(live)


@pytest.fixture
def amina(server: Server, cast: Cast, playwright_here: Playwright, tmp_path: Path) -> Iterator[Device]:
    """Amina with a tablet on which her PIN is set."""
    device = Device(playwright_here, server, tmp_path / "device")
    device.comes(cast.amina)
    device.chooses_pin(PIN)
    device.is_installed()
    yield device
    device.goes()


def answers_on_the_server(visit: int) -> dict[str, int | None]:
    db.session.rollback()
    return {code: answer.level for code, answer in current_answers(visit).items()}


def test_amina_changes_her_pin_and_later_forgets_it(live: Flask, cast: Cast, amina: Device) -> None:
    visit = visit_under_way(cast)
    page = amina.page
    page.reload()
    amina.unlocks(PIN)
    amina.takes(visit)
    page.locator(".change-pin summary").click()
    for name, pin in (("now", PIN), ("new", "975310"), ("new-again", "975310")):
        page.locator(f"#pin-{name}").fill(pin)
    page.locator(".change-pin button").click()
    expect(page.locator(".change-pin [role=status]")).to_be_visible()
    amina.context.set_offline(True)
    amina.opens(visit)
    codes = amina.answers_domain(level=1)
    amina.is_written_down(len(codes))
    page.reload()
    page.locator("#pin").fill(PIN)
    page.locator("form button.btn-primary").click()
    expect(page.locator("#pin-fault")).to_be_visible()
    amina.unlocks("975310")
    amina.context.set_offline(False)
    amina.tries_now()
    amina.all_is_on_the_server()
    amina.context.set_offline(True)
    amina.opens(visit)
    page.locator(f"#c-{codes[0]} label.level-option-3").tap()
    amina.is_written_down(1)

    page.reload()
    page.locator(".forgotten").click()
    expect(page.locator(".removal")).to_have_attribute("data-unsent", "1")
    page.locator("#removal-word").fill("نعم")
    page.locator(".removal .btn-danger").click()
    expect(page.locator("#removal-fault")).to_be_visible()
    assert "miyar-" + str(cast.amina.id) in _databases(amina)
    page.locator("#removal-word").fill("إزالة")
    page.locator(".removal .btn-danger").click()
    expect(page.locator(".at-door a[href*='sign-in']")).to_be_visible()
    assert _databases(amina) == ["miyar-device"]

    amina.context.set_offline(False)
    amina.comes(cast.amina)
    amina.chooses_pin(PIN)
    amina.takes(visit)
    assert answers_on_the_server(visit) == dict.fromkeys(codes, 1)  # what was sent is there, what was not is lost


def _databases(device: Device) -> list[str]:
    found: list[str] = device.page.evaluate("indexedDB.databases().then(all => all.map(one => one.name).sort())")
    return found


def test_the_list_says_which_visits_are_old_and_takes_all_along(live: Flask, cast: Cast, amina: Device) -> None:
    visits = [visit_under_way(cast), visit_under_way(make_cast_around(live, cast))]
    page = amina.page
    page.reload()
    amina.unlocks(PIN)
    page.locator(".take-all").click()
    for visit in visits:
        expect(page.locator(f"#visit-{visit} .open-visit")).to_be_visible()
        expect(page.locator(f"#visit-{visit} .versions")).to_contain_text("2026-1")
    expect(page.locator(".take-all")).to_have_count(0)
    expect(page.locator(".is-old")).to_have_count(0)

    inspection = db.session.get_one(Inspection, visits[0])
    code = next(iter(checklist_of(inspection).applicable(Facts.of(inspection.facts)))).code
    deeds.save_answer(actor_of(cast.amina), inspection_id=visits[0], criterion=code, level=2)  # in the office
    page.reload()
    amina.unlocks(PIN)
    expect(page.locator(f"#visit-{visits[0]} .is-old")).to_be_visible()
    expect(page.locator(f"#visit-{visits[1]} .is-old")).to_have_count(0)
    page.locator(f"#visit-{visits[0]} .take-visit").click()
    expect(page.locator(".is-old")).to_have_count(0)

    amina.opens(visits[0])  # one's own answers make nothing old
    amina.answers_domain(level=1, place=1)
    amina.all_is_on_the_server()
    page.locator(".back-to-visits").click()
    page.reload()
    amina.unlocks(PIN)
    page.wait_for_timeout(2_000)
    expect(page.locator(".is-old")).to_have_count(0)


def make_cast_around(app: Flask, cast: Cast) -> Cast:
    """The same people before another house."""
    other = make_cast(app)
    return Cast(other.institution, cast.chaimae, cast.amina, cast.driss, cast.salma, other.brahim)
