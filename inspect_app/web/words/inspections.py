"""Labels of visits: kinds, states, events, outcomes."""

from flask_babel import lazy_gettext as _

WORDS = {
    "kind": {
        "initial": _("Initial visit"),
        "periodic": _("Periodic visit"),
        "follow_up": _("Follow-up visit"),
        "unannounced": _("Unannounced visit"),
        "complaint": _("Visit after a complaint"),
        "self_assessment": _("Self-assessment"),
    },
    "state": {
        "planned": _("Planned"),
        "prepared": _("Prepared"),
        "under_way": _("Under way"),
        "submitted": _("Submitted"),
        "returned": _("Returned to the team"),
        "accepted": _("Accepted by the second reader"),
        "draft_sent": _("Draft with the director"),
        "responding": _("Observations being answered"),
        "final": _("Final report"),
        "cancelled": _("Cancelled"),
    },
    "event": {
        "planned": _("Visit planned"),
        "rescheduled": _("Visit moved to another day"),
        "prepared": _("Visit prepared"),
        "started": _("Visit started"),
        "submitted": _("Answers submitted"),
        "returned": _("Returned by the second reader"),
        "accepted": _("Accepted by the second reader"),
        "draft_sent": _("Draft report sent to the director"),
        "observations_closed": _("Observations closed"),
        "finalised": _("Final report issued"),
        "cancelled": _("Visit cancelled"),
    },
    "conflict": {
        "undeclared": _("Not declared yet"),
        "none": _("No conflict of interest"),
        "declared": _("Conflict of interest declared"),
    },
    "duty": {
        "second_reading": _("Second reading"),
        "responses": _("Answers to observations"),
    },
    "capacity": {
        "member": _("Member of the team"),
        "director": _("Director of the institution"),
        "received": _("Received the team in the director's absence"),
    },
    "deed": {
        "drawn": _("Signed by hand"),
        "typed": _("Typed the name and confirmed «I sign»"),
        "refused": _("Refused to sign"),
    },
    "told": {
        "director": _("The director"),
        "deputy": _("Who stands in for the director"),
        "on_duty": _("Who was in charge at that hour"),
        "association": _("The managing association"),
        "staff": _("Another member of the staff"),
        "nobody": _("Nobody"),
    },
    "audience": {
        "coordinator": _("The coordinator of the territory"),
        "ministry": _("The ministry"),
    },
    "waiting": {
        "planned": _("The visit waits for its day. Nothing is asked of you."),
        "prepared": _("The visit waits for its day. Nothing is asked of you."),
        "under_way": _("The team is at work. Nothing is asked of you."),
        "submitted": _("The second reader has the answers. Nothing is asked of you."),
        "returned": _("The team corrects its answers. Nothing is asked of you."),
        "accepted": _("The coordinator sends the draft report to the director. Nothing is asked of you."),
        "draft_sent": _("The director has the draft report. Nothing is asked of you."),
        "responding": _("The observations are being answered. Nothing is asked of you."),
        "final": _("The final report is issued: nothing more happens here."),
        "cancelled": _("The visit was cancelled: nothing more happens here."),
    },
    "outcome": {
        "accepted": _("Accepted"),
        "partly": _("Accepted in part"),
        "rejected": _("Rejected"),
    },
}
