"""Social-care institutions (مؤسسات الرعاية الاجتماعية) as the registry knows them. Never a beneficiary's identity."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Numeric
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.models.base import Base
from inspect_app.models.territories import Province


class Institution(Base):
    __tablename__ = "institutions"
    __table_args__ = (
        CheckConstraint(
            "capacity_women >= 0 AND capacity_men >= 0 AND capacity_girls >= 0 AND capacity_boys >= 0",
            name="capacity_not_negative",
        ),
        CheckConstraint(
            "present_women >= 0 AND present_men >= 0 AND present_girls >= 0 AND present_boys >= 0",
            name="present_not_negative",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)  # registry number, e.g. "04.421-0007"
    name_ar: Mapped[str] = mapped_column(index=True)
    name_fr: Mapped[str] = mapped_column(index=True)
    search_text: Mapped[str]  # folded names, commune, association, code: what the search box looks into
    category: Mapped[str] = mapped_column(index=True)  # domain.institutions.Category
    association_ar: Mapped[str] = mapped_column(default="")
    association_fr: Mapped[str] = mapped_column(default="")

    authorised: Mapped[bool]
    authorisation_number: Mapped[str | None]
    authorisation_date: Mapped[date | None]
    authorisation_law: Mapped[str]  # domain.institutions.LegalBasis
    unauthorised_reason: Mapped[str] = mapped_column(default="")

    capacity_women: Mapped[int] = mapped_column(default=0)
    capacity_men: Mapped[int] = mapped_column(default=0)
    capacity_girls: Mapped[int] = mapped_column(default=0)
    capacity_boys: Mapped[int] = mapped_column(default=0)
    present_women: Mapped[int] = mapped_column(default=0)
    present_men: Mapped[int] = mapped_column(default=0)
    present_girls: Mapped[int] = mapped_column(default=0)
    present_boys: Mapped[int] = mapped_column(default=0)
    present_on: Mapped[date | None]

    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"), index=True)
    commune: Mapped[str]
    commune_code: Mapped[str | None]
    address: Mapped[str] = mapped_column(default="")
    setting: Mapped[str]  # urban | rural
    latitude: Mapped[Decimal | None] = mapped_column(Numeric(8, 5))
    longitude: Mapped[Decimal | None] = mapped_column(Numeric(8, 5))
    building_tenure: Mapped[str | None]
    building_state: Mapped[str | None]
    building_year: Mapped[int | None]
    services: Mapped[list[str]] = mapped_column(JSON, default=list)  # domain.institutions.Service

    director_in_post: Mapped[bool] = mapped_column(default=False)
    director_name: Mapped[str] = mapped_column(default="")
    committee_constituted: Mapped[bool] = mapped_column(default=False)
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    opened_year: Mapped[int | None]

    # the last final score card, repeated here so that lists filter and sort without joins
    level: Mapped[str | None] = mapped_column(index=True)
    score: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))  # percent
    level_since: Mapped[date | None]
    last_visit_on: Mapped[date | None]

    invented: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    province: Mapped[Province] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}

    @property
    def capacity(self) -> int:
        """Licensed places, all groups."""
        return self.capacity_women + self.capacity_men + self.capacity_girls + self.capacity_boys

    @property
    def present(self) -> int:
        """People present at the last count, all groups."""
        return self.present_women + self.present_men + self.present_girls + self.present_boys

    def name(self, language: str) -> str:
        """The name in the language's script."""
        return self.name_ar if language == "ar" else self.name_fr
