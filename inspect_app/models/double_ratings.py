"""Blind double rating: a share of a visit's criteria rated a second time, by somebody who does not see the first rating."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.models.base import Base
from inspect_app.models.inspections import Inspection
from inspect_app.models.users import User


class DoubleRating(Base):
    """Who rates a second time on a visit, what was chosen how, and when each side closed. Opened: both see both."""

    __tablename__ = "double_ratings"
    __table_args__ = (
        UniqueConstraint("id", "second_rater_id"),
        CheckConstraint("share BETWEEN 0 AND 100", name="share"),
        CheckConstraint(
            "opened_at IS NULL OR (first_closed_at IS NOT NULL AND second_closed_at IS NOT NULL)", name="opened"
        ),
        CheckConstraint("first_closed_by IS NULL OR first_closed_by <> second_rater_id", name="first_closed_by"),
        CheckConstraint("waived_at IS NULL OR (opened_at IS NULL AND length(waived_reason) > 0)", name="waived"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"), unique=True)
    second_rater_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    share: Mapped[int]  # percent
    critical: Mapped[bool]  # all critical criteria, and the share of the others
    method: Mapped[str]  # domain.double_rating.METHOD
    created_at: Mapped[datetime]
    created_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    first_closed_at: Mapped[datetime | None]
    first_closed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    second_closed_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    waived_at: Mapped[datetime | None]
    waived_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    waived_reason: Mapped[str] = mapped_column(default="")

    inspection: Mapped[Inspection] = relationship()
    second_rater: Mapped[User] = relationship(foreign_keys=[second_rater_id], lazy="joined", innerjoin=True)
    criteria: Mapped[list["DoubleRatedCriterion"]] = relationship(back_populates="double_rating")

    @property
    def sealed(self) -> bool:
        """Whether the two sides must not see each other's ratings yet."""
        return self.opened_at is None and self.waived_at is None


class DoubleRatedCriterion(Base):
    """A criterion rated twice. Each side's level is written when that side closes, and is what agreement is measured on:
    the scored answer may still change afterwards, when the team has talked."""

    __tablename__ = "double_rated_criteria"
    __table_args__ = (
        ForeignKeyConstraint(
            ["double_rating_id", "second_rater_id"], ["double_ratings.id", "double_ratings.second_rater_id"]
        ),
        CheckConstraint("why IN ('critical', 'drawn')", name="why"),
        CheckConstraint("first_author_id IS NULL OR first_author_id <> second_rater_id", name="two_people"),
        CheckConstraint("first_level IS NULL OR first_level BETWEEN 0 AND 3", name="first_level"),
        CheckConstraint("second_level IS NULL OR second_level BETWEEN 0 AND 3", name="second_level"),
        CheckConstraint("NOT (first_not_applicable AND first_level IS NOT NULL)", name="first_level_or_na"),
        CheckConstraint("NOT (second_not_applicable AND second_level IS NOT NULL)", name="second_level_or_na"),
        Index("ix_double_rated_criteria_first_author_id", "first_author_id"),
        Index("ix_double_rated_criteria_second_rater_id", "second_rater_id"),
    )

    double_rating_id: Mapped[int] = mapped_column(primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    second_rater_id: Mapped[int]
    why: Mapped[str]
    first_author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    first_revision_id: Mapped[int | None] = mapped_column(ForeignKey("answer_revisions.id"))
    first_level: Mapped[int | None]
    first_not_applicable: Mapped[bool] = mapped_column(default=False)
    second_level: Mapped[int | None]
    second_not_applicable: Mapped[bool] = mapped_column(default=False)

    double_rating: Mapped[DoubleRating] = relationship(back_populates="criteria")


class SecondRating(Base):
    """One operation of the second rater on one criterion; append-only, the last accepted one counts.

    Two foreign keys see to it that the criterion was chosen and that its author is the second rater named.
    """

    __tablename__ = "second_ratings"
    __table_args__ = (
        ForeignKeyConstraint(
            ["double_rating_id", "criterion"],
            ["double_rated_criteria.double_rating_id", "double_rated_criteria.criterion"],
        ),
        ForeignKeyConstraint(
            ["double_rating_id", "author_id"], ["double_ratings.id", "double_ratings.second_rater_id"]
        ),
        CheckConstraint("level IS NULL OR level BETWEEN 0 AND 3", name="level"),
        CheckConstraint("NOT (not_applicable AND level IS NOT NULL)", name="level_or_na"),
        CheckConstraint("NOT not_applicable OR length(na_reason) > 0", name="na_reason"),
        CheckConstraint("outcome IN ('accepted', 'superseded')", name="outcome"),
        Index("ix_second_ratings_double_rating_id_criterion", "double_rating_id", "criterion"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    op_id: Mapped[str] = mapped_column(unique=True)  # UUID made where the rating was given
    double_rating_id: Mapped[int]
    criterion: Mapped[str]
    level: Mapped[int | None]
    not_applicable: Mapped[bool] = mapped_column(default=False)
    na_reason: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    author_id: Mapped[int]
    answered_at: Mapped[datetime]  # device clock
    received_at: Mapped[datetime]  # server clock
    digest: Mapped[str]  # sha256 of the canonical content: the same id with other content is refused
    outcome: Mapped[str] = mapped_column(default="accepted")
    device_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"))
