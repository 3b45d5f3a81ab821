"""What each role may do: one table that a ministry official can read. Territory and separation are checked on the object."""

from enum import StrEnum

from inspect_app.domain.roles import Role as R


class Permission(StrEnum):
    """A thing that somebody may do. Named after the deed, not after the page."""

    SEE_DASHBOARD = "see-dashboard"
    SEE_INSTITUTIONS = "see-institutions"
    EDIT_INSTITUTIONS = "edit-institutions"
    IMPORT_INSTITUTIONS = "import-institutions"
    EXPORT_INSTITUTIONS = "export-institutions"
    PLAN_INSPECTIONS = "plan-inspections"
    SEE_INSPECTIONS = "see-inspections"
    ANSWER_INSPECTIONS = "answer-inspections"  # and be a member of the team
    SUBMIT_INSPECTIONS = "submit-inspections"  # and lead the team
    REVIEW_INSPECTIONS = "review-inspections"  # and be the second reader
    SEND_DRAFTS = "send-drafts"
    OBSERVE_DRAFTS = "observe-drafts"  # the director of the institution
    ANSWER_OBSERVATIONS = "answer-observations"  # and not have been on the visit
    FINALISE_REPORTS = "finalise-reports"
    SEE_OWN_INSTITUTION = "see-own-institution"  # the director's desk
    SEE_REPORTS = "see-reports"
    MANAGE_USERS = "manage-users"
    SEE_USERS = "see-users"
    SEE_AUDIT = "see-audit"
    SEE_COVERAGE = "see-coverage"
    REGISTER_DEVICES = "register-devices"  # their own
    MANAGE_DEVICES = "manage-devices"  # those of the people of their territory
    SEE_PLANS = "see-plans"
    SEE_EFFECT = "see-effect"  # of support, over a territory
    NEGOTIATE_PLANS = "negotiate-plans"  # the director of the institution, and its support officer
    CLOSE_PLANS = "close-plans"
    SEND_PROOFS = "send-proofs"
    VERIFY_PROOFS = "verify-proofs"  # never the owner of the action, nor who sent the proof
    ASSESS_OWN_INSTITUTION = "assess-own-institution"  # the director, before a visit
    SEE_AGREEMENT = "see-agreement"  # inspectors: their own ratings alone
    SEE_DECISIONS = "see-decisions"
    PREPARE_DECISIONS = "prepare-decisions"  # open, record the deliberation, propose
    DELIBERATE = "deliberate"  # and have declared to be free of conflicts
    SIGN_DECISIONS = "sign-decisions"  # and neither have visited, supported nor proposed
    LODGE_APPEALS = "lodge-appeals"  # the director of the institution
    EXAMINE_APPEALS = "examine-appeals"  # and not have been involved


_FIELD = frozenset({R.INSPECTOR, R.TEAM_LEADER})
_OFFICE = frozenset({R.COORDINATOR, R.MINISTRY_OFFICER})
_READERS = frozenset({R.SIGNATORY, R.AUDITOR})
_STAFF = _FIELD | _OFFICE | _READERS | {R.SUPPORT_OFFICER, R.ADMINISTRATOR}

PERMISSIONS: dict[Permission, frozenset[R]] = {
    Permission.SEE_DASHBOARD: frozenset(R),
    Permission.SEE_INSTITUTIONS: _STAFF,
    Permission.EDIT_INSTITUTIONS: _OFFICE,
    Permission.IMPORT_INSTITUTIONS: frozenset({R.MINISTRY_OFFICER}),
    Permission.EXPORT_INSTITUTIONS: _OFFICE | _READERS,
    Permission.PLAN_INSPECTIONS: frozenset({R.COORDINATOR}),
    Permission.SEE_INSPECTIONS: _FIELD | _OFFICE | _READERS | {R.SUPPORT_OFFICER},
    Permission.ANSWER_INSPECTIONS: _FIELD,
    Permission.SUBMIT_INSPECTIONS: _FIELD,
    Permission.REVIEW_INSPECTIONS: _FIELD | {R.COORDINATOR, R.MINISTRY_OFFICER},
    Permission.SEND_DRAFTS: frozenset({R.COORDINATOR}),
    Permission.OBSERVE_DRAFTS: frozenset({R.DIRECTOR}),
    Permission.ANSWER_OBSERVATIONS: _FIELD | {R.COORDINATOR, R.MINISTRY_OFFICER},
    Permission.FINALISE_REPORTS: frozenset({R.COORDINATOR}),
    Permission.SEE_OWN_INSTITUTION: frozenset({R.DIRECTOR}),
    Permission.SEE_REPORTS: _FIELD | _OFFICE | _READERS | {R.SUPPORT_OFFICER, R.DIRECTOR},
    Permission.MANAGE_USERS: frozenset({R.ADMINISTRATOR}),
    Permission.SEE_USERS: frozenset({R.ADMINISTRATOR, R.AUDITOR}),
    Permission.SEE_AUDIT: frozenset({R.ADMINISTRATOR, R.AUDITOR}),
    Permission.SEE_COVERAGE: frozenset(R),
    Permission.REGISTER_DEVICES: _FIELD,
    Permission.MANAGE_DEVICES: frozenset({R.COORDINATOR}),
    Permission.SEE_PLANS: _FIELD | _OFFICE | _READERS | {R.SUPPORT_OFFICER, R.DIRECTOR},
    Permission.SEE_EFFECT: _OFFICE | _READERS | {R.SUPPORT_OFFICER},
    Permission.NEGOTIATE_PLANS: frozenset({R.SUPPORT_OFFICER, R.DIRECTOR}),
    Permission.CLOSE_PLANS: frozenset({R.SUPPORT_OFFICER}),
    Permission.SEND_PROOFS: frozenset({R.SUPPORT_OFFICER, R.DIRECTOR}),
    Permission.VERIFY_PROOFS: _FIELD | {R.SUPPORT_OFFICER},
    Permission.ASSESS_OWN_INSTITUTION: frozenset({R.DIRECTOR}),
    Permission.SEE_AGREEMENT: _FIELD | _OFFICE | {R.AUDITOR},
    Permission.SEE_DECISIONS: _OFFICE | _READERS,
    Permission.PREPARE_DECISIONS: frozenset({R.MINISTRY_OFFICER}),
    Permission.DELIBERATE: _OFFICE | {R.SIGNATORY},
    Permission.SIGN_DECISIONS: frozenset({R.SIGNATORY}),
    Permission.LODGE_APPEALS: frozenset({R.DIRECTOR}),
    Permission.EXAMINE_APPEALS: _OFFICE,
}
