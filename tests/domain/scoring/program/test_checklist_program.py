"""A checklist's rules as a program, part by part, and what it is given."""

from decimal import Decimal
from fractions import Fraction

import pytest

from inspect_app.domain.checklists import Facts
from inspect_app.domain.scoring import AnswerInput
from inspect_app.domain.scoring.program import Atom, Grade, InputError, Program, Scale
from inspect_app.domain.scoring.program.checklist_form import ANSWERS as STEPS
from inspect_app.domain.scoring.program.checklist_form import (
    BY_SCORE,
    CRITERIA,
    DOMAINS,
    FLAGS,
    LEVEL,
    SCORE,
    STANDARDS,
    explained,
    inputs_of,
    program_of,
)
from inspect_app.domain.scoring.program.conditions import Bound, Fact, Some, Subset, Value
from inspect_app.domain.scoring.program.inputs import Input
from inspect_app.domain.scoring.program.judged import Bands, Limit, Limits
from inspect_app.domain.scoring.program.reckoned import Mean, Rounding
from inspect_app.domain.scoring.sentences import level_name
from inspect_app.domain.texts import Text
from tests.factories.scoring import TEXT, checklist, criterion, rules

GATES = [
    ("low", {"answers": {"level_at_most": 1, "count": 2, "class": "critical", "domain": "PRO", "codes": ["P1"]}}),
    ("mid", {"answers": {"level_at_most": 0}}),
    ("mid", {"domain": {"code": "GOV", "below": "40"}}),
    ("low", {"any_domain": {"below": "60"}}),
    ("low", {"fact": "over-capacity"}),
    ("mid", {"fact": "zz"}),
    ("mid", {"fact": "over-capacity"}),
]
RULES = rules({"low": "0", "mid": "50", "high": "75.5"}, GATES, digits=1, mode="down", weights={"GOV": 2})
SAID = Text(**TEXT)
ANSWERS = Scale("answers", (0, 1, 2, 3), STEPS)
LEVELS = Scale("levels", ("low", "mid", "high"), {code: level_name(code) for code in ("low", "mid", "high")})


def test_a_rule_set_becomes_five_steps() -> None:
    rounding = Rounding(1, "down")
    of = ("criteria",)
    assert program_of(RULES) == Program(
        code="test",
        title=SAID,
        inputs=(
            Input("criteria", CRITERIA, "grade", many=True, scale=ANSWERS),
            Input("over-capacity", FLAGS["over-capacity"], "flag", better="lower"),
            Input("zz", Text("zz", "zz", "zz"), "flag", better="lower"),
        ),
        nodes=(
            Mean("standards", STANDARDS, of, rounding, {}, by="standard", percent=Fraction(3)),
            Mean("domains", DOMAINS, of, rounding, {}, by="domain", percent=Fraction(3)),
            Mean("score", SCORE, ("domains",), rounding, {"GOV": Fraction(2)}),
            Bands("by-score", BY_SCORE, "score", LEVELS, (None, Fraction(50), Fraction(151, 2))),
            Limits(
                "level",
                LEVEL,
                "by-score",
                LEVELS,
                (
                    Limit(
                        "answers-0",
                        0,
                        Some(
                            Subset(of, frozenset({"P1"}), {"class": "critical", "domain": "PRO"}),
                            Bound("at_most", 1),
                            2,
                        ),
                        SAID,
                    ),
                    Limit("answers-1", 1, Some(Subset(of, None, {}), Bound("at_most", 0), 1), SAID),
                    Limit("domain-2", 1, Value("domains", Bound("below", Decimal(40)), "GOV"), SAID),
                    Limit("any_domain-3", 0, Value("domains", Bound("below", Decimal(60)), None), SAID),
                    Limit("fact-4", 0, Fact("over-capacity"), SAID),
                    Limit("fact-5", 1, Fact("zz"), SAID),
                    Limit("fact-6", 1, Fact("over-capacity"), SAID),
                ),
            ),
        ),
        answer=("score", "level"),
    )


ASKED = checklist(GOV=[criterion("G1", weight=2)], PRO=[criterion("P1", criterion_class="critical"), criterion("P2")])


def test_every_criterion_that_applies_goes_in_answered_or_not_and_every_fact_that_limits() -> None:
    given = {"G1": AnswerInput(3), "P1": AnswerInput(2, True), "ELSE": AnswerInput(1)}
    facts = Facts("children", flags=frozenset({"zz", "unasked"}))

    def atom(code: str, domain: str, kind: str, rank: int | None, weight: int = 1) -> Atom:
        value = None if rank is None else Grade(ANSWERS, rank)
        return Atom(code, value, Fraction(weight), {"domain": domain, "standard": f"{domain}-S1", "class": kind})

    assert inputs_of(ASKED, RULES, given, facts) == {
        "criteria": {
            "G1": atom("G1", "GOV", "standard", 3, 2),
            "P1": atom("P1", "PRO", "critical", None),
            "P2": atom("P2", "PRO", "standard", None),
        },
        "over-capacity": False,
        "zz": True,
    }


def test_a_level_outside_the_scale_is_refused_under_the_name_of_its_criterion() -> None:
    with pytest.raises(InputError, match="G1: one of 0, 1, 2, 3, not 4"):
        inputs_of(ASKED, RULES, {"G1": AnswerInput(4)}, Facts("children"))


def test_the_explained_result_is_that_of_the_program() -> None:
    given, facts = {"G1": AnswerInput(3), "P2": AnswerInput(2)}, Facts("children")
    result = explained(ASKED, RULES, given, facts)
    assert result == program_of(RULES).work(inputs_of(ASKED, RULES, given, facts))
    assert result.answer == ("88.8", "high")


def test_only_the_usual_scale_has_names_for_its_steps() -> None:
    (criteria,) = program_of(rules({"low": "0"}, maximum=2)).inputs
    assert criteria.scale == Scale("answers", (0, 1, 2))
