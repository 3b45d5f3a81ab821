"""From answers to a card: a pure function of checklist, rule-set, answers and facts. Exact arithmetic throughout."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from inspect_app.domain.audit import canonical
from inspect_app.domain.checklists import Checklist, Criterion, Facts
from inspect_app.domain.rounding import rounded
from inspect_app.domain.scoring import sentences
from inspect_app.domain.scoring.card import FindingResult, GateBite, NodeResult, ScoreCard
from inspect_app.domain.scoring.rules import AnswersCondition, DomainCondition, FactCondition, Gate, RuleSet

#: Changes when the same inputs would give another card.
ENGINE = "miyar-scoring/1"


@dataclass(frozen=True)
class AnswerInput:
    """One answer: a level, or not applicable. Neither: unanswered."""

    level: int | None = None
    not_applicable: bool = False


Answers = Mapping[str, AnswerInput]


def score(checklist: Checklist, rules: RuleSet, answers: Answers, facts: Facts) -> ScoreCard:
    """The card of a visit.

    Answers to criteria that do not apply are ignored. «Not applicable» leaves the mean; unanswered criteria leave it
    too, and the card says that it is not complete. Raises ValueError for a level outside the scale.
    """
    asked = checklist.applicable(facts)
    given = {c.code: answers[c.code] for c in asked if c.code in answers}
    for code, answer in given.items():
        if answer.level is not None and not 0 <= answer.level <= rules.maximum:
            raise ValueError(f"{code}: level {answer.level} is outside the scale 0–{rules.maximum}")
    domains, standards = _nodes(checklist, rules, given, frozenset(c.code for c in asked))
    exact = _weighted((d.exact, rules.domain_weights.get(d.result.code, Fraction(1))) for d in domains)
    total = _round(exact, rules)
    by_score = None if total is None else rules.level_for(total)
    bites = _bites(asked, rules, given, facts, [d.result for d in domains])
    level = by_score
    if by_score is not None:
        level = min([by_score, *(g.caps_at for g, _ in bites)], key=rules.rank)
    unanswered = tuple(c.code for c in asked if not _answered(given.get(c.code)))
    limiting = [
        (gate, codes, by_score is not None and rules.rank(gate.caps_at) < rules.rank(by_score)) for gate, codes in bites
    ]
    return ScoreCard(
        level=level,
        level_by_score=by_score,
        score=total,
        complete=not unanswered,
        unanswered=unanswered,
        applicable=len(asked),
        answered=sum(1 for a in given.values() if a.level is not None),
        not_applicable=sum(1 for a in given.values() if a.not_applicable),
        domains=tuple(d.result for d in domains),
        standards=tuple(s.result for s in standards),
        gates=tuple(
            GateBite(gate.code, gate.caps_at, codes, gate.text, binds and gate.caps_at == level)
            for gate, codes, binds in limiting
            if binds
        ),
        findings=_findings(asked, rules, given),
        explanation=sentences.overall(
            level=level,
            by_score=by_score,
            score=total,
            limits=sum(1 for _, _, binds in limiting if binds),
            unanswered=len(unanswered),
        ),
        checklist_sha256=checklist.sha256,
        rules_sha256=rules.sha256,
        engine=ENGINE,
        input_digest=input_digest(given, facts),
    )


def input_digest(answers: Answers, facts: Facts) -> str:
    """SHA-256 over answers and facts, whatever their order."""
    data = {
        "answers": {code: "na" if a.not_applicable else a.level for code, a in answers.items()},
        "facts": facts.as_data(),
    }
    return hashlib.sha256(canonical(data).encode()).hexdigest()


@dataclass(frozen=True)
class _Node:
    result: NodeResult
    exact: Fraction | None


def _answered(answer: AnswerInput | None) -> bool:
    return answer is not None and (answer.level is not None or answer.not_applicable)


def _weighted(pairs: Iterable[tuple[Fraction | None, Fraction]]) -> Fraction | None:
    """The weighted mean of what has a value; None where nothing has, or all weights are 0."""
    top = bottom = Fraction(0)
    for value, weight in pairs:
        if value is not None:
            top += value * weight
            bottom += weight
    return top / bottom if bottom else None


def _round(value: Fraction | None, rules: RuleSet) -> Decimal | None:
    return None if value is None else rounded(value, rules.digits, rules.rounding)


def _nodes(
    checklist: Checklist, rules: RuleSet, given: Answers, asked: frozenset[str]
) -> tuple[list[_Node], list[_Node]]:
    domains, standards = [], []
    for domain in checklist.domains:
        mine: list[Criterion] = []
        for standard in domain.standards:
            criteria = [c for c in standard.criteria if c.code in asked]
            if criteria:
                standards.append(_node(standard.code, criteria, rules, given, domain=domain.code))
                mine += criteria
        if mine:
            domains.append(_node(domain.code, mine, rules, given, domain=domain.code))
    return domains, standards


def _node(code: str, criteria: list[Criterion], rules: RuleSet, given: Answers, *, domain: str) -> _Node:
    top = bottom = answered = not_applicable = 0
    failing = []
    for criterion in criteria:
        answer = given.get(criterion.code)
        if answer is None:
            continue
        if answer.not_applicable:
            not_applicable += 1
        elif answer.level is not None:
            answered += 1
            top += answer.level * criterion.weight
            bottom += criterion.weight
            if answer.level < rules.failing_below:
                failing.append(criterion.code)
    exact = Fraction(100 * top, bottom * rules.maximum) if bottom else None
    value = _round(exact, rules)
    result = NodeResult(
        code=code,
        score=value,
        weight=rules.shown_weights.get(code, Decimal(1)),
        applicable=len(criteria),
        answered=answered,
        not_applicable=not_applicable,
        failing=tuple(failing),
        domain=domain,
    )
    return _Node(result, exact)


def _bites(
    asked: tuple[Criterion, ...], rules: RuleSet, given: Answers, facts: Facts, domains: list[NodeResult]
) -> list[tuple[Gate, tuple[str, ...]]]:
    """The gates that hold, with the codes that make them hold (empty for a fact)."""
    found = []
    for gate in rules.gates:
        codes = _held(gate, asked, given, facts, domains)
        if codes is not None:
            found.append((gate, codes))
    return found


def _held(
    gate: Gate, asked: tuple[Criterion, ...], given: Answers, facts: Facts, domains: list[NodeResult]
) -> tuple[str, ...] | None:
    when = gate.when
    if isinstance(when, FactCondition):
        return () if when.flag in facts.flags else None
    if isinstance(when, DomainCondition):
        low = [d.code for d in domains if d.score is not None and d.score < when.below and when.code in (None, d.code)]
        return tuple(low) or None
    codes = _low_answers(when, asked, given)
    return codes if len(codes) >= when.count else None


def _low_answers(when: AnswersCondition, asked: tuple[Criterion, ...], given: Answers) -> tuple[str, ...]:
    return tuple(
        c.code
        for c in asked
        if when.concerns(c.code, c.criterion_class, c.domain)
        and (answer := given.get(c.code)) is not None
        and answer.level is not None
        and answer.level <= when.level_at_most
    )


def _findings(asked: tuple[Criterion, ...], rules: RuleSet, given: Answers) -> tuple[FindingResult, ...]:
    found = []
    for criterion in asked:
        answer = given.get(criterion.code)
        if answer is not None and answer.level is not None and answer.level < rules.failing_below:
            severity = rules.severity(criterion.criterion_class, answer.level)
            found.append(FindingResult(criterion.code, answer.level, criterion.criterion_class, severity))
    return tuple(found)
