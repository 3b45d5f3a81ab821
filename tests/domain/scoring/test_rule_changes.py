"""Two rule-sets side by side, change by change: data to the last key, sentences to the last word."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from inspect_app.domain.scoring import RuleSet
from inspect_app.domain.scoring.rule_words import condition, number, rounding, title
from inspect_app.domain.scoring.rules import AnswersCondition, DomainCondition, FactCondition
from inspect_app.domain.scoring.rules_difference import rules_difference
from inspect_app.domain.texts import Text
from tests.factories.scoring import TEXT

OTHER = {"ar": "آخر", "fr": "autre", "en": "other"}
TITLES = {"GOV": Text("حكامة", "gouvernance", "governance")}
OLD: dict[str, Any] = {
    "code": "r",
    "version": "1",
    "title": TEXT,
    "scale": {"minimum": 0, "maximum": 3, "failing_below": 2},
    "score": {"rounding": {"digits": 2, "mode": "half-up"}, "domain_weights": {"GOV": 2, "PRO": 3}},
    "levels": [
        {"code": "refused", "from": "0", "validity_months": 0},
        {"code": "conditional", "from": "50", "validity_months": 12},
        {"code": "accredited", "from": "75.5", "validity_months": 36},
    ],
    "gates": [{"code": "fact", "caps_at": "refused", "when": {"fact": "closed"}, "text": TEXT}],
    "severities": [
        {"severity": "major", "level_at_most": 0, "class": "critical"},
        {"severity": "minor", "level_at_most": 1},
    ],
}


def _changes(**parts: Any) -> list[tuple[str, str, str | None, str | None, str]]:
    found = rules_difference(RuleSet.of(OLD), RuleSet.of({**OLD, **parts}), TITLES)
    return [(c.kind, c.code, c.before, c.after, c.text.en) for c in found]


def test_the_same_rules_differ_in_nothing() -> None:
    assert _changes() == []
    assert rules_difference(RuleSet.of(OLD), RuleSet.of(OLD)) == ()


def test_scale_failing_and_rounding() -> None:
    assert _changes(scale={"minimum": 0, "maximum": 4, "failing_below": 2}) == [
        ("scale", "scale", "3", "4", "Answers go from 0 to 4 instead of 0 to 3.")
    ]
    assert _changes(scale={"minimum": 0, "maximum": 3, "failing_below": 1}) == [
        ("failing", "failing_below", "2", "1", "An answer is a finding below 1 instead of 2.")
    ]
    said = "Scores are rounded otherwise: {} decimals, {}."
    for digits, mode, words in ((1, "half-up", "half up"), (2, "down", "towards zero")):
        score = {**OLD["score"], "rounding": {"digits": digits, "mode": mode}}
        assert _changes(score=score) == [
            ("rounding", "rounding", "2 half-up", f"{digits} {mode}", said.format(digits, words))
        ]


def test_weights_by_title_where_there_is_one_and_a_missing_one_is_one() -> None:
    score = {**OLD["score"], "domain_weights": {"GOV": "2.5", "NEW": 4, "ONE": 1}}
    assert _changes(score=score) == [
        ("weight", "GOV", "2", "2.5", "The domain “governance” weighs 2.5 instead of 2."),
        ("weight", "PRO", "3", "1", "The domain “PRO” weighs 1 instead of 3."),
        ("weight", "NEW", "1", "4", "The domain “NEW” weighs 4 instead of 1."),
    ]


def test_levels_that_go_come_or_move() -> None:
    levels = [
        {"code": "refused", "from": "0", "validity_months": 6},
        {"code": "accredited", "from": "80", "validity_months": 24},
        {"code": "distinction", "from": "90.5", "validity_months": 48},
    ]
    assert _changes(levels=levels) == [
        ("validity", "refused", "0", "6", "The level “refused” is valid for 6 months instead of 0."),
        ("level-removed", "conditional", "50", None, "The level “conditional” no longer exists."),
        ("threshold", "accredited", "75.5", "80", "The level “accredited” begins at 80% instead of 75.5%."),
        ("validity", "accredited", "36", "24", "The level “accredited” is valid for 24 months instead of 36."),
        ("level-added", "distinction", None, "90.5", "A new level “accredited with distinction”, from 90.5%."),
    ]


def test_limits_that_go_come_or_change() -> None:
    (gate,) = OLD["gates"]
    new = {"code": "new", "caps_at": "conditional", "when": {"fact": "x"}, "text": OTHER}
    assert _changes(gates=[new]) == [
        ("gate-removed", "fact", "refused", None, "A limit is gone: text"),
        ("gate-added", "new", None, "conditional", "A new limit (at most “conditional”): other"),
    ]
    assert _changes(gates=[{**gate, "caps_at": "conditional"}]) == [
        ("gate-cap", "fact", "refused", "conditional", "This limit stops at “conditional” instead of “refused”: text")
    ]
    by_domain = {"domain": {"code": "GOV", "below": "40"}}
    said = "The condition of this limit changes (text): domain “governance” below 40%, instead of: fact “closed”."
    assert _changes(gates=[{**gate, "when": by_domain}]) == [
        ("gate-condition", "fact", "fact “closed”", "domain “governance” below 40%", said)
    ]
    back = rules_difference(RuleSet.of({**OLD, "gates": [{**gate, "when": by_domain}]}), RuleSet.of(OLD), TITLES)
    assert [c.before for c in back] == ["domain “governance” below 40%"]
    assert _changes(gates=[{**gate, "text": OTHER}]) == [
        ("gate-text", "fact", "texte", "autre", "A limit is worded otherwise: other")
    ]
    assert [c[0] for c in _changes(gates=[{**gate, "text": OTHER, "caps_at": "conditional"}])] == ["gate-cap"]
    assert [c[0] for c in _changes(gates=[{**gate, "text": OTHER, "when": by_domain}])] == ["gate-condition"]


def test_severities_are_told_as_one_change() -> None:
    before = "critical ≤ 0: major; * ≤ 1: minor"
    said = "The severity of findings is set otherwise."
    assert _changes(severities=OLD["severities"][1:]) == [("severity", "severities", before, "* ≤ 1: minor", said)]
    assert _changes(severities=[]) == [("severity", "severities", before, "", said)]


def test_a_change_is_plain_data_too() -> None:
    (change,) = rules_difference(RuleSet.of(OLD), RuleSet.of({**OLD, "severities": []}))
    assert change.as_data() == {
        "kind": "severity",
        "code": "severities",
        "before": "critical ≤ 0: major; * ≤ 1: minor",
        "after": "",
        "text": change.text.as_dict(),
    }


@pytest.mark.parametrize(
    ("value", "comma", "dot"),
    [
        (Decimal("72.50"), "72,50", "72.50"),
        (Decimal(70), "70", "70"),
        (Fraction(5, 2), "2,5", "2.5"),
        (Fraction(10), "10", "10"),
        (Fraction(2, 3), "0,67", "0.67"),
        (Fraction(1, 200), "0,01", "0.01"),
    ],
)
def test_numbers_have_the_comma_of_their_language(value: Decimal | Fraction, comma: str, dot: str) -> None:
    assert number(value) == Text(comma, comma, dot)


def test_words_for_titles_and_rounding() -> None:
    assert (title(TITLES, "GOV"), title(TITLES, "X")) == (TITLES["GOV"], Text("X", "X", "X"))
    assert [rounding(m).en for m in ("half-even", "up", "floor", "own")] == ["half to even", "up", "down", "own"]
    assert rounding("down").fr == "vers zéro"
    assert rounding("own") == Text("own", "own", "own")


def test_words_for_each_condition() -> None:
    assert condition(FactCondition("closed"), TITLES).en == "fact “closed”"
    assert condition(DomainCondition(Decimal("40.5")), TITLES) == Text(
        "مجال واحد على الأقل دون 40,5 %", "au moins un domaine au-dessous de 40,5 %", "at least one domain below 40.5%"
    )
    assert condition(DomainCondition(Decimal(40), "GOV"), TITLES).fr == "domaine « gouvernance » au-dessous de 40 %"
    full = condition(AnswersCondition(1, 2, "critical", "GOV", frozenset({"b", "a"})), TITLES)
    assert full == Text(
        "عدد المعايير الحاسمة في المستوى 1 أو دونه لا يقل عن 2، في مجال «حكامة»، من بين: a, b",
        "au moins 2 des critères critiques au niveau 1 ou moins, dans le domaine « gouvernance », parmi : a, b",
        "at least 2 of the critical criteria at level 1 or lower, in the domain “governance”, among: a, b",
    )
    bare = condition(AnswersCondition(0), TITLES)
    assert bare == Text(
        "عدد المعايير في المستوى 0 أو دونه لا يقل عن 1",
        "au moins 1 des critères au niveau 0 ou moins",
        "at least 1 of the criteria at level 0 or lower",
    )
    assert condition(AnswersCondition(0, 1, "unheard-of"), TITLES) == bare


def test_every_new_level_is_told_and_what_stands_after_a_new_limit_too() -> None:
    new = [{"code": f"l{n}", "from": str(90 + n), "validity_months": 1} for n in (1, 2)]
    assert [c[1] for c in _changes(levels=[*OLD["levels"], *new])] == ["l1", "l2"]
    gates = [{"code": f"g{n}", "caps_at": "refused", "when": {"fact": "x"}, "text": TEXT} for n in (1, 2)]
    assert [c[1] for c in _changes(gates=[*OLD["gates"], *gates])] == ["g1", "g2"]
