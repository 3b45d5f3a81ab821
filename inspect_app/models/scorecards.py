"""Score cards: immutable snapshots of a result with everything needed to compute it again.

A visit has its own cards (``ScoreCard``): one for each stage, under the rule-set frozen when it was planned; the final one
is in force, and decisions rest on it. A newer rule-set may give a second, dated card (``RescoredCard``), shown beside
the first as «under the rules of …». Both stand in one table, and whoever asks for ``ScoreCard`` is never given the other.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.models.base import Base
from inspect_app.models.inspections import Inspection

_RESCORED = text("kind = 'rescored'")


class StoredCard(Base):
    """Any card on file, of either kind."""

    __tablename__ = "score_cards"
    __table_args__ = (
        CheckConstraint("stage IN ('submitted', 'draft', 'final')", name="stage"),
        CheckConstraint("kind = 'own' OR (kind = 'rescored' AND stage = 'final')", name="kind"),
        Index(
            "uq_score_cards_rescored",
            "inspection_id",
            "rules_sha256",
            unique=True,
            sqlite_where=_RESCORED,
            postgresql_where=_RESCORED,
        ),
    )
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_abstract": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), index=True)
    kind: Mapped[str] = mapped_column(server_default="own")
    stage: Mapped[str]
    level: Mapped[str | None]  # domain.scoring level code; None: not scored
    score: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))  # percent, rounded as the rule-set declares
    card: Mapped[dict[str, Any]] = mapped_column(JSON)  # domain.scoring.ScoreCard as data
    sha256: Mapped[str]  # of the canonical card
    checklist_sha256: Mapped[str]
    rules_sha256: Mapped[str]
    engine_version: Mapped[str]
    input_digest: Mapped[str]  # of answers and facts
    created_at: Mapped[datetime]

    inspection: Mapped[Inspection] = relationship()


class ScoreCard(StoredCard):
    """A card of the visit itself, under the rule-set that the visit froze."""

    __mapper_args__ = {"polymorphic_identity": "own"}


class RescoredCard(StoredCard):
    """What another rule-set gives for a finished visit; one for each rule-set."""

    __mapper_args__ = {"polymorphic_identity": "rescored"}
