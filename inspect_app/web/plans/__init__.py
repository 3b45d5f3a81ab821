"""Support plans: what was agreed, what is late, proofs and who verified them."""

from inspect_app.web.plans import actions, compliance, feed, gap, lists, negotiating, paper, proofs, show
from inspect_app.web.plans.blueprint import pages
from inspect_app.web.plans.feed import calendar

__all__ = [
    "actions",
    "calendar",
    "compliance",
    "feed",
    "gap",
    "lists",
    "negotiating",
    "pages",
    "paper",
    "proofs",
    "show",
]
