"""What happened is not replaced either: SQLite's INSERT OR REPLACE removes a row without asking the triggers of 0002.

PostgreSQL knows no such statement; there ON CONFLICT DO UPDATE is an update, which 0002 refuses.
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

#: Append-only tables and the keys by which a new row could push an old one out.
KEYS = {
    "audit_events": ("id = NEW.id", "chain = NEW.chain AND seq = NEW.seq"),
    "audit_anchors": ("day = NEW.day",),
    "answer_revisions": ("id = NEW.id", "op_id = NEW.op_id"),
    "score_cards": (
        "id = NEW.id",
        "NEW.kind = 'rescored' AND kind = 'rescored' AND inspection_id = NEW.inspection_id "
        "AND rules_sha256 = NEW.rules_sha256",
    ),
    "inspection_events": ("id = NEW.id",),
    "frozen_versions": ("id = NEW.id", "kind = NEW.kind AND sha256 = NEW.sha256"),
    "second_ratings": ("id = NEW.id", "op_id = NEW.op_id"),
}


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    for table, keys in KEYS.items():
        there = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {key})" for key in keys)  # noqa: S608  # our own names
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in KEYS:
        op.execute(f"DROP TRIGGER {table}_no_replace")
