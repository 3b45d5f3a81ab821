"""Regions, prefectures and provinces with the codes of the High Commission for Planning (HCP 2024)."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.models.base import Base


class Region(Base):
    __tablename__ = "regions"

    code: Mapped[str] = mapped_column(primary_key=True)  # "01" … "12"
    name_ar: Mapped[str]
    name_fr: Mapped[str]
    population_2024: Mapped[int]


class Province(Base):
    __tablename__ = "provinces"

    code: Mapped[str] = mapped_column(primary_key=True)  # "01.511"
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), index=True)
    kind: Mapped[str]  # prefecture | province
    name_ar: Mapped[str]
    name_fr: Mapped[str]
    population_2024: Mapped[int]

    region: Mapped[Region] = relationship(lazy="joined")
