"""Support plans: actions that answer findings, their proofs, who verified them, and what was said to whom in time."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.models.base import Base
from inspect_app.models.findings import Finding
from inspect_app.models.inspections import Inspection
from inspect_app.models.institutions import Institution
from inspect_app.models.users import User

_NOT_CLOSED = text("state <> 'closed'")


class SupportPlan(Base):
    """What an institution and its support officer agreed to do; one at a time for each institution."""

    __tablename__ = "support_plans"
    __table_args__ = (
        CheckConstraint("state IN ('proposed', 'agreed', 'closed')", name="state"),
        CheckConstraint("director_id IS NULL OR officer_id IS NULL OR director_id <> officer_id", name="two_people"),
        CheckConstraint("director_signed_at IS NULL OR director_id IS NOT NULL", name="director_signed"),
        CheckConstraint("officer_signed_at IS NULL OR officer_id IS NOT NULL", name="officer_signed"),
        CheckConstraint(
            "state <> 'agreed' OR (director_signed_at IS NOT NULL AND officer_signed_at IS NOT NULL"
            " AND agreed_on IS NOT NULL AND length(digest) = 64)",
            name="agreed",
        ),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed"),
        Index(
            "uq_support_plans_not_closed",
            "institution_id",
            unique=True,
            sqlite_where=_NOT_CLOSED,
            postgresql_where=_NOT_CLOSED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)  # "P-2026-00012"
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"), index=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))  # the visit it was proposed from
    state: Mapped[str]  # domain.plans.PlanState
    aim: Mapped[str | None]  # the level that its first actions lead to
    proposed_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime]
    director_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    director_signed_at: Mapped[datetime | None]
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # who supports the institution
    officer_signed_at: Mapped[datetime | None]
    agreed_on: Mapped[date | None]
    digest: Mapped[str] = mapped_column(default="")  # SHA-256 of what was signed
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    invented: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    institution: Mapped[Institution] = relationship()
    inspection: Mapped[Inspection] = relationship()
    director: Mapped[User | None] = relationship(foreign_keys=[director_id])
    officer: Mapped[User | None] = relationship(foreign_keys=[officer_id])
    actions: Mapped[list["PlanAction"]] = relationship(
        back_populates="plan", order_by="PlanAction.position, PlanAction.id"
    )
    events: Mapped[list["PlanEvent"]] = relationship(order_by="PlanEvent.id")

    __mapper_args__ = {"version_id_col": version}


class PlanAction(Base):
    """One thing to do about one criterion, mostly one with a finding. Whoever owns it, or sent its proof, never verifies it.

    Without words of its own (``what``, ``proof_expected`` empty) it says what the checklist says of the level to reach.
    """

    __tablename__ = "plan_actions"
    __table_args__ = (
        CheckConstraint(
            "state IN ('planned', 'proof_sent', 'returned', 'accepted', 'settled', 'removed')", name="state"
        ),
        CheckConstraint("why IN ('way', 'critical', 'other')", name="why"),
        CheckConstraint("target_level BETWEEN 1 AND 3", name="target_level"),
        CheckConstraint("cost IS NULL OR cost >= 0", name="cost"),
        CheckConstraint("verified_by IS NULL OR verified_by <> owner_id", name="not_by_the_owner"),
        CheckConstraint(
            "verified_by IS NULL OR (sent_by IS NOT NULL AND verified_by <> sent_by)", name="not_by_the_sender"
        ),
        CheckConstraint("state NOT IN ('accepted', 'returned') OR verified_by IS NOT NULL", name="verified"),
        CheckConstraint("state <> 'returned' OR length(verdict) > 0", name="verdict"),
        Index("ix_plan_actions_state_due_on", "state", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("support_plans.id"), index=True)
    criterion: Mapped[str]
    # None: no finding, but the way to the next level asks for it
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("findings.id"), index=True)
    position: Mapped[int]
    why: Mapped[str]  # why it stands where it stands: domain.plans.Why
    what: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]  # kind of support, as the criterion names it
    helper: Mapped[str] = mapped_column(default="")  # domain.plans.Helper
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    target_level: Mapped[int]
    due_on: Mapped[date]
    proof_expected: Mapped[str] = mapped_column(default="")
    cost: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))  # dirhams, when known
    funding: Mapped[str] = mapped_column(default="")  # domain.plans.Helper, or own
    state: Mapped[str]  # domain.plans.ActionState
    sent_at: Mapped[datetime | None]
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    verified_at: Mapped[datetime | None]
    verified_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    verdict: Mapped[str] = mapped_column(default="")  # what the verifier said
    version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[SupportPlan] = relationship(back_populates="actions")
    finding: Mapped[Finding | None] = relationship(lazy="joined")
    owner: Mapped[User] = relationship(foreign_keys=[owner_id])
    verifier: Mapped[User | None] = relationship(foreign_keys=[verified_by])
    proofs: Mapped[list["ActionProof"]] = relationship(order_by="ActionProof.id")

    __mapper_args__ = {"version_id_col": version}


class ActionProof(Base):
    """A photograph without its metadata, or a PDF document (append-only)."""

    __tablename__ = "action_proofs"
    __table_args__ = (CheckConstraint("media_type IN ('image/jpeg', 'application/pdf')", name="media_type"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    op_id: Mapped[str] = mapped_column(unique=True)  # of the form: a double tap sends one proof
    action_id: Mapped[int] = mapped_column(ForeignKey("plan_actions.id"), index=True)
    sha256: Mapped[str]
    thumb_sha256: Mapped[str] = mapped_column(default="")
    media_type: Mapped[str]
    size: Mapped[int]
    words: Mapped[str] = mapped_column(default="")
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    received_at: Mapped[datetime]

    author: Mapped[User] = relationship()


class PlanEvent(Base):
    """What happened to a plan, in the past tense (append-only)."""

    __tablename__ = "plan_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("support_plans.id"), index=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("plan_actions.id"), index=True)
    event: Mapped[str]  # domain.plans.PlanEvent
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # None: a visit, or a clock
    reason: Mapped[str] = mapped_column(default="")

    actor: Mapped[User | None] = relationship()


class PlanNotice(Base):
    """A reminder that one person was given of one deadline; never twice."""

    __tablename__ = "plan_notices"
    __table_args__ = (UniqueConstraint("action_id", "due_on", "step", "user_id", name="uq_plan_notices_once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("plan_actions.id"))
    due_on: Mapped[date]
    step: Mapped[str]  # domain.reminders.Step
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    given_at: Mapped[datetime]
    mailed: Mapped[bool] = mapped_column(default=False)

    action: Mapped[PlanAction] = relationship()


class CalendarFeed(Base):
    """The secret address of a person's calendar: only its hash is kept, and it can be taken back."""

    __tablename__ = "calendar_feeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    secret_sha256: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()
