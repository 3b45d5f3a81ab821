"""What each move of a visit is called on its button, what it means, and what is asked before and said after."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from inspect_app.domain.inspections import Event


@dataclass(frozen=True)
class MoveText:
    """The words of one move. ``reason``: label of the text that goes with it; ``required``: whether it must be given."""

    label: LazyString
    meaning: LazyString
    confirm: LazyString
    done: LazyString
    icon: str = "check"
    variant: str = "primary"
    reason: LazyString | None = None
    required: bool = False
    page: str | None = None  # made on this page of its own instead of by a button here


MOVES: dict[Event, MoveText] = {
    Event.RESCHEDULED: MoveText(
        _("Change the date"),
        _("The visit takes place on another day. Team and declarations stay; everybody named is told by mail."),
        _("Change the date of the visit?"),
        _("The date has been changed; the team and the reviewers were told."),
        icon="clock",
        variant="outline-primary",
        reason=_("Reason for the change"),
        required=True,
        page=".reschedule",
    ),
    Event.PREPARED: MoveText(
        _("Mark as prepared"),
        _("The documents were asked for, the previous report was read, the team knows who does what."),
        _("Mark the visit as prepared?"),
        _("The visit is prepared."),
        variant="outline-primary",
        reason=_("Note on the preparation"),
    ),
    Event.STARTED: MoveText(
        _("Start the visit"),
        _("The team is at the institution. From now on answers are written, and the team no longer changes."),
        _("Start the visit now?"),
        _("The visit is under way. You can answer the criteria."),
        icon="arrow",
    ),
    Event.SUBMITTED: MoveText(
        _("Submit the answers"),
        _("The second reader receives all answers. The team can change them again only if they are returned."),
        _("Submit all answers to the second reader?"),
        _("The answers were submitted to the second reader."),
        icon="send",
    ),
    Event.RETURNED: MoveText(
        _("Return to the team"),
        _("The team corrects what you point out, and submits again."),
        _("Return the answers to the team with this reason?"),
        _("The answers were returned to the team."),
        icon="undo",
        variant="outline-primary",
        reason=_("What must be corrected, and why"),
        required=True,
        page=".review",
    ),
    Event.ACCEPTED: MoveText(
        _("Accept the answers"),
        _("The answers are consistent and documented. The coordinator can send the draft report to the director."),
        _("Accept all answers?"),
        _("The answers are accepted."),
        reason=_("Remark"),
        page=".review",
    ),
    Event.DRAFT_SENT: MoveText(
        _("Send the draft to the director"),
        _("The director reads the draft and may write observations until the end of the delay."),
        _("Send the draft report to the director? The delay for observations begins today."),
        _("The draft report is with the director."),
        icon="send",
    ),
    Event.OBSERVATIONS_CLOSED: MoveText(
        _("Close the observations"),
        _("No further observation is taken; those that were made are answered one by one."),
        _("Close the observations? Nothing can be added afterwards."),
        _("The observations are closed."),
        variant="outline-primary",
    ),
    Event.FINALISED: MoveText(
        _("Issue the final report"),
        _("The result becomes final and appears in the registry with its level and score. This cannot be undone."),
        _("Issue the final report? This cannot be undone."),
        _("The final report is issued."),
    ),
    Event.CANCELLED: MoveText(
        _("Cancel the visit"),
        _("The visit does not take place. Its file stays, with the reason."),
        _("Cancel this visit?"),
        _("The visit is cancelled."),
        icon="close",
        variant="outline-danger",
        reason=_("Reason for cancelling"),
        required=True,
    ),
}
