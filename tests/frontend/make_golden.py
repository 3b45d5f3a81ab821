"""Ten thousand random cases of every rule-set with what the server's engine makes of them; written to the file named.

.venv/bin/python tests/frontend/make_golden.py golden.json
"""

import json
import random
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from inspect_app.adapters.checklist_files import load_checklist  # noqa: E402
from inspect_app.adapters.rule_books import FOLDER, files, load_rule_book  # noqa: E402
from inspect_app.adapters.rule_files import load_rules  # noqa: E402
from inspect_app.domain.checklists import Facts  # noqa: E402
from inspect_app.domain.scoring import AnswerInput  # noqa: E402
from inspect_app.domain.scoring.program import Outcome, Program, Result  # noqa: E402
from inspect_app.domain.scoring.program.checklist_form import inputs_of, program_of  # noqa: E402
from inspect_app.domain.scoring.program.inputs import Input  # noqa: E402
from inspect_app.domain.scoring.program.values import plain  # noqa: E402

CASES, SEED = 10_000, 65_15
chance = random.Random(SEED)


def single(asked: Input) -> Any:
    """A random value of an input."""
    if asked.kind == "flag":
        return chance.random() < 0.3
    if asked.kind == "option":
        return chance.choice([*asked.values, *asked.aliases])
    if asked.kind == "matrix":
        size = chance.randint(2, 5)
        return [[chance.choice([0, 0, chance.randint(0, 30)]) for _ in range(size)] for _ in range(size)]
    if asked.scale is not None:
        return chance.choice([*asked.scale.values, *asked.scale.aliases])
    high = int(asked.maximum if asked.maximum is not None else 30)
    number = Decimal(chance.randint(int(asked.minimum or 0) * 100, high * 100)) / 100
    return str(number) if chance.random() < 0.5 else int(number)


def given(program: Program) -> dict[str, Any]:
    """Random inputs of a program; some do not apply, some are missing."""
    found: dict[str, Any] = {}
    for asked in program.inputs:
        if asked.many:
            usual = single(asked)
            values = [
                None if chance.random() < 0.1 else usual if chance.random() < 0.6 else single(asked)
                for _ in range(chance.randint(0 if chance.random() < 0.05 else 1, 12))
            ]
            keyed = chance.random() < 0.5
            found[asked.code] = {str(i): v for i, v in enumerate(values, start=1)} if keyed else values
        elif asked.kind == "matrix" or chance.random() > 0.03:
            found[asked.code] = single(asked)
    return found


def figures(outcome: Outcome) -> dict[str, Any]:
    """What both engines must agree on."""
    data = outcome.as_data()
    kept = {key: data[key] for key in ("code", "value", "binding", "exact", "admissible") if key in data}
    if outcome.groups is not None:
        kept["groups"] = [
            {
                "code": group.code,
                "exact": None if group.exact is None else plain(group.exact),
                "value": None if group.rounded is None else f"{group.rounded:f}",
            }
            for group in outcome.groups
        ]
    return kept


def told(result: Result) -> dict[str, Any]:
    """A result as the other engine will be asked for it."""
    return {"scored": result.scored, "answer": list(result.answer), "nodes": [figures(o) for o in result.outcomes]}


def visit() -> dict[str, Any]:
    """A random visit under the default rule-set: part of a real checklist, mostly one level."""
    checklist = load_checklist(category=chance.choice(["children", "elderly", "women"]))
    facts = Facts(
        checklist.category,
        capacity=chance.choice([10, 40, 200]),
        services=frozenset({"accommodation"}),
        flags=frozenset(f for f in ("not-authorised", "over-capacity") if chance.random() < 0.2),
    )
    usual, odd = chance.randint(0, 3), chance.choice([0.0, 0.02, 0.1, 0.5])
    share = chance.choice([0.1, 0.5, 1.0])
    answers = {
        c.code: AnswerInput(None, True)
        if chance.random() < 0.05
        else AnswerInput(chance.randint(0, 3) if chance.random() < odd else usual)
        for c in checklist
        if chance.random() < share
    }
    rules = load_rules()
    result = program_of(rules).work(inputs_of(checklist, rules, answers, facts))
    return {
        "category": checklist.category,
        "services": sorted(facts.services),
        "capacity": facts.capacity,
        "facts": sorted(facts.flags),
        "answers": {code: "na" if a.not_applicable else a.level for code, a in answers.items()},
        **told(result),
    }


def main(path: Path) -> None:
    """All cases in one file."""
    programs = [(file.name, p) for file in files(FOLDER) for p in load_rule_book(file).programs]
    visits = CASES // 10
    cases = []
    for place in range(CASES - visits):
        name, program = programs[place % len(programs)]
        asked = given(program)
        cases.append({"file": name, "program": program.code, "given": asked, **told(program.work(asked))})
    checklists = {
        category: [
            {
                "code": c.code,
                "domain": c.domain,
                "standard": c.standard,
                "class": c.criterion_class,
                "weight": c.weight,
                "services": sorted(c.services),
                "min_capacity": c.min_capacity,
            }
            for c in load_checklist(category=category)
        ]
        for category in ("children", "elderly", "women")
    }
    data = {"cases": cases, "visits": [visit() for _ in range(visits)], "checklists": checklists}
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
