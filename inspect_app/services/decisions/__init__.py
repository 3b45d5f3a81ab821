"""What people do with decisions: open a dossier, declare interests, deliberate, propose, sign, appeal."""

from inspect_app.services.decisions.appealing import answer, lodge, name_examiner
from inspect_app.services.decisions.common import undo
from inspect_app.services.decisions.deliberating import Seat, declare_interests, record_deliberation
from inspect_app.services.decisions.opening import MEASURES, close_dossier, open_dossier, open_measure
from inspect_app.services.decisions.proposing import propose, return_proposal
from inspect_app.services.decisions.signing import document_of, sign

__all__ = [
    "MEASURES",
    "Seat",
    "answer",
    "close_dossier",
    "declare_interests",
    "document_of",
    "lodge",
    "name_examiner",
    "open_dossier",
    "open_measure",
    "propose",
    "record_deliberation",
    "return_proposal",
    "sign",
    "undo",
]
