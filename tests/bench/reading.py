"""Reading a visit with everything the tablet needs."""

from tests.bench.figures import middle, milliseconds, percentile, tell
from tests.bench.place import Place
from tests.bench.server import Browser

TIMES = 60


def measure(place: Place) -> None:
    """The pack in Arabic, whole and unchanged, and its size as text and on the line."""
    site = place.site("many")
    address = f"/api/v1/inspections/{site.world['inspection']}"
    browser = site.server.browser(site.world["cookies"]["Amina"])
    how = f"GET /api/v1/inspections/<id>, {len(site.world['codes'])} criteria answered, previous visit beside them"
    samples = milliseconds(lambda: _good(browser, address, 200, gzip=True), TIMES, warm=12)
    peer = "CISO Assistant 1.5–1.7 s, 2.1 MB"
    tell(
        "read a visit with all answers, p50", middle(samples), "ms", at_most=60, how=f"{how}, {TIMES} times", peer=peer
    )
    tell("read a visit with all answers, p95", percentile(samples, 0.95), "ms", at_most=60, how=how, peer=peer)
    plain, gzip = _good(browser, address, 200), _good(browser, address, 200, gzip=True)
    tell("size of a visit, as sent", len(gzip.body) / 1000, "kB", at_most=150, how=f"{how}, gzip", peer=peer)
    tell("size of a visit, unpacked", len(plain.body) / 1000, "kB", how=how, peer=peer)
    for name in ("br", "zstd"):
        packed = browser.get(address, **{"Accept-Encoding": name})
        if packed.headers.get("content-encoding") == name:
            tell(f"size of a visit, {name}", len(packed.body) / 1000, "kB", at_most=150, how=how, peer=peer)
    etag = gzip.headers["etag"]
    samples = milliseconds(lambda: _good(browser, address, 304, etag=etag), TIMES, warm=3)
    tell(
        "ask whether a visit changed, p95",
        percentile(samples, 0.95),
        "ms",
        at_most=60,
        how="the same with If-None-Match: 304",
    )


def _good(browser: Browser, address: str, status: int, *, gzip: bool = False, etag: str = "") -> "object":
    headers = {"Accept": "application/json"}
    if gzip:
        headers["Accept-Encoding"] = "gzip"
    if etag:
        headers["If-None-Match"] = etag
    answer = browser.get(address, **headers)
    if answer.status != status:
        raise RuntimeError(f"{address} answers {answer.status}, not {status}: {answer.body[:300]!r}")
    return answer
