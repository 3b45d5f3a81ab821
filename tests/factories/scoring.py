"""Checklists and rule-sets of a few lines, and the slow and sure way of reckoning that the quick one must equal."""

import itertools
import random
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from inspect_app.domain.checklists import Checklist, Facts
from inspect_app.domain.rounding import MODES
from inspect_app.domain.scoring import AnswerInput, RuleSet, score

TEXT = {"ar": "نص", "fr": "texte", "en": "text"}
Answers = Mapping[str, AnswerInput]


def criterion(code: str, *, criterion_class: str = "standard", weight: int = 1) -> dict[str, Any]:
    """A criterion as data."""
    return {
        "code": code,
        "class": criterion_class,
        "weight": weight,
        "title": TEXT,
        "requirement": TEXT,
        "verify": [{"method": "document", **TEXT}],
        "levels": {"0": TEXT, "3": TEXT},
        "sources": [],
        "support": "training",
        "na_allowed": True,
        "services": [],
        "min_capacity": 0,
        "parameters": [],
        "measurements": [],
        "note": None,
    }


def checklist(**domains: list[dict[str, Any]]) -> Checklist:
    """A checklist of domains with one standard each."""
    return Checklist.of(
        {
            "framework": "law-65-15",
            "version": "test",
            "category": "children",
            "title": TEXT,
            "domains": [
                {"code": d, "title": TEXT, "standards": [{"code": f"{d}-S1", "title": TEXT, "criteria": criteria}]}
                for d, criteria in domains.items()
            ],
        }
    )


def rules(
    levels: Mapping[str, str],
    gates: Iterable[tuple[str, dict[str, Any]]] = (),
    *,
    maximum: int = 3,
    digits: int = 2,
    mode: str = "half-up",
    weights: Mapping[str, int] | None = None,
) -> RuleSet:
    """A rule-set: level → lowest score; gates as (caps_at, condition), named after their condition's first word."""
    return RuleSet.of(
        {
            "code": "test",
            "version": "1",
            "title": TEXT,
            "scale": {"minimum": 0, "maximum": maximum, "failing_below": 2},
            "score": {"rounding": {"digits": digits, "mode": mode}, "domain_weights": dict(weights or {})},
            "levels": [{"code": code, "from": least, "validity_months": 1} for code, least in levels.items()],
            "gates": [
                {"code": f"{next(iter(when))}-{i}", "caps_at": cap, "when": when, "text": TEXT}
                for i, (cap, when) in enumerate(gates)
            ],
            "severities": [],
        }
    )


Case = tuple[Checklist, RuleSet, dict[str, AnswerInput], Facts]


def any_case(seed: int, size: int, *, domains: int = 3, most_gates: int = 4) -> Case:
    """A checklist, rule-set, answers and facts as chance will have them: every kind of gate, rounding and answer."""
    pick = random.Random(seed)
    maximum = pick.choice([1, 2, 3, 3])
    made: dict[str, list[dict[str, Any]]] = {}
    for i in range(size):
        kind = pick.choice(["critical", "standard", "developmental"])
        domain = f"D{pick.randrange(domains)}"
        made.setdefault(domain, []).append(criterion(f"C{i}", criterion_class=kind, weight=pick.randint(1, 5)))
    codes = [f"C{i}" for i in range(size)]
    thresholds = {
        str(pick.randint(1, 100)) if pick.random() < 0.6 else f"{pick.randint(1, 9999) / 100}" for _ in "1234"
    }
    levels = {f"L{i}": x for i, x in enumerate(["0", *sorted(thresholds, key=float)])}
    ruleset = rules(
        levels,
        [(pick.choice(list(levels)), _any_condition(pick, maximum, codes, list(made))) for _ in range(most_gates)][
            : pick.randint(0, most_gates)
        ],
        maximum=maximum,
        digits=pick.choice([0, 0, 1, 2]),
        mode=pick.choice(MODES),
        weights={d: pick.randint(0, 3) for d in made if pick.random() < 0.8},
    )
    answers = {}
    for code in codes:
        chance = pick.random()
        if chance < 0.16:
            answers[code] = AnswerInput(not_applicable=chance < 0.08)
        else:
            answers[code] = AnswerInput(pick.choice([0, maximum, pick.randint(0, maximum)]), chance < 0.18)
    flags = frozenset({"flag"} if pick.random() < 0.3 else ())
    return checklist(**made), ruleset, answers, Facts("children", flags=flags)


