"""Dossiers, deliberations, signed decisions, the register of accreditations, appeals, letters that wait.

What a program may forget, the database remembers: who may sign, quorum, what follows what, numbers without a gap, and
that what was signed is never changed. The same conditions for both databases, written once (``RULES``).
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

#: Append-only tables and the keys by which a new row could push an old one out (see 0002 and 0006).
KEYS = {
    "dossier_people": ("dossier_id = NEW.dossier_id AND user_id = NEW.user_id",),
    "deliberations": ("id = NEW.id",),
    "deliberation_members": ("deliberation_id = NEW.deliberation_id AND user_id = NEW.user_id",),
    "dossier_events": ("id = NEW.id",),
    "decisions": (
        "id = NEW.id",
        "number = NEW.number",
        "year = NEW.year AND serial = NEW.serial",
        "dossier_id = NEW.dossier_id",
        "code = NEW.code",
    ),
    "accreditation_entries": ("id = NEW.id", "decision_id = NEW.decision_id AND event = NEW.event"),
}
#: Tables whose rows change as their file goes on, but never disappear.
KEPT = {
    "dossiers": (
        "id = NEW.id",
        "reference = NEW.reference",
        "institution_id = NEW.institution_id AND state NOT IN ('signed', 'closed') AND matter <> 'urgent_suspension' "
        "AND NEW.matter <> 'urgent_suspension'",
    ),
    "dossier_interests": ("dossier_id = NEW.dossier_id AND user_id = NEW.user_id",),
    "accreditations": ("institution_id = NEW.institution_id", "decision_id = NEW.decision_id"),
    "appeals": ("id = NEW.id", "reference = NEW.reference", "decision_id = NEW.decision_id"),
    "appeal_points": ("appeal_id = NEW.appeal_id AND criterion = NEW.criterion",),
}

_IN_FORCE = "('provisional', 'conditional', 'accredited', 'distinction')"
_LADDER = "('refused', 'provisional', 'conditional', 'accredited', 'distinction')"
_ALONE = "('urgent_suspension', 'appeal')"  # matters without a committee
_STANDING = "COALESCE((SELECT a.standing FROM accreditations a WHERE a.institution_id = NEW.institution_id), 'none')"
_LAST = "SELECT max(x.id) FROM deliberations x WHERE x.dossier_id = {id}"


def _visited(who: str, dossier: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM team_members t JOIN dossiers d ON d.inspection_id = t.inspection_id "
        f"WHERE d.id = {dossier} AND t.user_id = {who})"
    )


def _supports(who: str, dossier: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM support_plans s JOIN dossiers d ON d.institution_id = s.institution_id "
        f"WHERE d.id = {dossier} AND {who} IN (s.officer_id, s.proposed_by))"
    )


def _carried(dossier: str) -> str:
    """The last deliberation has its quorum of members without conflict, and its majority where it voted."""
    counted = (
        "SELECT count(*) FROM deliberation_members m WHERE m.deliberation_id = b.id AND m.present AND NOT m.recused"
    )
    return (
        f"EXISTS (SELECT 1 FROM deliberations b WHERE b.id = ({_LAST.format(id=dossier)}) "
        f"AND ({counted}) >= b.quorum "
        f"AND (b.manner = 'consensus' OR ({counted} AND m.vote = 'for') > ({counted} AND m.vote = 'against')))"
    )


#: name, table, deed, condition under which it is refused, what is said then.
RULES = (
    # a decision
    (
        "decision_proposed",
        "decisions",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM dossiers d WHERE d.id = NEW.dossier_id AND d.institution_id = NEW.institution_id "
        "AND d.state = 'proposed' AND d.proposed_outcome = NEW.outcome AND d.proposed_by = NEW.proposed_by)",
        "a decision follows its proposal",
    ),
    (
        "decision_side",
        "decisions",
        "INSERT",
        "EXISTS (SELECT 1 FROM dossier_people p WHERE p.dossier_id = NEW.dossier_id AND p.user_id = NEW.signed_by "
        "AND p.side <> 'decide')",
        "the signatory stands on another side of the dossier",
    ),
    (
        "decision_visited",
        "decisions",
        "INSERT",
        _visited("NEW.signed_by", "NEW.dossier_id"),
        "whoever visited does not sign",
    ),
    (
        "decision_supports",
        "decisions",
        "INSERT",
        _supports("NEW.signed_by", "NEW.dossier_id"),
        "whoever supports the institution does not sign",
    ),
    (
        "decision_signatory",
        "decisions",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM user_roles u JOIN roles r ON r.id = u.role_id "
        "WHERE u.user_id = NEW.signed_by AND r.name = 'signatory')",
        "only a signatory signs",
    ),
    (
        "decision_interests",
        "decisions",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM dossier_interests i WHERE i.dossier_id = NEW.dossier_id "
        "AND i.user_id = NEW.signed_by AND i.conflict = 'none')",
        "the signatory has not declared to be free of conflicts",
    ),
    (
        "decision_serial",
        "decisions",
        "INSERT",
        "NEW.serial <> COALESCE((SELECT max(d.serial) FROM decisions d WHERE d.year = NEW.year), 0) + 1",
        "numbers of decisions have no gap",
    ),
    (
        "decision_year",
        "decisions",
        "INSERT",
        "CAST(NEW.year AS VARCHAR) <> substr(CAST(NEW.decided_on AS VARCHAR), 1, 4)",
        "a decision is numbered in its own year",
    ),
    (
        "decision_follows",
        "decisions",
        "INSERT",
        f"(NEW.outcome IN {_LADDER} AND {_STANDING} = 'suspended') "
        f"OR (NEW.outcome = 'suspended' AND {_STANDING} NOT IN {_IN_FORCE}) "
        f"OR (NEW.outcome = 'reinstated' AND {_STANDING} <> 'suspended') "
        f"OR (NEW.outcome = 'withdrawn' AND {_STANDING} <> 'suspended' AND {_STANDING} NOT IN {_IN_FORCE})",
        "this decision cannot follow where the institution stands",
    ),
    (
        "decision_standing",
        "decisions",
        "INSERT",
        "(NEW.outcome = 'reinstated' AND NEW.standing <> COALESCE(NEW.level, '')) "
        "OR (NEW.outcome <> 'reinstated' AND NEW.standing <> NEW.outcome)",
        "the register would say something else than the decision",
    ),
    (
        "decision_carried",
        "decisions",
        "INSERT",
        f"NOT EXISTS (SELECT 1 FROM dossiers d WHERE d.id = NEW.dossier_id AND d.matter IN {_ALONE}) "
        f"AND NOT {_carried('NEW.dossier_id')}",
        "no deliberation with its quorum carries this decision",
    ),
    (
        "decision_departure",
        "decisions",
        "INSERT",
        "EXISTS (SELECT 1 FROM dossiers d JOIN deliberations b ON b.dossier_id = d.id WHERE d.id = NEW.dossier_id "
        f"AND b.id = ({_LAST.format(id='NEW.dossier_id')}) AND b.outcome <> NEW.outcome "
        "AND length(trim(d.departure_reason)) = 0)",
        "the decision departs from the committee without a written reason",
    ),
    # a dossier
    (
        "dossier_begins",
        "dossiers",
        "INSERT",
        "NEW.state <> 'open' OR NEW.proposed_by IS NOT NULL",
        "a dossier begins open",
    ),
    (
        "dossier_finished",
        "dossiers",
        "UPDATE",
        "OLD.state IN ('signed', 'closed')",
        "a finished dossier does not change",
    ),
    (
        "dossier_identity",
        "dossiers",
        "UPDATE",
        "NEW.id <> OLD.id OR NEW.institution_id <> OLD.institution_id OR NEW.matter <> OLD.matter "
        "OR NEW.policy_id <> OLD.policy_id OR COALESCE(NEW.inspection_id, 0) <> COALESCE(OLD.inspection_id, 0)",
        "a dossier stays what it is",
    ),
    (
        "dossier_computed",
        "dossiers",
        "UPDATE",
        "OLD.state <> 'open' AND (COALESCE(NEW.computed_outcome, '') <> COALESCE(OLD.computed_outcome, '') "
        "OR COALESCE(CAST(NEW.computed AS VARCHAR), '') <> COALESCE(CAST(OLD.computed AS VARCHAR), ''))",
        "what the rules computed is not rewritten",
    ),
    (
        "dossier_deliberated",
        "dossiers",
        "UPDATE",
        f"NEW.state IN ('deliberated', 'proposed') AND OLD.state <> NEW.state AND NEW.matter NOT IN {_ALONE} "
        f"AND NOT {_carried('NEW.id')}",
        "no deliberation with its quorum",
    ),
    (
        "dossier_proposer",
        "dossiers",
        "UPDATE",
        "NEW.proposed_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM dossier_people p WHERE p.dossier_id = NEW.id "
        "AND p.user_id = NEW.proposed_by AND (p.side = 'propose' OR (p.side = 'appeal' AND NEW.matter = 'appeal')))",
        "the proposer stands on another side of the dossier",
    ),
    (
        "dossier_fixed",
        "dossiers",
        "UPDATE",
        "OLD.state = 'proposed' AND NEW.state IN ('proposed', 'signed') "
        "AND (NEW.proposed_outcome <> OLD.proposed_outcome OR NEW.proposed_by <> OLD.proposed_by "
        "OR NEW.proposed_reasons <> OLD.proposed_reasons OR NEW.departure_reason <> OLD.departure_reason)",
        "what was proposed does not change on the signatory's desk",
    ),
    (
        "dossier_signed",
        "dossiers",
        "UPDATE",
        "NEW.state = 'signed' AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.dossier_id = NEW.id)",
        "a dossier is signed by its decision",
    ),
    # its people
    (
        "dossier_people_visited",
        "dossier_people",
        "INSERT",
        "NEW.side IN ('propose', 'decide', 'support') AND " + _visited("NEW.user_id", "NEW.dossier_id"),
        "whoever visited stands on that side",
    ),
    (
        "dossier_people_supports",
        "dossier_people",
        "INSERT",
        "NEW.side IN ('propose', 'decide') AND " + _supports("NEW.user_id", "NEW.dossier_id"),
        "whoever supports the institution stands on that side",
    ),
    (
        "dossier_people_late",
        "dossier_people",
        "INSERT",
        "NEW.side <> 'appeal' AND EXISTS (SELECT 1 FROM dossiers d WHERE d.id = NEW.dossier_id "
        "AND d.state IN ('signed', 'closed'))",
        "a finished dossier does not change",
    ),
    (
        "interests_stay",
        "dossier_interests",
        "UPDATE",
        "OLD.conflict = 'declared' OR NEW.dossier_id <> OLD.dossier_id OR NEW.user_id <> OLD.user_id",
        "a declared conflict stays declared",
    ),
    # the committee
    (
        "deliberation_open",
        "deliberations",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM dossiers d WHERE d.id = NEW.dossier_id AND d.state = 'open')",
        "a deliberation is about an open dossier",
    ),
    (
        "deliberation_member_open",
        "deliberation_members",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM dossiers d WHERE d.id = NEW.dossier_id AND d.state = 'open')",
        "nobody joins a deliberation that is over",
    ),
    (
        "deliberation_member_interests",
        "deliberation_members",
        "INSERT",
        "NEW.present AND NOT NEW.recused AND NOT EXISTS (SELECT 1 FROM dossier_interests i "
        "WHERE i.dossier_id = NEW.dossier_id AND i.user_id = NEW.user_id AND i.conflict = 'none')",
        "a member who counts has declared to be free of conflicts",
    ),
    # the register
    (
        "entry_of_its_decision",
        "accreditation_entries",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM decisions d WHERE d.id = NEW.decision_id AND d.institution_id = NEW.institution_id "
        "AND (NEW.event <> 'decided' OR d.standing = NEW.standing) "
        "AND (NEW.event <> 'expired' OR d.valid_until < NEW.day))",
        "the register says what was decided",
    ),
    *(
        (
            f"accreditation_{deed.lower()}",
            "accreditations",
            deed,
            "NOT EXISTS (SELECT 1 FROM accreditation_entries e WHERE e.institution_id = NEW.institution_id "
            "AND e.id = (SELECT max(x.id) FROM accreditation_entries x WHERE x.institution_id = NEW.institution_id) "
            "AND e.decision_id = NEW.decision_id AND e.standing = NEW.standing "
            "AND COALESCE(e.level, '') = COALESCE(NEW.level, ''))",
            "an institution stands where the last line of its register says",
        )
        for deed in ("INSERT", "UPDATE")
    ),
    # appeals
    (
        "appeal_begins",
        "appeals",
        "INSERT",
        "NEW.state <> 'lodged' OR NEW.examiner_id IS NOT NULL "
        "OR NOT EXISTS (SELECT 1 FROM user_scopes s WHERE s.user_id = NEW.lodged_by "
        "AND s.institution_id = NEW.institution_id) "
        "OR NOT EXISTS (SELECT 1 FROM decisions d WHERE d.id = NEW.decision_id AND d.institution_id = NEW.institution_id)",
        "an appeal is lodged by who directs the institution",
    ),
    (
        "appeal_ended",
        "appeals",
        "UPDATE",
        "OLD.state IN ('upheld', 'rejected') AND (NEW.state <> OLD.state OR NEW.reasons <> OLD.reasons "
        "OR COALESCE(NEW.new_outcome, '') <> COALESCE(OLD.new_outcome, '') OR NEW.examiner_id <> OLD.examiner_id)",
        "an answered appeal does not change",
    ),
    (
        "appeal_identity",
        "appeals",
        "UPDATE",
        "NEW.decision_id <> OLD.decision_id OR NEW.institution_id <> OLD.institution_id "
        "OR NEW.lodged_by <> OLD.lodged_by OR NEW.grounds <> OLD.grounds",
        "an appeal stays what was lodged",
    ),
    (
        "appeal_examiner",
        "appeals",
        "UPDATE",
        "NEW.examiner_id IS NOT NULL AND (EXISTS (SELECT 1 FROM decisions d JOIN dossier_people p "
        "ON p.dossier_id = d.dossier_id WHERE d.id = NEW.decision_id AND p.user_id = NEW.examiner_id "
        "AND p.side <> 'appeal') "
        "OR EXISTS (SELECT 1 FROM decisions d WHERE d.id = NEW.decision_id "
        "AND NEW.examiner_id IN (d.signed_by, d.proposed_by)) "
        "OR EXISTS (SELECT 1 FROM decisions d JOIN dossiers f ON f.id = d.dossier_id JOIN inspection_people p "
        "ON p.inspection_id = f.inspection_id WHERE d.id = NEW.decision_id AND p.user_id = NEW.examiner_id) "
        "OR EXISTS (SELECT 1 FROM decisions d JOIN dossiers f ON f.id = d.dossier_id JOIN inspection_events e "
        "ON e.inspection_id = f.inspection_id WHERE d.id = NEW.decision_id AND e.actor_id = NEW.examiner_id))",
        "an appeal is examined by somebody who was not involved",
    ),
    (
        "appeal_point_given",
        "appeal_points",
        "UPDATE",
        "OLD.verdict IS NOT NULL OR NEW.criterion <> OLD.criterion",
        "an answered point does not change",
    ),
)


def upgrade() -> None:
    _tables()
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name, table, deed, condition, said in RULES:
        if sqlite:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {deed} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{_quoted(said)}'); END"
            )
        else:
            op.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN "
                f"RAISE EXCEPTION '{_quoted(said)}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
                "RETURN NEW; END $$"
            )
            op.execute(f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
    for table, keys in (KEYS | KEPT).items():
        deeds = ("UPDATE", "DELETE") if table in KEYS else ("DELETE",)
        if not sqlite:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE {' OR '.join(deeds)} OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
            )
            continue
        there = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {key})" for key in keys)  # noqa: S608  # our own names
        for deed in deeds:
            op.execute(
                f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _quoted(said: str) -> str:
    return said.replace("'", "''")


def downgrade() -> None:
    # what was decided of whom, and by whom, would be forgotten
    if op.get_bind().execute(sa.text("SELECT 1 FROM decisions LIMIT 1")).first():
        raise RuntimeError("decisions are on file; they cannot be taken away")
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        for name, *_rule in RULES:
            op.execute(f"DROP FUNCTION {name}()")


#: The last made first.
TABLES = (
    "appeal_points",
    "deliberation_members",
    "appeals",
    "accreditations",
    "accreditation_entries",
    "dossier_people",
    "dossier_interests",
    "dossier_events",
    "deliberations",
    "decisions",
    "dossiers",
    "queued_letters",
)


def _tables() -> None:
    op.create_table(
        "queued_letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_queued_letters_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queued_letters")),
        sa.UniqueConstraint("user_id", "once", name="uq_queued_letters_once"),
    )
    op.create_index("ix_queued_letters_sent_at", "queued_letters", ["sent_at"], unique=False)
    op.create_table(
        "dossiers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=True),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("grounds", sa.String(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("card_sha256", sa.String(), nullable=True),
        sa.Column("computed", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("computed_outcome", sa.String(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("proposed_outcome", sa.String(), nullable=True),
        sa.Column("proposed_reasons", sa.String(), nullable=False),
        sa.Column("departure_reason", sa.String(), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("closed_reason", sa.String(), nullable=False),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_dossiers_closed")),
        sa.CheckConstraint("matter <> 'accreditation' OR inspection_id IS NOT NULL", name=op.f("ck_dossiers_visit")),
        sa.CheckConstraint("matter = 'accreditation' OR length(grounds) > 0", name=op.f("ck_dossiers_grounds")),
        sa.CheckConstraint(
            "matter IN ('accreditation', 'suspension', 'urgent_suspension', 'reinstatement', 'withdrawal', 'appeal')",
            name=op.f("ck_dossiers_matter"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'deliberated', 'proposed', 'signed', 'closed')", name=op.f("ck_dossiers_state")
        ),
        sa.CheckConstraint(
            "state NOT IN ('proposed', 'signed') OR proposed_by IS NOT NULL", name=op.f("ck_dossiers_proposed_state")
        ),
        sa.CheckConstraint("(proposed_by IS NULL) = (proposed_at IS NULL)", name=op.f("ck_dossiers_proposed")),
        sa.CheckConstraint(
            "(proposed_by IS NULL) = (proposed_outcome IS NULL)", name=op.f("ck_dossiers_proposed_outcome")
        ),
        sa.CheckConstraint("closed_at IS NULL OR length(closed_reason) > 0", name=op.f("ck_dossiers_closed_reason")),
        sa.CheckConstraint(
            "proposed_by IS NULL OR length(proposed_reasons) > 0", name=op.f("ck_dossiers_proposed_reasons")
        ),
        sa.CheckConstraint(
            "proposed_outcome IS NULL OR computed_outcome IS NULL OR proposed_outcome = computed_outcome OR length(trim(departure_reason)) > 0",
            name=op.f("ck_dossiers_departure"),
        ),
        sa.ForeignKeyConstraint(["closed_by"], ["users.id"], name=op.f("fk_dossiers_closed_by")),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_dossiers_inspection_id")),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("fk_dossiers_institution_id")),
        sa.ForeignKeyConstraint(["opened_by"], ["users.id"], name=op.f("fk_dossiers_opened_by")),
        sa.ForeignKeyConstraint(["policy_id"], ["frozen_versions.id"], name=op.f("fk_dossiers_policy_id")),
        sa.ForeignKeyConstraint(["proposed_by"], ["users.id"], name=op.f("fk_dossiers_proposed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossiers")),
        sa.UniqueConstraint("reference", name=op.f("uq_dossiers_reference")),
    )
    op.create_index(op.f("ix_dossiers_inspection_id"), "dossiers", ["inspection_id"], unique=False)
    op.create_index(op.f("ix_dossiers_institution_id"), "dossiers", ["institution_id"], unique=False)
    op.create_index("ix_dossiers_state_since", "dossiers", ["state", "since"], unique=False)
    op.create_index(
        "uq_dossiers_running",
        "dossiers",
        ["institution_id"],
        unique=True,
        sqlite_where=sa.text("state NOT IN ('signed', 'closed') AND matter <> 'urgent_suspension'"),
        postgresql_where=sa.text("state NOT IN ('signed', 'closed') AND matter <> 'urgent_suspension'"),
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("visit_by", sa.Date(), nullable=True),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("signed_by", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("pdf_ar", sa.String(), nullable=False),
        sa.Column("pdf_fr", sa.String(), nullable=False),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('refused', 'provisional', 'conditional', 'accredited', 'distinction', 'suspended', 'reinstated', 'withdrawn')",
            name=op.f("ck_decisions_outcome"),
        ),
        sa.CheckConstraint(
            "outcome NOT IN ('provisional', 'conditional', 'accredited', 'distinction') OR valid_until IS NOT NULL",
            name=op.f("ck_decisions_validity"),
        ),
        sa.CheckConstraint("length(code) >= 12", name=op.f("ck_decisions_code")),
        sa.CheckConstraint("length(pdf_ar) = 64 AND length(pdf_fr) = 64", name=op.f("ck_decisions_documents")),
        sa.CheckConstraint("length(reasons) > 0", name=op.f("ck_decisions_reasons")),
        sa.CheckConstraint("proposed_by <> signed_by", name=op.f("ck_decisions_two_people")),
        sa.CheckConstraint("serial > 0", name=op.f("ck_decisions_serial")),
        sa.CheckConstraint("valid_until IS NULL OR valid_until >= decided_on", name=op.f("ck_decisions_valid_until")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_decisions_dossier_id")),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("fk_decisions_institution_id")),
        sa.ForeignKeyConstraint(["proposed_by"], ["users.id"], name=op.f("fk_decisions_proposed_by")),
        sa.ForeignKeyConstraint(["replaces_id"], ["decisions.id"], name=op.f("fk_decisions_replaces_id")),
        sa.ForeignKeyConstraint(["signed_by"], ["users.id"], name=op.f("fk_decisions_signed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("code", name=op.f("uq_decisions_code")),
        sa.UniqueConstraint("dossier_id", name=op.f("uq_decisions_dossier_id")),
        sa.UniqueConstraint("number", name=op.f("uq_decisions_number")),
        sa.UniqueConstraint("year", "serial", name="uq_decisions_year_serial"),
    )
    op.create_index(op.f("ix_decisions_decided_on"), "decisions", ["decided_on"], unique=False)
    op.create_index("ix_decisions_institution_id_id", "decisions", ["institution_id", "id"], unique=False)
    op.create_index(op.f("ix_decisions_replaces_id"), "decisions", ["replaces_id"], unique=False)
    op.create_table(
        "deliberations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("chair_id", sa.Integer(), nullable=False),
        sa.Column("manner", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("manner IN ('consensus', 'votes')", name=op.f("ck_deliberations_manner")),
        sa.CheckConstraint("length(reasons) > 0", name=op.f("ck_deliberations_reasons")),
        sa.CheckConstraint("quorum > 0", name=op.f("ck_deliberations_quorum")),
        sa.ForeignKeyConstraint(["chair_id"], ["users.id"], name=op.f("fk_deliberations_chair_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_deliberations_dossier_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_deliberations_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliberations")),
    )
    op.create_index(op.f("ix_deliberations_dossier_id"), "deliberations", ["dossier_id"], unique=False)
    op.create_index("uq_deliberations_dossier", "deliberations", ["id", "dossier_id"], unique=True)
    op.create_table(
        "dossier_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name=op.f("fk_dossier_events_actor_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_dossier_events_dossier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_events")),
    )
    op.create_index(op.f("ix_dossier_events_dossier_id"), "dossier_events", ["dossier_id"], unique=False)
    op.create_table(
        "dossier_interests",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("conflict", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("conflict = 'none' OR length(detail) > 0", name=op.f("ck_dossier_interests_detail")),
        sa.CheckConstraint("conflict IN ('none', 'declared')", name=op.f("ck_dossier_interests_conflict")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_dossier_interests_dossier_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_dossier_interests_user_id")),
        sa.PrimaryKeyConstraint("dossier_id", "user_id", name=op.f("pk_dossier_interests")),
    )
    op.create_table(
        "dossier_people",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "side IN ('visit', 'support', 'propose', 'decide', 'appeal')", name=op.f("ck_dossier_people_side")
        ),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_dossier_people_dossier_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_dossier_people_user_id")),
        sa.PrimaryKeyConstraint("dossier_id", "user_id", name=op.f("pk_dossier_people")),
    )
    op.create_index("ix_dossier_people_user_id", "dossier_people", ["user_id"], unique=False)
    op.create_index("uq_dossier_people_side", "dossier_people", ["dossier_id", "user_id", "side"], unique=True)
    op.create_table(
        "accreditation_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(event = 'expired') = (standing = 'expired')", name=op.f("ck_accreditation_entries_expired")
        ),
        sa.CheckConstraint("event IN ('decided', 'expired')", name=op.f("ck_accreditation_entries_event")),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=op.f("fk_accreditation_entries_decision_id")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_accreditation_entries_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accreditation_entries")),
        sa.UniqueConstraint("decision_id", "event", name="uq_accreditation_entries_decision_event"),
    )
    op.create_index(
        "ix_accreditation_entries_institution_id_id", "accreditation_entries", ["institution_id", "id"], unique=False
    )
    op.create_table(
        "accreditations",
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("visit_by", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "standing IN ('refused', 'provisional', 'conditional', 'accredited', 'distinction', 'suspended', 'withdrawn', 'expired')",
            name=op.f("ck_accreditations_standing"),
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=op.f("fk_accreditations_decision_id")),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("fk_accreditations_institution_id")),
        sa.PrimaryKeyConstraint("institution_id", name=op.f("pk_accreditations")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_accreditations_decision_id")),
    )
    op.create_index(
        "ix_accreditations_standing_valid_until", "accreditations", ["standing", "valid_until"], unique=False
    )
    op.create_index("ix_accreditations_visit_by", "accreditations", ["visit_by"], unique=False)
    op.create_table(
        "appeals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("grounds", sa.String(), nullable=False),
        sa.Column("lodged_by", sa.Integer(), nullable=False),
        sa.Column("lodged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("examiner_id", sa.Integer(), nullable=True),
        sa.Column("named_by", sa.Integer(), nullable=True),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("new_outcome", sa.String(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dossier_id", sa.Integer(), nullable=True),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'upheld') = (new_outcome IS NOT NULL)", name=op.f("ck_appeals_new_outcome")),
        sa.CheckConstraint("(state IN ('upheld', 'rejected')) = (ended_at IS NOT NULL)", name=op.f("ck_appeals_ended")),
        sa.CheckConstraint("state = 'lodged' OR examiner_id IS NOT NULL", name=op.f("ck_appeals_examiner")),
        sa.CheckConstraint(
            "state IN ('lodged', 'under_examination', 'upheld', 'rejected')", name=op.f("ck_appeals_state")
        ),
        sa.CheckConstraint(
            "state NOT IN ('upheld', 'rejected') OR length(reasons) > 0", name=op.f("ck_appeals_reasons")
        ),
        sa.CheckConstraint("examiner_id IS NULL OR examiner_id <> lodged_by", name=op.f("ck_appeals_two_people")),
        sa.CheckConstraint("length(grounds) > 0", name=op.f("ck_appeals_grounds")),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=op.f("fk_appeals_decision_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name=op.f("fk_appeals_dossier_id")),
        sa.ForeignKeyConstraint(["examiner_id"], ["users.id"], name=op.f("fk_appeals_examiner_id")),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("fk_appeals_institution_id")),
        sa.ForeignKeyConstraint(["lodged_by"], ["users.id"], name=op.f("fk_appeals_lodged_by")),
        sa.ForeignKeyConstraint(["named_by"], ["users.id"], name=op.f("fk_appeals_named_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_appeals_decision_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_appeals_reference")),
    )
    op.create_index(op.f("ix_appeals_institution_id"), "appeals", ["institution_id"], unique=False)
    op.create_index("ix_appeals_state_due_on", "appeals", ["state", "due_on"], unique=False)
    op.create_table(
        "deliberation_members",
        sa.Column("deliberation_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("recused", sa.Boolean(), nullable=False),
        sa.Column("vote", sa.String(), nullable=True),
        sa.CheckConstraint("side = 'decide'", name=op.f("ck_deliberation_members_side")),
        sa.CheckConstraint(
            "vote IS NULL OR vote IN ('for', 'against', 'abstained')", name=op.f("ck_deliberation_members_vote")
        ),
        sa.CheckConstraint("vote IS NULL OR (present AND NOT recused)", name=op.f("ck_deliberation_members_votes")),
        sa.ForeignKeyConstraint(
            ["deliberation_id", "dossier_id"],
            ["deliberations.id", "deliberations.dossier_id"],
            name=op.f("fk_deliberation_members_deliberation_id_dossier_id"),
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id", "user_id", "side"],
            ["dossier_people.dossier_id", "dossier_people.user_id", "dossier_people.side"],
            name=op.f("fk_deliberation_members_dossier_id_user_id_side"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_deliberation_members_user_id")),
        sa.PrimaryKeyConstraint("deliberation_id", "user_id", name=op.f("pk_deliberation_members")),
    )
    op.create_table(
        "appeal_points",
        sa.Column("appeal_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.CheckConstraint(
            "verdict IS NULL OR verdict IN ('upheld', 'rejected')", name=op.f("ck_appeal_points_verdict")
        ),
        sa.ForeignKeyConstraint(["appeal_id"], ["appeals.id"], name=op.f("fk_appeal_points_appeal_id")),
        sa.PrimaryKeyConstraint("appeal_id", "criterion", name=op.f("pk_appeal_points")),
    )
    op.create_index("ix_appeal_points_criterion", "appeal_points", ["criterion"], unique=False)
