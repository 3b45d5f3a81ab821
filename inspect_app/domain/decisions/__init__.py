"""Accreditation decisions: what may be decided, by whom, on what, for how long. Pure."""

from inspect_app.domain.decisions.outcomes import (
    IN_FORCE,
    LADDER,
    DossierEvent,
    DossierState,
    Matter,
    Outcome,
    Standing,
)
from inspect_app.domain.decisions.people import Member, Side
from inspect_app.domain.decisions.policy import DecisionPolicy
from inspect_app.domain.decisions.proposal import Grounds, PlanFacts, Proposal, propose

__all__ = [
    "IN_FORCE",
    "LADDER",
    "DecisionPolicy",
    "DossierEvent",
    "DossierState",
    "Grounds",
    "Matter",
    "Member",
    "Outcome",
    "PlanFacts",
    "Proposal",
    "Side",
    "Standing",
    "propose",
]
