"""Who may open which door: the table that a person reads, and that ``test_doors.py`` holds against the program.

One line per address (endpoint). A new address fails the tests until somebody writes down here who may use it. Territory,
and the place that somebody has on the file of a visit, narrow further: ``place`` and ``visit`` say where a person of the
role must stand, and how far the visit must be, for the door to open to them.
"""

from dataclasses import dataclass, field
from typing import Any

from inspect_app.domain.roles import Role

EVERYBODY = "everybody"  # without an account, too
SIGNED_IN = frozenset(Role)
NOBODY: frozenset[Role] = frozenset()

DIRECTOR = frozenset({Role.DIRECTOR})
COORDINATOR = frozenset({Role.COORDINATOR})
MINISTRY = frozenset({Role.MINISTRY_OFFICER})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
TEAM = frozenset({Role.INSPECTOR, Role.TEAM_LEADER})
OFFICE = COORDINATOR | MINISTRY
REVIEWERS = TEAM | OFFICE  # second readers, and those who answer a director
READERS = frozenset({Role.SIGNATORY, Role.AUDITOR})
VISIT_READERS = TEAM | OFFICE | READERS | {Role.SUPPORT_OFFICER}
STAFF = VISIT_READERS | ADMINISTRATOR
PLAN_READERS = VISIT_READERS | DIRECTOR
BOTH_SIDES = DIRECTOR | {Role.SUPPORT_OFFICER}
WATCHERS = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})


#: Where a person of a role stands on the file of the visit at which they knock; other roles see it by their territory.
IN_TEAM = dict.fromkeys(TEAM, "leader")
AS_READER = dict.fromkeys(REVIEWERS, "second_reader")
AS_SECOND_RATER = dict.fromkeys(TEAM, "second_rater")
AS_RESPONDER = dict.fromkeys(REVIEWERS, "responder")


@dataclass(frozen=True)
class Door:
    """An address, and who may open it."""

    who: frozenset[Role] | str
    visit: str = "under_way"  # the state of the visit: one of tests.web.world.STATES
    place: dict[Role, str] = field(default_factory=lambda: IN_TEAM)
    values: dict[str, Any] = field(default_factory=dict)  # of the address, where ours are not the usual ones
    query: tuple[str, ...] = ()  # objects named after the question mark
    methods: tuple[str, ...] = ()  # only these (a line per method, where they differ)
    needs_visit: bool = False  # although the address names none
    dossier: str = "open"  # the state of the dossier: one of tests.factories.decisions.STATES
    needs_dossier: bool = False  # although the address names none
    free_action: bool = False  # the action of the plan is one of which no proof was sent


def move(event: str, who: frozenset[Role], visit: str, place: dict[Role, str] = IN_TEAM) -> Door:
    """A move of a visit: one address, but the move decides who may make it."""
    return Door(who, visit=visit, place=place, values={"event": event})


