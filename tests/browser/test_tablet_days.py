"""A whole visit without a network, and what happens to tablets: other people, other windows, full disks, wrong clocks."""

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image, ImageStat
from playwright.sync_api import Playwright, expect
from sqlalchemy import func, select

from inspect_app.adapters import clock, files
from inspect_app.config import ROOT
from inspect_app.models import AnswerRevision, Evidence, db
from inspect_app.models import Device as TabletRow
from inspect_app.queries.inspections import current_answers
from inspect_app.services.devices import revoke_device
from tests.browser.cast import Cast, make_cast
from tests.browser.offline import Device, visit_under_way
from tests.browser.person import PATIENCE
from tests.browser.server import Server
from tests.factories.inspections import picture
from tests.factories.users import actor_of

pytestmark = pytest.mark.browser
PIN = "246813"
PHOTOGRAPHS = 40
#: Everything that the tablet needs to open without a network, compressed, fonts and both directions included.
FIRST_LOAD = 300_000


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


def test_a_whole_visit_with_forty_photographs_is_answered_offline_killed_in_the_middle_and_sent(
    live: Flask, cast: Cast, amina: Device
) -> None:
    visit = visit_under_way(cast)
    amina.page.reload()
    amina.unlocks(PIN)
    amina.takes(visit)
    amina.context.set_offline(True)
    amina.opens(visit)
    entered: dict[str, int | None] = {}
    taken = 0
    domains = amina.domains()
    for place in range(domains):
        level = place % 4
        codes = amina.answers_domain(level=level, place=place)
        entered |= dict.fromkeys(codes, level)
        for code in codes[:4]:
            if taken < PHOTOGRAPHS:
                taken += 1
                amina.photographs(code, picture(size=(1600, 1200 + taken)), f"صورة {taken}")
        if place == domains // 2:
            amina.is_written_down(len(entered) + taken)
            amina.is_killed()
            amina.comes_back(offline=True)
            amina.unlocks(PIN)
            amina.opens(visit)
    assert taken == PHOTOGRAPHS
    amina.is_written_down(len(entered) + taken)

    amina.context.set_offline(False)
    amina.signs_in(cast.amina)
    amina.tries_now()
    amina.all_is_on_the_server()
    assert answers_on_the_server(visit) == entered
    revisions = select(func.count()).select_from(AnswerRevision).where(AnswerRevision.inspection_id == visit)
    assert db.session.scalar(revisions) == len(entered)
    photos = db.session.scalars(select(Evidence).where(Evidence.inspection_id == visit)).all()
    assert sorted(photo.caption for photo in photos) == sorted(f"صورة {n + 1}" for n in range(PHOTOGRAPHS))
    assert len({photo.received_sha256 for photo in photos}) == PHOTOGRAPHS


