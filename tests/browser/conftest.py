"""People in front of a real Chromium and a real server. A failing test leaves pictures in ``build/screenshots``."""

import os
import re
from collections.abc import Generator, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Playwright, sync_playwright

from inspect_app.config import ROOT
from inspect_app.models import db
from tests.browser.person import People
from tests.browser.server import Server, free_port, own_database

SCREENSHOTS = ROOT / "build" / "screenshots"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Miyar with its demonstration, running."""
    folder = tmp_path_factory.mktemp("server")
    with own_database(folder) as database, Server(folder, database, free_port()).running() as running:
        yield running


@pytest.fixture
def live(server: Server) -> Iterator[Flask]:
    """The server's application in this process: what is committed here, the server sees."""
    with server.app.app_context():
        yield server.app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def playwright_here() -> Iterator[Playwright]:
    """Whoever starts browsers; there is one in a run."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright_here: Playwright) -> Iterator[Browser]:
    """The browser, without a window."""
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    path = os.environ.get("MIYAR_CHROMIUM", "/usr/bin/chromium")
    browser = playwright_here.chromium.launch(executable_path=path, args=[*root, "--disable-dev-shm-usage"])
    yield browser
    browser.close()


@pytest.fixture
def people(request: pytest.FixtureRequest, server: Server, chromium: Browser) -> Iterator[People]:
    """A room into which people come, each with a device of their own; nobody may see an error in the console."""
    room = People(chromium, server)
    yield room
    failed = getattr(request.node, "failed", False)
    if failed:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^\w-]+", "-", request.node.name).strip("-")
        for person in room.everybody:
            person.page.screenshot(path=SCREENSHOTS / f"{name}-{person.name}.png", full_page=True)
    faults = room.leave()
    if not failed:
        assert not faults, "\n".join(faults)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember for the fixtures whether the test failed."""
    report = yield
    if report.failed:
        item.failed = True  # type: ignore[attr-defined]
    return report
