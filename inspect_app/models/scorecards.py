"""Score cards: immutable snapshots of a result with everything needed to compute it again."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Numeric
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.models.base import Base
from inspect_app.models.inspections import Inspection


class ScoreCard(Base):
    __tablename__ = "score_cards"
    __table_args__ = (CheckConstraint("stage IN ('submitted', 'draft', 'final')", name="stage"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), index=True)
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
