"""Fill an empty database with a country: institutions × 5 final visits × 200 criteria, each with its true card.

``python -m tests.bench.country INSTITUTIONS`` in the environment of a site; prints JSON: rows and seconds.

Visits follow patterns: for each category some hundred sets of answers, scored once; everything is then multiplied inside
the database. All answers share one revision: ten million rows that no score reads would only fill the disk.
"""

import dataclasses
import json
import random
import sys
import time
from datetime import timedelta

from sqlalchemy import Boolean, Column, Integer, MetaData, String, Table, insert, literal, select

from inspect_app import create_app
from inspect_app.adapters import clock
from inspect_app.adapters.checklist_files import load_checklist, load_framework
from inspect_app.adapters.rule_files import load_rules
from inspect_app.domain.checklists import Checklist, Criterion, Facts, Standard
from inspect_app.domain.scoring import AnswerInput, score
from inspect_app.models import (
    Answer,
    AnswerRevision,
    FrozenVersion,
    Inspection,
    Institution,
    Province,
    ScoreCard,
    db,
)
from tests.factories.users import make_user

VISITS = 5
CRITERIA = 200
_PATTERNS = 100  # of each category

_scratch = MetaData()
_answers = Table(
    "bench_answers",
    _scratch,
    Column("pattern", Integer, index=True),
    Column("criterion", String),
    Column("level", Integer),
    Column("not_applicable", Boolean),
)
_visits = Table("bench_visits", _scratch, Column("visit", Integer, primary_key=True), Column("pattern", Integer))


def fill(institutions: int) -> dict[str, object]:
    """Everything; how many rows of what, and the seconds that it took."""
    begin = time.perf_counter()
    chance = random.Random(65_15)
    _scratch.create_all(db.engine)
    categories = load_framework().categories
    rules = load_rules()
    rules_id = _frozen("rules", rules.code, rules.version, rules.sha256, rules.as_data())
    policy_id = _frozen("policy", "bench", "1", "0", {})
    author = make_user("coordinator", national=True)
    now = clock.now()
    facts = {c: Facts(c, 60, 45, frozenset({"accommodation", "meals", "education", "health"})) for c in categories}
    cards: list[dict[str, object]] = []
    checklists: dict[str, int] = {}
    for category in categories:
        checklist = _stretched(load_checklist(category=category), facts[category])
        checklists[category] = _frozen(
            "checklist", checklist.code, checklist.version, checklist.sha256, checklist.as_data()
        )
        codes = [c.code for c in checklist.applicable(facts[category])]
        for _ in range(_PATTERNS):
            given = _given(chance, codes)
            card = score(checklist, rules, given, facts[category])
            _keep(len(cards), given)
            cards.append(
                {
                    "stage": "final",
                    "level": card.level,
                    "score": card.score,
                    "card": card.as_data(),
                    "sha256": card.sha256,
                    "checklist_sha256": card.checklist_sha256,
                    "rules_sha256": card.rules_sha256,
                    "engine_version": card.engine,
                    "input_digest": card.input_digest,
                    "created_at": now,
                }
            )
    provinces = db.session.scalars(select(Province.code).order_by(Province.code)).all()
    homes = [
        _institution(n, categories[n % len(categories)], provinces[n % len(provinces)]) for n in range(institutions)
    ]
    db.session.execute(insert(Institution), homes)
    ids = db.session.execute(select(Institution.id, Institution.category).order_by(Institution.id)).all()
    frozen = {"rules_id": rules_id, "policy_id": policy_id, "created_by": author.id, "created_at": now, "final_at": now}
    # in portions: a country does not fit into one statement's memory
    number = 0
    for start in range(0, len(ids), 500):
        visits, patterns, made = [], [], []
        for home, category in ids[start : start + 500]:
            for year in range(VISITS):
                number += 1
                pattern = categories.index(category) * _PATTERNS + chance.randrange(_PATTERNS)
                day = clock.today() - timedelta(days=365 * (VISITS - year) + number % 300)
                visits.append(
                    {
                        **frozen,
                        "id": number,
                        "uid": f"bench-{number}",
                        "reference": f"B-{number:06d}",
                        "institution_id": home,
                        "kind": "periodic",
                        "state": "final",
                        "planned_on": day,
                        "checklist_id": checklists[category],
                        "facts": facts[category].as_data(),
                        "invented": True,
                    }
                )
                patterns.append({"visit": number, "pattern": pattern})
                made.append({**cards[pattern], "inspection_id": number})
        for table, rows in ((Inspection, visits), (ScoreCard, made)):
            db.session.execute(insert(table), rows)
        db.session.execute(insert(_visits), patterns)
    revision = AnswerRevision(
        op_id="bench", inspection_id=1, criterion="", author_id=author.id, answered_at=now, received_at=now, digest=""
    )
    db.session.add(revision)
    db.session.flush()
    db.session.execute(
        insert(Answer.__table__).from_select(
            ["inspection_id", "criterion", "revision_id", "level", "not_applicable"],
            select(
                _visits.c.visit, _answers.c.criterion, literal(revision.id), _answers.c.level, _answers.c.not_applicable
            )
            .join(_answers, _answers.c.pattern == _visits.c.pattern)
            .order_by(_visits.c.visit, _answers.c.criterion),
        )
    )
    db.session.commit()
    _scratch.drop_all(db.engine)
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    return {
        "institutions": institutions,
        "visits": number,
        "answers": number * CRITERIA,
        "seconds": round(time.perf_counter() - begin, 1),
    }


