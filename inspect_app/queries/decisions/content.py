"""What a decision rests on and says, gathered from its dossier."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from inspect_app.domain.decisions import Matter
from inspect_app.domain.texts import Text
from inspect_app.models import Appeal, Decision, Dossier, Inspection, User, db
from inspect_app.queries.decisions.dossiers import last_deliberation, policy_of
from inspect_app.queries.decisions.grounds import final_card
from inspect_app.queries.decisions.register import standing_of
from inspect_app.queries.frozen import checklist_of


def contested_by(dossier: Dossier) -> Decision | None:
    """The decision whose appeal, upheld, opened the dossier."""
    return db.session.scalar(
        select(Decision).join(Appeal, Appeal.decision_id == Decision.id).where(Appeal.dossier_id == dossier.id)
    )


def titles(inspection: Inspection | None, codes: list[str]) -> dict[str, Text]:
    """The titles of criteria as the visit's checklist says them."""
    if inspection is None:
        return {}
    checklist = checklist_of(inspection)
    return {code: checklist.criterion(code).title for code in codes}


def due_conditions(dossier: Dossier, decided_on: date) -> list[dict[str, Any]]:
    """The conditions with the day by which each is to be met, counted from the decision."""
    named = titles(dossier.inspection, [c["criterion"] for c in dossier.conditions])
    return [
        {
            "criterion": c["criterion"],
            "title": named[c["criterion"]],
            "severity": c["severity"],
            "due_on": decided_on + timedelta(days=c["days"]),
        }
        for c in dossier.conditions
    ]


def basis(dossier: Dossier) -> dict[str, Any]:
    """Policy, card, deliberation and earlier decisions that a document names."""
    rests = dossier.inspection_id is not None and dossier.matter == str(Matter.ACCREDITATION)
    current = standing_of(dossier.institution_id)
    contested = contested_by(dossier)
    return {
        "policy": policy_of(dossier),
        "card": final_card(dossier.inspection_id) if rests and dossier.inspection_id else None,
        "deliberation": last_deliberation(dossier.id),
        "replaces": current.decision.number if current else None,
        "contested": contested.number if contested else None,
    }


def person(user_id: int) -> User:
    """A person by id. Raises NoResultFound."""
    return db.session.get_one(User, user_id)
