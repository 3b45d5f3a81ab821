"""The end of a visit without a network: a critical finding told the same day, both sides sign, the receipt is verified."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, Playwright, expect
from sqlalchemy import select

from inspect_app.config import ROOT
from inspect_app.models import CriticalNotice, CriticalSheet, Inspection, Signature, db
from inspect_app.queries.inspections.receipts import receipt
from tests.browser.cast import Cast, make_cast
from tests.browser.offline import Device, visit_under_way
from tests.browser.person import PATIENCE
from tests.browser.server import Server
from tests.browser.test_accessibility import violations
from tests.factories.inspections import picture

pytestmark = pytest.mark.browser
PIN = "246813"
SEEN = "مخرج النجدة مقفل بسلسلة من حديد"
MEASURE = "فُتح المخرج ونُزعت السلسلة أمام الفريق"


@pytest.fixture
def cast(live: Flask) -> Cast:
    return make_cast(live)


@pytest.fixture
def amina(server: Server, cast: Cast, playwright_here: Playwright, tmp_path: Path) -> Iterator[Device]:
    """Amina with a tablet on which her PIN is set."""
    device = Device(playwright_here, server, tmp_path / "device", os.environ.get("MIYAR_LANGUAGE", "ar"))
    device.comes(cast.amina)
    device.chooses_pin(PIN)
    device.is_installed()
    yield device
    device.goes()


def looks(page: Page, name: str) -> None:
    """A picture for whoever wants to look."""
    if "MIYAR_LOOK" in os.environ:
        folder = ROOT / "build" / "screenshots"
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"end-{os.environ.get('MIYAR_LANGUAGE', 'ar')}-{name}.png")


def a_critical_criterion(device: Device) -> str:
    """Open the first domain that has one; its code."""
    for place in range(device.domains()):
        device.page.locator("#domains .domain").nth(place).tap()
        card = device.page.locator(".criterion.is-critical").first
        if card.count():
            return str(card.get_attribute("id")).removeprefix("c-")
        if not device.page.locator("#domains").is_visible():
            device.page.locator(".domains-button").tap()
    raise AssertionError("no critical criterion")


def draws(pad: Locator, page: Page) -> None:
    """A signature, with the finger's way over the field."""
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 100)
    page.mouse.down()
    for step in range(12):
        page.mouse.move(box["x"] + 40 + step * 22, box["y"] + (50 if step % 2 else 130))
    page.mouse.up()


def finishes(device: Device) -> None:
    """Open the dialog at the end of the visit."""
    if device.page.locator("#finish-dialog").count() == 0:
        device.page.locator(".finish").first.click()
    expect(device.page.locator("#finish-dialog")).to_be_visible()


