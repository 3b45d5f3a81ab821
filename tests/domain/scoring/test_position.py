"""Answers as sums of points: each number worked out by hand, each limit as what it asks, and what hangs on one answer."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from inspect_app.domain.checklists import Facts
from inspect_app.domain.rounding import MODES
from inspect_app.domain.scoring import AnswerInput
from inspect_app.domain.scoring.fragility import Flip, fragility
from inspect_app.domain.scoring.position import DomainSum, Limit, Position, Standing, least_points
from tests.factories.scoring import checklist, criterion, rules

HOME = Facts("children")
ASKED = checklist(
    GOV=[criterion("G1", weight=2), criterion("G2")],
    PRO=[criterion("P1", criterion_class="critical"), criterion("P2"), criterion("P3", weight=3)],
    HEA=[criterion("H1")],
)


def _at(*gates: Any, weights: dict[str, int] | None = None, flags: tuple[str, ...] = (), **levels: Any) -> Position:
    answers = {code: n if isinstance(n, AnswerInput) else AnswerInput(n) for code, n in levels.items()}
    ladder = rules({"low": "0", "mid": "50", "high": "80"}, gates, weights=weights)
    return Position.of(ASKED, ladder, answers, Facts("children", flags=frozenset(flags)))


def test_points_of_each_domain_and_what_one_is_worth_in_the_whole() -> None:
    # GOV 7 of 9 points, weighs 2; PRO 5 of 6 (P3 does not apply), weighs 1; HEA is not answered
    position = _at(weights={"GOV": 2}, G1=3, G2=1, P1=3, P2=2, P3=AnswerInput(0, True), H1=AnswerInput())
    criteria = {c.code: c for c in ASKED}
    assert position.standings == (
        Standing(0, criteria["G1"], 0, 3),
        Standing(1, criteria["G2"], 0, 1),
        Standing(2, criteria["P1"], 1, 3),
        Standing(3, criteria["P2"], 1, 2),
    )
    assert position.set_aside == ((criteria["P3"], 0),)
    # shares 2/3 and 1/2 over a common 6: 4 and 3
    assert position.domains == (DomainSum("GOV", 7, 9, 4), DomainSum("PRO", 5, 6, 3))
    assert position.domains[0].percent == Fraction(100, 9)
    assert position.percent == Fraction(100, 3 * 3 * 6)
    assert position.points == 4 * 7 + 3 * 5
    # 100 × 43 / 54 = 79.629…: «mid»; thresholds 27 and 43.2 points
    assert (position.thresholds, position.rank) == ((0, 27, 44), 1)
    assert [position.rank_by_score(n) for n in (0, 26, 27, 43, 44, 54)] == [0, 0, 1, 1, 2, 2]


def test_shares_of_thirds_are_counted_in_thirds() -> None:
    position = _at(P3=1, H1=3)  # weights of answers 3 and 1
    assert [(d.share, d.points, d.full) for d in position.domains] == [(1, 3, 9), (3, 3, 3)]
    assert position.percent == Fraction(100, 3 * 2 * 3)


def test_nothing_scored_stands_nowhere() -> None:
    for position in (_at(), _at(G1=AnswerInput(2, True)), _at(weights={"GOV": 0}, G1=3)):
        assert (position.percent, position.thresholds, position.rank) == (None, (), None)


def test_a_level_outside_the_scale_is_refused() -> None:
    for level in (-1, 4):
        with pytest.raises(ValueError, match=rf"^P1: level {level} is outside the scale 0–3$"):
            _at(G1=0, P1=level)
    assert _at(G1=0, P1=3).rank == 1


GATES = [
    ("mid", {"fact": "closed"}),
    ("low", {"domain": {"code": "PRO", "below": "50"}}),
    ("mid", {"any_domain": {"below": "60"}}),
    ("low", {"answers": {"level_at_most": 1, "count": 2, "domain": "PRO"}}),
]


def test_each_limit_is_what_it_asks() -> None:
    position = _at(*GATES, G1=1, P1=2, P2=1, P3=AnswerInput(0, True), flags=("closed",))
    fact, domain, whichever, answers = position.limits
    gates = position.rules.gates
    assert fact == Limit(gates[0], 1, always=True)
    # PRO has 6 points here: half is 3, and of GOV's 6 (G1 alone) sixty percent is 3.6
    assert domain == Limit(gates[1], 0, asks={1: 3})
    assert whichever == Limit(gates[2], 1, asks={0: 4, 1: 4})
    # two at 1 or lower are too many; P3, set aside, is one of them already
    assert answers == Limit(gates[3], 0, above={2: 2, 3: 2}, spare=0, counts=True)
    assert not _at(*GATES, G1=1).limits[0].always


@pytest.mark.parametrize(
    ("when", "spare"),
    [
        ({"level_at_most": 1}, -1),  # P3 at 1 and G1 at 0 are set aside: none may be low
        ({"level_at_most": 0}, 0),
        ({"level_at_most": 1, "codes": ["P3"]}, 0),
        ({"level_at_most": 1, "codes": ["P1"]}, 1),
        ({"level_at_most": 1, "class": "critical"}, 1),
        ({"level_at_most": 1, "class": "standard"}, -1),
        ({"level_at_most": 1, "domain": "GOV"}, 0),
    ],
)
def test_what_is_set_aside_still_counts_for_limits_on_its_own_answers(when: dict[str, Any], spare: int) -> None:
    gate = ("low", {"answers": {"count": 2, **when}})
    position = _at(gate, G1=AnswerInput(0, True), P3=AnswerInput(1, True), P2=3)
    assert position.limits[0].spare == spare


def test_a_limit_holds_or_it_does_not() -> None:
    gate = _at(*GATES).rules.gates[0]
    assert Limit(gate, 0, always=True).holds({}, [])
    assert not Limit(gate, 0).holds({}, [])
    asks = Limit(gate, 0, asks={0: 3, 1: 5})
    assert [asks.holds({}, points) for points in ([3, 5], [2, 5], [3, 4])] == [False, True, True]
    assert not Limit(gate, 0, always=True, asks={}).holds({}, [])
    above = Limit(gate, 0, above={7: 2, 8: 1}, spare=1)
    assert [above.holds({7: a, 8: b}, []) for a, b in ((2, 1), (1, 1), (1, 0))] == [False, False, True]
    assert Limit(gate, 0, above={7: 2}, spare=-1).holds({7: 3}, [])


@pytest.mark.parametrize(
    ("mode", "on_31", "on_31_3"),
    [("half-up", 61, 63), ("half-even", 62, 63), ("down", 62, 64), ("up", 61, 63), ("floor", 62, 64)],
)
def test_the_least_points_that_are_rounded_up_to_a_threshold(mode: str, on_31: int, on_31_3: int) -> None:
    # a point is half a percent, figures are whole percents: 30.5 is rounded to 31 half up, to 30 half to even
    assert mode in MODES
    assert least_points(Fraction(1, 2), Decimal(31), 0, mode) == on_31
    assert least_points(Fraction(1, 2), Decimal("31.3"), 0, mode) == on_31_3  # whole percents: 32
    assert least_points(Fraction(1, 2), Decimal(0), 0, mode) == 0
    assert least_points(Fraction(1, 20), Decimal("3.1"), 1, mode) == on_31


def test_a_mode_that_nobody_declared_is_refused() -> None:
    with pytest.raises(KeyError):
        least_points(Fraction(1), Decimal(1), 0, "nearest")


def _flips(*gates: Any, **levels: int) -> list[tuple[str, int, str]]:
    """What hangs on one answer where only limits decide: every score but nought would be «high»."""
    ladder = rules({"low": "0", "mid": "0.5", "high": "1"}, gates)
    found = fragility(ASKED, ladder, {code: AnswerInput(n) for code, n in levels.items()}, HOME)
    return [(flip.criterion, flip.to_level, flip.gives) for flip in found.flips]


def test_an_answer_that_carries_its_domain_over_a_limit() -> None:
    gate = ("low", {"domain": {"code": "PRO", "below": "60"}})
    # PRO has 10 of 15 points: 66.67; the heavy P3 one step down leaves 46.67, P1 or P2 leave 60 exactly
    assert _flips(gate, G1=3, H1=3, P1=2, P2=2, P3=2) == [("P3", 1, "low")]
    # 8 of 15: 53.33; P1 or P2 one step up give 60 exactly
    assert _flips(gate, G1=3, H1=3, P1=0, P2=2, P3=2) == [("P1", 1, "high"), ("P2", 3, "high"), ("P3", 3, "high")]


def test_an_answer_of_a_domain_that_no_limit_asks_about_carries_nothing() -> None:
    gate = ("low", {"domain": {"code": "GOV", "below": "50"}})
    assert _flips(gate, G2=2, H1=3, P1=3) == [("G2", 1, "low")]
    assert _flips(gate, G2=1, H1=3, P1=3) == [("G2", 2, "high")]


def test_while_another_domain_is_low_nothing_is_won_by_lifting_one() -> None:
    gate = ("low", {"any_domain": {"below": "60"}})
    assert _flips(gate, G2=1, H1=1, P1=3) == []
    assert _flips(gate, G2=1, H1=3, P1=3) == [("G2", 2, "high")]
    assert _flips(gate, G2=2, H1=3, P1=3) == [("G2", 1, "low")]
    assert _flips(gate, G2=2, H1=2, P1=2) == [("G2", 1, "low"), ("P1", 1, "low"), ("H1", 1, "low")]


def test_of_two_limits_the_lower_one_decides_whichever_is_written_first() -> None:
    gates = [("mid", {"answers": {"level_at_most": 1}}), ("low", {"answers": {"level_at_most": 0}})]
    for order in (gates, gates[::-1]):
        assert _flips(*order, G1=3, P1=1, H1=3) == [("P1", 0, "low"), ("P1", 2, "high")]


def test_a_flip_says_from_where_to_where() -> None:
    found = fragility(ASKED, rules({"low": "0", "high": "50"}), {"G1": AnswerInput(1)}, HOME)
    assert found.flips == (Flip("G1", 1, 2, "high"),)
