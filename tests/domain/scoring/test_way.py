"""The way to the next level: cases that a lawyer can read, and proof that no shorter way exists."""

import random
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.adapters.rule_files import load_rules
from inspect_app.domain.checklists import Facts
from inspect_app.domain.rounding import MODES, rounded
from inspect_app.domain.scoring import AnswerInput, score
from inspect_app.domain.scoring.position import Position, least_points
from inspect_app.domain.scoring.way import Way, ways
from tests.examples import examples
from tests.factories.scoring import any_case, best_by_trying_all, checklist, criterion, rules

HOME = Facts("children")
LADDER = {"low": "0", "middle": "50", "high": "80"}


def _answers(**levels: int | None) -> dict[str, AnswerInput]:
    """``None``: not applicable."""
    return {code: AnswerInput(level, not_applicable=level is None) for code, level in levels.items()}


def _targets(way: Way) -> dict[str, tuple[int, int]]:
    return {change.criterion: (change.from_level, change.to_level) for change in way.changes}


ONE_DOMAIN = checklist(GOV=[criterion("A", weight=3), criterion("B"), criterion("C")])


def test_one_heavy_criterion_does_what_two_light_ones_would() -> None:
    # A counts for three of five: 0 of 15 points; half is 7.5, and A alone brings 9
    middle, high = ways(ONE_DOMAIN, rules(LADDER), _answers(A=0, B=0, C=0), HOME)
    assert _targets(middle) == {"A": (0, 3)}
    assert middle.score == Decimal("60.00")
    assert _targets(high) == {"A": (0, 3), "B": (0, 3)}
    assert (high.score, high.reaches) == (Decimal("80.00"), "high")


def test_brahim_is_not_asked_to_raise_a_criterion_further_than_the_level_needs() -> None:
    # 6 of 15 points; half needs 8: one step of A gives 3
    (middle, _) = ways(ONE_DOMAIN, rules(LADDER), _answers(A=1, B=2, C=1), HOME)
    assert _targets(middle) == {"A": (1, 2)}


def test_fewer_criteria_come_before_fewer_steps_and_the_least_effort_may_go_another_way() -> None:
    # A alone by two steps, or B and C by one each; B and C are little work
    asked = checklist(GOV=[criterion("A"), criterion("B"), criterion("C"), criterion("D")])
    answers, ladder = _answers(A=0, B=2, C=2, D=3), rules({"low": "0", "high": "75"})
    assert _targets(ways(asked, ladder, answers, HOME)[0]) == {"A": (0, 2)}
    (way,) = ways(asked, ladder, answers, HOME, effort={"A": 8, "B": 2, "C": 2, "D": 1})
    assert _targets(way) == {"B": (2, 3), "C": (2, 3)}
    assert (way.effort, [c.effort for c in way.changes]) == (4, [2, 2])


def test_the_greedy_way_would_be_longer() -> None:
    # the greatest single gain first (A, in a domain that counts little for the gate) would leave PRO to be mended anyway
    asked = checklist(GOV=[criterion("A"), criterion("B")], PRO=[criterion("C"), criterion("D", weight=2)])
    gate = ("low", {"domain": {"code": "PRO", "below": "60"}})
    ladder = rules({"low": "0", "high": "55"}, [gate], weights={"GOV": 3, "PRO": 2})
    (way,) = ways(asked, ladder, _answers(A=0, B=3, C=3, D=0), HOME)
    assert _targets(way) == {"D": (0, 2)}
    assert way.changes[0].lifts == way.changes[0].lifts_alone == ("domain-0",)


def test_a_critical_criterion_not_met_is_always_part_of_the_way() -> None:
    asked = checklist(GOV=[criterion("A", criterion_class="critical"), criterion("B", weight=5)])
    ladder = rules(LADDER, [("low", {"answers": {"class": "critical", "level_at_most": 0, "count": 1}})])
    middle, _ = ways(asked, ladder, _answers(A=0, B=2), HOME)
    assert _targets(middle) == {"A": (0, 1)}
    assert middle.changes[0].lifts_alone == ("answers-0",)


def test_of_three_low_answers_where_two_are_one_too_many_only_two_are_raised_and_the_most_useful() -> None:
    asked = checklist(
        GOV=[criterion("A"), criterion("B", weight=2), criterion("C", weight=4), criterion("D", weight=5)]
    )
    ladder = rules({"low": "0", "high": "40"}, [("low", {"answers": {"level_at_most": 0, "count": 2}})])
    (way,) = ways(asked, ladder, _answers(A=0, B=0, C=0, D=3), HOME)
    assert _targets(way) == {"B": (0, 1), "C": (0, 1)}
    assert [c.lifts for c in way.changes] == [("answers-0",)] * 2
    assert [c.lifts_alone for c in way.changes] == [(), ()]  # neither does it without the other


@pytest.mark.parametrize("counts", [(1, 2, 3), (3, 2, 1), (2, 1, 3)])
def test_of_several_gates_on_the_same_answers_the_one_that_asks_most_decides(counts: tuple[int, ...]) -> None:
    # two, three or four of these at 0 are too many: the gate of two leaves only one of them there
    asked = checklist(GOV=[criterion(code) for code in "ABCD"], PRO=[criterion("E", weight=5)])
    gates = [("low", {"answers": {"codes": list("ABCD"), "level_at_most": 0, "count": n + 1}}) for n in counts]
    (way,) = ways(asked, rules({"low": "0", "high": "20"}, gates), _answers(A=0, B=0, C=0, D=0, E=3), HOME)
    assert _targets(way) == {"A": (0, 1), "B": (0, 1), "C": (0, 1)}  # one of the four may stay


