"""From the tap to «on this device», in real Chromium on a processor slowed four times, without a network."""

import os
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.bench.figures import middle, percentile, tell
from tests.bench.place import Place, Site

TAPS = 100
PAUSE_MS = 1000  # sixty taps a minute
SLOWER = 4
_PIN = "246813"
#: Times each tap from the finger's leaving the glass until the sign of its criterion stood on the screen.
_CLOCK = """() => {
  window.waits = [];
  addEventListener('pointerup', event => {
    const card = event.target.closest('.criterion');
    if (!card) return;
    const begin = event.timeStamp;
    const seen = new MutationObserver(() => {
      if (!card.querySelector('.save-here')) return;
      seen.disconnect();
      setTimeout(() => window.waits.push(performance.now() - begin)); // the frame in which it was drawn is painted by then
    });
    seen.observe(card, { childList: true, subtree: true, attributes: true });
  }, true);
}"""


def measure(place: Place) -> None:
    """One inspector's tablet, held across, before the visit under way. The server's database has no part in it."""
    if place.server_url:
        return
    site = place.site("few")
    with tempfile.TemporaryDirectory(prefix="miyar-tablet-") as folder, sync_playwright() as playwright:
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        context = playwright.chromium.launch_persistent_context(
            Path(folder) / "device",
            executable_path=os.environ.get("MIYAR_CHROMIUM", "/usr/bin/chromium"),
            args=[*root, "--disable-dev-shm-usage"],
            viewport={"width": 1280, "height": 800},
            has_touch=True,
            locale="ar-MA",
        )
        try:
            context.set_default_timeout(60_000)
            waits = _taps(site, context.pages[0])
        finally:
            context.close()
    how = (
        f"Chromium, processor slowed {SLOWER} times by its own tools, no network, encrypted, written with strict durability; "
        f"{len(waits)} taps, one a second, until the sign is painted"
    )
    for share, label in ((0.5, "p50"), (0.95, "p95")):
        value = middle(waits) if share == 0.5 else percentile(waits, share)
        tell(f"from tap to «on this device», {label}", value, "ms", at_most=100, how=how)


def _taps(site: Site, page: Page) -> list[float]:
    """Milliseconds of each tap."""
    url = f"http://127.0.0.1:{site.server.port}"
    page.context.add_cookies([{"name": "session", "value": site.world["cookies"]["Amina"], "url": url}])
    page.goto(f"{url}/tablet/ar")
    page.locator("#pin").fill(_PIN)
    page.locator("#pin-again").fill(_PIN)
    page.locator("form button.btn-primary").click()
    row = page.locator(f"#visit-{site.world['inspection']}")
    row.locator(".take-visit").click()
    row.locator(".open-visit").click()
    page.locator(".criterion").first.wait_for()
    page.context.set_offline(True)
    page.evaluate(_CLOCK)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    place, taps = 0, 0
    while taps < TAPS:
        page.locator("#domains .domain").nth(place).tap()
        place += 1
        cards = page.locator(".criterion")
        for number in range(cards.count()):
            card = cards.nth(number)
            chosen = card.locator(".level-option:has(input:checked)").count()
            option = card.locator("label.level-option-1" if chosen else "label.level-option-3")
            if option.locator("input:checked").count():
                option = card.locator("label.level-option-2")
            option.scroll_into_view_if_needed()
            page.wait_for_timeout(PAUSE_MS)
            option.tap()
            taps += 1
            page.wait_for_function("count => window.waits.length >= count", arg=taps, polling=200)
    found: list[float] = page.evaluate("window.waits")
    return found
