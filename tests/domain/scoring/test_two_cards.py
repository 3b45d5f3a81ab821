"""Two cards of one visit by hand: what is otherwise, to the last key and the last word."""

from decimal import Decimal
from typing import Any

import pytest

from inspect_app.domain.scoring import RuleSet
from inspect_app.domain.scoring.difference import DomainRow, FindingRow, GateRow, difference
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


def _card(**parts: Any) -> dict[str, Any]:
    return {
        "input_digest": "i",
        "checklist_sha256": "c",
        "level": "conditional",
        "level_by_score": "conditional",
        "score": "60.00",
        "domains": [{"code": "GOV", "score": "50.00", "weight": "2"}, {"code": "PRO", "score": None, "weight": "1"}],
        "gates": [],
        "findings": [],
        **parts,
    }


def _told(first: dict[str, Any], second: dict[str, Any], new: dict[str, Any] | None = None) -> Any:
    return difference(first, RuleSet.of(OLD), second, RuleSet.of(new or OLD), TITLES)


def _said(found: Any) -> list[str]:
    return [text.en for text in found.sentences]


def test_two_cards_that_say_the_same() -> None:
    found = _told(_card(), _card())
    assert found.domains == (
        DomainRow("GOV", Decimal("50.00"), Decimal("50.00"), Decimal(2), Decimal(2)),
        DomainRow("PRO", None, None, Decimal(1), Decimal(1)),
    )
    assert [row.same for row in found.domains] == [True, True]
    assert (found.direction, found.gates, found.findings, found.rules) == ("same", (), (), ())
    assert _said(found) == ["The level stays “conditional”."]


@pytest.mark.parametrize(
    ("before", "after", "direction", "said"),
    [
        ("conditional", "accredited", "up", "The level goes from “conditional” to “accredited”."),
        ("accredited", "refused", "down", "The level goes from “accredited” to “refused”."),
        ("model", "refused", "other", "The level goes from “model” to “refused”."),
        ("refused", "model", "other", "The level goes from “refused” to “model”."),
        (None, "refused", "other", "The level goes from “not scored” to “refused”."),
        (None, None, "same", "The level stays “not scored”."),
    ],
)
def test_the_level_comes_first(before: str | None, after: str | None, direction: str, said: str) -> None:
    found = _told(_card(level=before), _card(level=after))
    assert (found.level, found.direction, _said(found)[0]) == ((before, after), direction, said)


def test_the_score_and_the_weights_behind_it() -> None:
    heavier = [{"code": "GOV", "score": "50.00", "weight": "4"}, {"code": "PRO", "score": None, "weight": "3"}]
    found = _told(_card(), _card(score="55.50", domains=heavier))
    assert found.score == (Decimal("60.00"), Decimal("55.50"))
    assert [row.same for row in found.domains] == [False, False]
    assert _said(found)[1:] == [
        "The score goes from 60.00% to 55.50%.",
        "The domain “governance” (50.00%) now weighs 4 instead of 2.",
    ]
    nought = [{"code": "GOV", "score": "0.00", "weight": "4"}]
    first = [{"code": "GOV", "score": "0.00", "weight": "2"}]
    assert "(0%)" in _said(_told(_card(domains=first), _card(score="1.00", domains=nought)))[2]
    for one, other in ((None, "60.00"), ("60.00", None)):
        assert len(_said(_told(_card(score=one), _card(score=other)))) == 1


def test_the_level_by_the_score_and_the_threshold_that_moved() -> None:
    levels = [{**OLD["levels"][0]}, {**OLD["levels"][1], "from": "61"}, {**OLD["levels"][2], "validity_months": 1}]
    found = _told(_card(), _card(level_by_score="refused"), {**OLD, "levels": levels})
    assert found.level_by_score == ("conditional", "refused")
    assert _said(found)[1:] == [
        "By the score alone the level would go from “conditional” to “refused”.",
        "The level “conditional” begins at 61% instead of 50%.",
    ]
    assert [c.kind for c in found.rules] == ["threshold", "validity"]
    for one, other in ((None, "refused"), ("refused", None)):
        assert len(_said(_told(_card(level_by_score=one), _card(level_by_score=other)))) == 1
    elsewhere = _told(
        _card(),
        _card(level_by_score="accredited"),
        {**OLD, "levels": [{**OLD["levels"][0], "from": "1"}, *OLD["levels"][1:]]},
    )
    assert len(_said(elsewhere)) == 2  # the threshold of another level explains nothing


