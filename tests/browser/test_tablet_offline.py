"""The tablet for days offline, in real Chromium: installed, cut off, killed, reopened; the server has what was entered."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Playwright, expect
from sqlalchemy import func, select

from inspect_app.models import AnswerRevision, Evidence, db
from inspect_app.queries.inspections import current_answers
from tests.browser.cast import Cast, make_cast
from tests.browser.offline import Device, visit_under_way
from tests.browser.person import PATIENCE
from tests.browser.server import Server, free_port, own_database
from tests.factories.inspections import picture

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that a test may stop and start."""
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
def cast(there: Flask) -> Cast:
    return make_cast(there)


def test_a_visit_is_answered_without_a_network_the_browser_is_killed_and_nothing_is_lost(
    own_server: Server, there: Flask, cast: Cast, playwright_here: Playwright, tmp_path: Path
) -> None:
    visit = visit_under_way(cast)
    with ExitStack() as line:
        line.enter_context(own_server.running())
        amina = Device(playwright_here, own_server, tmp_path / "device")
        amina.comes(cast.amina)
        amina.chooses_pin("246813")
        amina.takes(visit)
        amina.is_installed()
    # from here on there is no server at all

    amina.page.reload()
    amina.unlocks("246813")
    amina.opens(visit)
    codes = amina.answers_domain(level=2)
    amina.notes(codes[0], "مخرج الطوارئ مقفل")
    amina.photographs(codes[0], picture(size=(1200, 900)), "باب")
    amina.is_written_down(len(codes) + 2)

    amina.is_killed()
    amina.comes_back()
    amina.unlocks("246813")
    amina.opens(visit)
    expect(amina.page.locator(f"#c-{codes[0]} .level-option-2 input")).to_be_checked()
    expect(amina.page.locator(f"#note-{codes[0]}")).to_have_value("مخرج الطوارئ مقفل")
    expect(amina.page.locator(f"#c-{codes[0]} .shot img")).to_have_count(1)
    more = amina.answers_domain(level=3, place=1)

    with own_server.running():
        amina.tries_now()
        # the session went with the browser
        expect(amina.page.locator(".hold-up a[href*='sign-in']")).to_be_visible(timeout=PATIENCE)
        amina.signs_in(cast.amina)
        amina.tries_now()
        amina.all_is_on_the_server()
        db.session.rollback()
        answers = current_answers(visit)
        assert {code: answers[code].level for code in codes + more} == {
            **dict.fromkeys(codes, 2),
            **dict.fromkeys(more, 3),
        }
        assert answers[codes[0]].note == "مخرج الطوارئ مقفل"
        count = db.session.scalar(
            select(func.count()).select_from(AnswerRevision).where(AnswerRevision.inspection_id == visit)
        )
        assert count == len(codes) + len(more) + 1  # one for each tap and one for the note: none doubled
        photos = db.session.scalars(select(Evidence).where(Evidence.inspection_id == visit)).all()
        assert [(p.criterion, p.caption) for p in photos] == [(codes[0], "باب")]
        amina.goes()
