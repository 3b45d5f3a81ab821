"""Two cards of one visit under two rule-sets: what is otherwise, said so that a director understands it."""

from typing import Any

import pytest

from inspect_app.adapters.checklist_files import load_checklist
from inspect_app.adapters.rule_files import load_rules
from inspect_app.domain.checklists import Facts
from inspect_app.domain.scoring import AnswerInput, RuleSet, score
from inspect_app.domain.scoring.difference import CardDifference, difference
from inspect_app.domain.scoring.rules_difference import rules_difference
from inspect_app.domain.texts import LANGUAGES
from tests.factories.rules import draft

FACTS = Facts("women", capacity=40, services=frozenset({"accommodation", "meals", "education", "health"}))
CHECKLIST = load_checklist(category="women")
TITLES = {domain.code: domain.title for domain in CHECKLIST.domains}
ASKED = CHECKLIST.applicable(FACTS)
#: Mostly met, fully met where critical, and one domain that is weak.
ANSWERS = {
    c.code: AnswerInput(3 if c.critical else 1 if c.domain == "STF" else 2 + (place % 2))
    for place, c in enumerate(ASKED)
}


def told(new: RuleSet, answers: dict[str, AnswerInput] = ANSWERS) -> CardDifference:
    old = load_rules()
    cards = [score(CHECKLIST, rules, answers, FACTS).as_data() for rules in (old, new)]
    return difference(cards[0], old, cards[1], new, TITLES)


def said(found: CardDifference, language: str = "en") -> str:
    return " ".join(text.get(language) for text in found.sentences)


def test_the_same_rules_change_nothing_and_that_is_said() -> None:
    found = told(load_rules())
    assert (found.direction, found.rules, found.findings) == ("same", (), ())
    assert all(row.same for row in found.domains)
    assert said(found) == "The level stays “accredited”."


def test_a_threshold_that_rose_is_named_as_the_reason() -> None:
    found = told(draft(thresholds={"accredited": "85"}))
    assert (found.level, found.direction) == (("accredited", "conditional"), "down")
    assert said(found).startswith(
        "The level goes from “accredited” to “conditional”. "
        "By the score alone the level would go from “accredited” to “conditional”. "
        "The level “accredited” begins at 85% instead of 70%."
    )
    assert "يبدأ المستوى «معتمد» من 85 % بدل 70 %." in said(found, "ar")
    assert "Le niveau « accrédité » commence à 85 % au lieu de 70 %." in said(found, "fr")


def test_a_weight_that_changed_explains_the_score() -> None:
    found = told(draft(weights={"STF": 8}))
    assert found.score[1] < found.score[0]  # type: ignore[operator]
    row = next(row for row in found.domains if row.code == "STF")
    assert (str(row.weight_before), str(row.weight_after), row.before == row.after) == ("2", "8", True)
    assert f"The domain “{TITLES['STF'].get('en')}” ({row.after}%) now weighs 8 instead of 2." in said(found)


def test_limits_that_appear_vanish_or_move_are_named() -> None:
    data = load_rules().as_data()
    weak = {
        "code": "staff-low",
        "caps_at": "provisional",
        "when": {"domain": {"code": "STF", "below": "50"}},
        "text": {"ar": "الموارد البشرية دون 50 %.", "fr": "Personnel sous 50 %.", "en": "Staff below 50%."},
    }
    found = told(draft(gates=[*data["gates"], weak]))
    assert [(g.code, g.change) for g in found.gates if g.change != "same"] == [("staff-low", "appears")]
    assert "A limit now holds (at most “provisional”): Staff below 50%." in said(found)
    assert "حد مانع يصير مؤثرا (لا يتجاوز المستوى «مؤقت»): الموارد البشرية دون 50 %." in said(found, "ar")
    bad = {c.code: AnswerInput(0 if c.critical else 3) for c in ASKED}
    gone = told(draft(gates=[]), bad)
    assert {g.change for g in gone.gates} == {"vanishes"}
    assert "A limit no longer holds:" in said(gone)
    moved = [dict(g, caps_at="provisional") if g["code"] == "danger" else g for g in data["gates"]]
    assert ("danger", "moves") in [(g.code, g.change) for g in told(draft(gates=moved), bad).gates]


