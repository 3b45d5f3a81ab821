"""Random visits with the score that the server tells the tablet after each; written to the file named.

.venv/bin/python tests/frontend/device/make_scores.py scores.json
"""

import json
import random
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent.parent))

from inspect_app.adapters.checklist_files import load_checklist  # noqa: E402
from inspect_app.adapters.rule_files import load_rules  # noqa: E402
from inspect_app.api.inspections import short_score  # noqa: E402
from inspect_app.domain.checklists import Facts  # noqa: E402
from inspect_app.domain.scoring import AnswerInput, score  # noqa: E402
from inspect_app.queries.inspections.pack import checklist_json  # noqa: E402

VISITS, SEED = 300, 4
FLAGS = ("not-authorised", "over-capacity", "no-director", "no-committee")
chance = random.Random(SEED)


def main(path: str) -> None:
    """A third of the visits nearly all well, a third anything, a third hardly begun."""
    rules = load_rules()
    visits = []
    for number in range(VISITS):
        category = ("children", "elderly")[number % 2]
        checklist = load_checklist(category=category)
        flags = frozenset(flag for flag in FLAGS if chance.random() < 0.15)
        facts = Facts(category=category, capacity=40, present=30, flags=flags)
        levels, share = (([3] * 12 + [2], 1.0), ([0, 1, 2, 3], 0.9), ([1, 2, 3], 0.1))[number % 3]
        answers = {
            criterion.code: AnswerInput(None, True)
            if criterion.na_allowed and chance.random() < 0.05
            else AnswerInput(chance.choice(levels), False)
            for criterion in checklist.applicable(facts)
            if chance.random() < share
        }
        visits.append(
            {
                "category": category,
                "flags": sorted(flags),
                "answers": {c: {"level": a.level, "not_applicable": a.not_applicable} for c, a in answers.items()},
                "score": short_score(score(checklist, rules, answers, facts)),
            }
        )
    checklists = {
        category: json.loads(checklist_json(load_checklist(category=category), Facts(category=category, capacity=40)))
        for category in ("children", "elderly")
    }
    found = {"rules": rules.as_data(), "checklists": checklists, "visits": visits}
    Path(path).write_text(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1])
