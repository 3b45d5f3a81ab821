"""Labels of findings and support plans, and of what the journal says of them."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

WORDS: dict[str, dict[str, LazyString]] = {
    "finding_state": {
        "open": _("Open"),
        "in_hand": _("In hand"),
        "proof_sent": _("Proof sent"),
        "returned": _("Proof returned"),
        "verified": _("Verified, until the next visit"),
        "closed": _("Closed"),
    },
    "closing": {
        "met": _("A visit found it in order"),
        "not-applicable": _("It does not apply any more"),
        "not-asked": _("The checklist does not ask it any more"),
    },
    "plan_state": {
        "proposed": _("Being negotiated"),
        "agreed": _("Agreed by both sides"),
        "closed": _("Plan closed"),
    },
    "action_state": {
        "planned": _("Still to do"),
        "proof_sent": _("Proof sent"),
        "returned": _("Proof returned"),
        "accepted": _("Proof accepted"),
        "settled": _("Settled by a visit"),
        "removed": _("Removed"),
    },
    "why_first": {
        "way": _("On the way to the next level"),
        "critical": _("Critical"),
        "other": _("Other findings"),
    },
    "helper": {
        "ministry": _("Ministry of Solidarity"),
        "entraide": _("Entraide Nationale"),
        "indh": _("National Initiative for Human Development"),
        "commune": _("Commune"),
        "council": _("Provincial or regional council"),
        "association": _("Managing association"),
        "health": _("Health services"),
        "education": _("Education services"),
        "justice": _("Justice"),
        "other": _("Another helper"),
    },
    "funding": {
        "own": _("The institution itself"),
        "association": _("Managing association"),
        "entraide": _("Entraide Nationale"),
        "ministry": _("Ministry of Solidarity"),
        "indh": _("National Initiative for Human Development"),
        "commune": _("Commune"),
        "council": _("Provincial or regional council"),
        "donor": _("A donor"),
        "other": _("Another source"),
    },
    "plan_event": {
        "proposed": _("Plan proposed"),
        "added": _("Action added"),
        "changed": _("Action changed"),
        "removed": _("Action removed"),
        "director_signed": _("Signed by the director"),
        "officer_signed": _("Signed by the support officer"),
        "agreed": _("Plan agreed"),
        "reopened": _("Signatures void: the plan was changed"),
        "proof_sent": _("Proof sent"),
        "accepted": _("Proof accepted"),
        "returned": _("Proof returned"),
        "settled": _("Settled by a visit"),
        "found_again": _("Found again by a visit"),
        "escalated": _("Told to those above"),
        "closed": _("Plan closed"),
    },
    "reminder": {
        "14": _("Two weeks before"),
        "7": _("One week before"),
        "0": _("On the last day"),
        "-1": _("One day late"),
        "coordinator": _("Told to the coordinator"),
        "ministry": _("Told to the ministry"),
    },
}

VERBS: dict[str, LazyString] = {
    "findings.entered": _("Findings entered in the register"),
    **{f"plan.{event}": label for event, label in WORDS["plan_event"].items()},
    "plan.reminded": _("Reminders given"),
    "calendar.opened": _("Calendar address made"),
    "calendar.revoked": _("Calendar address taken back"),
    "self_assessment.begun": _("Self-assessment begun"),
    "self_assessment.submitted": _("Self-assessment finished"),
}

DETAILS: dict[str, LazyString] = {
    "opened_findings": _("findings opened"),
    "found_again": _("found again"),
    "closed_findings": _("findings closed"),
    "action": _("number of the action"),
    "finding": _("number of the finding"),
    "typed": _("typed as signature"),
    "before": _("before"),
    "after": _("after"),
    "actions": _("actions"),
    "step": _("reminder"),
}
