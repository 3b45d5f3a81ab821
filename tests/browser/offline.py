"""A tablet with a disk of its own: it may lose its network, be killed, and come back with what it kept."""

import os
import signal
import time
from pathlib import Path

from flask.testing import FlaskClient
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from inspect_app.adapters import clock
from inspect_app.models import User
from inspect_app.services import inspections as deeds
from tests.browser.cast import Cast
from tests.browser.person import PATIENCE, TABLET
from tests.browser.server import Server
from tests.factories.inspections import Play, play_until
from tests.factories.users import actor_of, sign_in


def visit_under_way(cast: Cast) -> int:
    """A visit of the cast's home that Amina answers today."""
    return play_under_way(cast).id


def play_under_way(cast: Cast, *members: User) -> Play:
    """The same with its people, and more members on the team."""
    inspection = deeds.plan_inspection(
        actor_of(cast.chaimae),
        institution_id=cast.institution.id,
        kind="periodic",
        planned_on=clock.today(),
        team=[deeds.MemberInput(cast.amina.id, leader=True), *(deeds.MemberInput(m.id) for m in members)],
        second_reader=cast.driss.id,
        responder=cast.salma.id,
    )
    people = {"Chaimae": cast.chaimae, "Amina": cast.amina, "Driss": cast.driss, "Salma": cast.salma}
    people |= {member.name: member for member in members}
    return play_until("under_way", Play(cast.institution, inspection, people))


