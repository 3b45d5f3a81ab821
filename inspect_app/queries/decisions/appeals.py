"""Appeals: which a person may see, who was involved, what may be contested, what became of them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select

from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import NotVisibleError
from inspect_app.domain.texts import Text
from inspect_app.models import (
    Appeal,
    AppealPoint,
    Decision,
    DossierEventRow,
    DossierPerson,
    InspectionEvent,
    InspectionPerson,
    Institution,
    db,
)
from inspect_app.queries.decisions.content import titles
from inspect_app.queries.decisions.grounds import final_card
from inspect_app.queries.scope import in_territory, own_institution


def own_decision(actor: Actor, decision_id: int) -> Decision:
    """A decision on an institution that the actor directs. Raises NotVisibleError."""
    found = db.session.scalar(
        select(Decision)
        .join(Institution, Institution.id == Decision.institution_id)
        .where(own_institution(actor), Decision.id == decision_id)
    )
    if found is None:
        raise NotVisibleError("decision")
    return found


def appeal_of(decision_id: int) -> Appeal | None:
    """The appeal against a decision, if there is one."""
    return db.session.scalar(select(Appeal).where(Appeal.decision_id == decision_id))


def visible(actor: Actor, appeal_id: int) -> Appeal:
    """An appeal of the actor's territory. Raises NotVisibleError."""
    found = db.session.scalar(
        select(Appeal)
        .join(Institution, Institution.id == Appeal.institution_id)
        .where(in_territory(actor), Appeal.id == appeal_id)
    )
    if found is None:
        raise NotVisibleError("appeal")
    return found


def contestable(decision: Decision) -> dict[str, Text]:
    """The criteria that a director may contest: those that the visit found not met, with their titles."""
    inspection = decision.dossier.inspection
    card = final_card(inspection.id) if inspection else None
    if inspection is None or card is None:
        return {}
    return titles(inspection, sorted(f["criterion"] for f in card.card["findings"]))


def involved(decision: Decision) -> frozenset[int]:
    """Everybody who took part in the visit, its review, its file, the dossier or the decision."""
    dossier = decision.dossier
    found = set(
        db.session.scalars(
            select(DossierPerson.user_id).where(DossierPerson.dossier_id == dossier.id, DossierPerson.side != "appeal")
        )
    )
    found |= set(db.session.scalars(select(DossierEventRow.actor_id).where(DossierEventRow.dossier_id == dossier.id)))
    found |= {decision.signed_by, decision.proposed_by}
    if dossier.inspection_id is not None:
        for column, table in (
            (InspectionPerson.user_id, InspectionPerson),
            (InspectionEvent.actor_id, InspectionEvent),
        ):
            found |= set(db.session.scalars(select(column).where(table.inspection_id == dossier.inspection_id)))
    return frozenset(found)


def directors_appeal(actor: Actor, decision_id: int) -> Appeal | None:
    """The appeal that stands beside a director's own decision. Raises NotVisibleError."""
    return appeal_of(own_decision(actor, decision_id).id)


@dataclass(frozen=True)
class CriterionAppeals:
    """How often a criterion was contested, and with what result."""

    criterion: str
    lodged: int
    upheld: int
    rejected: int


@dataclass(frozen=True)
class AppealFigures:
    """Appeals in numbers."""

    decisions: int
    lodged: int
    open: int
    upheld: int
    rejected: int
    criteria: tuple[CriterionAppeals, ...]


def figures(actor: Actor) -> AppealFigures:
    """What became of the appeals of the actor's territory, and which criteria were contested how often."""

    def count(*states: str) -> Any:
        return func.sum(case((Appeal.state.in_(states), 1), else_=0))

    row = db.session.execute(
        select(
            func.count(Appeal.id),
            count("lodged", "under_examination"),
            count("upheld"),
            count("rejected"),
        )
        .join(Institution, Institution.id == Appeal.institution_id)
        .where(in_territory(actor))
    ).one()
    decisions = db.session.scalar(
        select(func.count(Decision.id))
        .join(Institution, Institution.id == Decision.institution_id)
        .where(in_territory(actor))
    )
    rows = db.session.execute(
        select(
            AppealPoint.criterion,
            func.count(),
            func.sum(case((AppealPoint.verdict == "upheld", 1), else_=0)),
            func.sum(case((AppealPoint.verdict == "rejected", 1), else_=0)),
        )
        .join(Appeal, Appeal.id == AppealPoint.appeal_id)
        .join(Institution, Institution.id == Appeal.institution_id)
        .where(in_territory(actor))
        .group_by(AppealPoint.criterion)
        .order_by(func.count().desc(), AppealPoint.criterion)
    )
    return AppealFigures(
        decisions or 0, row[0], row[1] or 0, row[2] or 0, row[3] or 0, tuple(CriterionAppeals(*r) for r in rows)
    )


def open_appeals(actor: Actor) -> list[Appeal]:
    """Appeals that await an answer, the nearest due date first."""
    return list(
        db.session.scalars(
            select(Appeal)
            .join(Institution, Institution.id == Appeal.institution_id)
            .where(in_territory(actor), Appeal.state.in_(("lodged", "under_examination")))
            .order_by(Appeal.due_on, Appeal.id)
        )
    )
