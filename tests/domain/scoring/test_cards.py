"""A small visit whose card can be worked out with a pencil, to the last figure and the last word."""

import hashlib
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from inspect_app.domain.audit import canonical
from inspect_app.domain.checklists import Checklist, Facts
from inspect_app.domain.scoring import ENGINE, AnswerInput, RuleSet, ScoreCard, score
from inspect_app.domain.scoring.card import FindingResult, GateBite, NodeResult
from inspect_app.domain.scoring.engine import input_digest
from inspect_app.domain.scoring.rules import (
    AnswersCondition,
    DomainCondition,
    FactCondition,
    Gate,
    Level,
    SeverityRule,
)
from inspect_app.domain.scoring.sentences import level_name
from inspect_app.domain.texts import Text
from tests.factories.scoring import TEXT, checklist, criterion

SAID = Text("نص", "texte", "text")
DATA: dict[str, Any] = {
    "code": "small",
    "version": "7",
    "title": TEXT,
    "scale": {"minimum": 0, "maximum": 3, "failing_below": 2},
    "score": {"rounding": {"digits": 1, "mode": "down"}, "domain_weights": {"GOV": "1.5", "PRO": 3}},
    "levels": [
        {"code": "refused", "from": "0", "validity_months": 0},
        {"code": "conditional", "from": "50", "validity_months": 12},
        {"code": "accredited", "from": "75.5", "validity_months": 36},
    ],
    "gates": [
        {
            "code": "answers",
            "caps_at": "conditional",
            "when": {
                "answers": {"level_at_most": 1, "count": 2, "class": "critical", "domain": "PRO", "codes": ["P1", "P2"]}
            },
            "text": TEXT,
        },
        {"code": "one", "caps_at": "refused", "when": {"answers": {"level_at_most": 0}}, "text": TEXT},
        {"code": "domain", "caps_at": "refused", "when": {"domain": {"code": "GOV", "below": "40"}}, "text": TEXT},
        {"code": "any", "caps_at": "conditional", "when": {"any_domain": {"below": "60.0"}}, "text": TEXT},
        {"code": "fact", "caps_at": "refused", "when": {"fact": "closed"}, "text": TEXT},
    ],
    "severities": [
        {"severity": "critical", "level_at_most": 0, "class": "critical"},
        {"severity": "major", "level_at_most": 0},
        {"severity": "minor", "level_at_most": 1, "class": "standard"},
    ],
}


def _rules(*gates: str, **changes: Any) -> RuleSet:
    """The rule-set with only these of its gates."""
    return RuleSet.of({**DATA, "gates": [g for g in DATA["gates"] if g["code"] in gates], **changes})


ASKED = checklist(
    GOV=[criterion("G1", weight=2), criterion("G2")],
    PRO=[criterion("P1", criterion_class="critical"), criterion("P2", criterion_class="critical"), criterion("P3")],
)
HOME = Facts("children", capacity=40)


def _card(rules: RuleSet, *levels: int | str | None, facts: Facts = HOME, asked: Checklist = ASKED) -> ScoreCard:
    """The card of these answers in the checklist's order; «-» does not apply, None is not answered."""
    answers = {
        c.code: AnswerInput(None, True) if level == "-" else AnswerInput(level)  # type: ignore[arg-type]
        for c, level in zip(asked, levels, strict=False)
        if level is not None
    }
    return score(asked, rules, answers, facts)


def test_a_rule_set_is_read_to_the_last_key() -> None:
    rules = RuleSet.of(DATA)
    assert rules == RuleSet(
        code="small",
        version="7",
        title=SAID,
        maximum=3,
        failing_below=2,
        digits=1,
        rounding="down",
        domain_weights={"GOV": Fraction(3, 2), "PRO": Fraction(3)},
        levels=(
            Level("refused", Decimal(0), 0),
            Level("conditional", Decimal(50), 12),
            Level("accredited", Decimal("75.5"), 36),
        ),
        gates=(
            Gate("answers", "conditional", AnswersCondition(1, 2, "critical", "PRO", frozenset({"P1", "P2"})), SAID),
            Gate("one", "refused", AnswersCondition(0, 1, None, None, None), SAID),
            Gate("domain", "refused", DomainCondition(Decimal(40), "GOV"), SAID),
            Gate("any", "conditional", DomainCondition(Decimal(60), None), SAID),
            Gate("fact", "refused", FactCondition("closed"), SAID),
        ),
        severities=(
            SeverityRule("critical", 0, "critical"),
            SeverityRule("major", 0, None),
            SeverityRule("minor", 1, "standard"),
        ),
        data=DATA,
    )
    assert (rules.data, rules.as_data()) == (DATA, DATA)
    assert rules.sha256 == hashlib.sha256(canonical(DATA).encode()).hexdigest()
    assert rules.shown_weights == {"GOV": Decimal("1.5"), "PRO": Decimal(3)}


