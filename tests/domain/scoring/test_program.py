"""Rules of other regulators, written as data: the published cases come out, and each result says what fixed it."""

from decimal import Decimal
from typing import Any

import pytest

from inspect_app.adapters.rule_books import load_cases, load_rule_books
from inspect_app.config import ROOT
from inspect_app.domain.scoring.program import Case, InputError, Program, Result, run, same

CASES = load_cases(ROOT / "tests" / "vectors" / "regulators.json")


def _program(reference: str) -> Program:
    book, code = reference.split("/")
    return [b for b in load_rule_books() if b.code == book][-1].program(code)


def _work(reference: str, **given: Any) -> Result:
    return _program(reference).work(given)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_published_case_comes_out_as_published(case: Case) -> None:
    result = run(case, load_rule_books())
    assert result.passed, f"expected {case.expected}, got {result.got} {result.problem}"


def test_every_program_has_at_least_one_case() -> None:
    told = {case.framework for case in CASES}
    assert {p.vectors.framework for b in load_rule_books() for p in b.programs if p.vectors} == told


def test_a_lawyer_reads_which_statement_held_the_rating_down() -> None:
    rating = _work("cqc/key-question", scores=[4, 4, 4, 4, 4, 4, 4, 2]).outcome("rating")
    assert rating.binding == ("outstanding-with-shortfall",)
    assert rating.explanation.en == "“Outstanding” becomes “Good”: at least one statement at 1 or 2 (no. 8)."
    assert rating.explanation.ar == "«متميز» تصير «جيد»: بيان واحد على الأقل بدرجة 1 أو 2 (رقم 8)."


def test_the_arithmetic_of_a_percentage_is_shown_before_and_after_rounding() -> None:
    percentage = _work("cqc/quality-statement", scores=[3, 3, 2, 2]).outcome("percentage")
    assert percentage.arithmetic == "100 × (3 + 3 + 2 + 2) / (4 × 4) = 62.5 ≈ 63"
    assert percentage.explanation.fr == "Catégories de preuves : moyenne de 4 valeurs = 63 % (avant arrondi : 62,5)."


def test_the_standards_that_stand_between_an_agency_and_accreditation_are_named() -> None:
    accredited = _work("coa-hague/accreditation", mandatory=[1, 2], critical=[1, 3]).outcome("accredited")
    assert accredited.binding == ("mandatory.2", "critical.2")
    assert "mandatory.2, critical.2" in accredited.explanation.en


def test_a_judgement_outside_the_bounds_is_brought_inside_and_the_bounds_are_told() -> None:
    overall = _work("ofsted/overall", helped_protected="G", leaders="I", proposed="O").outcome("overall")
    assert overall.shown == "RI"
    assert overall.admissible == ("I", "RI")
    assert overall.binding == ("leaders-inadequate",)


def test_a_judgement_within_the_bounds_is_the_persons_own() -> None:
    overall = _work("ofsted/overall", helped_protected="RI", leaders="G", proposed="G").outcome("overall")
    assert (overall.shown, overall.binding) == ("G", ("proposed",))


def test_steps_up_and_down_are_told_in_their_order() -> None:
    moved = _work("cms-five-star/overall", inspection=5, staffing=5, quality=1).outcome("moved")
    assert moved.arithmetic == "5 +1 -1 = 4"
    assert "staffing at five stars" in moved.explanation.en


def test_the_lowest_indicators_are_named() -> None:
    assert _work("care-inspectorate/key-question", indicators=[4, 3, 3]).outcome("grade").binding == ("2", "3")


def test_nothing_that_applies_is_not_a_score_of_nought() -> None:
    result = _work("has/criterion", elements=["NC", None])
    assert (result.scored, result.answer) == (False, (None,))


@pytest.mark.parametrize(
    ("reference", "given", "said"),
    [
        ("cqc/key-question", {"scores": [5]}, "scores.1: one of 1, 2, 3, 4, not 5"),
        ("cqc/key-question", {"scores": "4"}, "scores: a list, not '4'"),
        ("cqc/key-question", {"grades": [4]}, "grades: no such input; known: rounding, scores"),
        ("cqc/key-question", {"scores": [4], "rounding": "nearest"}, "rounding: one of half-up"),
        ("cqc/overall", {"kq": ["G"], "breach": 1}, "breach: true or false, not 1"),
        ("cohsasa/accreditation", {"overall": 101}, "overall: a number from 0 to 100, not 101"),
        ("cohsasa/accreditation", {"overall": "high"}, "overall: a number, not 'high'"),
        ("cohsasa/accreditation", {"overall": True}, "overall: a number, not True"),
        ("agreement/kappa", {"table": [[1, 2], [3]]}, "table: a square table of counts"),
        ("agreement/kappa", {"table": [[1, -2], [3, 4]]}, "table: a square table of counts"),
    ],
)
def test_an_input_that_cannot_be_read_is_refused_with_what_was_expected(
    reference: str, given: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError) as refused:
        _work(reference, **given)
    assert str(refused.value).startswith(said)


def test_a_binary_float_is_refused() -> None:
    with pytest.raises(InputError):
        _work("cohsasa/accreditation", overall=84.9)


def test_the_same_inputs_give_the_same_bytes() -> None:
    one = _work("acecqa/overall", areas={"1": "EX", "2": "ME"})
    other = _work("acecqa/overall", areas={"1": "EX", "2": "ME"})
    assert one.sha256 == other.sha256


@pytest.mark.parametrize(
    ("expected", "got", "equal"),
    [
        (Decimal("3.10"), "3.10", True),
        (Decimal("3.1"), "3.10", True),
        ("4.63", "4.63", True),
        (1, True, False),
        (True, "true", False),
        (None, "", False),
        (["L1", 3], ["L1", 3], True),
        (["L1", 3], ["L1"], False),
        ("G", "RI", False),
    ],
)
def test_a_case_passes_only_with_the_very_value(expected: Any, got: Any, equal: bool) -> None:
    assert same(expected, got) is equal
