"""Blind double rating: who rates a share of a visit's criteria a second time, and what both sides found.

Second ratings are append-only, like the answers of the visit (0002).
"""

import sqlalchemy as sa
from alembic import op



revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('double_ratings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('inspection_id', sa.Integer(), nullable=False),
    sa.Column('second_rater_id', sa.Integer(), nullable=False),
    sa.Column('share', sa.Integer(), nullable=False),
    sa.Column('critical', sa.Boolean(), nullable=False),
    sa.Column('method', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=False),
    sa.Column('first_closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('first_closed_by', sa.Integer(), nullable=True),
    sa.Column('second_closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('waived_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('waived_by', sa.Integer(), nullable=True),
    sa.Column('waived_reason', sa.String(), nullable=False),
    sa.CheckConstraint('first_closed_by IS NULL OR first_closed_by <> second_rater_id', name=op.f('ck_double_ratings_first_closed_by')),
    sa.CheckConstraint('opened_at IS NULL OR (first_closed_at IS NOT NULL AND second_closed_at IS NOT NULL)', name=op.f('ck_double_ratings_opened')),
    sa.CheckConstraint('share BETWEEN 0 AND 100', name=op.f('ck_double_ratings_share')),
    sa.CheckConstraint('waived_at IS NULL OR (opened_at IS NULL AND length(waived_reason) > 0)', name=op.f('ck_double_ratings_waived')),
    sa.ForeignKeyConstraint(['created_by'], ['users.id'], name=op.f('fk_double_ratings_created_by')),
    sa.ForeignKeyConstraint(['first_closed_by'], ['users.id'], name=op.f('fk_double_ratings_first_closed_by')),
    sa.ForeignKeyConstraint(['inspection_id'], ['inspections.id'], name=op.f('fk_double_ratings_inspection_id')),
    sa.ForeignKeyConstraint(['second_rater_id'], ['users.id'], name=op.f('fk_double_ratings_second_rater_id')),
    sa.ForeignKeyConstraint(['waived_by'], ['users.id'], name=op.f('fk_double_ratings_waived_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_double_ratings')),
    sa.UniqueConstraint('id', 'second_rater_id', name=op.f('uq_double_ratings_id_second_rater_id')),
    sa.UniqueConstraint('inspection_id', name=op.f('uq_double_ratings_inspection_id'))
    )
    with op.batch_alter_table('double_ratings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_double_ratings_second_rater_id'), ['second_rater_id'], unique=False)

    op.create_table('double_rated_criteria',
    sa.Column('double_rating_id', sa.Integer(), nullable=False),
    sa.Column('criterion', sa.String(), nullable=False),
    sa.Column('second_rater_id', sa.Integer(), nullable=False),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('first_author_id', sa.Integer(), nullable=True),
    sa.Column('first_revision_id', sa.Integer(), nullable=True),
    sa.Column('first_level', sa.Integer(), nullable=True),
    sa.Column('first_not_applicable', sa.Boolean(), nullable=False),
    sa.Column('second_level', sa.Integer(), nullable=True),
    sa.Column('second_not_applicable', sa.Boolean(), nullable=False),
    sa.CheckConstraint("why IN ('critical', 'drawn')", name=op.f('ck_double_rated_criteria_why')),
    sa.CheckConstraint('NOT (first_not_applicable AND first_level IS NOT NULL)', name=op.f('ck_double_rated_criteria_first_level_or_na')),
    sa.CheckConstraint('NOT (second_not_applicable AND second_level IS NOT NULL)', name=op.f('ck_double_rated_criteria_second_level_or_na')),
    sa.CheckConstraint('first_author_id IS NULL OR first_author_id <> second_rater_id', name=op.f('ck_double_rated_criteria_two_people')),
    sa.CheckConstraint('first_level IS NULL OR first_level BETWEEN 0 AND 3', name=op.f('ck_double_rated_criteria_first_level')),
    sa.CheckConstraint('second_level IS NULL OR second_level BETWEEN 0 AND 3', name=op.f('ck_double_rated_criteria_second_level')),
    sa.ForeignKeyConstraint(['double_rating_id', 'second_rater_id'], ['double_ratings.id', 'double_ratings.second_rater_id'], name=op.f('fk_double_rated_criteria_double_rating_id_second_rater_id')),
    sa.ForeignKeyConstraint(['first_author_id'], ['users.id'], name=op.f('fk_double_rated_criteria_first_author_id')),
    sa.ForeignKeyConstraint(['first_revision_id'], ['answer_revisions.id'], name=op.f('fk_double_rated_criteria_first_revision_id')),
    sa.PrimaryKeyConstraint('double_rating_id', 'criterion', name=op.f('pk_double_rated_criteria'))
    )
    with op.batch_alter_table('double_rated_criteria', schema=None) as batch_op:
        batch_op.create_index('ix_double_rated_criteria_first_author_id', ['first_author_id'], unique=False)
        batch_op.create_index('ix_double_rated_criteria_second_rater_id', ['second_rater_id'], unique=False)

    op.create_table('second_ratings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('op_id', sa.String(), nullable=False),
    sa.Column('double_rating_id', sa.Integer(), nullable=False),
    sa.Column('criterion', sa.String(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=True),
    sa.Column('not_applicable', sa.Boolean(), nullable=False),
    sa.Column('na_reason', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.CheckConstraint("outcome IN ('accepted', 'superseded')", name=op.f('ck_second_ratings_outcome')),
    sa.CheckConstraint('NOT (not_applicable AND level IS NOT NULL)', name=op.f('ck_second_ratings_level_or_na')),
    sa.CheckConstraint('NOT not_applicable OR length(na_reason) > 0', name=op.f('ck_second_ratings_na_reason')),
    sa.CheckConstraint('level IS NULL OR level BETWEEN 0 AND 3', name=op.f('ck_second_ratings_level')),
    sa.ForeignKeyConstraint(['double_rating_id', 'author_id'], ['double_ratings.id', 'double_ratings.second_rater_id'], name=op.f('fk_second_ratings_double_rating_id_author_id')),
    sa.ForeignKeyConstraint(['double_rating_id', 'criterion'], ['double_rated_criteria.double_rating_id', 'double_rated_criteria.criterion'], name=op.f('fk_second_ratings_double_rating_id_criterion')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_second_ratings')),
    sa.UniqueConstraint('op_id', name=op.f('uq_second_ratings_op_id'))
    )
    with op.batch_alter_table('second_ratings', schema=None) as batch_op:
        batch_op.create_index('ix_second_ratings_double_rating_id_criterion', ['double_rating_id', 'criterion'], unique=False)

    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER second_ratings_no_{deed.lower()} BEFORE {deed} ON second_ratings "
                "BEGIN SELECT RAISE(ABORT, 'second_ratings is append-only'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER second_ratings_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON second_ratings "
        "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
    )


def downgrade() -> None:
    with op.batch_alter_table('second_ratings', schema=None) as batch_op:
        batch_op.drop_index('ix_second_ratings_double_rating_id_criterion')

    op.drop_table('second_ratings')
    with op.batch_alter_table('double_rated_criteria', schema=None) as batch_op:
        batch_op.drop_index('ix_double_rated_criteria_second_rater_id')
        batch_op.drop_index('ix_double_rated_criteria_first_author_id')

    op.drop_table('double_rated_criteria')
    with op.batch_alter_table('double_ratings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_double_ratings_second_rater_id'))

    op.drop_table('double_ratings')
