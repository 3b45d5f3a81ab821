"""Tablets, a line that loses things, and a server that dies, around one real visit. What people did is kept beside it all.

The device here is the one that ``docs/offline.md`` promises: an outbox on disk, one request at a time, in the order of the
taps, the same bytes at every repetition, nothing removed before the server has named it.
"""

import random
import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import Flask

from inspect_app.adapters import clock
from inspect_app.models import db
from tests.factories.inspections import Play, play_until
from tests.factories.users import sign_in

CONFIRMED = ("accepted", "already-here", "superseded", "conflict")
CRITERIA = 5  # few, so that people meet
MOST = 20  # operations in one request, as the tablet sends them


@dataclass
class Tap:
    """One thing that a person did, and what the device knew then."""

    operation: dict[str, Any]
    tablet: int
    status: str = ""  # what the server said first, other than «already here»


@dataclass
class Tablet:
    """A device in somebody's hands. What lies in ``outbox`` and ``seen`` survives its crash."""

    number: int
    person: str
    client: Any
    uid: str
    skew: timedelta
    outbox: list[dict[str, Any]] = field(default_factory=list)
    seen: dict[str, str | None] = field(default_factory=dict)  # criterion → op_id that the device shows
    beside: dict[str, list[str]] = field(default_factory=dict)  # criterion → op_ids of differing answers shown


