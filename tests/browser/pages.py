"""The pages as people use them. Only addresses, names of fields and codes: the words change with the language."""

import re
from collections.abc import Iterable

from playwright.sync_api import Locator, Page, expect

from inspect_app.models import User
from tests.browser.person import Person


def press(page: Page, button: Locator) -> None:
    """Press a button that sends a form, and agree where it asks first."""
    with page.expect_navigation():
        asks = button.get_attribute("data-confirm")
        button.click()
        if asks:
            page.locator("#confirm-dialog button[value=yes]").click()


def make_happen(person: Person, event: str, words: str = "") -> None:
    """Make the next thing happen to the visit whose page is open."""
    form = person.page.locator(f"main form[action$='/moves/{event}']")
    if words:
        form.locator("textarea[name=reason]").fill(words)
    press(person.page, form.locator("[type=submit]"))
    expect(person.page.locator("main .alert-danger")).to_have_count(0)


def declares_no_conflict(person: Person, visit: int) -> None:
    """Declare one's interests, if the file asks for it before it opens."""
    person.opens(f"/inspections/{visit}")
    form = person.page.locator("main form[action$='/declaration']")
    if form.count():
        form.locator("input[name=conflict][value=no]").check()
        press(person.page, form.locator("[type=submit]"))


def plan_visit(
    person: Person, *, institution: str, day: str, leader: User, members: Iterable[User], reader: User, responder: User
) -> int:
    """The coordinator looks the institution up and names everybody; the number of the visit in its address."""
    page = person.page
    person.opens("/inspections/new")
    page.locator("main input[name=q]").fill(institution)
    page.locator("main form [type=submit]").click()
    page.locator("main table a[href*='institution=']").first.click()
    page.locator("#kind").select_option("periodic")
    page.locator("#planned_on").fill(day)
    for user in (leader, *members):
        page.locator(f"#team-{user.id}").check()
    page.locator(f"#leader-{leader.id}").check()
    page.locator("#second_reader").select_option(str(reader.id))
    page.locator("#responder").select_option(str(responder.id))
    press(page, page.locator("main form[method=post] [type=submit]"))
    found = re.search(r"/inspections/(\d+)$", page.url)
    assert found, person.reads()
    return int(found[1])


class Tablet:
    """The answering page."""

    def __init__(self, person: Person, visit: int) -> None:
        self.person = person
        self.page = person.page
        person.opens(f"/inspections/{visit}/answer")
        expect(self.page.locator("#answer-page .criterion").first).to_be_visible()

    def criterion(self, code: str) -> Locator:
        """The card of a criterion of the domain that is open."""
        return self.page.locator(f"#c-{code}")

    def taps(self, code: str, level: int | str) -> None:
        """Tap a level of a criterion (0 to 3, or "na")."""
        self.criterion(code).locator(f"label.level-option-{level}").tap()

    def notes(self, code: str, words: str) -> None:
        """Write a note."""
        self.page.locator(f"#note-{code}").fill(words)

    def measures(self, code: str, measurement: str, typed: str) -> None:
        """Type a number, and leave the field."""
        field = self.page.locator(f"#m-{code}-{measurement}")
        field.fill(typed)
        field.press("Tab")

    def photographs(self, code: str, name: str, picture: bytes, caption: str = "") -> None:
        """Choose a picture and save it."""
        card = self.criterion(code)
        file = {"name": name, "mimeType": "image/jpeg", "buffer": picture}
        card.locator("input[type=file][multiple]").set_input_files(file)  # type: ignore[arg-type]
        if caption:
            card.locator(".shot input").fill(caption)
        card.locator(".shot .btn-primary").click()

    def domains(self) -> int:
        """How many domains there are."""
        self._shows_domains()
        return self.page.locator("#domains .domain").count()

    def opens_domain(self, place: int) -> list[str]:
        """Open a domain by its place in the list; the codes of its criteria."""
        self._shows_domains()
        entry = self.page.locator("#domains .domain").nth(place)
        title = entry.locator(".domain-title").inner_text().strip()
        entry.tap()
        expect(self.page.locator("#domain-title")).to_have_text(title)
        cards = self.page.locator("#answer-page .criterion")
        return [str(name).removeprefix("c-") for name in cards.evaluate_all("cards => cards.map(card => card.id)")]

    def _shows_domains(self) -> None:
        """On a narrow screen the list stands behind a button."""
        if not self.page.locator("#domains").is_visible():
            self.page.locator(".domains-button").tap()
            self.page.locator("#domains .domain").first.wait_for()

    def is_saved(self) -> None:
        """Wait until the page says that everything is saved."""
        expect(self.page.locator(".saving-good")).to_be_visible()
