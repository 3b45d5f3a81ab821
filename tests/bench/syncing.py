"""Tablets that come back with a visit in their outbox: a whole visit in one sync, one with its photographs, many at once."""

import hashlib
import io
import json
import threading
import time
import uuid
from datetime import UTC, datetime
from typing import Any

from PIL import Image

from tests.bench.figures import middle, percentile, tell
from tests.bench.place import Place, Site
from tests.bench.server import Browser

ANSWERS = 157
VISITS = 60
PHOTOGRAPHS = 40
PHOTO_BYTES = 300_000
AT_ONCE = 20  # operations in one request, as the tablet sends them
WARM = 8
_PEER = "ODK Central 18/34 ms and 50–65 per s, without score, conflict check or journal"


def measure(place: Place) -> None:
    """Everything on the large database, as in life."""
    site = place.site("many")
    _whole_visits(site)
    _with_photographs(site)
    for tablets in (1, 8, 50):
        _together(site, tablets)


def _whole_visits(site: Site) -> None:
    """The same visit answered anew each time: every operation is new, made on top of the last one."""
    tablet = Tablet(site)
    took = [tablet.sync(ANSWERS) for _ in range(WARM + VISITS)][WARM:]
    how = (
        f"POST …/operations with {ANSWERS} new operations; score, conflict check, {ANSWERS} revisions and "
        f"{ANSWERS} journal rows in one transaction; {VISITS} times in a row"
    )
    tell(f"a visit of {ANSWERS} answers in one sync, p50", middle(took), "ms", at_most=60, how=how, peer=_PEER)
    tell(
        f"a visit of {ANSWERS} answers in one sync, p95", percentile(took, 0.95), "ms", at_most=120, how=how, peer=_PEER
    )
    tell(
        "visits synced per second, one tablet",
        1000 / (sum(took) / len(took)),
        "per s",
        at_least=25,
        how=how,
        peer=_PEER,
    )


def _with_photographs(site: Site) -> None:
    """What a tablet sends after a day: 150 answers, twenty at once, then forty photographs, one after the other."""
    tablet = Tablet(site)
    rounds = []
    for number in range(3):
        pictures = [_picture(1000 * number + place) for place in range(PHOTOGRAPHS)]
        begin = time.perf_counter()
        for at in range(0, 150, AT_ONCE):
            tablet.sync(min(AT_ONCE, 150 - at))
        for place, picture in enumerate(pictures):
            tablet.photograph(tablet.codes[(PHOTOGRAPHS * number + place) % len(tablet.codes)], picture)
        rounds.append(time.perf_counter() - begin)
    size = sum(map(len, pictures)) / len(pictures) / 1000
    tell(
        f"a visit of 150 answers and {PHOTOGRAPHS} photographs",
        middle(rounds),
        "s",
        how=f"8 requests of operations, {PHOTOGRAPHS} photographs of {size:.0f} kB decoded, cleaned and kept; the middle of 3",
    )


def _picture(seed: int) -> bytes:
    """A photograph as the tablet makes it: 1600 pixels, about 300 kB."""
    grain = Image.effect_noise((280, 210), 60 + seed % 7).resize((1600, 1200)).convert("RGB")
    grain.putpixel((seed % 1600, seed // 1600), (255, 0, 0))
    for quality in (95, 92, 88, 84, 80, 75, 70, 60, 50):
        out = io.BytesIO()
        grain.save(out, "JPEG", quality=quality)
        if out.tell() <= PHOTO_BYTES:
            break
    return out.getvalue()


def _together(site: Site, count: int) -> None:
    """Tablets of one visit at once, each saving answer after answer; then everything is counted on the server."""
    tablets = [Tablet(site) for _ in range(count)]
    for tablet in tablets:
        tablet.sync(1)
    each = max(12, 480 // count)
    faults: list[str] = []
    samples: list[float] = []

    def work(tablet: Tablet) -> None:
        for _ in range(each):
            try:
                samples.append(tablet.sync(1))
            except Exception as error:
                faults.append(str(error)[:200])

    threads = [threading.Thread(target=work, args=(tablet,)) for tablet in tablets]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - begin
    sent = [op for tablet in tablets for op in tablet.sent]
    again = [tablets[0].ask(sent[at : at + 400]) for at in range(0, len(sent), 400)]
    lost = sum(result["status"] != "already-here" for results in again for result in results)
    how = (
        f"{count * each} saves on one visit, each by its own request; sent again afterwards: {lost} lost; "
        f"{len(faults)} answered by a fault{': ' + faults[0] if faults else ''}; clients on the same processors"
    )
    name = f"{count} tablet{'s' if count > 1 else ''} at once"
    goal = {"at_least": 150} if count == 8 else {}
    tell(f"saves per second, {name}", len(samples) / took, "per s", how=how, **goal, peer="ODK Central 65 per s")
    for share, label in ((0.5, "p50"), (0.95, "p95"), (0.99, "p99")):
        tell(f"one save, {name}, {label}", percentile(samples, share), "ms", how=how)
    tell(f"answers lost or doubled, {name}", lost + len(faults), "", at_most=0, how=how)


class Tablet:
    """An inspector's registered tablet before the visit under way."""

    def __init__(self, site: Site) -> None:
        world = site.world
        self.browser: Browser = site.server.browser(world["cookies"]["Amina"])
        self.browser.take_token("/standards/")
        self.address = f"/api/v1/inspections/{world['inspection']}"
        self.codes: list[str] = world["codes"]
        pack = json.loads(self.browser.get(self.address).body)
        self.last = {code: answer["op_id"] for code, answer in pack["answers"].items()}
        self.device = str(uuid.uuid4())
        self.taps = 0
        self.sent: list[dict[str, Any]] = []

    def sync(self, count: int) -> float:
        """So many new answers in one request; milliseconds until the server confirmed them all."""
        operations = [self._tap() for _ in range(count)]
        begin = time.perf_counter()
        results = self.ask(operations)
        took = 1000 * (time.perf_counter() - begin)
        refused = [r for r in results if r["status"] == "refused"]
        if refused:
            raise RuntimeError(str(refused[:3]))
        self.sent += operations
        return took

    def photograph(self, criterion: str, picture: bytes) -> None:
        """Send a photograph."""
        border = uuid.uuid4().hex
        fields = {
            "criterion": criterion,
            "op_id": str(uuid.uuid4()),
            "taken_at": datetime.now(UTC).isoformat(),
            "caption": "صورة",
            "sha256": hashlib.sha256(picture).hexdigest(),
        }
        parts = [
            f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        head = 'Content-Disposition: form-data; name="file"; filename="photo.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
        body = b"".join([*parts, f"--{border}\r\n{head}".encode(), picture, f"\r\n--{border}--\r\n".encode()])
        more = {"Content-Type": f"multipart/form-data; boundary={border}", "X-Miyar-Device": self.device}
        answer = self.browser.post(f"{self.address}/photos", body, **more)
        if answer.status != 201:
            raise RuntimeError(f"{answer.status} {answer.body[:200]!r}")

    def ask(self, operations: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Send operations; what became of them."""
        body = json.dumps({"operations": operations}).encode()
        headers = {"Accept-Encoding": "gzip", "X-Miyar-Device": self.device}
        answer = self.browser.post(f"{self.address}/operations", body, **headers)
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} {answer.body[:200]!r}")
        results: list[dict[str, Any]] = json.loads(answer.content)["results"]
        return results

    def _tap(self) -> dict[str, Any]:
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
        self.last[code] = str(operation["op_id"])
        self.taps += 1
        return operation
