"""Visits: kind, team, frozen texts, state, and the events that made the state."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.models.base import Base
from inspect_app.models.frozen import FrozenVersion
from inspect_app.models.institutions import Institution
from inspect_app.models.users import User


class Inspection(Base):
    __tablename__ = "inspections"
    __table_args__ = (Index("ix_inspections_institution_id_state", "institution_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)  # UUID, for devices and documents
    reference: Mapped[str] = mapped_column(unique=True)  # "V-2026-00012"
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"))
    kind: Mapped[str]  # domain.inspections.Kind
    state: Mapped[str] = mapped_column(index=True)  # domain.inspections.State
    purpose: Mapped[str] = mapped_column(default="")
    planned_on: Mapped[date]
    checklist_id: Mapped[int] = mapped_column(ForeignKey("frozen_versions.id"))
    rules_id: Mapped[int] = mapped_column(ForeignKey("frozen_versions.id"))
    policy_id: Mapped[int] = mapped_column(ForeignKey("frozen_versions.id"))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)  # category, capacity, services, present … on planning day
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("inspections.id"))
    preparation_note: Mapped[str] = mapped_column(default="")
    started_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    draft_sent_at: Mapped[datetime | None]
    observations_due_on: Mapped[date | None]
    observations_closed_at: Mapped[datetime | None]
    final_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    invented: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    created_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)

    institution: Mapped[Institution] = relationship()
    checklist: Mapped[FrozenVersion] = relationship(foreign_keys=[checklist_id])
    rules: Mapped[FrozenVersion] = relationship(foreign_keys=[rules_id])
    policy: Mapped[FrozenVersion] = relationship(foreign_keys=[policy_id])
    previous: Mapped["Inspection | None"] = relationship(remote_side=[id])
    team: Mapped[list["TeamMember"]] = relationship(back_populates="inspection", order_by="TeamMember.user_id")
    reviewers: Mapped[list["Reviewer"]] = relationship(back_populates="inspection")
    events: Mapped[list["InspectionEvent"]] = relationship(back_populates="inspection", order_by="InspectionEvent.id")

    __mapper_args__ = {"version_id_col": version}


class InspectionPerson(Base):
    """On which side of a file a person stands: the visit or its review, never both (the key allows one row)."""

    __tablename__ = "inspection_people"
    __table_args__ = (
        CheckConstraint("side IN ('visit', 'review')", name="side"),
        Index("uq_inspection_people_side", "inspection_id", "user_id", "side", unique=True),
    )

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    side: Mapped[str]


class TeamMember(Base):
    """A member of the visiting team, the body that sends them, and their declaration of interests."""

    __tablename__ = "team_members"
    __table_args__ = (
        ForeignKeyConstraint(
            ["inspection_id", "user_id", "side"],
            ["inspection_people.inspection_id", "inspection_people.user_id", "inspection_people.side"],
        ),
        CheckConstraint("side = 'visit'", name="side"),
        CheckConstraint("conflict IN ('undeclared', 'none', 'declared')", name="conflict"),
    )

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    side: Mapped[str] = mapped_column(default="visit")
    body: Mapped[str]
    leader: Mapped[bool] = mapped_column(default=False)
    conflict: Mapped[str] = mapped_column(default="undeclared")
    conflict_detail: Mapped[str] = mapped_column(default="")
    declared_at: Mapped[datetime | None]

    inspection: Mapped[Inspection] = relationship(back_populates="team")
    user: Mapped[User] = relationship(lazy="joined")


class Reviewer(Base):
    """Who was not on the visit: second reader, or who answers the director; and their declaration of interests."""

    __tablename__ = "reviewers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["inspection_id", "user_id", "side"],
            ["inspection_people.inspection_id", "inspection_people.user_id", "inspection_people.side"],
        ),
        CheckConstraint("side = 'review'", name="side"),
        CheckConstraint("duty IN ('second_reading', 'responses')", name="duty"),
        CheckConstraint("conflict IN ('undeclared', 'none', 'declared')", name="conflict"),
    )

    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), primary_key=True)
    duty: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    side: Mapped[str] = mapped_column(default="review")
    assigned_at: Mapped[datetime]
    conflict: Mapped[str] = mapped_column(default="undeclared")
    conflict_detail: Mapped[str] = mapped_column(default="")
    declared_at: Mapped[datetime | None]

    inspection: Mapped[Inspection] = relationship(back_populates="reviewers")
    user: Mapped[User] = relationship(lazy="joined")


class InspectionEvent(Base):
    """Something that happened to a visit, in the past tense; the state is the reduction of these (append-only)."""

    __tablename__ = "inspection_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), index=True)
    event: Mapped[str]  # domain.inspections.Event
    at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(default="")

    inspection: Mapped[Inspection] = relationship(back_populates="events")
    actor: Mapped[User] = relationship(lazy="joined")
