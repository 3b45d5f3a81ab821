"""Labels of decisions: outcomes, standings, matters, sides, states, items of a dossier."""

from flask_babel import lazy_gettext as _

from inspect_app.web.words.scores import WORDS as SCORES

_LEVELS = SCORES["level"]
_DOSSIER_EVENTS = {
    "opened": _("Dossier opened"),
    "deliberated": _("Committee deliberated"),
    "proposed": _("Decision proposed"),
    "returned": _("Returned by the signatory"),
    "signed": _("Decision signed"),
    "closed": _("Dossier closed without a decision"),
}

WORDS = {
    "decision": {
        **_LEVELS,
        "suspended": _("Suspended"),
        "reinstated": _("Suspension lifted"),
        "withdrawn": _("Withdrawn"),
    },
    "decision_meaning": {
        "refused": _("Accreditation is not granted."),
        "provisional": _("Accreditation is granted for a short time; the conditions below are met in time."),
        "conditional": _("Accreditation is granted under the conditions below."),
        "accredited": _("Accreditation is granted."),
        "distinction": _("Accreditation is granted with distinction."),
        "suspended": _("Accreditation is suspended until another decision lifts the suspension or makes it final."),
        "reinstated": _("The suspension is lifted: the accreditation holds again, until its own last day."),
        "withdrawn": _("Accreditation is withdrawn."),
    },
    "standing": {
        "none": _("No decision yet"),
        **_LEVELS,
        "suspended": _("Suspended"),
        "withdrawn": _("Withdrawn"),
        "expired": _("Expired"),
    },
    "standing_meaning": {
        "none": _("No decision has been taken in this register. This says nothing good or bad of the institution."),
        "refused": _("The institution asked and accreditation was not granted."),
        "provisional": _("Accredited for a short time: serious shortcomings must be mended first."),
        "conditional": _("Accredited under conditions: the essential is there, some things must be mended in time."),
        "accredited": _("Accredited: the standards are met."),
        "distinction": _("Accredited with distinction: the standards are met in every domain, and beyond."),
        "suspended": _("The accreditation is suspended for the time being."),
        "withdrawn": _("The accreditation was withdrawn."),
        "expired": _("The accreditation has ended and was not renewed."),
    },
    "matter": {
        "accreditation": _("Accreditation after a visit"),
        "suspension": _("Suspension"),
        "urgent_suspension": _("Urgent suspension: danger"),
        "reinstatement": _("Lifting of a suspension"),
        "withdrawal": _("Withdrawal"),
        "appeal": _("After an appeal that was upheld"),
    },
    "dossier_state": {
        "open": _("Awaits the committee"),
        "deliberated": _("Awaits the proposal"),
        "proposed": _("Awaits the signature"),
        "signed": _("Decided"),
        "closed": _("Closed without a decision"),
    },
    "dossier_event": _DOSSIER_EVENTS,
    "dossier_item": {
        "final-report": _("Final report of the visit"),
        "card-complete": _("Whole score card: every criterion was judged"),
        "observations-answered": _("Every observation of the director answered with reasons"),
        "visit-recent": _("The visit is recent enough (policy)"),
        "no-open-appeal": _("No appeal of the institution awaits an answer"),
        "grounds-written": _("What happened, in words"),
    },
    "side": {
        "visit": _("Was on the visit"),
        "support": _("Supports the institution"),
        "propose": _("Prepares and proposes"),
        "decide": _("Committee or signatory"),
        "appeal": _("Examines the appeal"),
    },
    "manner": {"consensus": _("consensus"), "votes": _("votes")},
    "vote": {"for": _("For"), "against": _("Against"), "abstained": _("Abstained")},
    "appeal_state": {
        "lodged": _("Lodged: an examiner is to be named"),
        "under_examination": _("Under examination"),
        "upheld": _("Upheld"),
        "rejected": _("Rejected"),
    },
    "verdict": {"upheld": _("Upheld"), "rejected": _("Rejected")},
    "open_data": {
        "code": _("Number of the institution in the registry"),
        "name_ar": _("Name in Arabic"),
        "name_fr": _("Name in French"),
        "category": _("Category of the people received"),
        "region": _("Region: code of the census"),
        "region_ar": _("Region in Arabic"),
        "region_fr": _("Region in French"),
        "province": _("Prefecture or province: code of the census"),
        "province_ar": _("Prefecture or province in Arabic"),
        "province_fr": _("Prefecture or province in French"),
        "commune": _("Commune; empty where the place is kept secret"),
        "place_withheld": _("1 where the place is kept secret by category"),
        "standing": _("Where the institution stands today: none, refused, provisional … expired"),
        "level": _("Level granted; during a suspension, the level that is suspended"),
        "number": _("Number of the last decision"),
        "decided_on": _("Day of the last decision"),
        "valid_until": _("Last day on which it holds"),
        "visited_on": _("Day of the visit on which it rests"),
    },
    "basis": {
        "card": _("Score card"),
        "rules": _("Scoring rules (policy)"),
        "policy": _("Policy of decisions"),
    },
}

#: For the journal.
VERBS = {
    **{f"dossier.{event}": label for event, label in _DOSSIER_EVENTS.items()},
    "dossier.interests_declared": _("Interests declared"),
    "decision.signed": _("Decision signed"),
    "decision.expired": _("Accreditation expired"),
    "appeal.lodged": _("Appeal lodged"),
    "appeal.examiner_named": _("Examiner of the appeal named"),
    "appeal.answered": _("Appeal answered"),
}

DETAILS = {
    "dossier_state": _("state of the dossier"),
    "decided": _("decision"),
    "computed": _("computed by the rules"),
    "matter": _("what it is about"),
    "manner": _("by"),
    "members": _("members who counted"),
    "departs": _("departs from"),
    "left_out": _("conditions left out"),
    "decision": _("number of the decision in the file"),
    "number": _("number"),
    "pdf_ar": _("fingerprint of the Arabic document"),
    "pdf_fr": _("fingerprint of the French document"),
    "appeal": _("number of the appeal in the file"),
    "examiner": _("examiner, by account"),
    "upheld": _("upheld"),
    "verdicts": _("verdicts"),
}

CODES = {
    "dossier_state": WORDS["dossier_state"],
    "decided": WORDS["decision"],
    "computed": WORDS["decision"],
    "matter": WORDS["matter"],
    "manner": WORDS["manner"],
}