def _any_condition(pick: random.Random, maximum: int, codes: list[str], domains: list[str]) -> dict[str, Any]:
    chance = pick.random()
    if chance > 0.92:
        return {"fact": "flag"}
    if chance > 0.75:
        return {"any_domain": {"below": str(pick.randint(1, 90))}}
    if chance > 0.55:
        return {"domain": {"code": pick.choice(domains), "below": str(pick.randint(1, 100))}}
    top = max(3, len(codes) // 12)
    when: dict[str, Any] = {"level_at_most": pick.randint(0, maximum - 1), "count": pick.randint(1, top)}
    which = pick.random()
    if which < 0.35:
        when["class"] = pick.choice(["critical", "standard"])
    elif which < 0.5:
        when["domain"] = pick.choice(domains)
    elif which < 0.9:
        # half of the codes or all, so that the groups of several gates lie within each other now and then
        whole = pick.choice([codes, codes[::2], pick.sample(codes, pick.randint(1, len(codes)))])
        when["codes"] = list(whole)
    return {"answers": when}


def changeable(asked: Checklist, answers: Answers) -> list[str]:
    """The criteria that have a level."""
    given = ((c.code, answers.get(c.code)) for c in asked)
    return [code for code, a in given if a and a.level is not None and not a.not_applicable]


def best_by_trying_all(case: Case, effort: Mapping[str, int] | None) -> dict[str, dict[str, int]]:
    """For each level above the present one the best target levels, by scoring every possible one: level → criterion → level."""
    asked, ruleset, answers, facts = case
    now = score(asked, ruleset, answers, facts).level
    codes = changeable(asked, answers)
    best: dict[str, tuple[Any, dict[str, int]]] = {}
    for levels in itertools.product(*(range(answers[c].level or 0, ruleset.maximum + 1) for c in codes)):
        after = dict(zip(codes, levels, strict=True))
        given = {**answers, **{code: AnswerInput(level) for code, level in after.items()}}
        reached = score(asked, ruleset, given, facts).level
        if now is None or reached is None or ruleset.rank(reached) <= ruleset.rank(now):
            continue
        steps = {code: level - (answers[code].level or 0) for code, level in after.items()}
        key = _better(asked, ruleset, after, steps, effort)
        changed = {code: after[code] for code, n in steps.items() if n}
        for level in ruleset.levels[ruleset.rank(now) + 1 : ruleset.rank(reached) + 1]:
            if level.code not in best or key < best[level.code][0]:
                best[level.code] = (key, changed)
    return {code: changed for code, (_, changed) in best.items()}


def _better(
    asked: Checklist,
    ruleset: RuleSet,
    after: Mapping[str, int],
    steps: Mapping[str, int],
    effort: Mapping[str, int] | None,
) -> tuple[Any, ...]:
    """What decides between two ways, as ``ways`` says it; the least is the best."""
    points: dict[str, Fraction] = {}
    weights: dict[str, int] = {}
    for code, level in after.items():
        one = asked.criterion(code)
        points[one.domain] = points.get(one.domain, Fraction(0)) + one.weight * level
        weights[one.domain] = weights.get(one.domain, 0) + one.weight
    whole = sum(ruleset.domain_weights.get(d, Fraction(1)) * points[d] / weights[d] for d in points)
    weightless = sum(points[d] for d in points if ruleset.domain_weights.get(d) == 0)
    few, rise = sum(map(bool, steps.values())), sum(steps.values())
    order = tuple(-n for n in steps.values())
    if effort is None:
        return few, rise, -whole, -weightless, order
    return sum(effort[code] * n for code, n in steps.items()), -whole, -weightless, few, order
