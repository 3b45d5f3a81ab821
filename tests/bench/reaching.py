"""The way to each higher level and the fragility of a result, for checklists larger than any real one."""

import random
from typing import Any

from tests.bench.figures import milliseconds, tell
from tests.bench.place import Place

SIZE = 200
SHAPES = 24


def measure(place: Place) -> None:
    """The slowest of several shapes by chance: other weights, levels, limits, efforts; and the rules in force."""
    from inspect_app.adapters.rule_files import load_rules
    from inspect_app.domain.checklists import Facts
    from inspect_app.domain.scoring import AnswerInput
    from inspect_app.domain.scoring.fragility import fragility
    from inspect_app.domain.scoring.way import ways
    from tests.factories.scoring import any_case, checklist, criterion

    cases: list[Any] = []
    domains = list(load_rules().domain_weights)
    for seed in range(SHAPES):
        pick = random.Random(seed)
        if seed % 2:
            cases.append(any_case(seed, SIZE, domains=pick.choice([1, 5, 11, 15]), most_gates=6))
            continue
        made: dict[str, list[dict[str, Any]]] = {}
        for number in range(SIZE):
            domain = pick.choice(domains)
            kind = pick.choices(["critical", "standard", "developmental"], [2, 6, 2])[0]
            code = f"{domain}-{number:03}"
            made.setdefault(domain, []).append(criterion(code, criterion_class=kind, weight=pick.randint(1, 5)))
        asked = checklist(**made)
        levels = pick.choice([[0], [0, 0, 1, 1, 2], [0, 1, 2, 3, 3]])
        cases.append(
            (asked, load_rules(), {c.code: AnswerInput(pick.choice(levels)) for c in asked}, Facts("children"))
        )
    pick = random.Random(SIZE)
    efforts = [{c.code: pick.randint(1, 9) for c in case[0]} for case in cases]
    how = (
        f"the slowest of {SHAPES} shapes by chance, {SIZE} criteria, all higher levels; each the best of 3, in process"
    )
    slowest = max(min(milliseconds(lambda case=case: ways(*case), 3)) for case in cases)
    tell("way to the next level, 200 criteria", slowest, "ms", at_most=200, how=how + ", fewest criteria")
    slowest = max(
        min(milliseconds(lambda case=case, effort=effort: ways(*case, effort), 3))
        for case, effort in zip(cases, efforts, strict=True)
    )
    tell("way to the next level, 200 criteria, by effort", slowest, "ms", at_most=200, how=how + ", least effort")
    slowest = max(min(milliseconds(lambda case=case: fragility(*case), 3)) for case in cases)
    how = f"the slowest of {SHAPES} shapes by chance, {SIZE} criteria, every answer one level up and down; best of 3"
    tell("answers on which a level hangs, 200 criteria", slowest, "ms", at_most=60, how=how)
