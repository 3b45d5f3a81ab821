"""Dossiers of decisions: what is decided, who stands on which side, conflicts declared, deliberations.

What the columns cannot say by themselves (who may sign, quorum, what may follow what) triggers say: migration 0010.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.models.base import Base
from inspect_app.models.frozen import FrozenVersion
from inspect_app.models.inspections import Inspection
from inspect_app.models.institutions import Institution
from inspect_app.models.users import User

#: One at a time for each institution; danger waits for no other.
_RUNNING = text("state NOT IN ('signed', 'closed') AND matter <> 'urgent_suspension'")


class Dossier(Base):
    """All that one decision rests on. ``computed`` is the proposal of the rules, as it was when the dossier was opened."""

    __tablename__ = "dossiers"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'deliberated', 'proposed', 'signed', 'closed')", name="state"),
        CheckConstraint(
            "matter IN ('accreditation', 'suspension', 'urgent_suspension', 'reinstatement', 'withdrawal', 'appeal')",
            name="matter",
        ),
        CheckConstraint("matter <> 'accreditation' OR inspection_id IS NOT NULL", name="visit"),
        CheckConstraint("matter = 'accreditation' OR length(grounds) > 0", name="grounds"),
        CheckConstraint("(proposed_by IS NULL) = (proposed_at IS NULL)", name="proposed"),
        CheckConstraint("(proposed_by IS NULL) = (proposed_outcome IS NULL)", name="proposed_outcome"),
        CheckConstraint("state NOT IN ('proposed', 'signed') OR proposed_by IS NOT NULL", name="proposed_state"),
        CheckConstraint("proposed_by IS NULL OR length(proposed_reasons) > 0", name="proposed_reasons"),
        CheckConstraint(
            "proposed_outcome IS NULL OR computed_outcome IS NULL OR proposed_outcome = computed_outcome"
            " OR length(trim(departure_reason)) > 0",
            name="departure",
        ),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed"),
        CheckConstraint("closed_at IS NULL OR length(closed_reason) > 0", name="closed_reason"),
        Index(
            "uq_dossiers_running",
            "institution_id",
            unique=True,
            sqlite_where=_RUNNING,
            postgresql_where=_RUNNING,
        ),
        Index("ix_dossiers_state_since", "state", "since"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)  # "D-2026-00012"
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"), index=True)
    inspection_id: Mapped[int | None] = mapped_column(ForeignKey("inspections.id"), index=True)
    matter: Mapped[str]  # domain.decisions.Matter
    state: Mapped[str]  # domain.decisions.DossierState
    since: Mapped[datetime]  # when it came into this state: its clock runs from here
    grounds: Mapped[str] = mapped_column(default="")  # what happened, where no visit says it
    policy_id: Mapped[int] = mapped_column(ForeignKey("frozen_versions.id"))
    card_sha256: Mapped[str | None]
    computed: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # domain.decisions.Proposal
    computed_outcome: Mapped[str | None]
    opened_at: Mapped[datetime]
    opened_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    proposed_outcome: Mapped[str | None]
    proposed_reasons: Mapped[str] = mapped_column(default="")
    departure_reason: Mapped[str] = mapped_column(default="")
    conditions: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # criterion, severity, days
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    closed_reason: Mapped[str] = mapped_column(default="")
    invented: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    institution: Mapped[Institution] = relationship()
    inspection: Mapped[Inspection | None] = relationship()
    policy: Mapped[FrozenVersion] = relationship()
    opener: Mapped[User] = relationship(foreign_keys=[opened_by])
    proposer: Mapped[User | None] = relationship(foreign_keys=[proposed_by])
    people: Mapped[list["DossierPerson"]] = relationship(order_by="DossierPerson.user_id")
    interests: Mapped[list["DossierInterest"]] = relationship(order_by="DossierInterest.user_id")
    deliberations: Mapped[list["Deliberation"]] = relationship(back_populates="dossier", order_by="Deliberation.id")
    events: Mapped[list["DossierEventRow"]] = relationship(order_by="DossierEventRow.id")

    __mapper_args__ = {"version_id_col": version}


class DossierPerson(Base):
    """On which side of a dossier a person stands: one row, so never on two (append-only)."""

    __tablename__ = "dossier_people"
    __table_args__ = (
        CheckConstraint("side IN ('visit', 'support', 'propose', 'decide', 'appeal')", name="side"),
        Index("uq_dossier_people_side", "dossier_id", "user_id", "side", unique=True),
        Index("ix_dossier_people_user_id", "user_id"),
    )

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    side: Mapped[str]  # domain.decisions.Side
    named_at: Mapped[datetime]

    user: Mapped[User] = relationship(lazy="joined")


class DossierInterest(Base):
    """What a person declared of their interests before deliberating, proposing or signing. A conflict stays declared."""

    __tablename__ = "dossier_interests"
    __table_args__ = (
        CheckConstraint("conflict IN ('none', 'declared')", name="conflict"),
        CheckConstraint("conflict = 'none' OR length(detail) > 0", name="detail"),
    )

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    conflict: Mapped[str]
    detail: Mapped[str] = mapped_column(default="")
    declared_at: Mapped[datetime]

    user: Mapped[User] = relationship(lazy="joined")


class Deliberation(Base):
    """A session of the committee on a dossier, with its opinion and reasons (append-only)."""

    __tablename__ = "deliberations"
    __table_args__ = (
        CheckConstraint("manner IN ('consensus', 'votes')", name="manner"),
        CheckConstraint("length(reasons) > 0", name="reasons"),
        CheckConstraint("quorum > 0", name="quorum"),
        Index("uq_deliberations_dossier", "id", "dossier_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), index=True)
    held_on: Mapped[date]
    chair_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    manner: Mapped[str]
    outcome: Mapped[str]  # domain.decisions.Outcome
    reasons: Mapped[str]
    quorum: Mapped[int]  # of the policy on that day
    recorded_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    recorded_at: Mapped[datetime]

    dossier: Mapped[Dossier] = relationship(back_populates="deliberations")
    chair: Mapped[User] = relationship(foreign_keys=[chair_id])
    members: Mapped[list["DeliberationMember"]] = relationship(order_by="DeliberationMember.user_id")


class DeliberationMember(Base):
    """A member at a session: present or not, left the room for a conflict, voted how (append-only)."""

    __tablename__ = "deliberation_members"
    __table_args__ = (
        ForeignKeyConstraint(
            ["dossier_id", "user_id", "side"],
            ["dossier_people.dossier_id", "dossier_people.user_id", "dossier_people.side"],
        ),
        ForeignKeyConstraint(["deliberation_id", "dossier_id"], ["deliberations.id", "deliberations.dossier_id"]),
        CheckConstraint("side = 'decide'", name="side"),
        CheckConstraint("vote IS NULL OR vote IN ('for', 'against', 'abstained')", name="vote"),
        CheckConstraint("vote IS NULL OR (present AND NOT recused)", name="votes"),
    )

    deliberation_id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    dossier_id: Mapped[int]
    side: Mapped[str] = mapped_column(default="decide")
    body: Mapped[str]
    present: Mapped[bool]
    recused: Mapped[bool] = mapped_column(default=False)
    vote: Mapped[str | None]

    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="joined")


class DossierEventRow(Base):
    """What happened to a dossier, in the past tense (append-only)."""

    __tablename__ = "dossier_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), index=True)
    event: Mapped[str]  # opened, or domain.decisions.DossierEvent
    at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(default="")

    actor: Mapped[User] = relationship(lazy="joined")
