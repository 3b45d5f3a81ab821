"""One dossier: may this person see it, on which side does everybody stand, what did they declare, what was deliberated."""

from functools import lru_cache

from sqlalchemy import Select, select

from inspect_app.domain.actors import Actor
from inspect_app.domain.decisions import DecisionPolicy
from inspect_app.domain.errors import NotVisibleError
from inspect_app.models import (
    Deliberation,
    Dossier,
    DossierInterest,
    DossierPerson,
    FrozenVersion,
    Institution,
    db,
)
from inspect_app.queries.scope import in_territory


def visible_dossiers(actor: Actor) -> Select[Dossier]:
    """Dossiers of institutions in the actor's territory."""
    return select(Dossier).join(Institution, Institution.id == Dossier.institution_id).where(in_territory(actor))


def visible(actor: Actor, dossier_id: int) -> Dossier:
    """The dossier. Raises NotVisibleError."""
    found = db.session.scalar(visible_dossiers(actor).where(Dossier.id == dossier_id))
    if found is None:
        raise NotVisibleError("dossier")
    return found


def dossier_of(inspection_id: int) -> Dossier | None:
    """The dossier of a visit that runs or was decided."""
    return db.session.scalar(
        select(Dossier).where(
            Dossier.inspection_id == inspection_id, Dossier.matter == "accreditation", Dossier.state != "closed"
        )
    )


def sides(dossier_id: int) -> dict[int, str]:
    """On which side everybody stands, by person."""
    rows = db.session.execute(
        select(DossierPerson.user_id, DossierPerson.side).where(DossierPerson.dossier_id == dossier_id)
    )
    return {user_id: side for user_id, side in rows}


def side_of(dossier_id: int, user_id: int) -> str | None:
    """On which side one person stands; None where on none."""
    return db.session.scalar(
        select(DossierPerson.side).where(DossierPerson.dossier_id == dossier_id, DossierPerson.user_id == user_id)
    )


def conflict_of(dossier_id: int, user_id: int) -> str:
    """What a person declared: undeclared, none or declared."""
    found = db.session.scalar(
        select(DossierInterest.conflict).where(
            DossierInterest.dossier_id == dossier_id, DossierInterest.user_id == user_id
        )
    )
    return found or "undeclared"


def last_deliberation(dossier_id: int) -> Deliberation | None:
    """The newest deliberation on file."""
    return db.session.scalar(
        select(Deliberation).where(Deliberation.dossier_id == dossier_id).order_by(Deliberation.id.desc()).limit(1)
    )


def policy_of(dossier: Dossier) -> DecisionPolicy:
    """The policy frozen when the dossier was opened."""
    return frozen_policy(dossier.policy_id)


@lru_cache(maxsize=16)
def frozen_policy(version_id: int) -> DecisionPolicy:
    """A policy of decisions on file."""
    row = db.session.scalars(select(FrozenVersion).where(FrozenVersion.id == version_id)).one()
    return DecisionPolicy.of(row.content)
