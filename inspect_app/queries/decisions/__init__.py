"""Questions about decisions: dossiers, who stands where, the register, appeals, the ministry's desk."""

from inspect_app.queries.decisions.content import contested_by
from inspect_app.queries.decisions.dossiers import (
    conflict_of,
    dossier_of,
    last_deliberation,
    policy_of,
    side_of,
    sides,
    visible,
)
from inspect_app.queries.decisions.grounds import grounds_of, held, plan_facts
from inspect_app.queries.decisions.register import decision_visible, next_serial, past_outcomes, standing_of

__all__ = [
    "conflict_of",
    "contested_by",
    "decision_visible",
    "dossier_of",
    "grounds_of",
    "held",
    "last_deliberation",
    "next_serial",
    "past_outcomes",
    "plan_facts",
    "policy_of",
    "side_of",
    "sides",
    "standing_of",
    "visible",
]
