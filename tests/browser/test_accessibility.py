"""Every page in every language: no violation found by axe, the right direction, one heading, no sideways scrolling."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from inspect_app.cli.demo.people import CAST
from inspect_app.cli.demo.people import PASSWORD as DEMO_PASSWORD
from inspect_app.models import db
from tests.browser.person import DESKTOP, PHONE, TABLET, People, Person
from tests.browser.server import Server
from tests.browser.tour import Tour

pytestmark = pytest.mark.browser

LANGUAGES = {"ar": "rtl", "fr": "ltr", "en": "ltr"}
_AXE = Axe()

#: Text that a reader of Arabic sees in Latin letters alone, outside of what says that it is in another language.
_LATIN = """() => {
  const other = 'bdi, code, pre, script, style, noscript, svg, textarea, [lang]:not(html), [dir=ltr], [dir=auto], .number';
  const code = /^[A-Z]+(-[A-Z]+)*-[A-Z]*\\d+$/;
  const latin = (text) => /[A-Za-z]{2,}/.test(text) && !/[\\u0600-\\u06ff]/.test(text) && !code.test(text.trim());
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (latin(node.data) && !node.parentElement.closest(other)) found.push(node.data.trim());
  }
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title], img[alt]')) {
    for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
      const text = element.getAttribute(name) || '';
      if (latin(text) && !element.closest(other)) found.push(`${name}: ${text}`);
    }
  }
  return [...new Set(found)];
}"""


@pytest.fixture(scope="module")
def tour(server: Server) -> Iterator[Tour]:
    """All pages, prepared once."""
    with server.app.app_context():
        yield Tour.prepared(server.app)
        db.session.remove()
        db.engine.dispose()


def violations(page: Page) -> list[str]:
    """What axe finds, with the elements at fault."""
    found = _AXE.run(page).response["violations"]
    return [f"{v['id']}: {v['help']}: {[node['html'][:160] for node in v['nodes'][:3]]}" for v in found]


def plain_faults(page: Page, language: str) -> list[str]:
    """Language, direction, heading and width of a page."""
    html = page.locator("html")
    found = []
    if (html.get_attribute("lang"), html.get_attribute("dir")) != (language, LANGUAGES[language]):
        found.append(f"lang={html.get_attribute('lang')} dir={html.get_attribute('dir')}")
    headings = [" ".join(text.split()) for text in page.locator("h1").all_inner_texts()]
    title = " ".join(page.title().split(" · ")[0].split())
    if len(headings) != 1 or title not in headings[0]:
        found.append(f"title «{title}», h1 {headings}")
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if too_wide > 0:
        found.append(f"scrolls sideways by {too_wide} px")
    return found


#: Language, size, and whether axe looks, too: once on each page in each language, the narrow layout in Arabic.
VIEWS = {
    "ar-phone": ("ar", PHONE, True),
    "fr-desktop": ("fr", DESKTOP, True),
    "en-desktop": ("en", DESKTOP, True),
    "fr-phone": ("fr", PHONE, False),  # the longest words
    "ar-desktop": ("ar", DESKTOP, False),
}


@pytest.mark.parametrize("view", list(VIEWS))
def test_every_page_is_for_everybody(people: People, tour: Tour, view: str) -> None:
    language, size, axe = VIEWS[view]
    wrong = []
    for stop, person in tour.walk(people, size, language):
        found = plain_faults(person.page, language)
        found += violations(person.page) if axe else []
        if view == "ar-desktop":
            found += [f"not in Arabic: {text[:80]}" for text in person.page.evaluate(_LATIN)]
        wrong += [f"{stop.path} as {stop.role or 'nobody'}: {fault}" for fault in found]
    assert not wrong, "\n" + "\n".join(wrong)


def demo(people: People, key: str, size: tuple[int, int], language: str) -> Person:
    """Somebody of the demonstration, through the door."""
    person = people.comes(key, size, language)
    email = next(p.email for p in CAST if p.key == key)
    person.signs_in(email, DEMO_PASSWORD)
    return person


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_pages_in_the_middle_of_something_are_for_everybody(
    people: People, tour: Tour, server: Server, language: str
) -> None:
    """Faults at fields, open dialogs, pages of errors, the way in with a second step."""
    wrong = []

    def look(person: Person, what: str) -> None:
        found = plain_faults(person.page, language) + violations(person.page)
        wrong.extend(f"{what}: {fault}" for fault in found)

    def comes(key: str, size: tuple[int, int] = DESKTOP) -> Person:
        person = demo(people, key, size, language)
        person.opens(f"/?lang={language}")
        return person

    stranger = people.comes("stranger", PHONE, language)
    stranger.expected = (404,)
    stranger.opens(f"/nowhere?lang={language}")
    look(stranger, "not found")

    brahim = comes("director", PHONE)
    brahim.expected = (403,)
    brahim.opens("/desk")
    look(brahim, "the desk of a director with past visits")
    brahim.opens("/institutions/")
    look(brahim, "not allowed")

    chaimae = comes("coordinator")
    chaimae.expected = (422,)
    chaimae.opens("/institutions/new")
    chaimae.page.locator("main form[method=post] [type=submit]").last.click()
    chaimae.page.locator("main .alert-danger").wait_for()
    look(chaimae, "a form with faults")

    amina = people.comes_signed_in(_inspector(tour), TABLET, language, "Amina")
    stop = next(stop for stop in tour.stops if stop.endpoint == "inspections.answer" and stop.role == "inspector")
    amina.opens(f"{stop.path}?lang={language}")
    amina.page.locator(".domains-button").tap()
    look(amina, "the list of domains")
    amina.page.locator(".toolbar > .btn-primary").tap()
    amina.page.locator("#finish-dialog[open]").wait_for()
    look(amina, "the end of a visit")

    assert not wrong, "\n" + "\n".join(wrong)


def _inspector(tour: Tour):  # type: ignore[no-untyped-def]
    person = tour.worlds["inspector"].person  # type: ignore[index]
    assert person is not None
    return person