def test_a_finding_two_signatures_and_the_receipt_of_a_day_without_a_network(
    live: Flask, cast: Cast, amina: Device
) -> None:
    visit = visit_under_way(cast)
    page = amina.page
    page.reload()
    amina.unlocks(PIN)
    amina.takes(visit)
    amina.context.set_offline(True)
    amina.opens(visit)
    code = a_critical_criterion(amina)
    page.locator(f"#c-{code} label.level-option-0").tap()
    amina.photographs(code, picture(size=(900, 700)), "الباب")

    # the sheet: what is missing is said, what is typed survives a closed dialog
    expect(page.locator(f"#c-{code} .critical-finding")).to_be_visible()
    expect(page.locator(".critical-needed")).to_be_visible()
    looks(page, "needed")
    page.locator(f"#c-{code} .fill-sheet").click()
    page.locator(".sheet-write").click()
    assert page.locator(".sheet-dialog .invalid-feedback").count() == 3  # not of the measure: nobody is said in danger
    page.locator("#sheet-seen").fill(SEEN)
    page.locator(".ending-close").click()
    page.locator(f"#c-{code} .fill-sheet").click()
    expect(page.locator("#sheet-seen")).to_have_value(SEEN)
    page.locator("#sheet-danger-yes").check()
    page.locator("#sheet-measure").fill(f"  {MEASURE} ")
    page.locator("#sheet-told").select_option("deputy")
    assert violations(page) == []
    looks(page, "sheet")
    page.locator(".sheet-write").click()
    expect(page.locator(f"#c-{code} .critical-finding.is-filled")).to_be_visible()
    expect(page.locator(".critical-untold")).to_be_visible()
    expect(page.locator(".told-by-telephone")).to_be_visible()  # there is no line
    looks(page, "untold")

    # Amina confirms, the director draws
    finishes(amina)
    looks(page, "finish")
    page.locator(".open-sign").click()
    page.locator(".do-sign").click()
    expect(page.locator("#sign-pad-fault")).to_be_visible()
    page.locator("#sign-confirm").check()
    assert violations(page) == []
    page.locator(".do-sign").click()
    expect(page.locator(".sign-dialog .signed-one")).to_have_count(1)
    expect(page.locator("#sign-director")).to_be_checked()
    page.locator("#sign-name").fill("إبراهيم العلوي")
    draws(page.locator(".signature-pad"), page)
    looks(page, "sign")
    page.locator(".do-sign").click()
    expect(page.locator(".sign-dialog .signed-one")).to_have_count(2)
    expect(page.locator(".sign-dialog .signed-before")).to_have_count(0)
    digest = page.locator(".sign-dialog .digest").first.inner_text()
    looks(page, "signed")
    page.locator(".sign-dialog .ending-close").click()

    # no receipt yet, and the tablet says why
    page.locator(".open-receipt").click()
    expect(page.locator(".receipt-waits")).to_be_visible()
    assert page.locator(".ask-receipt").count() == 0
    looks(page, "waits")
    page.locator(".receipt-dialog .ending-close").click()
    page.locator("#finish-dialog .dialog-actions .btn-outline-secondary").click()
    amina.is_written_down(5)  # answer, photograph, sheet, two signatures

    amina.is_killed()
    amina.comes_back(offline=True)
    page = amina.page
    amina.unlocks(PIN)
    expect(page.locator(".untold")).to_be_visible()  # also before the visit is opened
    amina.opens(visit)
    amina.context.set_offline(False)
    amina.signs_in(cast.amina)
    amina.tries_now()
    amina.all_is_on_the_server()

    db.session.rollback()
    inspection = db.session.get_one(Inspection, visit)
    on_file = receipt(inspection)
    assert on_file.digest == digest
    sheet = db.session.scalars(select(CriticalSheet).where(CriticalSheet.inspection_id == visit)).one()
    assert (sheet.criterion, sheet.seen, sheet.measure, sheet.danger, sheet.told) == (
        code,
        SEEN,
        MEASURE,
        True,
        "deputy",
    )
    told = db.session.scalars(select(CriticalNotice).where(CriticalNotice.inspection_id == visit)).all()
    assert sorted(notice.audience for notice in told) == ["coordinator", "ministry"]
    team, director = db.session.scalars(
        select(Signature).where(Signature.inspection_id == visit).order_by(Signature.id)
    ).all()
    assert (team.capacity, team.deed, team.signer_name, team.drawing) == ("member", "typed", cast.amina.name, "")
    assert (director.capacity, director.deed, director.signer_name) == ("director", "drawn", "إبراهيم العلوي")
    assert {team.record_digest, director.record_digest} == {digest}
    assert (director.answers, director.photographs) == (1, 1)

    # the receipt: asked for, compared, verified, kept
    finishes(amina)
    drawn = page.locator(f"[data-signature='{director.op_id}'] path").first.get_attribute("d")
    assert drawn == director.drawing
    page.locator(".open-receipt").click()
    page.locator(".ask-receipt").click()
    expect(page.locator("[data-compared=same]")).to_be_visible(timeout=PATIENCE)
    assert violations(page) == []
    looks(page, "receipt")
    page.emulate_media(media="print")
    expect(page.locator("#tablet")).to_be_hidden()
    expect(page.locator(".receipt-given img")).to_be_visible()
    expect(page.locator(".ask-receipt")).to_be_hidden()
    looks(page, "paper")
    page.emulate_media(media="screen")
    shown = page.locator(".receipt-code").inner_text()
    assert shown == on_file.code
    checked = live.test_cli_runner().invoke(args=["inspections", "verify-receipt", shown])
    assert checked.exit_code == 0, checked.output
    with page.expect_download() as kept:
        page.locator(".receipt-given .dialog-actions button").nth(2).click()
    checked = live.test_cli_runner().invoke(args=["inspections", "verify-receipt", str(kept.value.path())])
    assert checked.exit_code == 0, checked.output

    # without a line it is still there; an answer that changes afterwards is told
    amina.context.set_offline(True)
    page.goto(f"{amina.server.url}/tablet/")
    amina.unlocks(PIN)
    amina.opens(visit)
    finishes(amina)
    expect(page.locator(".signed-before")).to_have_count(0)
    page.locator(".open-receipt").click()
    expect(page.locator(".receipt-code")).to_have_text(on_file.code)
    assert page.locator(".receipt-given img").evaluate("picture => picture.complete && picture.naturalWidth > 0")
    page.locator(".receipt-dialog .ending-close").click()
    page.locator("#finish-dialog .dialog-actions .btn-outline-secondary").click()
    page.locator(f"#c-{a_critical_criterion(amina)} label.level-option-1").tap()
    finishes(amina)
    expect(page.locator("#finish-dialog .signed-before")).to_have_count(2)
    looks(page, "changed")
