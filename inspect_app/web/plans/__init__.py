"""Support plans: what was agreed, what is late, proofs and who verified them."""

from inspect_app.web.plans import actions, lists, negotiating, proofs, show
from inspect_app.web.plans.blueprint import pages

__all__ = ["actions", "lists", "negotiating", "pages", "proofs", "show"]
