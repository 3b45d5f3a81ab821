"""The protocol of the tablets against the real server and database: nothing lost, nothing doubled, nothing silently overwritten.

Hypothesis plays people, line and crashes as it likes. ``make test`` sends some thousands of operations; with
``MIYAR_THOROUGH`` at least a hundred thousand (``MIYAR_OPERATIONS`` says otherwise). The counts are printed (``pytest -s``, and
at the end of a failed run).
"""

import os
import random
from collections import Counter
from contextlib import ExitStack
from typing import ClassVar

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from tests.conftest import rolled_back
from tests.examples import BROKEN, THOROUGH
from tests.factories.inspections import another_play, play_until
from tests.protocol.oracle import check
from tests.protocol.world import CRITERIA, World

#: Fates of a request, the good one as often as the bad ones together.
FATES = ["arrives"] * 4 + ["request-lost", "answer-lost", "server-dies", "late", "twice"]
TABLETS = st.integers(0, 2)
LEVELS = st.integers(0, 3)
BAD = ("lost", "doubled", "silently overwritten")
NOTES = st.sampled_from(["", "ملاحظة", "sortie fermée"])


class Protocol(RuleBasedStateMachine):
    """One visit, three tablets, two people."""

    app: ClassVar[Flask]
    totals: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.undo = ExitStack()
        self.undo.enter_context(rolled_back(self.app))
        self.world = World(self.app)

    @rule(tablet=TABLETS, criterion=st.integers(0, CRITERIA - 1), level=LEVELS, note=NOTES)
    def tap(self, tablet: int, criterion: int, level: int, note: str) -> None:
        self.world.tap(tablet, criterion, level, note)

    @rule(tablet=TABLETS, fate=st.sampled_from(FATES))
    def send(self, tablet: int, fate: str) -> None:
        self.world.send(tablet, fate)

    @rule(tablet=TABLETS)
    def pull(self, tablet: int) -> None:
        self.world.pull(tablet)

    @rule(tablet=TABLETS)
    def crash(self, tablet: int) -> None:
        self.world.crash(tablet)

    @precondition(lambda self: self.world.late)
    @rule(which=st.integers(0, 5))
    def arrive_late(self, which: int) -> None:
        self.world.arrive_late(which)

    @rule(tablet=TABLETS, level=LEVELS)
    def forge(self, tablet: int, level: int) -> None:
        self.world.forge(tablet, level)

    def teardown(self) -> None:
        try:
            self.world.come_back()
            check(self.world)
            Protocol.totals.update(self.world.counts)
            Protocol.totals["runs"] += 1
        finally:
            self.undo.close()


def test_nothing_is_lost_doubled_or_silently_overwritten(
    _app: Flask,  # noqa: PT019
    capsys: pytest.CaptureFixture[str],
) -> None:
    Protocol.app = _app
    Protocol.totals.clear()
    profile = settings(
        max_examples=4 if BROKEN else 60 if THOROUGH else 12,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Protocol, settings=profile)
    _tell(capsys, "hypothesis", Protocol.totals)
    for bad in BAD:
        assert Protocol.totals[bad] == 0


def test_many_operations_in_long_runs(
    _app: Flask,  # noqa: PT019
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The same moves, drawn by a generator with a seed, until enough operations were sent: cheap enough for a great many."""
    wanted = int(os.environ.get("MIYAR_OPERATIONS") or (100_000 if THOROUGH else 200 if BROKEN else 2_000))
    totals: Counter[str] = Counter()
    seed = int(os.environ.get("MIYAR_SEED") or 65_15)
    while totals["operations"] < wanted:
        with rolled_back(_app) as app:
            play = play_until("under_way")
            for _visit in range(5):
                world = World(app, play)
                _play(world, random.Random(seed), moves=250)
                totals.update(world.counts)
                totals["runs"] += 1
                seed += 1
                if totals["operations"] >= wanted:
                    break
                play = play_until("under_way", another_play(play))
    _tell(capsys, f"until seed {seed}", totals)
    for bad in BAD:
        assert totals[bad] == 0
    for good in ("conflict", "superseded", "repeated", "crashes of the server", "requests out of order"):
        assert totals[good] > 0, f"the run never came to «{good}»"


def _play(world: World, dice: random.Random, moves: int) -> None:
    for _ in range(moves):
        tablet = dice.randrange(3)
        move = dice.random()
        if move < 0.55:
            note = dice.choice(["", "ملاحظة", "sortie fermée"])
            world.tap(tablet, dice.randrange(CRITERIA), dice.randrange(4), note)
        elif move < 0.80:
            world.send(tablet, dice.choice(FATES))
        elif move < 0.88:
            world.pull(tablet)
        elif move < 0.93:
            world.arrive_late(dice.randrange(6))
        elif move < 0.97:
            world.crash(tablet)
        else:
            world.forge(tablet, dice.randrange(4))
    world.come_back()
    check(world)


def _tell(capsys: pytest.CaptureFixture[str], name: str, counted: Counter[str]) -> None:
    totals = Counter(counted)
    with capsys.disabled():
        bad = ", ".join(f"{totals.pop(what, 0)} {what}" for what in BAD)
        line = ", ".join(f"{count:,} {what}" for what, count in sorted(totals.items(), key=lambda item: -item[1]))
        print(f"\nprotocol ({name}): {bad} · {line}")
