"""The ways of a visit are remembered, and never those of another visit, of other rules, or of another effort."""

import pytest

from inspect_app.domain.checklists import Facts
from inspect_app.domain.scoring import AnswerInput
from inspect_app.domain.scoring import what_if as module
from inspect_app.domain.scoring.way import ways
from inspect_app.domain.scoring.what_if import Stand
from tests.factories.scoring import checklist, criterion, rules

ASKED = checklist(GOV=[criterion("A"), criterion("B"), criterion("C"), criterion("D")])
OTHER = checklist(GOV=[criterion("A", weight=5), criterion("B"), criterion("C"), criterion("D")])
LADDER, HIGHER = rules({"low": "0", "high": "75"}), rules({"low": "0", "high": "90"})
CLOSED = rules({"low": "0", "high": "75"}, [("low", {"fact": "closed"})])
ANSWERS = {"A": AnswerInput(0), "B": AnswerInput(2), "C": AnswerInput(2), "D": AnswerInput(3)}
HOME = Facts("children")
EFFORT = {"A": 8, "B": 2, "C": 2, "D": 1}


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    module._WAYS.clear()


def test_each_visit_has_its_own_ways() -> None:
    stands = [
        Stand(ASKED, LADDER, ANSWERS, HOME),
        Stand(OTHER, LADDER, ANSWERS, HOME),
        Stand(ASKED, HIGHER, ANSWERS, HOME),
        Stand(ASKED, LADDER, {**ANSWERS, "A": AnswerInput(1)}, HOME),
        Stand(ASKED, CLOSED, ANSWERS, HOME),
        Stand(ASKED, CLOSED, ANSWERS, Facts("children", flags=frozenset({"closed"}))),
    ]
    for _ in range(2):
        for stand in stands:
            for effort in (None, EFFORT, {**EFFORT, "A": 1}):
                told = stand.ways(effort)
                assert told == ways(stand.checklist, stand.rules, stand.answers, stand.facts, effort)
    assert len(module._WAYS) == 18


def test_what_is_asked_twice_is_reckoned_once(monkeypatch: pytest.MonkeyPatch) -> None:
    stand = Stand(ASKED, LADDER, ANSWERS, HOME)
    first = stand.ways()
    monkeypatch.setattr(module, "ways", None)  # would fail if it were asked
    assert stand.ways() is first
    assert Stand(ASKED, LADDER, dict(reversed(ANSWERS.items())), HOME).ways() is first


def test_not_more_than_a_few_are_remembered() -> None:
    for n in range(module._REMEMBERED):
        Stand(ASKED, rules({"low": "0", "high": str(n + 20)}), ANSWERS, HOME).ways()
    assert len(module._WAYS) == module._REMEMBERED
    Stand(ASKED, rules({"low": "0", "high": "99"}), ANSWERS, HOME).ways()
    assert len(module._WAYS) == 1
