"""Pages of decisions: the ministry's desk, dossiers, deliberation, proposal, signature, measures, appeals, documents."""

from inspect_app.web.decisions import appeals, desk, documents, dossiers, steps
from inspect_app.web.decisions.blueprint import pages

__all__ = ["appeals", "desk", "documents", "dossiers", "pages", "steps"]