#: Address → who. Several doors on one address where a part of it decides who may open.
DOORS: dict[str, Door | tuple[Door, ...]] = {
    # anybody
    "public.home": Door(EVERYBODY),
    "standards.index": Door(EVERYBODY),
    "standards.checklist": Door(EVERYBODY),
    "standards.show": Door(EVERYBODY),
    "standards.coverage": Door(EVERYBODY),
    "standards.rules": Door(EVERYBODY),
    "standards.rule_book": Door(EVERYBODY, values={"code": "cqc", "version": "2023"}),
    "register.index": Door(EVERYBODY),
    "register.show": Door(EVERYBODY),
    "register.check_form": Door(EVERYBODY),
    "register.check": Door(EVERYBODY, values={"code": "AAAA-BBBB-CCCC"}),
    "register.open_data": Door(EVERYBODY),
    "register.csv": Door(EVERYBODY),
    "register.json": Door(EVERYBODY),
    "api_standards.sources": Door(EVERYBODY),
    "static": Door(EVERYBODY),
    "api-docs.openapi_json": Door(EVERYBODY),
    "health.healthz": Door(EVERYBODY),
    # the entrance
    "security.login": Door(EVERYBODY),
    "security.logout": Door(EVERYBODY),
    "security.forgot_password": Door(EVERYBODY),
    "security.reset_password": Door(EVERYBODY),
    "security.two_factor_token_validation": Door(EVERYBODY),  # after the password, before the session
    "security.two_factor_setup": Door(EVERYBODY),  # the same, or with a session: the view tells them apart
    "security.mf_recovery": Door(EVERYBODY),
    "security.change_email_confirm": Door(EVERYBODY),  # the link of a letter, perhaps opened on a telephone
    "account.welcome": Door(EVERYBODY),  # the link of an invitation
    # everybody with an account, their own
    "security.verify": Door(SIGNED_IN),
    "security.change_password": Door(SIGNED_IN),
    "security.change_email": Door(SIGNED_IN),
    "security.two_factor_setup_validate": Door(SIGNED_IN),
    "account.me": Door(SIGNED_IN),
    "account.language": Door(SIGNED_IN),
    "account.sign_out_everywhere": Door(SIGNED_IN),
    "account.recovery_codes": Door(SIGNED_IN),
    "account.kept": Door(SIGNED_IN),
    "account.discard": Door(SIGNED_IN),
    # of the library, not used
    "security.two_factor_rescue": Door(NOBODY),
    "security.tf_select": Door(NOBODY),
    "security.mf_recovery_codes": Door(NOBODY),
    # the registry
    "institutions.index": Door(STAFF),
    "institutions.show": Door(STAFF),
    "institutions.what_if": Door(VISIT_READERS, visit="final", needs_visit=True),
    "institutions.new": Door(OFFICE),
    "institutions.edit": Door(OFFICE),
    "institutions.export": Door(OFFICE | READERS),
    "institutions.import_": Door(MINISTRY),
    "institutions.confirm_import": Door(MINISTRY),
    "institutions.import_template": Door(MINISTRY),
    # visits
    "inspections.index": Door(VISIT_READERS),
    "inspections.new": Door(COORDINATOR, query=("institution",)),
    "inspections.show": Door(VISIT_READERS),
    "inspections.team": Door(COORDINATOR, visit="planned"),
    "inspections.reschedule": Door(COORDINATOR, visit="planned"),
    "inspections.reviewers": Door(COORDINATOR, visit="planned"),
    "inspections.declare": Door(REVIEWERS, visit="planned"),
    "inspections.answer": Door(TEAM),
    "inspections.two_answers": Door(VISIT_READERS),
    "inspections.choose_answer": Door(TEAM),
    "inspections.import_outbox": Door(TEAM | COORDINATOR),
    "inspections.receipt": Door(VISIT_READERS),
    "inspections.give": Door(TEAM),
    "inspections.review": Door(VISIT_READERS, visit="submitted", place=AS_READER),
    "inspections.withdraw_photo": Door(REVIEWERS, visit="submitted", place=AS_READER),
    "inspections.observations": Door(VISIT_READERS | DIRECTOR, visit="draft_sent"),
    "inspections.rule_sets": Door(VISIT_READERS | DIRECTOR, visit="rescored"),
    "inspections.observe": Door(DIRECTOR, visit="draft_sent"),
    "inspections.withdraw": Door(DIRECTOR, visit="draft_sent"),
    "inspections.respond": Door(REVIEWERS, visit="responding", place=AS_RESPONDER),
    "inspections.move": (
        move("prepared", TEAM | COORDINATOR, "declared"),
        move("started", TEAM, "declared"),
        move("submitted", TEAM, "under_way"),
        move("returned", REVIEWERS, "submitted", AS_READER),
        move("accepted", REVIEWERS, "submitted", AS_READER),
        move("draft_sent", COORDINATOR, "accepted"),
        move("observations_closed", REVIEWERS | DIRECTOR, "draft_sent", AS_RESPONDER),
        move("finalised", COORDINATOR, "responding"),
        move("cancelled", COORDINATOR, "declared"),
    ),
    "inspections.double_rating": Door(VISIT_READERS),
    "inspections.choose_double_rating": Door(COORDINATOR, visit="planned"),
    "inspections.remove_double_rating": Door(COORDINATOR, visit="planned"),
    "inspections.waive_double_rating": Door(COORDINATOR),
    "inspections.close_first_side": Door(TEAM),
    "inspections.second_rating": Door(TEAM, place=AS_SECOND_RATER),
    "inspections.rate_again": Door(TEAM, place=AS_SECOND_RATER),
    "inspections.close_second_side": Door(TEAM, place=AS_SECOND_RATER),
    # decisions
    "decisions.desk": Door(OFFICE | READERS, needs_dossier=True),
    "decisions.index": Door(OFFICE | READERS, needs_dossier=True),
    "decisions.open_": Door(MINISTRY, visit="final"),
    "decisions.measure": Door(MINISTRY),
    "decisions.show": Door(OFFICE | READERS, dossier="signed"),
    "decisions.declare": Door(OFFICE | {Role.SIGNATORY}),
    "decisions.close": Door(MINISTRY),
    "decisions.deliberation": Door(MINISTRY, dossier="declared"),
    "decisions.proposal": Door(MINISTRY, dossier="deliberated"),
    "decisions.signature": Door(frozenset({Role.SIGNATORY}), dossier="proposed"),
    "decisions.document": Door(OFFICE | READERS | DIRECTOR, dossier="signed", values={"language": "fr"}),
    "decisions.appeals": Door(OFFICE | READERS, dossier="appealed", needs_dossier=True),
    "decisions.appeal": Door(OFFICE | READERS, dossier="appealed"),
    "decisions.examiner": Door(MINISTRY, dossier="appealed"),
    "decisions.answer": Door(OFFICE, dossier="examined"),
    "agreement.index": Door(TEAM | OFFICE | {Role.AUDITOR}),
    "agreement.export": Door(TEAM | OFFICE | {Role.AUDITOR}),
    "reports.download": Door(VISIT_READERS | DIRECTOR, visit="draft_sent", values={"stage": "draft", "language": "fr"}),
    # the director's own
    "director.desk": Door(DIRECTOR, visit="draft_sent", query=("institution",), needs_visit=True),
    "director.visits": Door(DIRECTOR, visit="draft_sent", query=("institution",), needs_visit=True),
    "director.what_if": Door(DIRECTOR, visit="final", query=("institution",), needs_visit=True),
    "director.decisions": Door(DIRECTOR, query=("institution",), dossier="signed", needs_dossier=True),
    "director.decision": Door(DIRECTOR, dossier="signed"),
    "director.appeal": Door(DIRECTOR, dossier="signed"),
    "director.criterion": Door(DIRECTOR, visit="draft_sent", needs_visit=True),
    # support plans
    "plans.index": Door(PLAN_READERS),
    "plans.show": Door(PLAN_READERS),
    "plans.action": Door(PLAN_READERS),
    "plans.proof": Door(PLAN_READERS),
    "plans.thumb": Door(PLAN_READERS),
    "plans.propose": Door(BOTH_SIDES, query=("institution",)),
    "plans.sign": Door(BOTH_SIDES),
    "plans.close": Door(frozenset({Role.SUPPORT_OFFICER})),
    "plans.add": Door(BOTH_SIDES),
    "plans.edit": Door(BOTH_SIDES, free_action=True),
    "plans.remove": Door(BOTH_SIDES, free_action=True),
    "plans.send": Door(BOTH_SIDES),
    "plans.verify": Door(TEAM | {Role.SUPPORT_OFFICER}),
    "plans.compliance": Door(PLAN_READERS),
    "plans.effect": Door(OFFICE | READERS | {Role.SUPPORT_OFFICER}),
    "plans.pdf": Door(PLAN_READERS, values={"language": "fr"}),
    "plans.gap": Door(PLAN_READERS),
    "director.self_assessment": Door(DIRECTOR, query=("institution",)),
    "director.begin_assessment": Door(DIRECTOR, query=("institution",)),
    "director.assess": Door(DIRECTOR),
    "director.finish_assessment": Door(DIRECTOR),
    "plans.feed": Door(PLAN_READERS),
    "plans.change_feed": Door(PLAN_READERS),
    "calendar.read": Door(EVERYBODY),  # whoever knows the secret of the address
    # devices: one's own, and those of the people of the territory
    "devices.index": Door(TEAM | COORDINATOR),
    "devices.revoke": Door(TEAM | COORDINATOR),
    "api_devices.register": Door(TEAM),
    # people and the journal
    "admin.users": Door(WATCHERS),
    "admin.user": Door(WATCHERS),
    "admin.new_user": Door(ADMINISTRATOR),
    "admin.edit_user": Door(ADMINISTRATOR),
    "admin.user_deed": Door(ADMINISTRATOR),
    "admin.audit": Door(WATCHERS),
    # visits as JSON
    "tablet.index": Door(EVERYBODY),
    "tablet.shell": Door(EVERYBODY, values={"language": "fr"}),
    "tablet.manifest": Door(EVERYBODY, values={"language": "fr"}),
    "tablet.worker": Door(EVERYBODY),
    "api_tablet.contact": Door(TEAM),
    "api_tablet.rules": Door(TEAM),
    "api_inspections.show": Door(VISIT_READERS),
    "api_second_ratings.show": Door(TEAM, place=AS_SECOND_RATER),
    "api_second_ratings.operations": Door(TEAM, place=AS_SECOND_RATER),
    "api_inspections.operations": Door(TEAM),
    "api_inspections.add_photo": Door(TEAM),
    "api_pieces.show": Door(TEAM, values={"sha256": "0" * 64}),
    "api_pieces.add": Door(TEAM, values={"sha256": "0" * 64}),
    "api_pieces.complete": Door(TEAM, values={"sha256": "0" * 64}),
    "api_inspections.receipt": Door(VISIT_READERS),
    "api_inspections.give_receipt": Door(TEAM),
    "api_inspections.withdraw_photo": Door(TEAM),
    "api_minutes.signatures": Door(TEAM),
    "api_minutes.sheets": Door(TEAM),
    "api_inspections.photo": Door(VISIT_READERS | DIRECTOR, visit="draft_sent"),
    "api_inspections.thumb": Door(VISIT_READERS | DIRECTOR, visit="draft_sent"),
}


def doors_of(endpoint: str) -> tuple[Door, ...]:
    """The doors on one address; none where nobody wrote it down."""
    found = DOORS.get(endpoint, ())
    return found if isinstance(found, tuple) else (found,)
