"""How a result comes about, in cases that a lawyer can read."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.adapters.rule_files import load_rules
from inspect_app.domain.checklists import Checklist, Facts
from inspect_app.domain.rounding import rounded
from inspect_app.domain.scoring import AnswerInput, RuleSet, ScoreCard, score
from tests.examples import examples

FACTS = Facts("children", capacity=40, services=frozenset({"accommodation"}))


def _criterion(code: str, *, criterion_class: str = "standard", weight: int = 1, **more: Any) -> dict[str, Any]:
    text = {"ar": "نص", "fr": "texte", "en": "text"}
    return {
        "code": code,
        "class": criterion_class,
        "weight": weight,
        "title": text,
        "requirement": text,
        "verify": [{"method": "document", **text}],
        "levels": {"0": text, "3": text},
        "sources": [{"source": "law-65-15", "line": "art-1", "status": "seen"}],
        "support": "training",
        "na_allowed": criterion_class != "critical",
        "services": [],
        "min_capacity": 0,
        "parameters": [],
        "measurements": [],
        "note": None,
        **more,
    }


def _checklist(**domains: list[dict[str, Any]]) -> Checklist:
    text = {"ar": "نص", "fr": "texte", "en": "text"}
    return Checklist.of(
        {
            "framework": "law-65-15",
            "version": "test",
            "category": "children",
            "title": text,
            "domains": [
                {
                    "code": code,
                    "title": text,
                    "standards": [{"code": f"{code}-S1", "title": text, "criteria": criteria}],
                }
                for code, criteria in domains.items()
            ],
        }
    )


TWO_DOMAINS = _checklist(
    GOV=[_criterion("GOV-01", criterion_class="critical"), _criterion("GOV-02"), _criterion("GOV-03", weight=2)],
    PRO=[_criterion("PRO-01", criterion_class="critical"), _criterion("PRO-02")],
)


def _card(
    levels: dict[str, int | None], *, checklist: Checklist = TWO_DOMAINS, flags: frozenset[str] = frozenset()
) -> ScoreCard:
    answers = {code: AnswerInput(level, not_applicable=level is None) for code, level in levels.items()}
    facts = Facts("children", capacity=40, services=frozenset({"accommodation"}), flags=flags)
    return score(checklist, load_rules(), answers, facts)


ALL_FULL: dict[str, int | None] = {"GOV-01": 3, "GOV-02": 3, "GOV-03": 3, "PRO-01": 3, "PRO-02": 3}


def test_an_institution_that_fully_meets_everything_is_accredited_with_distinction() -> None:
    card = _card(ALL_FULL)
    assert (card.level, card.score, card.complete, card.gates) == ("distinction", Decimal("100.00"), True, ())


def test_a_domain_is_the_mean_of_its_criteria_by_their_weights() -> None:
    card = _card({**ALL_FULL, "GOV-02": 0, "GOV-03": 2})
    gov = card.domains[0]
    assert gov.score == Decimal("58.33")  # (3×1 + 0×1 + 2×2) of 12
    assert gov.failing == ("GOV-02",)


def test_the_whole_is_the_mean_of_domains_by_the_weights_of_the_rule_set() -> None:
    # governance weighs 2 and stands at 58.333…, protection weighs 3 and stands at 100
    assert _card({**ALL_FULL, "GOV-02": 0, "GOV-03": 2}).score == rounded(Fraction(2 * 700, 12) / 5 + 60, 2, "half-up")


def test_what_does_not_apply_leaves_the_mean() -> None:
    assert _card({**ALL_FULL, "GOV-03": None}).score == Decimal("100.00")
    assert _card({**ALL_FULL, "GOV-03": None}).not_applicable == 1


@pytest.mark.parametrize(
    ("answers", "level", "gate"),
    [
        ({"PRO-01": 0}, "refused", "danger"),
        ({"GOV-01": 0}, "provisional", "critical-not-met"),
        ({"GOV-01": 1}, "conditional", "critical-begun"),
        ({"GOV-01": 2}, "accredited", "critical-not-full"),
        ({"PRO-02": 1, "PRO-01": 2}, "provisional", "protection-low"),
    ],
)
def test_a_critical_criterion_or_the_protection_domain_limits_the_level(
    answers: dict[str, int | None], level: str, gate: str
) -> None:
    card = _card({**ALL_FULL, **answers})
    if gate == "protection-low":
        card = _card({**ALL_FULL, "PRO-01": 2, "PRO-02": 0})
        assert card.domains[1].score == Decimal("33.33")
    assert card.level == level
    assert gate in {g.code for g in card.gates if g.binding}
    assert "limit" in card.explanation.fr


def test_three_critical_criteria_not_met_refuse() -> None:
    checklist = _checklist(GOV=[_criterion(f"GOV-0{n}", criterion_class="critical") for n in range(1, 10)])
    levels: dict[str, int | None] = {f"GOV-0{n}": 0 if n <= 3 else 3 for n in range(1, 10)}
    assert _card(levels, checklist=checklist).level == "refused"
    assert _card({**levels, "GOV-03": 3}, checklist=checklist).level == "provisional"


def test_an_institution_without_authorisation_in_the_registry_is_at_most_provisional() -> None:
    assert _card(ALL_FULL, flags=frozenset({"not-authorised"})).level == "provisional"


def test_an_unfinished_visit_says_that_its_result_is_not_final() -> None:
    card = _card({"GOV-01": 3})
    assert card.complete is False
    assert card.unanswered == ("GOV-02", "GOV-03", "PRO-01", "PRO-02")
    assert "4" in card.explanation.ar


def test_nothing_answered_is_not_scored_rather_than_refused() -> None:
    card = _card({})
    assert (card.level, card.score) == (None, None)
    assert all(node.score is None for node in card.domains)


def test_a_visit_where_nothing_applies_is_not_scored() -> None:
    assert _card(dict.fromkeys(ALL_FULL)).level is None


def test_a_criterion_of_a_service_that_is_not_offered_is_not_asked() -> None:
    checklist = _checklist(GOV=[_criterion("GOV-01"), _criterion("GOV-02", services=["outreach"])])
    card = _card({"GOV-01": 3, "GOV-02": 0}, checklist=checklist)
    assert (card.applicable, card.score) == (1, Decimal("100.00"))


def test_a_level_outside_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="GOV-01"):
        _card({"GOV-01": 4})


def test_findings_carry_the_severity_of_the_rule_set() -> None:
    found = {f.criterion: f.severity for f in _card({**ALL_FULL, "GOV-01": 0, "GOV-02": 0, "GOV-03": 1}).findings}
    assert found == {"GOV-01": "critical", "GOV-02": "major", "GOV-03": "minor"}


def test_the_same_visit_gives_the_same_bytes() -> None:
    first, again = _card(ALL_FULL), _card(dict(reversed(ALL_FULL.items())))
    assert first.sha256 == again.sha256
    assert first.as_data() == again.as_data()


LEVELS = st.dictionaries(st.sampled_from(sorted(ALL_FULL)), st.sampled_from([0, 1, 2, 3, None]))


@examples(100)
@given(LEVELS, st.sampled_from(sorted(ALL_FULL)))
def test_raising_one_answer_never_lowers_the_result(levels: dict[str, int | None], code: str) -> None:
    before_level = levels.get(code)
    if before_level is None or before_level == 3:
        return
    before, after = _card(levels), _card({**levels, code: before_level + 1})
    assert before.score is not None
    assert after.score is not None
    assert after.score >= before.score
    rules = load_rules()
    assert rules.rank(str(after.level)) >= rules.rank(str(before.level))


@examples(100)
@given(LEVELS)
def test_limits_never_raise_and_no_float_is_used(levels: dict[str, int | None]) -> None:
    card = _card(levels)
    if card.level is not None:
        rules = load_rules()
        assert rules.rank(card.level) <= rules.rank(str(card.level_by_score))
    assert "float" not in {type(v).__name__ for v in (card.score, *(d.score for d in card.domains))}


@pytest.mark.parametrize(
    ("value", "mode", "expected"),
    [
        (Fraction(125, 2), "half-up", "63"),
        (Fraction(125, 2), "half-even", "62"),
        (Fraction(124999999999999999999999999999999, 2 * 10**30), "half-up", "62"),
        (Fraction(2, 3), "down", "0"),
        (Fraction(1, 3), "up", "1"),
    ],
)
def test_rounding_is_declared_and_exact(value: Fraction, mode: str, expected: str) -> None:
    assert rounded(value, 0, mode) == Decimal(expected)


def test_a_rule_set_is_its_text() -> None:
    rules = load_rules()
    assert RuleSet.of(rules.as_data()).sha256 == rules.sha256