def _gate(code: str, cap: str, text: dict[str, str] = TEXT) -> dict[str, Any]:
    return {"code": code, "caps_at": cap, "explanation": text}


def test_limits_of_both_cards() -> None:
    first = _card(gates=[_gate("same", "refused"), _gate("gone", "refused"), _gate("moved", "refused")])
    second = _card(
        gates=[_gate("moved", "conditional", OTHER), _gate("same", "refused"), _gate("new", "accredited", OTHER)]
    )
    found = _told(first, second)
    said, other = Text(**TEXT), Text(**OTHER)
    assert found.gates == (
        GateRow("same", "refused", "refused", said),
        GateRow("gone", "refused", None, said),
        GateRow("moved", "refused", "conditional", other),
        GateRow("new", None, "accredited", other),
    )
    assert [row.change for row in found.gates] == ["same", "vanishes", "moves", "appears"]
    assert _said(found)[1:] == [
        "A limit no longer holds: text",
        "A limit stops at “conditional” instead of “refused”: other",
        "A limit now holds (at most “accredited”): other",
    ]


def test_findings_of_both_cards_and_how_many_are_otherwise() -> None:
    def finding(code: str, severity: str | None) -> dict[str, Any]:
        return {"criterion": code, "severity": severity}

    first = _card(findings=[finding("D", "major"), finding("A", "minor"), finding("B", None), finding("C", "major")])
    second = _card(
        findings=[
            finding("A", "minor"),
            finding("B", "major"),
            finding("E", None),
            finding("F", "minor"),
            finding("G", "minor"),
        ]
    )
    found = _told(first, second)
    assert found.findings == (
        FindingRow("B", "", "major"),
        FindingRow("C", "major", None),
        FindingRow("D", "major", None),
        FindingRow("E", None, ""),
        FindingRow("F", None, "minor"),
        FindingRow("G", None, "minor"),
    )
    assert _said(found)[1:] == [
        "Findings that are added: 3.",
        "Findings that go: 2.",
        "Findings of another severity: 1.",
    ]


def test_cards_of_other_answers_or_of_another_checklist_are_not_compared() -> None:
    for key in ("input_digest", "checklist_sha256"):
        with pytest.raises(ValueError, match=r"^the two cards are not of the same answers$"):
            _told(_card(), _card(**{key: "x"}))


def test_a_difference_as_data() -> None:
    second = _card(
        level="refused",
        score=None,
        gates=[_gate("new", "refused")],
        findings=[{"criterion": "A", "severity": "major"}],
        domains=[{"code": "GOV", "score": "51.00", "weight": "2.5"}, {"code": "PRO", "score": None, "weight": "1"}],
    )
    found = _told(_card(), second, {**OLD, "severities": []})
    assert found.as_data() == {
        "level": ["conditional", "refused"],
        "level_by_score": ["conditional", "conditional"],
        "score": ["60.00", None],
        "direction": "down",
        "domains": [
            {"code": "GOV", "score": ["50.00", "51.00"], "weight": ["2", "2.5"]},
            {"code": "PRO", "score": [None, None], "weight": ["1", "1"]},
        ],
        "gates": [{"code": "new", "caps_at": [None, "refused"]}],
        "findings": [{"criterion": "A", "severity": [None, "major"]}],
        "rules": [change.as_data() for change in found.rules],
        "sentences": [text.as_dict() for text in found.sentences],
    }
    assert len(found.rules) == 1


def test_domains_are_called_by_their_title_in_the_changes_of_the_rules_too() -> None:
    heavier = {**OLD, "score": {**OLD["score"], "domain_weights": {"GOV": 4, "PRO": 3}}}
    assert [c.text.en for c in _told(_card(), _card(), heavier).rules] == [
        "The domain “governance” weighs 4 instead of 2."
    ]