class World:
    """Everything, and the counts that the test prints."""

    def __init__(self, app: Flask, play: Play | None = None) -> None:
        self.app = app
        self.play = play or play_until("under_way")
        self.codes = self.play.codes()[:CRITERIA]
        self.taps: dict[str, Tap] = {}
        self.counts: Counter[str] = Counter()
        self.late: list[tuple[int, list[dict[str, Any]]]] = []  # requests that the line still carries
        self.tablets = [
            self._tablet(number, person, skew)
            for number, (person, skew) in enumerate(
                (
                    ("Amina", timedelta(0)),
                    ("Younes", timedelta(days=-3)),
                    ("Amina", timedelta(days=3)),  # her second tablet
                )
            )
        ]
        db.session.commit()

    def _tablet(self, number: int, person: str, skew: timedelta) -> Tablet:
        client = self.app.test_client()
        sign_in(client, self.play.people[person])
        return Tablet(number, person, client, str(uuid.UUID(int=random.getrandbits(128), version=4)), skew)

    # what people do -------------------------------------------------------------------------------------------------

    def tap(self, number: int, criterion: int, level: int, note: str) -> None:
        """An answer, on top of what the device shows."""
        tablet = self.tablets[number]
        code = self.codes[criterion]
        now: datetime = clock.now() + tablet.skew
        operation = {
            "op_id": str(uuid.UUID(int=random.getrandbits(128), version=4)),
            "criterion": code,
            "level": level,
            "not_applicable": False,
            "na_reason": "",
            "note": note,
            "measurements": {},
            "base_op_id": tablet.seen.get(code),
            "answered_at": now.isoformat(),
            "settles": tablet.beside.pop(code, []),
        }
        tablet.seen[code] = operation["op_id"]
        tablet.outbox.append(operation)
        self.taps[operation["op_id"]] = Tap(operation, number)
        self.counts["taps"] += 1

    def pull(self, number: int) -> None:
        """The device reads the visit, and shows it where it holds back nothing of its own."""
        tablet = self.tablets[number]
        pack = tablet.client.get(f"/api/v1/inspections/{self.play.id}", headers=self._headers(tablet)).get_json()
        waiting = {operation["criterion"] for operation in tablet.outbox}
        for code in self.codes:
            if code not in waiting:
                tablet.seen[code] = pack["answers"].get(code, {}).get("op_id")
                tablet.beside[code] = [answer["op_id"] for answer in pack["conflicts"].get(code, [])]
        self.counts["pulls"] += 1

    # what the line does ---------------------------------------------------------------------------------------------

    def send(self, number: int, fate: str) -> None:
        """One request of the device. ``fate``: arrives | request-lost | answer-lost | server-dies | late (arrives another
        time, the device has given it up) | twice."""
        tablet = self.tablets[number]
        operations = [dict(operation) for operation in tablet.outbox[:MOST]]
        if not operations:
            return
        self.counts[f"requests {fate}"] += 1
        if fate == "request-lost":
            return
        if fate == "late":
            self.late.append((number, operations))
            return
        if fate == "server-dies":
            self._die(tablet, operations)
            return
        results = self._deliver(tablet, operations)
        if fate == "twice":
            again = self._deliver(tablet, operations)
            assert {r["status"] for r in again} <= {"already-here", "refused"}
        if fate != "answer-lost":
            self._hear(tablet, results)

    def arrive_late(self, which: int) -> None:
        """A request that was given up arrives after all; nobody hears the answer."""
        if self.late:
            number, operations = self.late.pop(which % len(self.late))
            self._deliver(self.tablets[number], operations)
            self.counts["requests out of order"] += 1

    def crash(self, number: int) -> None:
        """The browser is killed: what was only in memory is gone, the outbox is not."""
        tablet = self.tablets[number]
        tablet.client = self.app.test_client()
        sign_in(tablet.client, self.play.people[tablet.person])
        self.counts["crashes of a tablet"] += 1

    def forge(self, number: int, level: int) -> None:
        """The same id with another content is refused and changes nothing."""
        sent = [tap for tap in self.taps.values() if tap.status and tap.tablet == number]
        if sent:
            operation = {**sent[-1].operation, "level": level, "note": "forged"}
            [result] = self._post(self.tablets[number], [operation])
            assert (result["status"], result["code"]) == ("refused", "op-id-reused")
            self.counts["forged"] += 1

    def _die(self, tablet: Tablet, operations: list[dict[str, Any]]) -> None:
        """The server is killed before its commit: the transaction is rolled back, nobody hears anything."""
        session = db.session
        before = session.commit

        def killed() -> None:
            raise ConnectionError("killed")

        session.commit = killed  # type: ignore[method-assign]
        try:
            self._post(tablet, operations)
        except ConnectionError:
            pass
        finally:
            session.commit = before  # type: ignore[method-assign]
            session.rollback()
        self.counts["crashes of the server"] += 1

    def _deliver(self, tablet: Tablet, operations: list[dict[str, Any]]) -> list[dict[str, Any]]:
        results = self._post(tablet, operations)
        assert [r["op_id"] for r in results] == [o["op_id"] for o in operations], "results come in the order sent"
        self.counts["operations"] += len(operations)
        for result in results:
            tap = self.taps[result["op_id"]]
            assert result["status"] in CONFIRMED, result
            if result["status"] == "already-here":
                assert tap.status, "«already here» only of what was kept before"
                self.counts["repeated"] += 1
            else:
                assert not tap.status, f"decided twice: {tap.status}, {result['status']}"
                tap.status = result["status"]
                self.counts[result["status"]] += 1
        return results

    def _hear(self, tablet: Tablet, results: list[dict[str, Any]]) -> None:
        confirmed = {r["op_id"] for r in results if r["status"] in CONFIRMED}
        tablet.outbox = [operation for operation in tablet.outbox if operation["op_id"] not in confirmed]

    def _post(self, tablet: Tablet, operations: list[dict[str, Any]]) -> list[dict[str, Any]]:
        answer = tablet.client.post(
            f"/api/v1/inspections/{self.play.id}/operations",
            json={"operations": operations},
            headers=self._headers(tablet),
        )
        assert answer.status_code == 200, answer.text[:300]
        results: list[dict[str, Any]] = answer.get_json()["results"]
        return results

    def _headers(self, tablet: Tablet) -> dict[str, str]:
        return {"X-Miyar-Device": tablet.uid, "X-Miyar-Account": str(self.play.people[tablet.person].id)}

    def come_back(self) -> None:
        """Everybody is connected again: late requests arrive, outboxes run empty."""
        while self.late:
            self.arrive_late(0)
        for tablet in self.tablets:
            while tablet.outbox:
                self.send(tablet.number, "arrives")
