"""How fragile a result is: the answers that Driss, the second reader, looks at first."""

from hypothesis import given
from hypothesis import strategies as st

from inspect_app.adapters.rule_files import load_rules
from inspect_app.domain.checklists import Facts
from inspect_app.domain.scoring import AnswerInput, score
from inspect_app.domain.scoring.fragility import Flip, fragility
from tests.examples import examples
from tests.factories.scoring import any_case, changeable, checklist, criterion

HOME = Facts("children")
ASKED = checklist(GOV=[criterion("GOV-01", criterion_class="critical"), *(criterion(f"GOV-0{n}") for n in range(2, 7))])


def test_a_result_far_from_every_limit_hangs_on_no_single_answer() -> None:
    # 15 of 18 points give 83.33; one more 88.89, one less 77.78: between 70 and 90 all of them
    levels = [3, 3, 3, 2, 2, 2]
    found = fragility(ASKED, load_rules(), {c.code: AnswerInput(n) for c, n in zip(ASKED, levels, strict=True)}, HOME)
    assert (found.level, found.fragile, found.flips) == ("accredited", False, ())


def test_a_critical_criterion_just_begun_holds_the_level_in_both_directions() -> None:
    answers = {c.code: AnswerInput(3) for c in ASKED} | {"GOV-01": AnswerInput(1)}
    found = fragility(ASKED, load_rules(), answers, HOME)
    assert found.level == "conditional"
    assert found.flips == (Flip("GOV-01", 1, 0, "provisional"), Flip("GOV-01", 1, 2, "accredited"))
    assert (found.down, found.up) == (found.flips[:1], found.flips[1:])
    assert found.criteria == ("GOV-01",)


def test_a_score_on_the_threshold_hangs_on_every_answer() -> None:
    # 13 of 18 points give 72.22; one less 66.67, under the 70 of «accredited»
    levels = [2, 2, 2, 2, 2, 3]
    found = fragility(ASKED, load_rules(), {c.code: AnswerInput(n) for c, n in zip(ASKED, levels, strict=True)}, HOME)
    assert found.level == "accredited"
    assert {flip.criterion for flip in found.down} == {c.code for c in ASKED}
    assert {flip.gives for flip in found.down} == {"conditional"}
    assert found.up == ()


def test_nothing_scored_is_not_fragile() -> None:
    found = fragility(ASKED, load_rules(), {}, HOME)
    assert (found.level, found.fragile) == (None, False)


@given(seed=st.integers(0, 10**9), size=st.integers(1, 14))
@examples(600)
def test_it_is_what_scoring_again_for_each_answer_says(seed: int, size: int) -> None:
    asked, ruleset, answers, facts = any_case(seed, size)
    now = score(asked, ruleset, answers, facts).level
    expected = []
    for code in changeable(asked, answers) if now else ():
        at = answers[code].level or 0
        for level in (at - 1, at + 1):
            if 0 <= level <= ruleset.maximum:
                gives = score(asked, ruleset, {**answers, code: AnswerInput(level)}, facts).level
                if gives and gives != now:
                    expected.append(Flip(code, at, level, gives))
    found = fragility(asked, ruleset, answers, facts)
    assert (found.level, list(found.flips)) == (now, expected)