class Device:
    """A tablet whose browser keeps its data in a folder."""

    def __init__(self, playwright: Playwright, server: Server, folder: Path, language: str = "ar") -> None:
        self.playwright = playwright
        self.server = server
        self.folder = folder
        self.language = language
        self.context: BrowserContext
        self.page: Page
        self._start()

    def _start(self) -> None:
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        self.context = self.playwright.chromium.launch_persistent_context(
            self.folder,
            executable_path=os.environ.get("MIYAR_CHROMIUM", "/usr/bin/chromium"),
            args=[*root, "--disable-dev-shm-usage"],
            viewport={"width": TABLET[0], "height": TABLET[1]},
            has_touch=True,
            locale={"ar": "ar-MA", "fr": "fr-MA", "en": "en-GB"}[self.language],
            timezone_id="Africa/Casablanca",
        )
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        self.said: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))

    def comes(self, user: User) -> None:
        """Signed in, at the tablet's page."""
        self.user = user
        self.signs_in(user)
        self.page.goto(f"{self.server.url}/tablet/{self.language}")

    def signs_in(self, user: User) -> None:
        """A session is open (its door has tests of its own)."""
        client = FlaskClient(self.server.app)
        sign_in(client, user)
        cookie = client.get_cookie("session")
        assert cookie is not None
        self.context.add_cookies([{"name": "session", "value": cookie.value, "url": self.server.url}])

    def chooses_pin(self, pin: str) -> None:
        """The first time on this device."""
        self.page.locator("#pin").fill(pin)
        self.page.locator("#pin-again").fill(pin)
        self.page.locator("form [type=submit], form button.btn-primary").first.click()
        expect(self.page.locator(".where")).to_be_visible()

    def unlocks(self, pin: str) -> None:
        """Every other time."""
        self.page.locator("#pin").fill(pin)
        self.page.locator("form button.btn-primary").click()
        expect(self.page.locator(".where, .where-sign").first).to_be_visible()

    def takes(self, visit: int) -> None:
        """Take a visit along."""
        row = self.page.locator(f"#visit-{visit}")
        row.locator(".take-visit").click()
        expect(row.locator(".open-visit")).to_be_visible()

    def is_installed(self) -> None:
        """Wait until the worker keeps the shell."""
        self.page.evaluate("navigator.serviceWorker.ready")
        self.page.wait_for_function("navigator.serviceWorker.controller !== null")

    def opens(self, visit: int) -> None:
        """Open a visit that is on the device, unless it is open."""
        if self.page.locator("#answer-bar, .toolbar").count() == 0:
            self.page.locator(f"#visit-{visit} .open-visit").click()
        expect(self.page.locator(".criterion").first).to_be_visible()

    def domains(self) -> int:
        """How many domains there are."""
        if not self.page.locator("#domains").is_visible():
            self.page.locator(".domains-button").tap()
            self.page.locator("#domains .domain").first.wait_for()
        return self.page.locator("#domains .domain").count()

    def answers_domain(self, level: int, place: int = 0) -> list[str]:
        """Answer every criterion of a domain; their codes."""
        if not self.page.locator("#domains").is_visible():
            self.page.locator(".domains-button").tap()
        entry = self.page.locator("#domains .domain").nth(place)
        title = entry.locator(".domain-title").inner_text().strip()
        entry.tap()
        expect(self.page.locator("#domain-title")).to_have_text(title)
        cards = self.page.locator(".criterion")
        codes = [str(name).removeprefix("c-") for name in cards.evaluate_all("cards => cards.map(card => card.id)")]
        for code in codes:
            self.page.locator(f"#c-{code} label.level-option-{level}").tap()
        return codes

    def notes(self, code: str, words: str) -> None:
        """Write a note and leave the field."""
        self.page.locator(f"#note-{code}").fill(words)
        self.page.locator(f"#note-{code}").blur()

    def photographs(self, code: str, taken: bytes, caption: str = "") -> None:
        """Choose a picture and save it."""
        card = self.page.locator(f"#c-{code}")
        file = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": taken}
        card.locator("input[type=file][multiple]").set_input_files(file)  # type: ignore[arg-type]
        if caption:
            card.locator(".shot input").last.fill(caption)
        card.locator(".shot .btn-primary").last.click()
        expect(card.locator(".shot .btn-primary")).to_have_count(0)

    def is_written_down(self, count: int) -> None:
        """Wait until so many records lie on the device and none is on its way there."""
        expect(self.page.locator(".where-here")).to_have_attribute("data-waiting", str(count), timeout=PATIENCE)
        expect(self.page.locator(".where-sign")).to_have_attribute("data-unwritten", "0")

    def is_killed(self) -> None:
        """SIGKILL to every process of this browser: nothing is asked, nothing is tidied up."""
        mine = f"--user-data-dir={self.folder}".encode()
        for entry in Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and mine in (entry / "cmdline").read_bytes().split(b"\0"):
                    os.kill(int(entry.name), signal.SIGKILL)
            except (OSError, ValueError):
                continue
        time.sleep(1)

    def comes_back(self, offline: bool = False) -> None:
        """The browser is started again on the same disk."""
        for name in ("SingletonLock", "SingletonCookie", "SingletonSocket"):
            (self.folder / name).unlink(missing_ok=True)
        self._start()
        self.context.set_offline(offline)
        self.page.goto(f"{self.server.url}/tablet/")

    def tries_now(self) -> None:
        """Press the button that tries the line, unless the tablet has noticed by itself."""
        self.page.wait_for_timeout(300)
        button = self.page.locator(".hold-up .btn-warning").first
        if button.is_visible():
            button.click()

    def all_is_on_the_server(self) -> None:
        """Wait until the tablet says so."""
        self.page.wait_for_timeout(600)  # counts follow the records a moment later
        unsent = self.page.locator("[data-waiting]:not([data-waiting='0'])")
        expect(unsent).to_have_count(0, timeout=120_000)
        expect(self.page.locator(".where-here[data-waiting='0']").first).to_be_visible()

    def pictures(self) -> set[str]:
        """SHA-256 of every photograph that lies on the device, or lay there until the server had it."""
        found: list[str] = self.page.evaluate(
            """account => new Promise(resolve => { const opening = indexedDB.open(`miyar-${account}`);
                 opening.onsuccess = () => { const all = opening.result.transaction('photos').objectStore('photos').getAll();
                   all.onsuccess = () => { opening.result.close(); resolve(all.result.map(one => one.sha256)); }; }; })""",
            self.user.id,
        )
        return set(found)

    def goes(self) -> None:
        """The browser is closed."""
        self.context.close()
