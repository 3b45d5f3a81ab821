"""Signatures at the end of a visit, and sheets of critical findings with whom they were told to. All append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

#: Append-only tables and the keys by which a new row could push an old one out (see 0002 and 0006).
KEYS = {
    "signatures": ("id = NEW.id", "op_id = NEW.op_id"),
    "critical_sheets": ("id = NEW.id", "op_id = NEW.op_id"),
    "critical_notices": (
        "id = NEW.id",
        "inspection_id = NEW.inspection_id AND criterion = NEW.criterion AND audience = NEW.audience",
    ),
}


def upgrade() -> None:
    op.create_table(
        "signatures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("op_id", sa.String(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("signer_name", sa.String(), nullable=False),
        sa.Column("signer_function", sa.String(), nullable=False),
        sa.Column("drawing", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("record_digest", sa.String(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("photographs", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.CheckConstraint("capacity IN ('member', 'director', 'received')", name=op.f("ck_signatures_capacity")),
        sa.CheckConstraint("deed IN ('drawn', 'typed', 'refused')", name=op.f("ck_signatures_deed")),
        sa.CheckConstraint("(deed = 'drawn') = (length(drawing) > 0)", name=op.f("ck_signatures_drawing")),
        sa.CheckConstraint(
            "deed <> 'refused' OR (length(reason) > 0 AND capacity <> 'member')", name=op.f("ck_signatures_refusal")
        ),
        sa.CheckConstraint(
            "length(signer_name) > 0 AND length(signer_function) > 0", name=op.f("ck_signatures_signer")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_signatures_author_id")),
        sa.ForeignKeyConstraint(["device_id"], ["devices.id"], name=op.f("fk_signatures_device_id")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_signatures_inspection_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatures")),
        sa.UniqueConstraint("op_id", name=op.f("uq_signatures_op_id")),
    )
    op.create_index(op.f("ix_signatures_inspection_id"), "signatures", ["inspection_id"])
    op.create_table(
        "critical_sheets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("op_id", sa.String(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("base_op_id", sa.String(), nullable=True),
        sa.Column("seen", sa.String(), nullable=False),
        sa.Column("danger", sa.Boolean(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("phoned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.CheckConstraint(
            "told IN ('director', 'deputy', 'on_duty', 'association', 'staff', 'nobody')",
            name=op.f("ck_critical_sheets_told"),
        ),
        sa.CheckConstraint("length(seen) > 0", name=op.f("ck_critical_sheets_seen")),
        sa.CheckConstraint("NOT danger OR length(measure) > 0", name=op.f("ck_critical_sheets_measure")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_critical_sheets_author_id")),
        sa.ForeignKeyConstraint(["device_id"], ["devices.id"], name=op.f("fk_critical_sheets_device_id")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_critical_sheets_inspection_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_critical_sheets")),
        sa.UniqueConstraint("op_id", name=op.f("uq_critical_sheets_op_id")),
    )
    op.create_index(op.f("ix_critical_sheets_inspection_id"), "critical_sheets", ["inspection_id"])
    op.create_table(
        "critical_notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("audience IN ('coordinator', 'ministry')", name=op.f("ck_critical_notices_audience")),
        sa.CheckConstraint("letters > 0", name=op.f("ck_critical_notices_letters")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_critical_notices_inspection_id")),
        sa.ForeignKeyConstraint(["sheet_id"], ["critical_sheets.id"], name=op.f("fk_critical_notices_sheet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_critical_notices")),
        sa.UniqueConstraint(
            "inspection_id", "criterion", "audience", name=op.f("uq_critical_notices_inspection_id_criterion_audience")
        ),
    )
    _keep()


def _keep() -> None:
    """Nothing of it is changed, removed or replaced afterwards."""
    if op.get_bind().dialect.name != "sqlite":
        for table in KEYS:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
            )
        return
    for table, keys in KEYS.items():
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        there = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {key})" for key in keys)  # noqa: S608  # our own names
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def downgrade() -> None:
    # what people signed, and what they were told of in danger, would be forgotten
    for table in ("signatures", "critical_sheets"):
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():  # noqa: S608  # our own names
            raise RuntimeError(f"{table} are on file; they cannot be taken away")
    for table in ("critical_notices", "critical_sheets", "signatures"):
        op.drop_table(table)
