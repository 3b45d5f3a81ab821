"""The contradictory phase: what the director says of the draft, and the reasoned answer of somebody not on the visit."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.models.base import Base
from inspect_app.models.users import User


class Observation(Base):
    """One observation of the director on one criterion, or on the report as a whole (criterion empty)."""

    __tablename__ = "observations"

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), index=True)
    criterion: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]

    author: Mapped[User] = relationship(lazy="joined")
    response: Mapped["ObservationResponse | None"] = relationship(back_populates="observation", lazy="joined")


class ObservationResponse(Base):
    """The answer, with its reasons. The foreign key to the review side keeps visitors from answering."""

    __tablename__ = "observation_responses"
    __table_args__ = (
        ForeignKeyConstraint(
            ["inspection_id", "author_id", "side"],
            ["inspection_people.inspection_id", "inspection_people.user_id", "inspection_people.side"],
        ),
        CheckConstraint("side = 'review'", name="side"),
        CheckConstraint("outcome IN ('accepted', 'partly', 'rejected')", name="outcome"),
        CheckConstraint("length(reasons) > 0", name="reasons"),
    )

    observation_id: Mapped[int] = mapped_column(ForeignKey("observations.id"), primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    side: Mapped[str] = mapped_column(default="review")
    outcome: Mapped[str]
    reasons: Mapped[str]
    new_level: Mapped[int | None]  # the level after the observation, where it changed
    created_at: Mapped[datetime]

    observation: Mapped[Observation] = relationship(back_populates="response")
    author: Mapped[User] = relationship(foreign_keys=[author_id], lazy="joined")