def test_each_change_says_what_it_adds_to_its_domain_and_to_the_whole() -> None:
    asked = checklist(GOV=[criterion("A", weight=2), criterion("B")], PRO=[criterion("C")])
    ladder = rules({"low": "0", "high": "85"}, weights={"GOV": 1, "PRO": 2})
    (way,) = ways(asked, ladder, _answers(A=0, B=1, C=3), HOME)
    change = way.changes[0]
    assert _targets(way) == {"A": (0, 2)}
    assert (change.domain_gain, change.gain) == (Fraction(400, 9), Fraction(400, 27))
    assert (change.domain_points, change.points) == (Decimal("44.44"), Decimal("14.81"))


def test_without_authorisation_the_way_names_what_no_criterion_can_mend() -> None:
    asked = checklist(GOV=[criterion("A")])
    facts = Facts("children", flags=frozenset({"not-authorised"}))
    found = {way.level: way for way in ways(asked, load_rules(), _answers(A=0), facts)}
    assert found["provisional"].reachable
    assert _targets(found["provisional"]) == {"A": (0, 2)}
    for level in ("conditional", "accredited", "distinction"):
        assert not found[level].reachable
        assert [gate.code for gate in found[level].limits] == ["not-authorised"]
        assert found[level].changes == ()
        assert found[level].reaches == "provisional"  # with everything fully met


def test_what_does_not_apply_or_is_unanswered_stays_as_it_is() -> None:
    (middle, high) = ways(ONE_DOMAIN, rules(LADDER), _answers(A=None, B=0), HOME)
    assert _targets(middle) == {"B": (0, 2)}
    assert _targets(high) == {"B": (0, 3)}


def test_nothing_scored_or_the_highest_level_reached_leaves_no_way() -> None:
    assert ways(ONE_DOMAIN, rules(LADDER), _answers(A=None), HOME) == ()
    assert ways(ONE_DOMAIN, rules(LADDER), _answers(A=3, B=3, C=3), HOME) == ()


def test_of_equal_ways_the_one_that_stands_first_in_the_checklist_is_told_always() -> None:
    asked = checklist(GOV=[criterion(code) for code in "ABCD"])
    for _ in range(3):
        (way,) = ways(asked, rules({"low": "0", "high": "50"}), _answers(D=0, C=0, B=0, A=0), HOME)
        assert _targets(way) == {"A": (0, 3), "B": (0, 3)}


def test_an_effort_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="A: an effort"):
        ways(ONE_DOMAIN, rules(LADDER), _answers(A=0, B=0, C=0), HOME, effort={"A": 0, "B": 1, "C": 1})


@given(
    numerator=st.integers(1, 5000),
    denominator=st.integers(1, 5000),
    threshold=st.decimals(0, 100, places=3),
    digits=st.integers(0, 3),
    mode=st.sampled_from(MODES),
)
@examples(1500)
def test_the_bound_of_every_mode_of_rounding_is_exact(
    numerator: int, denominator: int, threshold: Decimal, digits: int, mode: str
) -> None:
    factor = Fraction(numerator, denominator)
    least = least_points(factor, threshold, digits, mode)
    assert rounded(factor * least, digits, mode) >= threshold
    assert least == 0 or rounded(factor * (least - 1), digits, mode) < threshold


@given(seed=st.integers(0, 10**9), size=st.integers(1, 5))
@examples(1200)
def test_no_way_is_shorter_than_the_one_that_is_told(seed: int, size: int) -> None:
    _compare(seed, size)


@pytest.mark.parametrize("seed", range(12))
def test_no_way_is_shorter_with_some_more_criteria_either(seed: int) -> None:
    _compare(seed, 7)


def _compare(seed: int, size: int) -> None:
    case = any_case(seed, size)
    asked, ruleset, answers, facts = case
    pick = random.Random(seed)
    now = score(asked, ruleset, answers, facts)
    assert Position.of(*case).rank == (None if now.level is None else ruleset.rank(now.level))
    for effort in (None, {c.code: pick.randint(1, 4) for c in asked}):
        best = best_by_trying_all(case, effort)
        told = ways(asked, ruleset, answers, facts, effort)
        above = [] if now.level is None else [x.code for x in ruleset.levels[ruleset.rank(now.level) + 1 :]]
        assert [way.level for way in told] == above
        for way in told:
            assert way.reachable == (way.level in best)
            assert {c.criterion: c.to_level for c in way.changes} == best.get(way.level, {})
            raised = {c.criterion: AnswerInput(c.to_level) for c in way.changes}
            if way.reachable:
                card = score(asked, ruleset, {**answers, **raised}, facts)
                assert (way.reaches, way.score) == (card.level, card.score)
            for change in way.changes:
                alone = score(asked, ruleset, {**answers, change.criterion: AnswerInput(change.to_level)}, facts)
                assert _held(case, answers) - _held(
                    case, {**answers, **_one(change.criterion, change.to_level)}
                ) == set(change.lifts_alone)
                assert alone.score is not None
                assert set(change.lifts_alone) <= set(change.lifts)
            lifted = _held(case, answers) - _held(case, {**answers, **raised})
            assert {gate for change in way.changes for gate in change.lifts} == lifted


def _one(code: str, level: int) -> dict[str, AnswerInput]:
    return {code: AnswerInput(level)}


def _held(case: tuple, answers: dict[str, AnswerInput]) -> set[str]:  # type: ignore[type-arg]
    """The gates whose condition holds, whether they limit the level or not."""
    asked, ruleset, _, facts = case
    position = Position.of(asked, ruleset, answers, facts)
    levels = {s.place: s.level for s in position.standings}
    return {x.gate.code for x in position.limits if x.holds(levels, [d.points for d in position.domains])}
