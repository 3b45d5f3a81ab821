"""Reminders of deadlines, and who above is told when a critical action is late. A row for each that was given: never twice."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import structlog
from babel.dates import format_date
from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from inspect_app.adapters import clock, mail
from inspect_app.adapters.follow_up_files import load_follow_up
from inspect_app.domain.plans import PlanState
from inspect_app.domain.reminders import FollowUp, Watched, due_escalations, due_reminder
from inspect_app.models import PlanAction, PlanNotice, User, db
from inspect_app.queries.plans.shown import title_of
from inspect_app.queries.plans.watched import above, given, waiting
from inspect_app.services.plans.common import note

log = structlog.get_logger()
_LOCALES = {"ar": "ar_MA", "fr": "fr_MA", "en": "en_GB"}
#: Steps by which those above are told; the others remind owners.
_ABOVE = ("coordinator", "ministry")


@dataclass(frozen=True)
class _Due:
    """Something to say to somebody."""

    action: PlanAction
    step: str
    user: User


def run_reminders() -> dict[str, int]:
    """Give every reminder that is due today and was not given; how many, and how many went up.

    Doing it twice changes nothing. The row is written and committed before the letter leaves: a server that falls in
    between sends one letter less, never one twice; the page shows the reminder all the same. A person gets one letter
    for all deadlines of the day.
    """
    policy, today = load_follow_up(), clock.today()
    until = today + timedelta(days=max(policy.reminders))
    counts = {"reminders": 0, "escalations": 0, "letters": 0}
    after = 0
    while actions := waiting(after, until):
        after = actions[-1].id
        found = list(_new(actions, policy, today))
        written = [due for due in found if _written(due)]
        for due in written:
            counts["escalations" if due.step in _ABOVE else "reminders"] += 1
        db.session.commit()
        counts["letters"] += _mailed(written)
    return counts


def _new(actions: list[PlanAction], policy: FollowUp, today: date) -> Iterable[_Due]:
    said = given([a.id for a in actions])
    for action in actions:
        critical = action.finding is not None and action.finding.severity == "critical"
        watched = Watched(action.state, action.due_on, critical, action.plan.state == PlanState.AGREED)
        step = due_reminder(watched, policy, today)
        people = [(step, action.owner)] if step is not None else []
        for who in due_escalations(watched, policy, today):
            people += [(who, user) for user in above(action.plan.institution, who)]
        for step_, user in people:
            if user.active and (action.id, action.due_on.toordinal(), step_, user.id) not in said:
                yield _Due(action, step_, user)


def _written(due: _Due) -> bool:
    """Write the row; False where another run did it at the same moment."""
    row = PlanNotice(
        action_id=due.action.id,
        due_on=due.action.due_on,
        step=due.step,
        user_id=due.user.id,
        given_at=clock.now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return False
    if due.step in _ABOVE:
        note(None, due.action.plan, "escalated", action=due.action, step=due.step)
    return True


def _mailed(written: list[_Due]) -> int:
    """One letter for each person, and above for each step; the rows of letters that left say so."""
    letters: dict[tuple[int, bool], list[_Due]] = defaultdict(list)
    for due in written:
        letters[due.user.id, due.step in _ABOVE].append(due)
    left = 0
    for (_user, up), dues in letters.items():
        if _letter(dues, up=up):
            left += 1
            _mark(dues)
    db.session.commit()
    return left


def _letter(dues: list[_Due], *, up: bool) -> bool:
    user = dues[0].user
    with force_locale(_LOCALES.get(user.language, "ar_MA")):
        subject = _("Critical actions are late") if up else _("Deadlines of your support plan")
        head = (
            _("These critical actions of support plans are late. Please see with the institution what holds them up:")
            if up
            else _("These actions of the support plan ask for you:")
        )
        lines = [
            _(
                "%(title)s – %(name)s, by %(date)s",
                title=title_of(due.action).get(user.language),
                name=due.action.plan.institution.name(user.language),
                date=format_date(due.action.due_on, format="long", locale=_LOCALES.get(user.language, "ar_MA")),
            )
            + f"\n{current_app.config['PUBLIC_URL']}/plans/{due.action.plan_id}/actions/{due.action.id}"
            for due in dues
        ]
    body = "\n\n".join([head, *lines]) + "\n"
    try:
        return mail.send(user.email, subject, body)
    except Exception:
        log.exception("mail not sent", to=user.id)
        return False


def _mark(dues: list[_Due]) -> None:
    for due in dues:
        db.session.execute(
            update(PlanNotice)
            .where(
                PlanNotice.action_id == due.action.id,
                PlanNotice.step == due.step,
                PlanNotice.user_id == due.user.id,
                PlanNotice.due_on == due.action.due_on,
            )
            .values(mailed=True)
        )
