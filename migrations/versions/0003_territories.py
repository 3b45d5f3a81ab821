"""The 12 regions and 75 prefectures and provinces, with HCP 2024 codes (``migrations/data``)."""

import csv
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

DATA = Path(__file__).resolve().parent.parent / "data"


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def upgrade() -> None:
    text = sa.String()
    regions = sa.table(
        "regions",
        sa.column("code", text),
        sa.column("name_ar", text),
        sa.column("name_fr", text),
        sa.column("population_2024", sa.Integer()),
    )
    provinces = sa.table(
        "provinces",
        sa.column("code", text),
        sa.column("region_code", text),
        sa.column("kind", text),
        sa.column("name_ar", text),
        sa.column("name_fr", text),
        sa.column("population_2024", sa.Integer()),
    )
    op.bulk_insert(
        regions,
        [
            {
                "code": row["code"],
                "name_ar": row["name_ar"],
                "name_fr": row["name_fr"],
                "population_2024": int(row["population_2024"]),
            }
            for row in _rows("regions")
        ],
    )
    op.bulk_insert(
        provinces,
        [
            {
                "code": row["code"],
                "region_code": row["region_code"],
                "kind": row["type"],
                "name_ar": row["name_ar"],
                "name_fr": row["name_fr"],
                "population_2024": int(row["population_2024"]),
            }
            for row in _rows("provinces")
        ],
    )


def downgrade() -> None:
    op.execute("DELETE FROM provinces")
    op.execute("DELETE FROM regions")
