"""Questions about support plans: which, whose, what is late, what they are worth."""

from inspect_app.queries.plans.file import (
    action_now,
    action_of,
    check,
    current,
    institution_in_sight,
    may,
    plan_now,
    proof_of,
    sides,
    supports,
    took_part,
    visible,
)
from inspect_app.queries.plans.ground import PlanGround, Worth, answerable, earliest_day, ground_of, unmended, worth_of

__all__ = [
    "PlanGround",
    "Worth",
    "action_now",
    "action_of",
    "answerable",
    "check",
    "current",
    "earliest_day",
    "ground_of",
    "institution_in_sight",
    "may",
    "plan_now",
    "proof_of",
    "sides",
    "supports",
    "took_part",
    "unmended",
    "visible",
    "worth_of",
]