def test_a_level_is_reached_on_its_threshold() -> None:
    rules = RuleSet.of(DATA)
    found = [rules.level_for(Decimal(n)) for n in ("0", "49.9", "50", "75.4", "75.5", "100")]
    assert found == ["refused", "refused", "conditional", "conditional", "accredited", "accredited"]
    assert [rules.rank(level) for level in ("refused", "conditional", "accredited")] == [0, 1, 2]
    with pytest.raises(KeyError):
        rules.rank("model")


@pytest.mark.parametrize(
    ("kind", "level", "severity"),
    [
        ("critical", 0, "critical"),
        ("standard", 0, "major"),
        ("standard", 1, "minor"),
        ("critical", 1, None),
        ("standard", 2, None),
        ("critical", 3, None),
    ],
)
def test_the_first_rule_that_fits_says_how_grave_a_finding_is(kind: str, level: int, severity: str | None) -> None:
    assert RuleSet.of(DATA).severity(kind, level) == severity


def test_beyond_failing_nothing_is_a_finding_even_where_a_rule_would_fit() -> None:
    lax = RuleSet.of({**DATA, "severities": [{"severity": "minor", "level_at_most": 3}]})
    assert [lax.severity("standard", level) for level in (1, 2, 3)] == ["minor", None, None]


def test_a_subset_is_by_code_by_class_and_by_domain_together() -> None:
    when = AnswersCondition(1, 1, "critical", "PRO", frozenset({"P1"}))
    assert when.concerns("P1", "critical", "PRO")
    for code, kind, domain in (("P2", "critical", "PRO"), ("P1", "standard", "PRO"), ("P1", "critical", "GOV")):
        assert not when.concerns(code, kind, domain)
    assert AnswersCondition(1).concerns("X", "any", "where")


def test_a_whole_card() -> None:
    rules = RuleSet.of(DATA)
    card = _card(rules, 3, 2, 1, 1, "-")
    # GOV (3×2 + 2×1) of 9 = 88.88…, PRO 2 of 6 = 33.33…; (88.88…×1.5 + 33.33…×3) / 4.5 = 51.85…
    gov = NodeResult("GOV", Decimal("88.8"), Decimal("1.5"), 2, 2, 0, (), "GOV")
    pro = NodeResult("PRO", Decimal("33.3"), Decimal(3), 3, 2, 1, ("P1", "P2"), "PRO")
    assert card.domains == (gov, pro)
    assert card.standards == (
        NodeResult("GOV-S1", Decimal("88.8"), Decimal(1), 2, 2, 0, (), "GOV"),
        NodeResult("PRO-S1", Decimal("33.3"), Decimal(1), 3, 2, 1, ("P1", "P2"), "PRO"),
    )
    assert (card.score, card.level_by_score, card.level) == (Decimal("51.8"), "conditional", "conditional")
    assert (card.complete, card.unanswered) == (True, ())
    assert (card.applicable, card.answered, card.not_applicable) == (5, 4, 1)
    assert card.counts == {"applicable": 5, "answered": 4, "not_applicable": 1, "failing": 2}
    assert card.gates == ()  # both limits stop where the score already stands
    assert card.findings == (FindingResult("P1", 1, "critical", None), FindingResult("P2", 1, "critical", None))
    assert card.explanation.en == "The score of 51.8% gives the level “conditional”; no limit lowers it."
    assert (card.engine, card.rules_sha256, card.checklist_sha256) == (ENGINE, rules.sha256, ASKED.sha256)
    assert pro.explanation == Text(
        "المعدل المرجح للمعايير المجاب عنها (2 من أصل 3)؛ لا تنطبق: 1؛ غير مستوفاة أو في بدايتها: 2.",
        "Moyenne pondérée de 2 critères cotés sur 3 ; non applicables : 1 ; non satisfaits ou seulement amorcés : 2.",
        "Weighted mean of 2 scored criteria out of 3; not applicable: 1; not met or only begun: 2.",
    )


