"""What people do with a visit: plan, declare, prepare, start, answer, read again, hear the director, conclude."""

from inspect_app.services.inspections.answering import Applied, Result, apply_operations, save_answer
from inspect_app.services.inspections.choosing import choose_answer
from inspect_app.services.inspections.common import undo
from inspect_app.services.inspections.concluding import cancel, finalise, observations_due_today, send_draft
from inspect_app.services.inspections.critical import fill_sheets
from inspect_app.services.inspections.double_rating import (
    remove_double_rating,
    set_double_rating,
    waive_double_rating,
)
from inspect_app.services.inspections.hearing import close_observations, observe, respond, withdraw_observation
from inspect_app.services.inspections.importing import Report, import_outbox
from inspect_app.services.inspections.photographing import add_photo, withdraw_photo
from inspect_app.services.inspections.piecing import keep_piece, photo_pieces, put_together
from inspect_app.services.inspections.planning import MemberInput, change_team, facts_of, plan_inspection
from inspect_app.services.inspections.receipts import give_receipt
from inspect_app.services.inspections.rescheduling import reschedule
from inspect_app.services.inspections.reviewers import change_reviewers
from inspect_app.services.inspections.reviewing import accept, return_to_team
from inspect_app.services.inspections.second_rating import rate_again
from inspect_app.services.inspections.sides import close_first_side, close_second_side
from inspect_app.services.inspections.signing import take_signatures
from inspect_app.services.inspections.visiting import DUTIES, declare, prepare, start, submit

__all__ = [
    "DUTIES",
    "Applied",
    "MemberInput",
    "Report",
    "Result",
    "accept",
    "add_photo",
    "apply_operations",
    "cancel",
    "change_reviewers",
    "change_team",
    "choose_answer",
    "close_first_side",
    "close_observations",
    "close_second_side",
    "declare",
    "facts_of",
    "fill_sheets",
    "finalise",
    "give_receipt",
    "import_outbox",
    "keep_piece",
    "observations_due_today",
    "observe",
    "photo_pieces",
    "plan_inspection",
    "prepare",
    "put_together",
    "rate_again",
    "remove_double_rating",
    "reschedule",
    "respond",
    "return_to_team",
    "save_answer",
    "send_draft",
    "set_double_rating",
    "start",
    "submit",
    "take_signatures",
    "undo",
    "waive_double_rating",
    "withdraw_observation",
    "withdraw_photo",
]
