"""Devices that inspectors work with, from which of them each answer came, and which answers a choice has settled.

Before this, any later answer settled a conflict: rows of that time have no ``settles`` and keep that meaning.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

#: What devices write, beside the person's name.
WRITTEN = ("answer_revisions", "evidence", "second_ratings")


def upgrade() -> None:
    op.create_table(
        "devices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Integer(), nullable=True),
        sa.Column("revoked_reason", sa.String(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "revoked_at IS NULL OR (revoked_by IS NOT NULL AND length(revoked_reason) > 0)",
            name=op.f("ck_devices_revoked"),
        ),
        sa.CheckConstraint("told_at IS NULL OR revoked_at IS NOT NULL", name=op.f("ck_devices_told")),
        sa.ForeignKeyConstraint(["revoked_by"], ["users.id"], name=op.f("fk_devices_revoked_by")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_devices_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
        sa.UniqueConstraint("uid", "user_id", name=op.f("uq_devices_uid_user_id")),
    )
    op.create_index(op.f("ix_devices_user_id"), "devices", ["user_id"])
    # one statement for both databases: copying a table, as a batch would, drops SQLite's append-only triggers
    for table in WRITTEN:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN device_id INTEGER CONSTRAINT fk_{table}_device_id REFERENCES devices (id)"
        )
    op.execute("ALTER TABLE answer_revisions ADD COLUMN settles JSON")


def downgrade() -> None:
    # which tablet is not to be trusted any more would be forgotten
    if op.get_bind().execute(sa.text("SELECT 1 FROM devices LIMIT 1")).first():
        raise RuntimeError("devices are on file; they cannot be taken away")
    op.execute("ALTER TABLE answer_revisions DROP COLUMN settles")
    for table in WRITTEN:
        op.execute(f"ALTER TABLE {table} DROP COLUMN device_id")
    op.drop_table("devices")