def test_a_card_as_data() -> None:
    card = _card(_rules("fact"), 3, 3, 1, 3, facts=Facts("children", 40, flags=frozenset({"closed"})))
    data = card.as_data()
    assert (data["level"], data["level_by_score"], data["score"]) == ("refused", "accredited", "77.7")
    assert (data["complete"], data["unanswered"], data["counts"]) == (False, ["P3"], card.counts)
    assert data["domains"][1] == {
        "code": "PRO",
        "score": "66.6",
        "weight": "3",
        "applicable": 3,
        "answered": 2,
        "not_applicable": 0,
        "failing": ["P1"],
        "explanation": card.domains[1].explanation.as_dict(),
    }
    assert data["standards"][0] == {"code": "GOV-S1", "domain": "GOV", "score": "100.0"}
    assert data["gates"] == [
        {"code": "fact", "caps_at": "refused", "criteria": [], "explanation": TEXT, "binding": True}
    ]
    assert data["findings"] == [{"criterion": "P1", "level": 1, "class": "critical", "severity": None}]
    assert data["explanation"] == card.explanation.as_dict()
    assert [data[k] for k in ("checklist_sha256", "rules_sha256", "engine", "input_digest")] == [
        card.checklist_sha256,
        card.rules_sha256,
        ENGINE,
        card.input_digest,
    ]
    assert card.sha256 == hashlib.sha256(canonical(data).encode()).hexdigest()
    assert card.explanation.en == (
        "The score of 77.7% would give the level “accredited”, lowered to “refused” by one limit."
        " The result is not final: 1 criteria without an answer."
    )


def _bites(gate: str, *levels: int | str | None, facts: Facts = HOME) -> tuple[str, ...] | None:
    """What makes a gate hold, on a card that would be accredited without it; None where it does not hold."""
    data = {**DATA, "levels": [{**x, "from": "0" if x["code"] != "accredited" else "1"} for x in DATA["levels"]]}
    rules = RuleSet.of({**data, "gates": [g for g in DATA["gates"] if g["code"] == gate]})
    card = _card(rules, *levels, facts=facts)
    assert len(card.gates) <= 1
    return card.gates[0].criteria if card.gates else None


def test_a_limit_on_answers_counts_those_of_its_subset_that_are_low_enough() -> None:
    assert _bites("answers", 0, 0, 1, 1, 0) == ("P1", "P2")
    assert _bites("answers", 0, 0, 1, 2, 0) is None
    assert _bites("answers", 0, 0, 0, "-", 0) is None
    assert _bites("answers", 0, 0, 0, None, 3) is None
    assert _bites("one", 3, 3, 1, 3, 0) == ("P3",)
    assert _bites("one", 3, 3, 1, 1, 1) is None


def test_a_limit_on_a_domain_holds_below_its_number_not_on_it() -> None:
    assert _bites("domain", 1, 1, 3, 3, 3) == ("GOV",)  # 33.3
    assert _bites("domain", 1, 2, 0, 0, 3) is None  # 44.4; PRO is lower and not meant
    exactly = checklist(GOV=[criterion("G1", weight=3), criterion("G2", weight=2)], PRO=[criterion("P1")])
    rules = RuleSet.of({**DATA, "gates": [{**DATA["gates"][2], "caps_at": "refused"}]})
    assert _card(rules, 0, 3, 3, asked=exactly).domains[0].score == 40
    assert _card(rules, 0, 3, 3, asked=exactly).gates == ()


def test_a_limit_on_any_domain_names_every_one_that_is_low() -> None:
    assert _bites("any", 1, 1, 1, 1, 1) == ("GOV", "PRO")
    assert _bites("any", 1, 1, 3, 3, 3) == ("GOV",)
    assert _bites("any", 3, 3, "-", "-", None) is None
    assert _bites("any", 2, 2, 2, 2, 2) is None