def _stretched(checklist: Checklist, facts: Facts) -> Checklist:
    """The checklist with criteria repeated under other codes until ``CRITERIA`` of them are asked."""
    more = CRITERIA - len(checklist.applicable(facts))
    domains = []
    for domain in checklist.domains:
        standards = []
        for standard in domain.standards:
            twins: list[Criterion] = []
            for criterion in standard.criteria:
                for twin in range(3):
                    if more > 0 and criterion.applies_to(facts):
                        twins.append(dataclasses.replace(criterion, code=f"{criterion.code}-{twin}"))
                        more -= 1
            standards.append(Standard(standard.code, standard.title, (*standard.criteria, *twins)))
        domains.append(dataclasses.replace(domain, standards=tuple(standards)))
    return dataclasses.replace(checklist, domains=tuple(domains))


def _given(chance: random.Random, codes: list[str]) -> dict[str, AnswerInput]:
    """Answers of an institution that is good to a degree of its own; one in thirty does not apply."""
    good = chance.choice((1, 2, 4, 8, 16))
    return {
        code: AnswerInput(None, True)
        if chance.random() < 1 / 30
        else AnswerInput(chance.choices((0, 1, 2, 3), (1, 2, 3 * good, 4 * good * good))[0])
        for code in codes
    }


def _keep(pattern: int, given: dict[str, AnswerInput]) -> None:
    rows = [
        {"pattern": pattern, "criterion": code, "level": a.level, "not_applicable": a.not_applicable}
        for code, a in given.items()
    ]
    db.session.execute(insert(_answers), rows)


def _frozen(kind: str, code: str, version: str, sha256: str, content: dict[str, object]) -> int:
    row = FrozenVersion(kind=kind, code=code, version=version, sha256=sha256, content=content, created_at=clock.now())
    db.session.add(row)
    db.session.flush()
    return row.id


def _institution(number: int, category: str, province: str) -> dict[str, object]:
    now = clock.now()
    return {
        "code": f"N-{number:06d}",
        "name_ar": f"دار الأمل {number}",
        "name_fr": f"Dar Al Amal {number}",
        "search_text": f"dar al amal {number}",
        "category": category,
        "authorised": True,
        "authorisation_law": "65-15",
        "province_code": province,
        "commune": "Commune",
        "setting": "urban",
        "services": ["accommodation", "meals", "education", "health"],
        "invented": True,
        "created_at": now,
        "updated_at": now,
    }


if __name__ == "__main__":
    with create_app().app_context():
        print(json.dumps(fill(int(sys.argv[1]))))
