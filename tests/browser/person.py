"""A person in front of a screen: signs in as people do, and notices whatever the browser complains about."""

from dataclasses import dataclass, field

from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

from inspect_app.models import User
from tests.browser.server import Server
from tests.factories.users import PASSWORD, sign_in

TABLET = (800, 1280)
PHONE = (390, 844)
DESKTOP = (1280, 800)
#: Longest wait for anything on a machine of two cores that others use, too.
PATIENCE = 20_000


@dataclass
class Person:
    """Somebody with a device, and what went wrong in their browser."""

    name: str
    context: BrowserContext
    page: Page
    url: str
    faults: list[str] = field(default_factory=list)
    expected: tuple[int, ...] = ()  # statuses of which the console may complain

    def opens(self, path: str) -> Response | None:
        """Go to an address of ours."""
        return self.page.goto(self.url + path)

    def signs_in(self, email: str, password: str = PASSWORD) -> None:
        """Through the door, like everybody."""
        self.opens("/sign-in")
        form = self.page.locator("main form:has(input[type=password])")
        form.locator("input[name=email]").fill(email)
        form.locator("input[type=password]").fill(password)
        form.locator("[type=submit]").click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    def reads(self) -> str:
        """The text of the content, in one line."""
        return " ".join(self.page.locator("main").inner_text().split())

    def complain(self, message: ConsoleMessage) -> None:
        """Keep what the console says when it is an error."""
        if message.type != "error":
            return
        if any(f"status of {status} " in message.text for status in self.expected):
            return
        self.faults.append(f"{self.name} at {self.page.url}: {message.text}")

    def answered(self, response: Response) -> None:
        """Keep answers that should never come."""
        if response.status >= 500:
            self.faults.append(f"{self.name}: {response.status} for {response.request.method} {response.url}")


class People:
    """Who is in the room."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.browser = browser
        self.server = server
        self.everybody: list[Person] = []

    def comes(self, name: str, size: tuple[int, int] = DESKTOP, language: str = "ar") -> Person:
        """Somebody comes with a device of this size, whose browser speaks the language."""
        locale = {"ar": "ar-MA", "fr": "fr-MA", "en": "en-GB"}[language]
        touch = size != DESKTOP
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale=locale,
            has_touch=touch,
            timezone_id="Africa/Casablanca",
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        person = Person(name, context, page, self.server.url)
        page.on("console", person.complain)
        page.on("pageerror", lambda error: person.faults.append(f"{name} at {page.url}: {error}"))
        page.on("response", person.answered)
        self.everybody.append(person)
        return person

    def comes_signed_in(
        self, user: User, size: tuple[int, int] = DESKTOP, language: str = "ar", name: str = ""
    ) -> Person:
        """Somebody whose session is open already (their door has tests of its own)."""
        client = FlaskClient(self.server.app)
        sign_in(client, user)
        with client.session_transaction() as session:
            session["lang"] = language
        cookie = client.get_cookie("session")
        assert cookie is not None
        person = self.comes(name or user.name, size, language)
        person.context.add_cookies([{"name": "session", "value": cookie.value, "url": self.server.url}])
        return person

    def leave(self) -> list[str]:
        """Everybody goes home; what was wrong in their browsers."""
        for person in self.everybody:
            person.context.close()
        return [fault for person in self.everybody for fault in person.faults]
