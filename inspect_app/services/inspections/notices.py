"""Who is told of what, after the commit, by mail in their own language. A mail that fails never undoes a deed."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date

import structlog
from babel.dates import format_date
from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from inspect_app.adapters import clock, mail
from inspect_app.domain.actors import Actor
from inspect_app.domain.checklists import Criterion
from inspect_app.domain.critical import Audience
from inspect_app.models import CriticalSheet, Inspection, User
from inspect_app.queries import inspections as questions

log = structlog.get_logger()
_LOCALES = {"ar": "ar_MA", "fr": "fr_MA", "en": "en_GB"}


def planned(inspection: Inspection) -> None:
    """The team and the reviewers: you are named; everybody declares their interests first."""
    for member in inspection.team:
        with _to(member.user, inspection) as say:
            say(
                _("You are on a visit: %(reference)s", reference=inspection.reference),
                _(
                    "%(name)s will be visited on %(date)s. Before the file opens to you, please declare whether you "
                    "have a conflict of interests.",
                    name=_name(inspection, member.user),
                    date=_date(inspection.planned_on, member.user),
                ),
            )
    reviewers_named(inspection, {r.user_id for r in inspection.reviewers})


def rescheduled(inspection: Inspection, before: date) -> None:
    """The team and the reviewers: the visit takes place on another day."""
    users = [m.user for m in inspection.team] + [r.user for r in inspection.reviewers]
    for user in {u.id: u for u in users}.values():
        with _to(user, inspection) as say:
            say(
                _("New date of visit %(reference)s", reference=inspection.reference),
                _(
                    "The visit to %(name)s planned on %(before)s now takes place on %(date)s.",
                    name=_name(inspection, user),
                    before=_date(before, user),
                    date=_date(inspection.planned_on, user),
                ),
            )


def reviewers_named(inspection: Inspection, ids: Collection[int]) -> None:
    """Those of the reviewers: you are named, and declare your interests first."""
    for reviewer in {r.user_id: r for r in inspection.reviewers if r.user_id in ids}.values():
        with _to(reviewer.user, inspection) as say:
            say(
                _("You will review a visit: %(reference)s", reference=inspection.reference),
                _(
                    "You are named as reviewer of the visit to %(name)s planned on %(date)s. You take no part in it. "
                    "Before the file opens to you, please declare whether you have a conflict of interests.",
                    name=_name(inspection, reviewer.user),
                    date=_date(inspection.planned_on, reviewer.user),
                ),
            )


def conflict_declared(inspection: Inspection, actor: Actor) -> None:
    """The coordinators: somebody cannot take part. What the conflict is stays in the file."""
    member = questions.membership(actor, inspection) is not None
    for user in questions.coordinators_of(inspection.institution):
        with _to(user, inspection) as say:
            say(
                _("Conflict of interests on visit %(reference)s", reference=inspection.reference),
                _(
                    "%(person)s declared a conflict of interests on the visit to %(name)s. The visit cannot start until "
                    "you change the team.",
                    person=actor.name,
                    name=_name(inspection, user),
                )
                if member
                else _(
                    "%(person)s, who was to review the visit to %(name)s, declared a conflict of interests. Please name "
                    "somebody else.",
                    person=actor.name,
                    name=_name(inspection, user),
                ),
            )


def second_rater_named(inspection: Inspection, user: User) -> None:
    """The second rater: a part of the criteria is yours, apart. Which ones stands in the file, not in a mail."""
    with _to(user, inspection) as say:
        say(
            _("You rate a part of visit %(reference)s a second time", reference=inspection.reference),
            _(
                "On the visit to %(name)s on %(date)s you rate a part of the criteria apart, without seeing what the "
                "others answer. You find them in the file of the visit. Please do not talk about them with the team "
                "before both sides are closed.",
                name=_name(inspection, user),
                date=_date(inspection.planned_on, user),
            ),
        )


def submitted(inspection: Inspection) -> None:
    """The second reader: it is your turn."""
    for user in _duty(inspection, "second_reading"):
        with _to(user, inspection, "review") as say:
            say(
                _("Visit %(reference)s awaits your second reading", reference=inspection.reference),
                _("The team submitted its answers on %(name)s.", name=_name(inspection, user)),
            )


def returned(inspection: Inspection, reason: str) -> None:
    """The team: the answers came back, and why."""
    for member in inspection.team:
        with _to(member.user, inspection) as say:
            say(
                _("Visit %(reference)s was returned to you", reference=inspection.reference),
                _("The second reader returned the answers. Reason:\n\n%(reason)s", reason=reason),
            )


def accepted(inspection: Inspection) -> None:
    """The coordinators: the draft can be sent."""
    for user in questions.coordinators_of(inspection.institution):
        with _to(user, inspection) as say:
            say(
                _("Visit %(reference)s was accepted", reference=inspection.reference),
                _("The second reader accepted the answers. You can send the draft report to the director."),
            )


def draft_sent(inspection: Inspection) -> None:
    """The director: here is the draft, until when you may answer, and how."""
    for user in questions.directors_of(inspection.institution):
        with _to(user, inspection, "observations") as say:
            say(
                _("Draft report on your institution: %(reference)s", reference=inspection.reference),
                _(
                    "The draft report of the visit is ready. You may write observations on any criterion until "
                    "%(date)s. Each of them will be answered with reasons by somebody who was not on the visit.",
                    date=_date(inspection.observations_due_on, user),
                ),
            )


def observations_closed(inspection: Inspection) -> None:
    """The responder: the observations await you."""
    for user in _duty(inspection, "responses"):
        with _to(user, inspection, "observations") as say:
            say(
                _("Observations on visit %(reference)s await your answers", reference=inspection.reference),
                _(
                    "The director's observations on %(name)s are closed. Please answer each with reasons.",
                    name=_name(inspection, user),
                ),
            )


def finalised(inspection: Inspection) -> None:
    """The director: the report is final."""
    for user in questions.directors_of(inspection.institution):
        with _to(user, inspection, "observations") as say:
            say(
                _("Final report on your institution: %(reference)s", reference=inspection.reference),
                _(
                    "The final report of the visit was issued. You find it, with the answers to your observations, in Miyar."
                ),
            )


def cancelled(inspection: Inspection, reason: str) -> None:
    """The team: you need not go."""
    for member in inspection.team:
        with _to(member.user, inspection) as say:
            say(
                _("Visit %(reference)s was cancelled", reference=inspection.reference),
                _("The visit will not take place. Reason:\n\n%(reason)s", reason=reason),
            )


def critical_finding(inspection: Inspection, criterion: Criterion, sheet: CriticalSheet, audience: Audience) -> int:
    """The coordinators, or the ministry: a critical finding, what it is on and whether somebody is in danger now.

    What was seen stands in the file, not in a mail. How many letters left.
    """
    ministry = audience is Audience.MINISTRY
    people = (questions.ministry_of if ministry else questions.coordinators_of)(inspection.institution)
    sent = 0
    for user in people:
        with _to(user, inspection) as say:
            subject = (
                _("Immediate danger: critical finding on visit %(reference)s", reference=inspection.reference)
                if sheet.danger
                else _("Critical finding on visit %(reference)s", reference=inspection.reference)
            )
            say(
                subject,
                _(
                    "%(name)s, seen on %(date)s, criterion %(code)s: %(title)s.\n\nWhat was seen, and what was done at "
                    "once, stands in the file of the visit. A critical finding asks for an answer the same day.",
                    name=_name(inspection, user),
                    date=_date(sheet.seen_at.astimezone(clock.CASABLANCA).date(), user),
                    code=criterion.code,
                    title=criterion.title.get(user.language),
                ),
            )
        sent += say.sent
    return sent


class _Letter:
    """What was said inside ``with _to(…)``."""

    subject = ""
    text = ""
    sent = False

    def __call__(self, subject: str, text: str) -> None:
        self.subject, self.text = subject, text


@contextmanager
def _to(user: User, inspection: Inspection, page: str = "") -> Iterator[_Letter]:
    """Gather subject and text in the person's language, add the address of the page, send."""
    letter = _Letter()
    with force_locale(_LOCALES.get(user.language, "ar_MA")):
        yield letter
    address = f"{current_app.config['PUBLIC_URL']}/inspections/{inspection.id}"
    address += f"/{page}" if page else ""
    try:
        letter.sent = mail.send(user.email, letter.subject, f"{letter.text}\n\n{address}\n")
    except Exception:
        log.exception("mail not sent", to=user.id, inspection=inspection.id)


def _name(inspection: Inspection, user: User) -> str:
    return inspection.institution.name(user.language)


def _date(value: date | None, user: User) -> str:
    return str(format_date(value, format="long", locale=_LOCALES.get(user.language, "ar_MA")))


def _duty(inspection: Inspection, duty: str) -> Iterable[User]:
    return [r.user for r in inspection.reviewers if r.duty == duty]
