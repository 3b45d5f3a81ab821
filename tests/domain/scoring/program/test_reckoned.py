"""Means, steps and agreement, with figures that can be checked by hand."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from inspect_app.domain.scoring.program import Atom, Outcome
from inspect_app.domain.scoring.program.outcome import GroupOutcome
from inspect_app.domain.scoring.program.reckoned import Agreement, Mean, Rounding, Step
from inspect_app.domain.scoring.program.sentences import NO_AGREEMENT, NOT_SCORED
from tests.domain.scoring.program.ledgers import LETTERS, MARKS, TITLE, atoms, grade, ledger, outcome

TWO = Rounding(2, "half-up")


def _mean(*of: str, **more: Any) -> Mean:
    return Mean("n", TITLE, of or ("a",), **{"rounding": TWO, "weights": {}, **more})


def test_a_mean_adds_up_and_divides() -> None:
    found = _mean().work(ledger(a=atoms(3, 2, 0)))
    assert (found.code, found.family, found.title) == ("n", "mean", TITLE)
    assert (found.value, found.exact, found.shown) == (Decimal("1.67"), Fraction(5, 3), "1.67")
    assert found.binding == ("1", "2", "3")
    assert found.inputs == {"1": "3", "2": "2", "3": "0"}
    assert found.arithmetic == "(3 + 2 + 0) / 3 = 1.6666… ≈ 1.67"
    assert found.explanation.fr == "titre : moyenne de 3 valeurs = 1,67 (avant arrondi : 1,6666…)."


def test_weights_are_said_where_they_count() -> None:
    found = _mean().work(ledger(a=atoms(3, 1, weights=(3, 1))))
    assert (found.exact, found.arithmetic) == (Fraction(5, 2), "(3×3 + 1×1) / 4 = 2.5")
    assert found.explanation.en == "title: weighted mean of 2 values = 2.50."


def test_one_weight_that_is_not_one_is_enough_to_say_so() -> None:
    assert _mean().work(ledger(a=atoms(3, 1, weights=(1, 3)))).arithmetic == "(1×3 + 3×1) / 4 = 1.5"


def test_in_percent_of_the_most() -> None:
    found = _mean(percent=Fraction(4)).work(ledger(a=atoms(3, 2)))
    assert (found.exact, found.arithmetic) == (Fraction(125, 2), "100 × (3 + 2) / (2 × 4) = 62.5")
    assert found.explanation.fr == "titre : moyenne de 2 valeurs = 62,50 %."


def test_what_does_not_apply_leaves_with_its_weight() -> None:
    assert _mean().work(ledger(a=atoms(3, None, 1, weights=(1, 9, 1)))).exact == 2


def test_only_weights_of_nought_is_no_mean() -> None:
    found = _mean().work(ledger(a=atoms(3, 2, weights=(0, 0))))
    assert (found.value, found.exact, found.explanation) == (None, None, NOT_SCORED)
    assert found == Outcome("n", "mean", TITLE, None, NOT_SCORED)


def test_a_weight_of_nought_counts_for_nothing_beside_others() -> None:
    assert _mean().work(ledger(a=atoms(3, 1, weights=(0, 2)))).exact == 1


def test_letters_have_no_mean() -> None:
    letters = (Atom("1", grade("A", LETTERS)),)
    assert _mean().work(ledger(a=letters)).value is None


def test_several_collections_are_one_heap_where_none_has_a_weight() -> None:
    found = _mean("a", "b").work(ledger(a=atoms(3, 3, 3), b=atoms(0)))
    assert (found.exact, found.binding) == (Fraction(9, 4), ("a.1", "a.2", "a.3", "b.1"))


def test_collections_with_weights_are_averaged_one_by_one_first() -> None:
    weights = {"a": Fraction(1), "b": Fraction(2)}
    found = _mean("a", "b", weights=weights).work(ledger(a=atoms(3, 2, 1), b=atoms(0, None)))
    assert (found.exact, found.binding) == (Fraction(2, 3), ("a", "b"))
    assert found.inputs == {"a": "2", "b": "0"}
    nothing = _mean("a", "b", weights=weights).work(ledger(a=atoms(2), b=atoms(None)))
    assert (nothing.exact, nothing.binding) == (2, ("a",))


def test_single_values_have_the_weight_of_their_name_or_one() -> None:
    found = _mean("a", "b", "c", weights={"a": Fraction(3)}).work(ledger(a=grade(3), b=Fraction(1), c=None))
    assert (found.exact, found.binding) == (Fraction(10, 4), ("a", "b"))


def test_results_by_groups_go_on_exactly_with_the_weight_of_each_group() -> None:
    groups = (
        GroupOutcome("g", Fraction(200, 3), Decimal("66.67"), "", TITLE),
        GroupOutcome("h", Fraction(50), Decimal(50), "", TITLE),
        GroupOutcome("none", None, None, "", TITLE),
    )
    found = _mean("d", weights={"g": Fraction(3)}).work(ledger(outcome("d", None, groups=groups)))
    assert (found.exact, found.binding) == (Fraction(250, 4), ("g", "h"))


def test_groups_stand_beside_what_was_named_before_them() -> None:
    groups = (GroupOutcome("g", Fraction(50), Decimal(50), "", TITLE),)
    found = _mean("a", "d").work(ledger(outcome("d", None, groups=groups), a=Fraction(10)))
    assert (found.exact, found.binding) == (30, ("a", "g"))


def test_a_rounded_result_goes_on_exactly() -> None:
    found = _mean("d").work(ledger(outcome("d", Decimal("0.33"), exact=Fraction(1, 3))))
    assert found.exact == Fraction(1, 3)


def test_a_mean_for_each_group() -> None:
    given = atoms(3, 1, None, None, weights=(1, 3, 1, 1), domain=("FOD", "FOD", "FOD", "PRO"))
    found = _mean(by="domain", percent=Fraction(3)).work(ledger(a=given))
    assert (found.value, found.binding) == (None, ("FOD",))
    assert (found.code, found.family, found.title) == ("n", "mean", TITLE)
    assert found.explanation.en == "One mean for each group: 1 scored groups out of 2."
    food, protection = found.groups or ()
    assert (food.code, food.exact, food.rounded) == ("FOD", Fraction(50), Decimal("50.00"))
    assert (food.arithmetic, food.binding) == ("100 × (1×3 + 3×1) / (4 × 3) = 50", ("1", "2"))
    assert food.explanation.en == "title: weighted mean of 2 values = 50.00%."
    assert protection == GroupOutcome("PRO", None, None, "", NOT_SCORED)


def test_groups_are_formed_over_all_collections_and_may_all_be_empty() -> None:
    found = _mean("a", "b", by="d").work(ledger(a=atoms(3, d=("x",)), b=atoms(0, None, d=("x", "y"))))
    assert [(g.code, g.exact) for g in found.groups or ()] == [("x", Fraction(3, 2)), ("y", None)]
    assert [g.arithmetic for g in found.groups or ()] == ["(3 + 0) / 2 = 1.5", ""]
    empty = _mean(by="d").work(ledger(a=atoms(None, d=("x",))))
    assert (empty.explanation, empty.binding, empty.value) == (NOT_SCORED, (), None)


def test_an_empty_group_does_not_stop_the_ones_after_it() -> None:
    found = _mean(by="d").work(ledger(a=atoms(None, 2, d=("x", "y"))))
    assert [g.exact for g in found.groups or ()] == [None, 2]


def test_the_mode_of_rounding_may_be_chosen_by_who_asks() -> None:
    chosen = Rounding(0, "half-up", "how")
    assert chosen.apply(Fraction(5, 2), ledger(how="down")) == 2
    assert Rounding(0, "half-up").apply(Fraction(5, 2), ledger(how="down")) == 3
    given = {"a": atoms(3, 2, d=("x", "x")), "b": Fraction(5, 2), "t": ((2, 1), (0, 3)), "how": "down"}
    (group,) = Mean("n", TITLE, ("a",), chosen, {}, by="d").work(ledger(**given)).groups or ()
    assert group.rounded == 2
    assert Mean("n", TITLE, ("a",), chosen, {}).work(ledger(**given)).value == 2
    assert Step("n", TITLE, "b", MARKS, chosen).work(ledger(**given)).shown == 2
    assert Agreement("n", TITLE, "t", "none", chosen).work(ledger(**given)).value == 0  # 2/3
    assert Rounding(1, "floor").apply(Fraction(25, 100), ledger()) == Decimal("0.2")


@pytest.mark.parametrize(
    ("number", "step"), [("2.5", 3), ("2.4", 2), ("-7", 0), ("99", 3), ("0.49", 0), ("0.5", 1), ("3.4", 3)]
)
def test_a_number_becomes_the_nearest_step_and_stays_on_the_scale(number: str, step: int) -> None:
    found = Step("n", TITLE, "a", MARKS, Rounding(0, "half-up")).work(ledger(a=Fraction(number)))
    assert found.value == grade(step)
    assert found.arithmetic == f"{number} → {step}"
    assert (found.binding, found.inputs) == (("a",), {"a": number})
    assert (found.code, found.family, found.title) == ("n", "rounding", TITLE)
    assert found.explanation.en == f"{number} is rounded to {step}."


def test_steps_may_stand_in_any_order_on_the_scale() -> None:
    from inspect_app.domain.scoring.program import Scale

    upside_down = Scale("stars", (5, 4, 3))
    step = Step("n", TITLE, "a", upside_down, Rounding(0, "half-up"))
    assert step.work(ledger(a=Fraction(9))).shown == 5
    assert step.work(ledger(a=Fraction(0))).shown == 3


def test_no_number_is_no_step() -> None:
    step = Step("n", TITLE, "a", MARKS, Rounding(0, "half-up"))
    assert step.work(ledger(a=None)) == Outcome("n", "rounding", TITLE, None, NOT_SCORED)


def test_two_raters_agree_beyond_chance() -> None:
    table = ((20, 5), (10, 15))  # Cohen's table: observed 0.7, by chance 0.5
    found = Agreement("n", TITLE, "t", "none", Rounding(2, "half-up")).work(ledger(t=table))
    assert (found.value, found.exact, found.binding) == (Decimal("0.40"), Fraction(2, 5), ("t",))
    assert (found.inputs, found.arithmetic) == ({"observed": 35, "total": 50}, "0.4 ≈ 0.40")
    assert (found.code, found.family, found.title) == ("n", "agreement", TITLE)
    assert found.explanation.en == "Agreement coefficient = 0.40; exact agreement on 35 of 50."


def test_far_apart_weighs_more_with_quadratic_weights() -> None:
    table = ((2, 0, 1), (0, 2, 0), (0, 0, 2))
    plain, quadratic = (
        Agreement("n", TITLE, "t", weights, Rounding(4, "half-up")).work(ledger(t=table)).exact
        for weights in ("none", "quadratic")
    )
    # observed 6/7; by chance (3·2 + 2·2 + 2·3)/49 = 16/49
    assert plain == Fraction(Fraction(6, 7) - Fraction(16, 49)) / Fraction(33, 49)
    # disagreement 4 of 7 pairs' squares; expected (3·2 + 2·2 + 2·2 + 2·3 + 4·(3·3 + 2·2)) / 49 = 72/49
    assert quadratic == 1 - Fraction(4, 7) / Fraction(72, 49)


def test_all_on_one_step_is_no_coefficient() -> None:
    found = Agreement("n", TITLE, "t", "none", TWO).work(ledger(t=((7, 0), (0, 0))))
    assert found == Outcome("n", "agreement", TITLE, None, NO_AGREEMENT, inputs={"observed": 7, "total": 7})
