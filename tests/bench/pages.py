"""The pages that people open most, at 1,092 institutions and a thousand visits; and what a first visit loads."""

import re
from urllib.parse import urljoin

from tests.bench.figures import middle, milliseconds, percentile, tell
from tests.bench.place import Place, Site
from tests.bench.server import Browser

TIMES = 40

#: Page, person ("" is nobody), address.
PAGES = (
    ("front page", "", "/"),
    ("standards", "", "/standards/"),
    ("list of institutions, ministry", "Fatima", "/institutions/"),
    ("list of institutions, auditor", "Hind", "/institutions/"),
    ("list of institutions, province", "Chaimae", "/institutions/"),
    ("search in institutions, ministry", "Fatima", "/institutions/?q=taliba+najah"),
    ("institution", "Chaimae", "/institutions/{institution}"),
    ("list of visits, ministry", "Fatima", "/inspections/"),
    ("list of visits, coordinator", "Chaimae", "/inspections/"),
    ("list of visits, inspector", "Amina", "/inspections/"),
    ("file of a visit, coordinator", "Chaimae", "/inspections/{inspection}"),
    ("file of a visit, inspector", "Amina", "/inspections/{inspection}"),
    ("file of a finished visit", "Chaimae", "/inspections/{final}"),
    ("answering page", "Amina", "/inspections/{inspection}/answer"),
    ("director's desk", "Brahim", "/desk"),
    ("director's past visits", "Brahim", "/desk/visits"),
    ("people, administrator", "Ghali", "/admin/users"),
    ("journal, auditor", "Hind", "/admin/audit"),
)
_PEER = "CISO Assistant: list page 78–91 ms (20 rows)"


def measure(place: Place) -> None:
    """Time and weight of each page, as its person sees it in Arabic."""
    site = place.site("many")
    for name, person, pattern in PAGES:
        browser = site.server.browser(site.world["cookies"].get(person, ""))
        address = pattern.format(**site.world)
        first = browser.get(address, **{"Accept-Encoding": "gzip"})
        if first.status != 200:
            tell(f"{name}, p95", None, "ms", at_most=150, how=f"GET {address} answers {first.status}", peer=_PEER)
            continue
        samples = milliseconds(lambda b=browser, a=address: b.get(a, **{"Accept-Encoding": "gzip"}), TIMES, warm=9)  # type: ignore[misc]
        how = f"GET {address} as {person or 'nobody'}, {TIMES} times; p50 {middle(samples):.1f} ms, {len(first.body) / 1000:.1f} kB"
        tell(f"{name}, p95", percentile(samples, 0.95), "ms", at_most=150, how=how, peer=_PEER)
    _weights(site)


def _weights(site: Site) -> None:
    for name, person, pattern, languages in (
        ("first load of the public page", "", "/", ("ar", "fr")),
        ("first load of the standards", "", "/standards/", ("ar",)),
        ("first load of the answering page", "Amina", "/inspections/{inspection}/answer", ("ar", "fr")),
    ):
        for language in languages:
            browser = site.server.browser(site.world["cookies"].get(person, ""), language)
            try:
                parts = load(browser, pattern.format(**site.world))
            except RuntimeError as error:
                tell(f"{name} ({language})", None, "kB", at_most=200, how=str(error))
                continue
            how = "page, styles, scripts and fonts for it, as sent: " + ", ".join(
                f"{address.rpartition('/')[2] or address} {size / 1000:.1f}" for address, size in parts.items()
            )
            tell(f"{name} ({language})", sum(parts.values()) / 1000, "kB", at_most=200, how=how)


def load(browser: Browser, address: str) -> dict[str, int]:
    """Bytes on the line of a page and of everything it names, in the best encoding offered."""
    encodings = {"Accept-Encoding": "gzip, br, zstd"}
    page = browser.get(address, **encodings)
    if page.status != 200:
        raise RuntimeError(f"{address} answers {page.status}")
    sizes = {address: len(page.body)}
    plain = browser.get(address).body.decode()
    wanted = re.findall(r'<(?:link|script|img)\b[^>]*?(?:href|src)="(/static/[^"]+)"', plain)
    for item in wanted:
        _take(browser, item, sizes, encodings)
        if item.endswith((".css",)):
            _fonts(browser, item, sizes, browser.get(item).body.decode())
        if item.endswith(".js"):
            for name in re.findall(
                r'from\s*"(\./[^"]+\.js)"|import\s*"(\./[^"]+\.js)"', browser.get(item).body.decode()
            ):
                _take(browser, urljoin(item, name[0] or name[1]), sizes, encodings)
    return sizes


def _fonts(browser: Browser, sheet: str, sizes: dict[str, int], text: str) -> None:
    """The fonts that a page in this language needs: regular and bold of the script."""
    script = "arabic" if browser.language == "ar" else "latin"
    for name in dict.fromkeys(re.findall(r"url\(([^)]+\.woff2)\)", text)):
        name = name.strip("\"'")
        if re.search(rf"[-_]{script}-", name):
            _take(browser, urljoin(sheet, name), sizes, {})


def _take(browser: Browser, address: str, sizes: dict[str, int], headers: dict[str, str]) -> None:
    if address not in sizes:
        answer = browser.get(address, **headers)
        if answer.status != 200:
            raise RuntimeError(f"{address} answers {answer.status}")
        sizes[address] = len(answer.body)
