"""Signatures and critical findings over a line that loses things: each kept once as it was written, each told.

The moves are those of ``test_protocol.py``, drawn by a generator with a seed; the letters are counted at the post.
"""

import os
import random
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from inspect_app.adapters import clock, mail
from inspect_app.models import CriticalNotice, CriticalSheet, Signature, db
from inspect_app.queries import audit as journal
from tests.conftest import rolled_back
from tests.examples import THOROUGH
from tests.factories.inspections import Play, play_until
from tests.factories.minutes import critical_code, sheet, signature
from tests.factories.users import make_user, sign_in

FATES = ["arrives"] * 4 + ["request-lost", "answer-lost", "server-dies", "dies-before-the-post", "late", "twice"]
PATHS = {"sheet": "sheets", "signature": "signatures"}
CONFIRMED = {"accepted", "already-here"}


class Room:
    """Two tablets on one visit, the line, the post."""

    def __init__(self, app: Flask, dice: random.Random, monkeypatch: pytest.MonkeyPatch) -> None:
        self.app, self.dice = app, dice
        self.play: Play = play_until("under_way")
        make_user("ministry_officer", name="Fatima", email="fatima@miyar.test", national=True)
        db.session.commit()
        self.written: dict[str, tuple[str, dict[str, Any]]] = {}
        self.outboxes: dict[str, list[tuple[str, dict[str, Any]]]] = {"Amina": [], "Younes": []}
        self.late: list[tuple[str, str, list[dict[str, Any]]]] = []
        self.letters: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()
        self.post_works = True
        monkeypatch.setattr(mail, "send", self._send)
        self.clients = {name: app.test_client() for name in self.outboxes}
        for name, client in self.clients.items():
            sign_in(client, self.play.people[name])

    def _send(self, to: str, _subject: str, _words: str) -> bool:
        if self.post_works:
            self.letters[to] += 1
        return self.post_works

    def write(self, who: str) -> None:
        """Somebody signs, or sees something grave; their clock may be days wrong."""
        at = (clock.now() + timedelta(days=self.dice.choice([-3, 0, 3]))).isoformat(timespec="milliseconds")
        if self.dice.random() < 0.5:
            record, kind = signature(answers=self.dice.randrange(200), signed_at=at), "signature"
        else:
            code = critical_code(self.play, self.dice.randrange(3))
            before = [r["op_id"] for k, r in self.written.values() if k == "sheet" and r["criterion"] == code]
            base = before[-1] if before and self.dice.random() < 0.7 else None
            record = sheet(code, danger=self.dice.random() < 0.3, base_op_id=base, seen_at=at, written_at=at)
            kind = "sheet"
        self.written[record["op_id"]] = (kind, record)
        self.outboxes[who].append((kind, record))

    def send(self, who: str, fate: str) -> None:
        """One request of one kind."""
        if not self.outboxes[who]:
            return
        kind = self.outboxes[who][0][0]
        records = [record for k, record in self.outboxes[who] if k == kind][:20]
        self.counts[fate] += 1
        if fate == "late":
            self.late.append((who, kind, records))
        elif fate in ("server-dies", "dies-before-the-post"):
            self._die(who, kind, records, after=1 if fate == "dies-before-the-post" else 0)
        elif fate != "request-lost":
            confirmed = self._post(who, kind, records)
            if fate == "twice":
                self._post(who, kind, records)
            if fate != "answer-lost":
                self.outboxes[who] = [one for one in self.outboxes[who] if one[1]["op_id"] not in confirmed]

    def arrive_late(self) -> None:
        """A request that was given up arrives after all; nobody hears the answer."""
        if self.late:
            self._post(*self.late.pop(self.dice.randrange(len(self.late))))

    def forge(self, who: str) -> None:
        """The same id with another content changes nothing."""
        rows = [r.op_id for r in db.session.scalars(select(Signature))]
        mine = [r for op_id, (k, r) in self.written.items() if k == "signature" and op_id in rows]
        if mine:
            answer = self._request(who, "signature", [{**self.dice.choice(mine), "name": "forged"}])
            assert answer[0]["code"] == "op-id-reused"
            self.counts["forged"] += 1

    def _die(self, who: str, kind: str, records: list[dict[str, Any]], after: int) -> None:
        """The server is killed before a commit: before that of the records, or later while it tells people."""
        session, before, done = db.session, db.session.commit, 0

        def killed() -> None:
            nonlocal done
            if done >= after:
                raise ConnectionError("killed")
            done += 1
            before()

        session.commit = killed  # type: ignore[method-assign]
        try:
            self._request(who, kind, records)
        except ConnectionError:
            pass
        finally:
            session.commit = before  # type: ignore[method-assign]
            session.rollback()

    def _post(self, who: str, kind: str, records: list[dict[str, Any]]) -> set[str]:
        results = self._request(who, kind, records)
        assert {result["status"] for result in results} <= CONFIRMED, results
        self.counts["records sent"] += len(records)
        return {result["op_id"] for result in results}

    def _request(self, who: str, kind: str, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        address = f"/api/v1/inspections/{self.play.id}/{PATHS[kind]}"
        answer = self.clients[who].post(address, json={"records": records})
        assert answer.status_code == 200, answer.text[:300]
        found: list[dict[str, Any]] = answer.get_json()["results"]
        return found

    def come_back(self) -> None:
        """The line and the post work again, everything arrives."""
        self.post_works = True
        while self.late:
            self.arrive_late()
        for who in self.outboxes:
            while self.outboxes[who]:
                self.send(who, "arrives")
        sheets = [record for kind, record in self.written.values() if kind == "sheet"]
        if sheets:  # what could not be told is told with the next contact that speaks of it
            self._post("Amina", "sheet", sheets[-1:])

    def check(self) -> None:
        """Each record once and as it was written; each finding told, to whom it concerns."""
        db.session.expire_all()
        rows = [*db.session.scalars(select(Signature)), *db.session.scalars(select(CriticalSheet))]
        assert sorted(row.op_id for row in rows) == sorted(self.written), "nothing lost, nothing doubled"
        for row in rows:
            _kind, said = self.written[row.op_id]
            if isinstance(row, Signature):
                assert (row.signer_name, row.drawing, row.answers) == (said["name"], said["drawing"], said["answers"])
                assert row.signed_at.isoformat(timespec="milliseconds") == said["signed_at"]
            else:
                assert (row.seen, row.measure, row.danger) == (said["seen"], said["measure"], said["danger"])
                assert row.base_op_id == said["base_op_id"]
        sheets = [record for kind, record in self.written.values() if kind == "sheet"]
        told = {(n.criterion, n.audience) for n in db.session.scalars(select(CriticalNotice))}
        grave = {record["criterion"] for record in sheets if record["danger"]}
        found = {record["criterion"] for record in sheets}
        assert told == {(code, "coordinator") for code in found} | {(code, "ministry") for code in grave}
        # a server that dies between the post and its own note tells again: better twice than never
        deaths = self.counts["dies-before-the-post"]
        for who, wanted in ((self.play.people["Chaimae"].email, len(found)), ("fatima@miyar.test", len(grave))):
            assert wanted <= self.letters[who] <= wanted + deaths
        assert not list(journal.faults_of(f"inspection/{self.play.id}"))


@pytest.mark.parametrize("seed", range(40 if THOROUGH else 4))
def test_no_signature_is_lost_and_every_critical_finding_is_told(
    _app: Flask,  # noqa: PT019
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    dice = random.Random(int(os.environ.get("MIYAR_SEED") or 65_15) + seed)
    with rolled_back(_app) as app:
        room = Room(app, dice, monkeypatch)
        for _ in range(120):
            who, move = dice.choice(["Amina", "Younes"]), dice.random()
            if move < 0.4:
                room.write(who)
            elif move < 0.8:
                room.send(who, dice.choice(FATES))
            elif move < 0.88:
                room.arrive_late()
            elif move < 0.94:
                room.post_works = not room.post_works
            else:
                room.forge(who)
        room.come_back()
        room.check()
