"""A second, dated card for a visit under a newer rule-set, beside the visit's own.

Cards are append-only (0002): the old ones are not touched, and a card that was added is never taken away.
"""

from alembic import op
from sqlalchemy import text

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # one statement for both databases: copying the table, as a batch would, drops SQLite's append-only triggers
    op.execute(
        "ALTER TABLE score_cards ADD COLUMN kind VARCHAR DEFAULT 'own' NOT NULL "
        "CONSTRAINT ck_score_cards_kind CHECK (kind = 'own' OR (kind = 'rescored' AND stage = 'final'))"
    )
    op.execute(
        "CREATE UNIQUE INDEX uq_score_cards_rescored ON score_cards (inspection_id, rules_sha256) "
        "WHERE kind = 'rescored'"
    )


def downgrade() -> None:
    # without the column they would pass for the visits' own cards
    if op.get_bind().execute(text("SELECT 1 FROM score_cards WHERE kind = 'rescored' LIMIT 1")).first():
        raise RuntimeError("cards under newer rule-sets are on file; they cannot be taken away")
    op.execute("DROP INDEX uq_score_cards_rescored")
    op.execute("ALTER TABLE score_cards DROP COLUMN kind")