def test_a_limit_by_a_fact_names_no_criterion() -> None:
    assert _bites("fact", 3, 3, 3, 3, 3, facts=Facts("children", flags=frozenset({"closed"}))) == ()
    assert _bites("fact", 3, 3, 3, 3, 3, facts=Facts("children", flags=frozenset({"other"}))) is None


def test_only_the_lowest_limit_binds_and_those_that_limit_less_are_told() -> None:
    low = RuleSet.of(
        {
            **DATA,
            "levels": [DATA["levels"][0], {**DATA["levels"][1], "from": "10"}, {**DATA["levels"][2], "from": "20"}],
        }
    )
    card = score(
        ASKED,
        low,
        {c: AnswerInput(n) for c, n in zip(["G1", "G2", "P1", "P2", "P3"], (3, 3, 1, 1, 3), strict=True)},
        Facts("children", flags=frozenset({"closed"})),
    )
    assert (card.level_by_score, card.level) == ("accredited", "refused")
    assert card.gates == (
        GateBite("answers", "conditional", ("P1", "P2"), SAID, False),
        GateBite("any", "conditional", ("PRO",), SAID, False),
        GateBite("fact", "refused", (), SAID, True),
    )
    assert "by 3 limits" in card.explanation.en


def test_answers_outside_the_scale_are_refused_and_its_ends_are_not() -> None:
    rules = _rules()
    assert _card(rules, 0, 3, 3, 3, 3).score is not None
    for level in (-1, 4):
        with pytest.raises(ValueError, match=rf"^P2: level {level} is outside the scale 0–3$"):
            _card(rules, 3, 3, 3, level, 3)


def test_a_domain_without_a_weight_weighs_one_and_one_without_answers_leaves() -> None:
    weights = {"score": {**DATA["score"], "domain_weights": {"PRO": 3}}}
    assert _card(_rules(**weights), 0, 0, 3, 3, 3).score == Decimal("75.0")
    card = _card(_rules(), 3, 3)
    assert (card.score, card.domains[1].score, card.domains[1].applicable) == (Decimal("100.0"), None, 3)
    assert card.domains[1].explanation.en == "No criterion scored out of 3."
    nought = {"score": {**DATA["score"], "domain_weights": {"PRO": 0, "GOV": 0}}}
    assert (_card(_rules(**nought), 3, 3, 3, 3, 3).score, _card(_rules(**nought), 3).level) == (None, None)


def test_a_finding_is_an_answer_below_failing() -> None:
    found = [(f.criterion, f.severity) for f in _card(_rules(), 0, 1, 0, 2, 3).findings]
    assert found == [("G1", "major"), ("G2", "minor"), ("P1", "critical")]
    assert _card(_rules(), "-", None, 3, 3, 2).findings == ()


def test_the_digest_is_of_answers_and_facts_whatever_their_order() -> None:
    facts = Facts("children", 40, services=frozenset({"b", "a"}))
    given = {"G1": AnswerInput(3), "G2": AnswerInput(None, True), "P1": AnswerInput()}
    expected = {"answers": {"G1": 3, "G2": "na", "P1": None}, "facts": facts.as_data()}
    assert input_digest(given, facts) == hashlib.sha256(canonical(expected).encode()).hexdigest()
    assert input_digest(dict(reversed(given.items())), facts) == input_digest(given, facts)
    card = score(ASKED, _rules(), {**given, "ELSE": AnswerInput(0)}, facts)
    assert card.input_digest == input_digest(given, facts)  # what does not apply is not part of it
    assert card.unanswered == ("P1", "P2", "P3")


def test_levels_of_another_house_are_called_by_their_code() -> None:
    assert level_name("gold") == Text("gold", "gold", "gold")
    assert level_name("accredited").fr == "accrédité"


def test_what_is_not_scored_is_nothing_in_the_data_and_not_a_word() -> None:
    data = _card(_rules()).as_data()
    assert (data["level"], data["level_by_score"], data["score"]) == (None, None, None)
    assert [d["score"] for d in data["domains"]] == [None, None]
    assert [s["score"] for s in data["standards"]] == [None, None]


def test_everything_that_does_not_apply_is_counted_in_its_domain() -> None:
    card = _card(_rules(), 3, 3, "-", "-", 0)
    assert (card.domains[1].not_applicable, card.domains[1].answered, card.not_applicable) == (2, 1, 2)
