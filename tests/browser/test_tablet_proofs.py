"""What may happen to a visit between two contacts: the server dies, others write, texts and versions change, sessions end.

After each, the server's state is what the people entered: levels, notes, numbers of revisions, bytes of photographs.
"""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, Playwright, Request, Route, expect
from sqlalchemy import select

from inspect_app.config import ROOT
from inspect_app.domain.checklists import Checklist
from inspect_app.models import AnswerRevision, Evidence, User, db
from inspect_app.queries.frozen import checklist_of
from inspect_app.queries.inspections import current_answers
from inspect_app.services import frozen
from inspect_app.services.users.common import end_all_sessions
from tests.browser.cast import Cast, make_cast
from tests.browser.offline import Device, play_under_way, visit_under_way
from tests.browser.pages import press
from tests.browser.person import DESKTOP, PATIENCE, People
from tests.browser.server import Server, free_port, own_database
from tests.factories.inspections import picture
from tests.factories.users import PASSWORD, make_user

pytestmark = pytest.mark.browser
PIN = "246813"
NOTE = "باب الخروج مقفل — porte n° 2"


@pytest.fixture
def cast(live: Flask) -> Cast:
    return make_cast(live)


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that a test may stop, kill and start."""
    folder = tmp_path_factory.mktemp("own-server")
    with own_database(folder) as database:
        yield Server(folder, database, free_port())


@pytest.fixture
def there(own_server: Server) -> Iterator[Flask]:
    with own_server.app.app_context():
        yield own_server.app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def tablets(playwright_here: Playwright, tmp_path: Path) -> Iterator[Any]:
    """Gives a person a tablet with PIN and visits; all are closed at the end."""
    with ExitStack() as closing:

        def tablet(server: Server, user: User, *visits: int) -> Device:
            device = Device(playwright_here, server, tmp_path / user.name)
            closing.callback(device.goes)
            device.comes(user)
            device.chooses_pin(PIN)
            for visit in visits:
                device.takes(visit)
            device.is_installed()
            return device

        yield tablet


def kept(visit: int) -> dict[str, tuple[int | None, str]]:
    """Level and note of each criterion on the server."""
    db.session.rollback()
    return {code: (answer.level, answer.note) for code, answer in current_answers(visit).items()}


def revisions(visit: int) -> list[AnswerRevision]:
    return list(db.session.scalars(select(AnswerRevision).where(AnswerRevision.inspection_id == visit)))


def arrived(visit: int) -> list[str]:
    """SHA-256 of the bytes of each photograph, as the server received them."""
    return list(db.session.scalars(select(Evidence.received_sha256).where(Evidence.inspection_id == visit)))


def posts(page: Page, ending: str, deed: Any) -> None:
    """Call the deed when the tablet sends something to such an address."""
    page.on("request", lambda request: _matches(request, ending) and deed())


def _matches(request: Request, ending: str) -> bool:
    return request.method != "GET" and ending in request.url


def test_the_server_is_killed_in_the_middle_of_a_sync_again_and_again(
    own_server: Server, there: Flask, tablets: Any
) -> None:
    cast = make_cast(there)
    visit = visit_under_way(cast)
    with own_server.running():
        amina = tablets(own_server, cast.amina, visit)
    amina.opens(visit)
    entered: dict[str, tuple[int | None, str]] = {}
    for place, level in enumerate((2, 0, 3)):
        entered |= {code: (level, "") for code in amina.answers_domain(level=level, place=place)}
    last = list(entered)[-1]
    amina.notes(last, NOTE)
    taps, entered[last] = len(entered) + 1, (3, NOTE)
    for n, code in enumerate(list(entered)[-3:]):
        amina.photographs(code, picture(size=(1600, 1200 + n), quality=95), f"صورة {n}")
    amina.is_written_down(taps + 3)
    pictures = amina.pictures()
    assert len(pictures) == 3

    killed: list[str] = []

    def kill_once(name: str) -> None:
        if name not in killed and own_server.process and own_server.process.poll() is None:
            killed.append(name)
            own_server.is_killed()

    for name in ("/operations", "/photos"):
        posts(amina.page, name, lambda name=name: kill_once(name))
    for _ in range(3):
        with own_server.running():
            amina.signs_in(cast.amina)
            amina.tries_now()
            deaths = len(killed)
            for _second in range(100):
                amina.page.wait_for_timeout(200)
                if len(killed) > deaths or amina.page.locator(".where-here[data-waiting='0']").count():
                    break
                if own_server.process.poll() is None:
                    amina.tries_now()
            if amina.page.locator(".where-here[data-waiting='0']").count():
                break
    assert killed == ["/operations", "/photos"]
    amina.all_is_on_the_server()
    assert kept(visit) == entered
    assert len(revisions(visit)) == taps
    assert sorted(arrived(visit)) == sorted(pictures)


def test_two_tablets_on_one_visit_merge_and_the_leader_settles_what_they_say_differently(
    live: Flask, server: Server, people: People, cast: Cast, tablets: Any
) -> None:
    province = cast.institution.province_code
    younes_user = make_user("inspector", name="Younes", name_ar="يونس", province=province, body="health")
    db.session.commit()
    visit = play_under_way(cast, younes_user).id
    amina, younes = tablets(server, cast.amina, visit), tablets(server, younes_user, visit)
    for tablet in (amina, younes):
        tablet.context.set_offline(True)
        tablet.opens(visit)
    entered: dict[str, tuple[int | None, str]] = {}
    hers = amina.answers_domain(level=2, place=0)
    his = younes.answers_domain(level=3, place=1)
    disputed, agreed = hers[0], hers[1]
    younes.answers_domain(level=2, place=0)  # the same as she says …
    younes.page.locator(f"#c-{disputed} label.level-option-0").tap()  # … but for one
    younes.notes(disputed, NOTE)
    younes.photographs(disputed, picture(size=(640, 480)), "القفل")
    entered |= {code: (2, "") for code in hers} | {code: (3, "") for code in his}

    amina.context.set_offline(False)
    amina.tries_now()
    amina.all_is_on_the_server()
    younes.context.set_offline(False)
    younes.tries_now()
    younes.all_is_on_the_server()
    assert kept(visit) == entered, "hers came first and hold; what he alone answered is there"
    outcomes = {row.criterion: row.outcome for row in revisions(visit) if row.author_id == younes_user.id}
    assert outcomes[disputed] == "conflict"
    assert outcomes[agreed] == "superseded"
    dispute = younes.page.locator(f"#c-{disputed} .dispute")
    expect(dispute).to_contain_text("أمينة" if "أمينة" in dispute.inner_text() else "Amina")

    leader = people.comes_signed_in(cast.amina, DESKTOP)
    leader.opens(f"/inspections/{visit}/two-answers")
    sides = leader.page.locator(f"section:has(#c-{disputed})")
    assert NOTE in sides.inner_text()
    assert sides.locator("img").count() == 1
    his_side = sides.locator(".border", has_text=NOTE)
    press(leader.page, his_side.locator("form [type=submit]"))
    entered[disputed] = (0, NOTE)
    assert kept(visit) == entered
    expect(leader.page.locator("form[action*='two-answers']")).to_have_count(0)

    for tablet in (amina, younes):  # both tablets show what she chose
        tablet.page.locator(".back-to-visits").click()
        tablet.page.locator(f"#visit-{visit} .take-visit").click()
        tablet.page.wait_for_timeout(500)
        tablet.opens(visit)
        tablet.answers_domain(level=3, place=1)  # opens another domain and comes back
        tablet.page.locator("#domains .domain, .domains-button").first.tap()
        if not tablet.page.locator(f"#c-{disputed}").count():
            tablet.page.locator("#domains .domain").first.tap()
        expect(tablet.page.locator(f"#c-{disputed} .level-option-0 input")).to_be_checked()
        expect(tablet.page.locator(f"#c-{disputed} .dispute")).to_have_count(0)


def test_a_checklist_published_meanwhile_changes_nothing_for_the_visit_on_the_way(
    live: Flask, server: Server, cast: Cast, tablets: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = play_under_way(cast)
    visit, before = play.id, checklist_of(play.inspection)
    amina = tablets(server, cast.amina, visit)
    amina.context.set_offline(True)
    amina.opens(visit)
    codes = amina.answers_domain(level=1)
    title = amina.page.locator(f"#t-{codes[0]}").inner_text()

    load = frozen.load_checklist

    def published(*, category: str) -> Checklist:
        """The next version: other words, and the first criterion is gone."""
        data = load(category=category).as_data()
        data["version"] = "2027-1"
        first = data["domains"][0]["standards"][0]["criteria"]
        for criterion in first[1:]:
            criterion["title"]["ar"] = "نص جديد"
        del first[0]
        return Checklist.of(data)

    monkeypatch.setattr(frozen, "load_checklist", published)
    next_visit = play_under_way(make_cast(live))
    assert checklist_of(next_visit.inspection).version == "2027-1"

    amina.context.set_offline(False)
    amina.tries_now()
    amina.all_is_on_the_server()
    amina.page.locator(".back-to-visits").click()
    expect(amina.page.locator(f"#visit-{visit} .versions")).to_contain_text(before.version)
    amina.page.locator(f"#visit-{visit} .take-visit").click()
    amina.page.wait_for_timeout(500)
    amina.opens(visit)
    expect(amina.page.locator(f"#t-{codes[0]}")).to_have_text(title)
    assert kept(visit) == {code: (1, "") for code in codes}
    db.session.expire_all()
    assert checklist_of(play.inspection).sha256 == before.sha256


def test_the_session_ends_during_the_visit_and_signing_in_by_the_door_sends_everything(
    live: Flask, server: Server, cast: Cast, tablets: Any
) -> None:
    visit = visit_under_way(cast)
    amina = tablets(server, cast.amina, visit)
    amina.opens(visit)
    first = amina.answers_domain(level=3)
    amina.all_is_on_the_server()
    end_all_sessions(db.session.get_one(User, cast.amina.id))
    db.session.commit()
    more = amina.answers_domain(level=0, place=1)
    amina.notes(more[0], NOTE)
    door = amina.page.locator(".hold-up a[href*='sign-in']")
    expect(door).to_be_visible(timeout=PATIENCE)
    assert set(kept(visit)) == set(first)
    amina.is_written_down(len(more) + 1)

    with amina.context.expect_page() as opening:
        door.click()
    page = opening.value
    form = page.locator("main form:has(input[type=password])")
    form.locator("input[name=email]").fill(cast.amina.email)
    form.locator("input[type=password]").fill(PASSWORD)
    form.locator("[type=submit]").click()
    page.wait_for_function("!location.pathname.includes('sign-in')")
    page.close()
    amina.tries_now()
    amina.all_is_on_the_server()
    entered = {code: (3, "") for code in first} | {code: (0, "") for code in more} | {more[0]: (0, NOTE)}
    assert kept(visit) == entered
    assert len(revisions(visit)) == len(first) + len(more) + 1


def test_a_token_that_grew_old_is_renewed_and_nothing_is_asked_of_the_person(
    live: Flask, server: Server, cast: Cast, tablets: Any
) -> None:
    visit = visit_under_way(cast)
    amina = tablets(server, cast.amina, visit)
    amina.opens(visit)
    refused = []

    def old(route: Route) -> None:
        refused.append(route.request.headers.get("x-csrftoken", ""))
        route.fallback(headers={**route.request.headers, "x-csrftoken": "grown-old"})

    amina.page.route("**/operations", old, times=1)
    codes = amina.answers_domain(level=2)
    amina.all_is_on_the_server()
    assert refused
    assert kept(visit) == {code: (2, "") for code in codes}
    assert len(revisions(visit)) == len(codes)


def test_a_new_version_waits_while_a_visit_is_open_and_is_taken_when_the_person_says_so(
    own_server: Server, there: Flask, tablets: Any, tmp_path: Path
) -> None:
    cast = make_cast(there)
    visit = visit_under_way(cast)
    with own_server.running():
        amina = tablets(own_server, cast.amina, visit)
    folder = tmp_path / "static"
    shutil.copytree(ROOT / "inspect_app" / "static" / "build", folder / "build")
    with (folder / "build" / "tablet-worker.js").open("a") as worker:
        worker.write("\n// the next version\n")
    own_server.program = "tests.browser.next_version:next_app()"
    own_server.environment["MIYAR_NEXT"] = str(folder)
    try:
        with own_server.running():
            amina.opens(visit)
            page = amina.page
            page.evaluate("window.mine = 'the page that was here'")
            codes = amina.answers_domain(level=1)
            page.evaluate("navigator.serviceWorker.getRegistration('/tablet/').then(found => found.update())")
            page.wait_for_function(
                "navigator.serviceWorker.getRegistration('/tablet/').then(found => Boolean(found.waiting))"
            )
            more = amina.answers_domain(level=2, place=1)
            amina.all_is_on_the_server()
            assert page.evaluate("window.mine") == "the page that was here"
            assert page.locator(".new-version").count() == 0, "nothing is offered over an open visit"

            other = amina.context.new_page()
            other.goto(f"{own_server.url}/tablet/ar")
            other.locator("#pin").fill(PIN)
            other.locator("form button.btn-primary").click()
            other.locator(".new-version").click()
            expect(other.locator(".alert-info[role=status]")).to_be_visible()  # a visit is open in the first window
            assert page.evaluate("window.mine") == "the page that was here"
            other.close()

            page.locator(".back-to-visits").click()
            with page.expect_navigation():
                page.locator(".new-version").click()
            amina.unlocks(PIN)
            page.wait_for_function(
                "navigator.serviceWorker.getRegistration('/tablet/').then(found => !found.waiting && Boolean(found.active))"
            )
            expect(page.locator(".new-version")).to_have_count(0)
            amina.opens(visit)
            assert kept(visit) == {code: (1, "") for code in codes} | {code: (2, "") for code in more}
            script = page.evaluate("fetch('/tablet/worker.js').then(answer => answer.text())")
            assert "the next version" in script
    finally:
        own_server.program = "inspect_app:create_app()"
