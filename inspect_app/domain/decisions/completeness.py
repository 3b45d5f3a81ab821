"""Is a dossier complete? Every item is said with what is missing; nothing is decided on an incomplete one."""

from dataclasses import dataclass
from datetime import date

from inspect_app.domain.decisions.outcomes import Matter
from inspect_app.domain.decisions.policy import DecisionPolicy
from inspect_app.domain.errors import DomainError

#: Matters that rest on a visit with a final report.
_ON_A_VISIT = frozenset({Matter.ACCREDITATION})


@dataclass(frozen=True)
class Held:
    """What lies in a dossier."""

    matter: Matter
    final_report: bool = False
    card_complete: bool = False
    observations: int = 0
    unanswered_observations: int = 0
    visited_on: date | None = None
    grounds_written: bool = False  # of measures that rest on no visit: what happened, in words
    open_appeal: bool = False


@dataclass(frozen=True)
class Item:
    """One thing that must be there. ``code`` has its sentence in ``web/words``."""

    code: str
    there: bool


def items(held: Held, policy: DecisionPolicy, today: date) -> tuple[Item, ...]:
    """What a dossier of this matter must hold, in the order in which people look."""
    if held.matter in _ON_A_VISIT:
        recent = held.visited_on is not None and (today - held.visited_on).days <= policy.visit_age_days
        return (
            Item("final-report", held.final_report),
            Item("card-complete", held.card_complete),
            Item("observations-answered", held.unanswered_observations == 0),
            Item("visit-recent", recent),
            Item("no-open-appeal", not held.open_appeal),
        )
    return (Item("grounds-written", held.grounds_written),)


def missing(held: Held, policy: DecisionPolicy, today: date) -> tuple[str, ...]:
    """The codes of what is not there."""
    return tuple(item.code for item in items(held, policy, today) if not item.there)


def check_complete(held: Held, policy: DecisionPolicy, today: date) -> None:
    """Raise DomainError("dossier-incomplete") with the number of what is missing."""
    if lacking := missing(held, policy, today):
        raise DomainError("dossier-incomplete", count=len(lacking), items=", ".join(lacking))
