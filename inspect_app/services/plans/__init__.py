"""Deeds on support plans: one function for each thing that a person does."""

from inspect_app.services.plans.common import owners
from inspect_app.services.plans.negotiating import (
    ActionInput,
    add_action,
    agree,
    change_action,
    close_plan,
    propose_plan,
    remove_action,
)
from inspect_app.services.plans.proving import proof_file, send_proof, verify

__all__ = [
    "ActionInput",
    "add_action",
    "agree",
    "change_action",
    "close_plan",
    "owners",
    "proof_file",
    "propose_plan",
    "remove_action",
    "send_proof",
    "verify",
]
