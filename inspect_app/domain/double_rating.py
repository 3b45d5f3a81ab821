"""Blind double rating: which criteria two people rate apart, and what must be true before they see each other's levels.

Pure. The draw follows from the visit's own identifier: nobody chooses the criteria, and anybody can draw them again.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inspect_app.domain.checklists import Criterion
from inspect_app.domain.errors import DomainError

#: Name of the draw, kept with each double rating: criteria in the order of sha256("<uid>/<code>") as hexadecimal digits.
METHOD = "sha256-uid/1"
CRITICAL, DRAWN = "critical", "drawn"


@dataclass(frozen=True)
class Chosen:
    """A criterion that is rated twice, and whether it was taken because it is critical or drawn."""

    code: str
    why: str  # critical | drawn


def drawn(uid: str, codes: Iterable[str], share: int) -> frozenset[str]:
    """The ``share`` percent of the codes (rounded up) that the visit's identifier draws.

    A larger share of the same codes always holds the smaller one: a coordinator who changes their mind draws no others.
    """
    ranked = sorted(codes, key=lambda code: (hashlib.sha256(f"{uid}/{code}".encode()).hexdigest(), code))
    return frozenset(ranked[: -(-len(ranked) * share // 100)])


def choose(criteria: Sequence[Criterion], uid: str, share: int, *, critical: bool) -> tuple[Chosen, ...]:
    """The criteria rated twice, in the checklist's order: ``share`` percent of them, drawn; with ``critical`` all critical
    ones and ``share`` percent of the others.

    Raises DomainError: ``share-out-of-range`` (0 to 100), ``nothing-drawn`` where no criterion is left.
    """
    if not 0 <= share <= 100:
        raise DomainError("share-out-of-range", field="share", status=422)
    always = {c.code for c in criteria if critical and c.critical}
    by_lot = drawn(uid, (c.code for c in criteria if c.code not in always), share)
    found = tuple(
        Chosen(c.code, CRITICAL if c.code in always else DRAWN)
        for c in criteria
        if c.code in always or c.code in by_lot
    )
    if not found:
        raise DomainError("nothing-drawn", field="share", status=422)
    return found


def check_rater(second_rater: int, members: Sequence[int], leader: int) -> None:
    """Who may rate apart. Raises DomainError: ``rater-not-in-team``, ``rater-leads`` (the leader answers for the scored
    answers and closes the first side), ``rater-alone`` (nobody would rate first)."""
    if second_rater not in members:
        raise DomainError("rater-not-in-team", field="second_rater", status=422)
    if len(members) < 2:
        raise DomainError("rater-alone", field="second_rater", status=422)
    if second_rater == leader:
        raise DomainError("rater-leads", field="second_rater", status=422)