def test_findings_of_another_severity_and_findings_that_go_are_counted() -> None:
    milder: list[dict[str, Any]] = [{"level_at_most": 1, "severity": "minor"}]
    bad = {c.code: AnswerInput(0 if c.critical else 3) for c in ASKED}
    critical = sum(c.critical for c in ASKED)
    found = told(draft(severities=milder), bad)
    assert [(row.before, row.after) for row in found.findings] == [("critical", "minor")] * critical
    assert f"Findings of another severity: {critical}." in said(found)
    fewer = told(draft(scale={"minimum": 0, "maximum": 3, "failing_below": 1}))
    assert {row.after for row in fewer.findings} == {None}
    assert f"Findings that go: {len(fewer.findings)}." in said(fewer)


def test_every_change_between_two_rule_sets_has_its_sentence_in_three_languages() -> None:
    data = load_rules().as_data()
    gates = [g for g in data["gates"] if g["code"] != "danger"]
    gates = [
        dict(g, when={"answers": {"class": "critical", "level_at_most": 1, "count": 2, "domain": "PRO"}})
        if g["code"] == "critical-begun"
        else g
        for g in gates
    ]
    gates = [
        dict(g, text={**g["text"], "en": "Not authorised."}) if g["code"] == "not-authorised" else g for g in gates
    ]
    gates = [dict(g, caps_at="refused") if g["code"] == "protection-low" else g for g in gates]
    gates.append({"code": "new", "caps_at": "conditional", "when": {"fact": "over-capacity"}, "text": data["title"]})
    levels = [dict(x) for x in data["levels"] if x["code"] != "provisional"]
    levels[1]["validity_months"] = 18
    levels[2]["from"] = "72.5"
    levels.append({"code": "model", "from": "98", "validity_months": 60})
    new = draft(
        gates=gates,
        levels=levels,
        severities=[],
        scale={"minimum": 0, "maximum": 4, "failing_below": 3},
        score={**data["score"], "rounding": {"digits": 1, "mode": "down"}},
    )
    changes = rules_difference(load_rules(), new, TITLES)
    assert {c.kind for c in changes} == {
        "scale", "failing", "rounding", "threshold", "validity", "level-added", "level-removed",
        "gate-added", "gate-removed", "gate-cap", "gate-condition", "gate-text", "severity",
    }  # fmt: skip
    for change in changes:
        assert all(getattr(change.text, language) for language in LANGUAGES)
        assert change.as_data()["text"]["ar"]
    by_kind = {c.kind: c.text for c in changes}
    assert by_kind["threshold"].en == "The level “accredited” begins at 72.5% instead of 70%."
    assert by_kind["threshold"].fr == "Le niveau « accrédité » commence à 72,5 % au lieu de 70 %."
    assert "at least 2 of the critical criteria at level 1 or lower" in by_kind["gate-condition"].en
    assert by_kind["level-removed"].ar == "المستوى «مؤقت» لم يعد موجودًا."


def test_cards_of_other_answers_are_not_compared() -> None:
    rules = load_rules()
    one = score(CHECKLIST, rules, ANSWERS, FACTS).as_data()
    other = score(CHECKLIST, rules, {**ANSWERS, ASKED[0].code: AnswerInput(0)}, FACTS).as_data()
    with pytest.raises(ValueError, match="same answers"):
        difference(one, rules, other, rules)


def test_a_difference_is_plain_data_too() -> None:
    data = told(draft(thresholds={"accredited": "85"}, weights={"STF": 3})).as_data()
    assert data["level"] == ["accredited", "conditional"]
    assert [c["kind"] for c in data["rules"]] == ["weight", "threshold"]
    assert {"code", "score", "weight"} == set(data["domains"][0])
