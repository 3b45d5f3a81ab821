"""The register of findings, support plans with their proofs and reminders, calendars, and self-assessments."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

#: Append-only tables and the keys by which a new row could push an old one out (see 0002 and 0006).
KEYS = {
    "finding_sightings": ("finding_id = NEW.finding_id AND inspection_id = NEW.inspection_id",),
    "register_entries": ("inspection_id = NEW.inspection_id",),
    "action_proofs": ("id = NEW.id", "op_id = NEW.op_id"),
    "plan_events": ("id = NEW.id",),
}


def upgrade() -> None:
    op.create_table(
        "calendar_feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("secret_sha256", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_calendar_feeds_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("secret_sha256", name=op.f("uq_calendar_feeds_secret_sha256")),
    )
    op.create_index(op.f("ix_calendar_feeds_user_id"), "calendar_feeds", ["user_id"], unique=False)
    op.create_table(
        "self_assessments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("checklist_id", sa.Integer(), nullable=False),
        sa.Column("rules_id", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("begun_by", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("score", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("card", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("submitted_at IS NULL OR card IS NOT NULL", name=op.f("ck_self_assessments_submitted")),
        sa.ForeignKeyConstraint(["begun_by"], ["users.id"], name=op.f("fk_self_assessments_begun_by")),
        sa.ForeignKeyConstraint(
            ["checklist_id"], ["frozen_versions.id"], name=op.f("fk_self_assessments_checklist_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_self_assessments_institution_id")
        ),
        sa.ForeignKeyConstraint(["rules_id"], ["frozen_versions.id"], name=op.f("fk_self_assessments_rules_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_assessments")),
    )
    op.create_index(op.f("ix_self_assessments_institution_id"), "self_assessments", ["institution_id"], unique=False)
    op.create_index(
        "uq_self_assessments_open",
        "self_assessments",
        ["institution_id"],
        unique=True,
        sqlite_where=sa.text("submitted_at IS NULL"),
        postgresql_where=sa.text("submitted_at IS NULL"),
    )
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("previous_id", sa.Integer(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_days", sa.Integer(), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_why", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'closed') = (closed_by_id IS NOT NULL)", name=op.f("ck_findings_closed")),
        sa.CheckConstraint("severity IN ('critical', 'major', 'minor')", name=op.f("ck_findings_severity")),
        sa.CheckConstraint(
            "state IN ('open', 'in_hand', 'proof_sent', 'returned', 'verified', 'closed')",
            name=op.f("ck_findings_state"),
        ),
        sa.CheckConstraint("times > 0", name=op.f("ck_findings_times")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["inspections.id"], name=op.f("fk_findings_closed_by_id")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_findings_inspection_id")),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("fk_findings_institution_id")),
        sa.ForeignKeyConstraint(["last_id"], ["inspections.id"], name=op.f("fk_findings_last_id")),
        sa.ForeignKeyConstraint(["previous_id"], ["findings.id"], name=op.f("fk_findings_previous_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
    )
    op.create_index(op.f("ix_findings_inspection_id"), "findings", ["inspection_id"], unique=False)
    op.create_index("ix_findings_institution_id_state", "findings", ["institution_id", "state"], unique=False)
    op.create_index("ix_findings_state_due_on", "findings", ["state", "due_on"], unique=False)
    op.create_index(
        "uq_findings_not_closed",
        "findings",
        ["institution_id", "criterion"],
        unique=True,
        sqlite_where=sa.text("state <> 'closed'"),
        postgresql_where=sa.text("state <> 'closed'"),
    )
    op.create_table(
        "register_entries",
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("again", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_register_entries_inspection_id")),
        sa.PrimaryKeyConstraint("inspection_id", name=op.f("pk_register_entries")),
    )
    op.create_table(
        "self_answers",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("not_applicable", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(level IS NULL) = not_applicable", name=op.f("ck_self_answers_level_or_na")),
        sa.CheckConstraint("level IS NULL OR level BETWEEN 0 AND 3", name=op.f("ck_self_answers_level")),
        sa.ForeignKeyConstraint(["assessment_id"], ["self_assessments.id"], name=op.f("fk_self_answers_assessment_id")),
        sa.PrimaryKeyConstraint("assessment_id", "criterion", name=op.f("pk_self_answers")),
    )
    op.create_table(
        "support_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("aim", sa.String(), nullable=True),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("director_id", sa.Integer(), nullable=True),
        sa.Column("director_signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("officer_signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_support_plans_closed")),
        sa.CheckConstraint(
            "state <> 'agreed' OR (director_signed_at IS NOT NULL AND officer_signed_at IS NOT NULL AND agreed_on IS NOT NULL AND length(digest) = 64)",
            name=op.f("ck_support_plans_agreed"),
        ),
        sa.CheckConstraint("state IN ('proposed', 'agreed', 'closed')", name=op.f("ck_support_plans_state")),
        sa.CheckConstraint(
            "director_id IS NULL OR officer_id IS NULL OR director_id <> officer_id",
            name=op.f("ck_support_plans_two_people"),
        ),
        sa.CheckConstraint(
            "director_signed_at IS NULL OR director_id IS NOT NULL", name=op.f("ck_support_plans_director_signed")
        ),
        sa.CheckConstraint(
            "officer_signed_at IS NULL OR officer_id IS NOT NULL", name=op.f("ck_support_plans_officer_signed")
        ),
        sa.ForeignKeyConstraint(["closed_by"], ["users.id"], name=op.f("fk_support_plans_closed_by")),
        sa.ForeignKeyConstraint(["director_id"], ["users.id"], name=op.f("fk_support_plans_director_id")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_support_plans_inspection_id")),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("fk_support_plans_institution_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["users.id"], name=op.f("fk_support_plans_officer_id")),
        sa.ForeignKeyConstraint(["proposed_by"], ["users.id"], name=op.f("fk_support_plans_proposed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_plans")),
        sa.UniqueConstraint("reference", name=op.f("uq_support_plans_reference")),
    )
    op.create_index(op.f("ix_support_plans_institution_id"), "support_plans", ["institution_id"], unique=False)
    op.create_index(
        "uq_support_plans_not_closed",
        "support_plans",
        ["institution_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'closed'"),
        postgresql_where=sa.text("state <> 'closed'"),
    )
    op.create_table(
        "finding_sightings",
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("reworded", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name=op.f("fk_finding_sightings_finding_id")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_finding_sightings_inspection_id")),
        sa.PrimaryKeyConstraint("finding_id", "inspection_id", name=op.f("pk_finding_sightings")),
    )
    op.create_table(
        "plan_actions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("helper", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("target_level", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("proof_expected", sa.String(), nullable=False),
        sa.Column("cost", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("funding", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by", sa.Integer(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_by", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state <> 'returned' OR length(verdict) > 0", name=op.f("ck_plan_actions_verdict")),
        sa.CheckConstraint(
            "state IN ('planned', 'proof_sent', 'returned', 'accepted', 'settled', 'removed')",
            name=op.f("ck_plan_actions_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('accepted', 'returned') OR verified_by IS NOT NULL", name=op.f("ck_plan_actions_verified")
        ),
        sa.CheckConstraint("why IN ('way', 'critical', 'other')", name=op.f("ck_plan_actions_why")),
        sa.CheckConstraint("cost IS NULL OR cost >= 0", name=op.f("ck_plan_actions_cost")),
        sa.CheckConstraint("target_level BETWEEN 1 AND 3", name=op.f("ck_plan_actions_target_level")),
        sa.CheckConstraint(
            "verified_by IS NULL OR (sent_by IS NOT NULL AND verified_by <> sent_by)",
            name=op.f("ck_plan_actions_not_by_the_sender"),
        ),
        sa.CheckConstraint(
            "verified_by IS NULL OR verified_by <> owner_id", name=op.f("ck_plan_actions_not_by_the_owner")
        ),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name=op.f("fk_plan_actions_finding_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_plan_actions_owner_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["support_plans.id"], name=op.f("fk_plan_actions_plan_id")),
        sa.ForeignKeyConstraint(["sent_by"], ["users.id"], name=op.f("fk_plan_actions_sent_by")),
        sa.ForeignKeyConstraint(["verified_by"], ["users.id"], name=op.f("fk_plan_actions_verified_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_actions")),
    )
    op.create_index(op.f("ix_plan_actions_finding_id"), "plan_actions", ["finding_id"], unique=False)
    op.create_index(op.f("ix_plan_actions_plan_id"), "plan_actions", ["plan_id"], unique=False)
    op.create_index("ix_plan_actions_state_due_on", "plan_actions", ["state", "due_on"], unique=False)
    op.create_table(
        "action_proofs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("op_id", sa.String(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("thumb_sha256", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("media_type IN ('image/jpeg', 'application/pdf')", name=op.f("ck_action_proofs_media_type")),
        sa.ForeignKeyConstraint(["action_id"], ["plan_actions.id"], name=op.f("fk_action_proofs_action_id")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_action_proofs_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_proofs")),
        sa.UniqueConstraint("op_id", name=op.f("uq_action_proofs_op_id")),
    )
    op.create_index(op.f("ix_action_proofs_action_id"), "action_proofs", ["action_id"], unique=False)
    op.create_table(
        "plan_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["plan_actions.id"], name=op.f("fk_plan_events_action_id")),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name=op.f("fk_plan_events_actor_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["support_plans.id"], name=op.f("fk_plan_events_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_events")),
    )
    op.create_index(op.f("ix_plan_events_action_id"), "plan_events", ["action_id"], unique=False)
    op.create_index(op.f("ix_plan_events_plan_id"), "plan_events", ["plan_id"], unique=False)
    op.create_table(
        "plan_notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mailed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["plan_actions.id"], name=op.f("fk_plan_notices_action_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_plan_notices_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_notices")),
        sa.UniqueConstraint("action_id", "due_on", "step", "user_id", name="uq_plan_notices_once"),
    )
    op.create_index(op.f("ix_plan_notices_user_id"), "plan_notices", ["user_id"], unique=False)
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
    # what was agreed, signed and proven would be forgotten
    for table in ("support_plans", "self_assessments"):
        if op.get_bind().execute(sa.text(f"SELECT 1 FROM {table} LIMIT 1")).first():  # noqa: S608  # our own names
            raise RuntimeError(f"{table} are on file; they cannot be taken away")
    op.drop_table("plan_notices")
    op.drop_table("plan_events")
    op.drop_table("action_proofs")
    op.drop_table("plan_actions")
    op.drop_table("finding_sightings")
    op.drop_table("support_plans")
    op.drop_table("self_answers")
    op.drop_table("register_entries")
    op.drop_table("findings")
    op.drop_table("self_assessments")
    op.drop_table("calendar_feeds")
