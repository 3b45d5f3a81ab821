"""What people do with a visit: plan, declare, prepare, start, answer, read again, hear the director, conclude."""

from inspect_app.services.inspections.answering import Applied, Result, apply_operations, save_answer
from inspect_app.services.inspections.common import undo
from inspect_app.services.inspections.concluding import cancel, finalise, observations_due_today, send_draft
from inspect_app.services.inspections.hearing import close_observations, observe, respond, withdraw_observation
from inspect_app.services.inspections.photographing import add_photo, withdraw_photo
from inspect_app.services.inspections.planning import MemberInput, change_team, facts_of, plan_inspection
from inspect_app.services.inspections.reviewers import change_reviewers
from inspect_app.services.inspections.reviewing import accept, return_to_team
from inspect_app.services.inspections.visiting import DUTIES, declare, prepare, start, submit

__all__ = [
    "DUTIES",
    "Applied",
    "MemberInput",
    "Result",
    "accept",
    "add_photo",
    "apply_operations",
    "cancel",
    "change_reviewers",
    "change_team",
    "close_observations",
    "declare",
    "facts_of",
    "finalise",
    "observations_due_today",
    "observe",
    "plan_inspection",
    "prepare",
    "respond",
    "return_to_team",
    "save_answer",
    "send_draft",
    "start",
    "submit",
    "undo",
    "withdraw_observation",
    "withdraw_photo",
]
