"""What a level asks, by hand: what gates force, what they leave to choose, and what a change has a part in."""

from decimal import Decimal

from inspect_app.domain.checklists import Facts
from inspect_app.domain.scoring import AnswerInput
from inspect_app.domain.scoring.position import Position
from inspect_app.domain.scoring.sentences import overall
from inspect_app.domain.scoring.way import ways
from inspect_app.domain.scoring.way.task import Count, Kind, Task, task
from tests.factories.scoring import best_by_trying_all, checklist, criterion, rules

HOME = Facts("children")
FOUR = checklist(GOV=[criterion(code) for code in "ABCD"])
TWO = {"low": "0", "high": "1"}


def _answers(**levels: int) -> dict[str, AnswerInput]:
    return {code: AnswerInput(level) for code, level in levels.items()}


def _asked(gates: list[dict[str, object]], **levels: int) -> Task:
    ladder = rules(TWO, [("low", {"answers": gate}) for gate in gates])
    found = task(Position.of(FOUR, ladder, _answers(**levels), HOME), 1, None)
    assert isinstance(found, Task)
    return found


def test_a_choice_marks_the_criteria_that_it_concerns_and_no_other() -> None:
    # of A, B and C at 0 two are one too many: one may stay; D is not asked for, and rises for nothing in the count
    asked = _asked([{"codes": ["A", "B", "C"], "level_at_most": 0, "count": 2}], A=0, B=0, C=0, D=1)
    assert asked.counts == (Count({0: 1, 1: 1, 2: 1}, 2),)
    assert asked.kinds == (
        Kind(0, 1, 3, 0, 1, (1,), (0, 1, 2)),
        Kind(0, 1, 2, 0, 1, (0,), (3,)),
    )


def test_what_one_gate_forces_is_taken_off_what_another_one_leaves_to_choose() -> None:
    # A must rise whatever comes; of A, B, C and D two may stay: A is done, one of the other three is still to choose
    gates: list[dict[str, object]] = [
        {"codes": ["A"], "level_at_most": 0, "count": 1},
        {"level_at_most": 0, "count": 3},
    ]
    asked = _asked(gates, A=0, B=0, C=0, D=0)
    assert asked.counts == (Count({1: 1, 2: 1, 3: 1}, 1),)
    assert [(kind.floor, kind.places) for kind in asked.kinds] == [(1, (0,)), (0, (1, 2, 3))]


def test_a_choice_that_another_one_implies_is_not_asked_twice_and_one_that_asks_more_is() -> None:
    # two of three at 1 or below are too many: that asks more of A, B and C than «above 0», which asks as many of them
    more: dict[str, object] = {"codes": ["A", "B", "C"], "level_at_most": 1, "count": 2}
    less: dict[str, object] = {"codes": ["A", "B", "C"], "level_at_most": 0, "count": 2}
    strict = Count({0: 2, 1: 2, 2: 2}, 2)
    assert _asked([more, less], A=0, B=0, C=0, D=0).counts == (strict,)
    assert _asked([less, more], A=0, B=0, C=0, D=0).counts == (strict,)


def test_choices_between_different_criteria_are_all_asked() -> None:
    gates: list[dict[str, object]] = [
        {"codes": ["A", "B"], "level_at_most": 0, "count": 2},
        {"codes": ["C", "D"], "level_at_most": 0, "count": 2},
    ]
    assert _asked(gates, A=0, B=0, C=0, D=0).counts == (Count({0: 1, 1: 1}, 1), Count({2: 1, 3: 1}, 1))


def test_a_domain_that_weighs_nothing_never_makes_up_for_one_that_counts() -> None:
    # SUP weighs nothing, and B has five times the points of A: only A brings the score to 50
    asked = checklist(GOV=[criterion("A")], SUP=[criterion("B", weight=5)])
    ladder = rules({"low": "0", "high": "50"}, maximum=1, weights={"GOV": 1, "SUP": 0})
    answers = _answers(A=0, B=0)
    (way,) = ways(asked, ladder, answers, HOME)
    assert {change.criterion: change.to_level for change in way.changes} == {"A": 1}
    assert best_by_trying_all((asked, ladder, answers, HOME), None) == {"high": {"A": 1}}


def test_where_no_criterion_helps_the_result_with_everything_met_is_told() -> None:
    ladder = rules(TWO, [("low", {"fact": "not-authorised"})])
    facts = Facts("children", flags=frozenset({"not-authorised"}))
    (way,) = ways(FOUR, ladder, _answers(A=1, B=0, C=2, D=0), facts)
    assert way.reachable is False
    assert (way.reaches, way.score) == ("low", Decimal("100.00"))


def test_a_limit_that_stays_is_lifted_by_none_of_the_changes() -> None:
    # «high» asks A alone; the limit on B, C and D is one of a level above it, and holds after the change
    gates = [
        ("low", {"answers": {"codes": ["A"], "level_at_most": 0, "count": 1}}),
        ("high", {"answers": {"level_at_most": 0, "count": 1}}),
    ]
    high, highest = ways(FOUR, rules({**TWO, "highest": "2"}, gates), _answers(A=0, B=0, C=0, D=3), HOME)
    assert [(change.criterion, change.lifts) for change in high.changes] == [("A", ("answers-0",))]
    assert [change.criterion for change in highest.changes] == ["A", "B", "C"]
    assert highest.changes[1].lifts == ("answers-1",)


def test_a_criterion_that_stood_high_enough_for_a_gate_lifts_it_not_by_rising_further() -> None:
    # the gate asks A to leave 0; B stands at 1, as much as the gate wants of it, and rises for the score
    gate = ("low", {"answers": {"codes": ["A", "B"], "level_at_most": 0, "count": 1}})
    (way,) = ways(FOUR, rules({"low": "0", "high": "100"}, [gate]), _answers(A=0, B=1, C=3, D=3), HOME)
    assert [(change.criterion, change.lifts) for change in way.changes] == [("A", ("answers-0",)), ("B", ())]


def test_a_change_in_another_domain_lifts_not_the_limit_of_this_one() -> None:
    asked = checklist(GOV=[criterion("A"), criterion("B")], PRO=[criterion("C")])
    gates = [("low", {"domain": {"code": "GOV", "below": "50"}}), ("low", {"any_domain": {"below": "50"}})]
    (way,) = ways(asked, rules({"low": "0", "high": "90"}, gates), _answers(A=0, B=2, C=2), HOME)
    lifts = {change.criterion: change.lifts for change in way.changes}
    assert lifts["A"] == ("domain-0", "any_domain-1")
    assert lifts["C"] == ()  # PRO stands at 67: it had enough before


def test_a_domain_that_stands_just_where_a_gate_wants_it_lifts_nothing_by_rising() -> None:
    asked = checklist(GOV=[criterion("A")], PRO=[criterion("C"), criterion("D")])
    gate = ("low", {"any_domain": {"below": "50"}})
    (way,) = ways(asked, rules({"low": "0", "high": "100"}, [gate]), _answers(A=1, C=3, D=0), HOME)
    assert {change.criterion: change.lifts for change in way.changes} == {"A": ("any_domain-0",), "D": ()}


def test_a_score_is_told_with_a_comma_in_arabic_and_french_and_with_a_point_in_english() -> None:
    said = overall(level="conditional", by_score="conditional", score=Decimal("71.43"), limits=0, unanswered=0)
    assert said.ar.startswith("النقطة 71,43 % تعطي")
    assert said.fr.startswith("Le score de 71,43 % donne")
    assert said.en.startswith("The score of 71.43% gives")
