"""Invented answers to a checklist: as good as the institution, as bad as its problems, a little better each time. Pure."""

import random
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from inspect_app.cli.demo import notes
from inspect_app.domain.answers import Operation
from inspect_app.domain.checklists import Checklist, Criterion, Facts

#: Where a level begins on the hidden scale 0–1.
_STEPS = (0.20, 0.42, 0.70)
#: Ours: what is usually better or worse than the rest (the sector's reports speak of staff, care and follow-up).
_DOMAINS = {"GOV": 0.06, "BLD": -0.04, "FOD": 0.05, "HLT": -0.04, "SUP": -0.06, "STF": -0.08, "REC": 0.04, "IMP": -0.10}
#: Criteria that a fact of the registry decides: flag → codes and the levels found.
_DECIDED: dict[str, dict[str, tuple[int, ...]]] = {
    "not-authorised": {"GOV-01": (0, 0, 1)},
    "no-director": {"GOV-07": (0, 0, 1)},
    "no-committee": {"GOV-06": (0, 1)},
    "over-capacity": {"LIV-01": (0, 1, 1), "LIV-02": (0, 1)},
}
#: Criteria in which danger to life is judged: 0 only where the building itself is bad.
_DANGER = ("BLD-01", "BLD-02", "BLD-03", "PRO-01")
_BAD_BUILDING: dict[str, tuple[int, ...]] = {"BLD-01": (1, 1, 2), "BLD-05": (0, 0, 1), "BLD-11": (1, 2)}


@dataclass(frozen=True)
class Home:
    """What the answers follow from."""

    quality: float
    building: str
    facts: Facts
    seed: int


def levels_of(home: Home, checklist: Checklist, visit: int) -> dict[str, int | None]:
    """Level of each applicable criterion at the ``visit``-th visit (from 0); None: not applicable."""
    found: dict[str, int | None] = {}
    for criterion in checklist.applicable(home.facts):
        lasting = random.Random(f"{home.seed}/{criterion.code}")  # the same at every visit
        passing = random.Random(f"{home.seed}/{criterion.code}/{visit}")
        if criterion.na_allowed and not criterion.critical and lasting.random() < 0.03:
            found[criterion.code] = None
            continue
        found[criterion.code] = _level(home, criterion, visit, lasting, passing)
    return found


def _level(home: Home, criterion: Criterion, visit: int, lasting: random.Random, passing: random.Random) -> int:
    decided = [
        levels[criterion.code]
        for flag, levels in _DECIDED.items()
        if flag in home.facts.flags and criterion.code in levels
    ]
    if home.building == "bad" and criterion.code in _BAD_BUILDING:
        decided.append(_BAD_BUILDING[criterion.code])
    if decided:
        return min(lasting.choice(levels) for levels in decided)
    value = home.quality + _DOMAINS.get(criterion.domain, 0.0) + 0.06 * visit
    value += 0.16 if criterion.critical else 0.0
    value += lasting.gauss(0.04, 0.17) + passing.gauss(0, 0.05)
    level = sum(value >= step for step in _STEPS)
    return max(level, 1) if criterion.code in _DANGER else level


@dataclass(frozen=True)
class Writer:
    """Who writes an answer down, and in which language."""

    user_id: int
    language: str


def operations_of(
    home: Home,
    checklist: Checklist,
    visit: int,
    *,
    uid: str,
    begins: datetime,
    writers: tuple[Writer, Writer],
    share: float = 1.0,
    apart: frozenset[str] = frozenset(),
) -> list[tuple[Writer, Operation]]:
    """The answers as the team's devices send them, two hours for all, the domains divided between the two writers.

    ``apart``: criteria that the second writer rates apart, so that the first answers them all.
    """
    levels = levels_of(home, checklist, visit)
    criteria = checklist.applicable(home.facts)
    criteria = criteria[: round(len(criteria) * share)]
    rng = random.Random(f"{home.seed}/{visit}/notes")
    order = {code: i for i, code in enumerate(dict.fromkeys(c.domain for c in criteria))}
    found = []
    for at, criterion in enumerate(criteria):
        writer = writers[0 if criterion.code in apart else order[criterion.domain] % 2]
        level = levels[criterion.code]
        found.append(
            (
                writer,
                Operation(
                    op_id=str(uuid.uuid5(uuid.UUID(uid), criterion.code)),
                    criterion=criterion.code,
                    level=level,
                    not_applicable=level is None,
                    na_reason="" if level is not None else notes.not_applicable(rng, writer.language),
                    note=notes.note(rng, criterion, level, writer.language),
                    measurements=_measured(rng, home.facts, criterion),
                    base_op_id=None,
                    answered_at=begins + timedelta(seconds=at * 7200 / max(1, len(criteria)) + rng.randint(0, 40)),
                ),
            )
        )
    return found


def _measured(rng: random.Random, facts: Facts, criterion: Criterion) -> dict[str, str]:
    """A few numbers that agree with the registry; the rest was not counted."""
    present, capacity = facts.present, facts.capacity
    figures = {
        "licensed-total": capacity,
        "present-total": present,
        "slept-last-night": max(0, present - rng.randint(0, 3)),
        "enrolled-total": present + rng.randint(0, 4),
        "beds": round(capacity * rng.uniform(0.92, 1.05)),
        "sleeping-rooms": max(1, capacity // rng.randint(6, 14)),
        "toilets-male": max(1, present // rng.randint(18, 40)),
        "toilets-female": max(1, present // rng.randint(18, 40)),
        "washbasins": max(2, present // rng.randint(10, 25)),
        "staff-total": max(3, present // rng.randint(7, 14)),
        "extinguishers-working": rng.randint(2, 8),
        "extinguishers-faulty": rng.randint(0, 2),
        "register-present": present + rng.choice((0, 0, 0, 1, -1)),
        "counted-present": present,
    }
    return {m.code: str(max(0, figures[m.code])) for m in criterion.measurements if m.code in figures}
