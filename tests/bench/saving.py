"""Saving one answer: revision, current answer, journal event and new score, over HTTP as the tablet sends it."""

import json
import threading
import time
import uuid
from datetime import UTC, datetime

from tests.bench.figures import middle, percentile, tell
from tests.bench.place import Place, Site
from tests.bench.server import Browser

SAVES = 400
WARM = 40
CLIENTS = 8
_PEER = "CISO Assistant 83–105 ms p50, 124–186 ms p95 (157 criteria, empty database)"


def measure(place: Place) -> None:
    """A save on a small and on a large database by turns, so that what else the machine does troubles both alike."""
    few, many = Tablet(place.site("few")), Tablet(place.site("many"))
    for _ in range(WARM):
        few.save()
        many.save()
    small, large = [], []
    for _ in range(SAVES):
        small.append(few.save())
        large.append(many.save())
    how = f"POST /api/v1/inspections/<id>/operations, one answer, inspector of a province, {SAVES} times in a row"
    for samples, tablet in ((small, few), (large, many)):
        what = f"{tablet.site.world['visits']:,} visits in the database"
        peer = _PEER if tablet is few else "CISO Assistant 1.46–2.12 s with 200 audits"
        tell(f"save one answer, {what}, p50", middle(samples), "ms", at_most=10, how=how, peer=peer)
        tell(f"save one answer, {what}, p95", percentile(samples, 0.95), "ms", at_most=25, how=how, peer=peer)
    tell(
        "save one answer, 1,000 visits against a handful",
        middle(large) / middle(small),
        "times",
        at_most=1.2,
        how="ratio of the two medians, measured by turns",
        peer="CISO Assistant about 20 times (200 audits)",
    )
    _together(place.site("many"))


def _together(site: Site) -> None:
    """Eight tablets of one visit at once: nothing lost, nobody told to wait."""
    tablets = [Tablet(site) for _ in range(CLIENTS)]
    for tablet in tablets:
        tablet.save()
    lost = []
    each = 60

    def work(tablet: Tablet) -> None:
        for _ in range(each):
            try:
                tablet.save()
            except RuntimeError as error:
                lost.append(error)

    threads = [threading.Thread(target=work, args=(tablet,)) for tablet in tablets]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - begin
    tell(
        f"saves per second, {CLIENTS} clients on one visit",
        CLIENTS * each / took,
        "per s",
        at_least=150,
        how=f"{CLIENTS * each} saves, {len(lost)} lost; the clients run on the same processors",
        peer="CISO Assistant 10–20 per s, ODK Central 65 per s",
    )


class Tablet:
    """An inspector who taps from criterion to criterion of the visit under way."""

    def __init__(self, site: Site) -> None:
        self.site = site
        world = site.world
        self.browser: Browser = site.server.browser(world["cookies"]["Amina"])
        self.browser.take_token("/standards/")
        self.address = f"/api/v1/inspections/{world['inspection']}"
        self.codes: list[str] = world["codes"]
        pack = json.loads(self.browser.get(self.address).body)
        self.last = {code: answer["op_id"] for code, answer in pack["answers"].items()}
        self.taps = 0

    def save(self) -> float:
        """One tap; milliseconds until the server confirmed it."""
        code = self.codes[self.taps % len(self.codes)]
        operation = {
            "op_id": str(uuid.uuid4()),
            "criterion": code,
            "level": (self.taps // 7) % 4,
            "not_applicable": False,
            "na_reason": "",
            "note": "ملاحظة قصيرة",
            "measurements": {},
            "base_op_id": self.last.get(code),
            "answered_at": datetime.now(UTC).isoformat(),
        }
        body = json.dumps({"operations": [operation]}).encode()
        begin = time.perf_counter()
        answer = self.browser.post(f"{self.address}/operations", body, **{"Accept-Encoding": "gzip"})
        took = 1000 * (time.perf_counter() - begin)
        result = json.loads(answer.content) if answer.status == 200 else {}
        if not result or result["results"][0]["status"] == "refused" or "score" not in result["score"]:
            raise RuntimeError(f"{answer.status} {answer.body[:300]!r}")
        self.last[code] = operation["op_id"]
        self.taps += 1
        return took