def test_a_second_window_cannot_open_the_visit_and_the_worker_keeps_the_shell_alone(
    live: Flask, cast: Cast, amina: Device, server: Server
) -> None:
    visit = visit_under_way(cast)
    amina.page.reload()
    amina.unlocks(PIN)
    amina.takes(visit)
    amina.opens(visit)
    other = amina.context.new_page()
    other.goto(f"{server.url}/tablet/ar")
    other.locator("#pin").fill(PIN)
    other.locator("form button.btn-primary").click()
    other.locator(f"#visit-{visit} .open-visit").click()
    expect(other.locator("[role=alert]")).to_be_visible()
    assert other.locator(".criterion").count() == 0
    other.goto(f"{server.url}/inspections/{visit}")  # a page of another part of the house
    other.goto(f"{server.url}/tablet/ar")
    kept = other.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async name =>
             (await (await caches.open(name)).keys()).map(request => request.method + ' ' + new URL(request.url).pathname)))).flat()"""
    )
    assert kept
    assert all(one.startswith(("GET /static/build/", "GET /tablet/")) for one in kept), kept
    weight = sum(_sent(one) for one in kept)
    print(f"the tablet weighs {weight:,} bytes")
    assert 100_000 < weight <= FIRST_LOAD
    for shell in ("ar", "fr", "en"):
        page = other.evaluate(f"fetch('/tablet/{shell}').then(answer => answer.text())")
        assert cast.amina.name not in page
        assert "csrf" not in page
    other.close()


def _sent(kept: str) -> int:
    """Bytes on the line: built files as they lie compressed; pages weigh next to nothing."""
    path = ROOT / "inspect_app" / kept.removeprefix("GET /").split("?")[0]
    packed = path.with_name(f"{path.name}.br")
    if packed.is_file():
        return packed.stat().st_size
    return path.stat().st_size if path.is_file() else 1_000


def test_somebody_else_signs_in_on_the_tablet_and_nothing_goes_under_their_name(
    live: Flask, cast: Cast, amina: Device
) -> None:
    visit = visit_under_way(cast)
    amina.page.reload()
    amina.unlocks(PIN)
    amina.takes(visit)
    amina.context.set_offline(True)
    amina.opens(visit)
    codes = amina.answers_domain(level=1)
    amina.is_written_down(len(codes))
    amina.signs_in(cast.driss)
    amina.context.set_offline(False)
    amina.tries_now()
    expect(amina.page.locator(".hold-up a[href*='sign-in']")).to_be_visible(timeout=PATIENCE)
    assert answers_on_the_server(visit) == {}
    amina.is_written_down(len(codes))
    amina.signs_in(cast.amina)
    amina.tries_now()
    amina.all_is_on_the_server()
    authors = select(AnswerRevision.author_id).where(AnswerRevision.inspection_id == visit)
    assert set(db.session.scalars(authors)) == {cast.amina.id}


def test_a_full_device_says_so_and_loses_nothing(live: Flask, cast: Cast, amina: Device) -> None:
    visit = visit_under_way(cast)
    amina.page.reload()
    amina.unlocks(PIN)
    amina.takes(visit)
    amina.context.set_offline(True)
    amina.opens(visit)
    codes = amina.answers_domain(level=2)
    amina.is_written_down(len(codes))
    # Debian's Chromium takes no other quota through its tools: the database answers as it does on a full disk
    amina.page.evaluate(
        """() => { const add = IDBObjectStore.prototype.add;
                   IDBObjectStore.prototype.add = function (...given) {
                     if (window.diskIsFull) throw new DOMException("no room", "QuotaExceededError");
                     return add.apply(this, given); };
                   window.diskIsFull = true; }"""
    )
    code = codes[0]
    card = amina.page.locator(f"#c-{code}")
    file = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(1600, 1200))}
    card.locator("input[type=file][multiple]").set_input_files(file)  # type: ignore[arg-type]
    card.locator(".shot .btn-primary").click()
    expect(card.locator(".shot .fault")).to_be_visible()
    amina.page.locator(f"#c-{codes[1]} label.level-option-3").tap()
    expect(amina.page.locator(".hold-up-blocked [role=alert]")).to_be_visible()
    amina.page.evaluate("window.diskIsFull = false")
    card.locator(".shot .btn-primary").click()
    expect(card.locator(".shot .fault")).to_have_count(0)
    amina.is_written_down(len(codes) + 2)
    amina.context.set_offline(False)
    amina.tries_now()
    amina.all_is_on_the_server()
    assert answers_on_the_server(visit) == {**dict.fromkeys(codes, 2), codes[1]: 3}
    assert db.session.scalar(select(func.count()).select_from(Evidence).where(Evidence.inspection_id == visit)) == 1


@pytest.mark.parametrize("days", [3, -3])
def test_a_clock_three_days_wrong_harms_nobody_and_both_times_are_kept(
    live: Flask, cast: Cast, amina: Device, days: int
) -> None:
    visit = visit_under_way(cast)
    amina.page.reload()
    amina.unlocks(PIN)
    amina.takes(visit)
    amina.context.clock.install(time=clock.now() + timedelta(days=days))
    amina.page.reload()
    amina.unlocks(PIN)
    amina.opens(visit)
    codes = amina.answers_domain(level=3)
    amina.all_is_on_the_server()
    assert answers_on_the_server(visit) == dict.fromkeys(codes, 3)
    rows = db.session.scalars(select(AnswerRevision).where(AnswerRevision.inspection_id == visit)).all()
    assert all(abs(row.answered_at - row.received_at - timedelta(days=days)) < timedelta(hours=1) for row in rows)


def test_a_lost_tablet_is_revoked_and_wipes_itself_at_the_next_contact_and_a_found_one_begins_anew(
    live: Flask, cast: Cast, amina: Device
) -> None:
    visit = visit_under_way(cast)
    amina.page.reload()
    amina.unlocks(PIN)
    amina.takes(visit)
    expect(amina.page.locator(f"#visit-{visit} .open-visit")).to_be_visible()
    db.session.rollback()
    device = db.session.scalars(select(TabletRow).where(TabletRow.user_id == cast.amina.id)).one()
    revoke_device(actor_of(cast.chaimae), device_id=device.id, reason="ضاع في الطريق")
    amina.page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(amina.page.locator("[role=alert]").first).to_be_visible()
    expect(amina.page.locator(f"#visit-{visit}")).to_have_count(0)
    left = amina.page.evaluate("indexedDB.databases().then(all => all.map(one => one.name))")
    assert left == ["miyar-device"]
    amina.page.reload()
    expect(amina.page.locator(".at-door a[href*='sign-in']")).to_be_visible()
    assert amina.page.locator("#pin").count() == 0

    # it was found again: Amina signs in, and it is another device for the server
    amina.comes(cast.amina)
    amina.chooses_pin("975310")
    amina.takes(visit)
    amina.opens(visit)
    codes = amina.answers_domain(level=2)
    amina.all_is_on_the_server()
    assert answers_on_the_server(visit) == dict.fromkeys(codes, 2)
    rows = db.session.scalars(select(TabletRow).where(TabletRow.user_id == cast.amina.id).order_by(TabletRow.id)).all()
    assert [(row.revoked_at is None, row.told_at is None) for row in rows] == [(False, False), (True, True)]
    assert rows[0].uid != rows[1].uid


def test_what_is_unsent_leaves_in_a_file_and_comes_in_on_another_device(
    live: Flask, cast: Cast, amina: Device, server: Server, playwright_here: Playwright, tmp_path: Path
) -> None:
    visit = visit_under_way(cast)
    amina.page.reload()
    amina.unlocks(PIN)
    amina.takes(visit)
    amina.context.set_offline(True)
    amina.opens(visit)
    codes = amina.answers_domain(level=1)
    amina.photographs(codes[0], picture(size=(800, 600)))
    amina.is_written_down(len(codes) + 1)
    amina.page.locator(".back-to-visits").click()
    with amina.page.expect_download() as download:
        amina.page.locator(".export-unsent").click()
    path = tmp_path / "unsent.json"
    download.value.save_as(path)
    assert len(json.loads(path.read_text())["operations"]) == len(codes)

    other = Device(playwright_here, server, tmp_path / "other")
    other.comes(cast.amina)
    other.chooses_pin("975310")
    other.page.locator(".import-unsent").set_input_files(path)
    expect(other.page.locator(".alert-info")).to_contain_text(str(len(codes) + 1))
    other.all_is_on_the_server()
    assert answers_on_the_server(visit) == dict.fromkeys(codes, 1)
    other.goes()
    amina.context.set_offline(False)  # the first device comes back after all: nothing is doubled
    amina.tries_now()
    amina.all_is_on_the_server()
    revisions = select(func.count()).select_from(AnswerRevision).where(AnswerRevision.inspection_id == visit)
    assert db.session.scalar(revisions) == len(codes)
    assert db.session.scalar(select(func.count()).select_from(Evidence).where(Evidence.inspection_id == visit)) == 1


def test_a_face_is_unrecognisable_before_the_photograph_is_kept(live: Flask, cast: Cast, amina: Device) -> None:
    visit = visit_under_way(cast)
    amina.page.reload()
    amina.unlocks(PIN)
    amina.takes(visit)
    amina.opens(visit)
    card = amina.page.locator(".criterion").first
    grain = Image.effect_noise((800, 600), 120).convert("RGB")  # as many details as a face has
    raw = io.BytesIO()
    grain.save(raw, "JPEG", quality=95, exif=_place_and_device())
    file = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": raw.getvalue()}
    card.locator("input[type=file][multiple]").set_input_files(file)  # type: ignore[arg-type]
    card.locator(".draw-on").click()
    canvas = amina.page.locator(".draw-tool canvas")
    box = canvas.bounding_box()
    assert box is not None
    amina.page.mouse.move(box["x"], box["y"])
    amina.page.mouse.down()
    amina.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 2, steps=4)
    amina.page.mouse.up()
    amina.page.locator(".draw-done").click()
    expect(amina.page.locator(".draw-tool")).to_have_count(0)
    card.locator(".shot .btn-primary").click()
    expect(card.locator(".kept-photo")).to_have_count(1)
    db.session.rollback()
    row = db.session.scalars(select(Evidence).where(Evidence.inspection_id == visit)).one()
    kept = Image.open(io.BytesIO(files.get(row.sha256))).convert("L")
    width, height = kept.size
    left = kept.crop((width // 20, height // 20, width // 2 - width // 20, height - height // 20))
    right = kept.crop((width // 2 + width // 20, 0, width, height))
    assert ImageStat.Stat(left).stddev[0] < ImageStat.Stat(right).stddev[0] / 3
    assert not Image.open(io.BytesIO(files.get(row.sha256))).getexif()


def _place_and_device() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "maker of the tablet"
    return exif
