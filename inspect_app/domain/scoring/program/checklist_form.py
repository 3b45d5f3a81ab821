"""The rule-set of a checklist (``domain/scoring/rules.py``) as a program of the general engine.

``domain/scoring/engine.py`` is the quick way to the same result, for every tap on a tablet; this one explains each figure.
That both agree is a property that the tests hold.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from inspect_app.domain.checklists import Checklist, Facts
from inspect_app.domain.scoring.engine import AnswerInput
from inspect_app.domain.scoring.program.conditions import Bound, Condition, Fact, Some, Subset, Value
from inspect_app.domain.scoring.program.inputs import Input
from inspect_app.domain.scoring.program.judged import Bands, Limit, Limits
from inspect_app.domain.scoring.program.program import Node, Program, Result
from inspect_app.domain.scoring.program.reckoned import Mean, Rounding
from inspect_app.domain.scoring.program.values import Atom, Grade, Scale
from inspect_app.domain.scoring.rules import AnswersCondition, DomainCondition, FactCondition, Gate, RuleSet
from inspect_app.domain.scoring.sentences import level_name
from inspect_app.domain.texts import Text

CRITERIA = Text("المعايير", "Critères", "Criteria")
STANDARDS = Text("المقاييس", "Standards", "Standards")
DOMAINS = Text("المجالات", "Domaines", "Domains")
SCORE = Text("النقطة العامة", "Score d'ensemble", "Overall score")
BY_SCORE = Text("المستوى حسب النقطة", "Niveau d'après le score", "Level by the score")
LEVEL = Text("المستوى", "Niveau", "Level")

#: The steps of the usual scale of answers.
ANSWERS = {
    "0": Text("غير مستوفى", "non satisfait", "not met"),
    "1": Text("في بدايته", "amorcé", "begun"),
    "2": Text("مستوفى في معظمه", "largement satisfait", "mostly met"),
    "3": Text("مستوفى بالكامل", "pleinement satisfait", "fully met"),
}
#: Facts by which a rule-set may limit.
FLAGS = {
    "not-authorised": Text("المؤسسة غير مرخصة", "Établissement non autorisé", "Institution not authorised"),
    "over-capacity": Text("تجاوز الطاقة الاستيعابية", "Capacité dépassée", "Over capacity"),
    "no-director": Text("لا مدير للمؤسسة", "Pas de directeur", "No director"),
    "no-committee": Text("لا لجنة للتدبير", "Pas de comité de gestion", "No committee"),
}


def program_of(rules: RuleSet) -> Program:
    """The rule-set as nodes: standards, domains, score, level by the score, level."""
    levels = Scale(
        "levels",
        tuple(level.code for level in rules.levels),
        {level.code: level_name(level.code) for level in rules.levels},
    )
    flags = sorted({g.when.flag for g in rules.gates if isinstance(g.when, FactCondition)})
    rounding, maximum = Rounding(rules.digits, rules.rounding), Fraction(rules.maximum)
    nodes: tuple[Node, ...] = (
        Mean("standards", STANDARDS, ("criteria",), rounding, {}, by="standard", percent=maximum),
        Mean("domains", DOMAINS, ("criteria",), rounding, {}, by="domain", percent=maximum),
        Mean("score", SCORE, ("domains",), rounding, rules.domain_weights),
        Bands(
            "by-score",
            BY_SCORE,
            "score",
            levels,
            (None, *(Fraction(level.threshold) for level in rules.levels[1:])),
        ),
        Limits("level", LEVEL, "by-score", levels, tuple(_cap(gate, rules) for gate in rules.gates)),
    )
    return Program(
        code=rules.code,
        title=rules.title,
        inputs=(
            Input("criteria", CRITERIA, "grade", many=True, scale=_steps(rules)),
            *(Input(flag, FLAGS.get(flag, Text(flag, flag, flag)), "flag", better="lower") for flag in flags),
        ),
        nodes=nodes,
        answer=("score", "level"),
    )


def inputs_of(checklist: Checklist, rules: RuleSet, answers: Mapping[str, AnswerInput], facts: Facts) -> dict[str, Any]:
    """What the program is given: the criteria that apply, answered or not, and the facts that limit."""
    scale = _steps(rules)
    atoms = {}
    for criterion in checklist.applicable(facts):
        answer = answers.get(criterion.code, AnswerInput())
        scored = answer.level is not None and not answer.not_applicable
        atoms[criterion.code] = Atom(
            key=criterion.code,
            value=Grade(scale, scale.rank(answer.level, criterion.code)) if scored else None,
            weight=Fraction(criterion.weight),
            attributes={
                "domain": criterion.domain,
                "standard": criterion.standard,
                "class": criterion.criterion_class,
            },
        )
    flags = {g.when.flag for g in rules.gates if isinstance(g.when, FactCondition)}
    return {"criteria": atoms, **{flag: flag in facts.flags for flag in sorted(flags)}}


def explained(checklist: Checklist, rules: RuleSet, answers: Mapping[str, AnswerInput], facts: Facts) -> Result:
    """Every figure of a card with its inputs, arithmetic, binding constraint and sentence."""
    return program_of(rules).work(inputs_of(checklist, rules, answers, facts))


def _steps(rules: RuleSet) -> Scale:
    return Scale("answers", tuple(range(rules.maximum + 1)), ANSWERS if rules.maximum == 3 else {})


def _cap(gate: Gate, rules: RuleSet) -> Limit:
    return Limit(gate.code, rules.rank(gate.caps_at), _condition(gate), gate.text)


def _condition(gate: Gate) -> Condition:
    when = gate.when
    if isinstance(when, FactCondition):
        return Fact(when.flag)
    if isinstance(when, DomainCondition):
        return Value("domains", Bound("below", when.below), when.code)
    return Some(_subset(when), Bound("at_most", when.level_at_most), when.count)


def _subset(when: AnswersCondition) -> Subset:
    wanted = {"class": when.criterion_class, "domain": when.domain}
    return Subset(("criteria",), when.codes, {key: value for key, value in wanted.items() if value is not None})
