"""What each change of a way is worth, and what it has a part in: every figure of a change, by hand."""

from decimal import Decimal
from fractions import Fraction

from inspect_app.domain.checklists import Facts
from inspect_app.domain.scoring import AnswerInput
from inspect_app.domain.scoring.way import Change, Way, ways
from tests.factories.scoring import checklist, criterion, rules

HOME = Facts("children")
ASKED = checklist(GOV=[criterion("A", weight=2), criterion("B")], PRO=[criterion("C"), criterion("D")])
GATES = [
    ("low", {"domain": {"code": "PRO", "below": "50"}}),
    ("low", {"answers": {"level_at_most": 0}}),
    ("low", {"domain": {"code": "GOV", "below": "10"}}),
]


def _answers(**levels: int) -> dict[str, AnswerInput]:
    return {code: AnswerInput(level) for code, level in levels.items()}


def test_every_figure_of_a_change() -> None:
    # GOV 7 of 9, PRO 1 of 6; C must leave 0, and PRO needs 3 of 6 points
    ladder = rules({"low": "0", "high": "50"}, GATES, digits=1, weights={"GOV": 1, "PRO": 3})
    (way,) = ways(ASKED, ladder, _answers(A=2, B=3, C=0, D=1), HOME)
    change = Change(
        criterion="C",
        domain="PRO",
        from_level=0,
        to_level=2,
        lifts=("domain-0", "answers-1"),
        lifts_alone=("domain-0", "answers-1"),
        domain_gain=Fraction(100, 3),
        gain=Fraction(25),
        domain_points=Decimal("33.3"),
        points=Decimal("25.0"),
        effort=2,
    )
    # 77.77…×1 + 50×3 = 227.77…, by 4: 56.94…
    assert way == Way("high", (change,), True, (), "high", Decimal("56.9"))
    assert (change.steps, way.rise, way.effort) == (2, 2, 2)


def test_the_effort_of_a_change_is_that_of_all_its_steps() -> None:
    ladder = rules({"low": "0", "high": "50"}, GATES, weights={"GOV": 1, "PRO": 3})
    (way,) = ways(ASKED, ladder, _answers(A=2, B=3, C=0, D=1), HOME, dict.fromkeys("ABCD", 5))
    assert (way.effort, way.rise) == (10, 2)
    assert [c.effort for c in way.changes] == [5 * c.steps for c in way.changes]


def test_a_change_has_no_part_in_a_limit_that_asks_nothing_of_it() -> None:
    # C at 1 is no longer too low: raising D alone serves the domain, and the answers ask nothing of it
    ladder = rules({"low": "0", "high": "50"}, GATES[:2], weights={"GOV": 1, "PRO": 3})
    (way,) = ways(ASKED, ladder, _answers(A=3, B=3, C=1, D=1), HOME)
    assert [(c.criterion, c.to_level, c.lifts) for c in way.changes] == [("C", 2, ("domain-0",))]


def test_what_is_not_scored_has_no_way() -> None:
    assert ways(ASKED, rules({"low": "0", "high": "50"}), {}, HOME) == ()
