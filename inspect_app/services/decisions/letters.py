"""Letters about decisions: queued in the transaction of the deed, written in the reader's language when they are sent."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from babel.dates import format_date
from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select, update

from inspect_app.adapters import clock, mail
from inspect_app.models import Accreditation, Appeal, Decision, Dossier, QueuedLetter, User, db
from inspect_app.queries import inspections as people
from inspect_app.queries.decisions.names import display, signatories_of

_LOCALES = {"ar": "ar_MA", "fr": "fr_MA", "en": "en_GB"}
#: A letter that fails so often is left to the operator.
_TRIES = 5


def proposal_ready(dossier: Dossier) -> None:
    """The signatories: a proposal awaits you."""
    data = _of(dossier) | {"page": f"/decisions/dossiers/{dossier.id}"}
    _queue(
        signatories_of(dossier.institution),
        "proposal-ready",
        f"proposal/{dossier.id}/{clock.now():%Y%m%dT%H%M%S}",
        data,
    )


def proposal_returned(dossier: Dossier, proposer: int, reason: str) -> None:
    """Who proposed: it came back, and why."""
    data = _of(dossier) | {"page": f"/decisions/dossiers/{dossier.id}", "reason": reason}
    once = f"returned/{dossier.id}/{clock.now():%Y%m%dT%H%M%S}"
    _queue([db.session.get_one(User, proposer)], "proposal-returned", once, data)


def decided(decision: Decision) -> None:
    """The director, the coordinators: it is decided."""
    data = _of(decision.dossier) | {"number": decision.number, "outcome": decision.outcome}
    institution = decision.institution
    once = f"decided/{decision.id}"
    _queue(people.directors_of(institution), "decided", once, data | {"page": f"/desk/decisions/{decision.id}"})
    page = {"page": f"/decisions/dossiers/{decision.dossier_id}"}
    _queue(people.coordinators_of(institution), "decided-office", once, data | page)


def appeal_lodged(appeal: Appeal) -> None:
    """The ministry: somebody who was not involved must be named."""
    data = _of_appeal(appeal)
    _queue(people.ministry_of(appeal.institution), "appeal-lodged", f"appeal/{appeal.id}", data)


def examiner_named(appeal: Appeal) -> None:
    """The examiner: it is your turn."""
    if appeal.examiner is not None:
        once = f"examiner/{appeal.id}/{appeal.examiner_id}"
        _queue([appeal.examiner], "examiner-named", once, _of_appeal(appeal))


def appeal_answered(appeal: Appeal) -> None:
    """The director: here is the answer."""
    data = _of_appeal(appeal) | {"page": f"/desk/decisions/{appeal.decision_id}", "state": appeal.state}
    _queue(people.directors_of(appeal.institution), "appeal-answered", f"answered/{appeal.id}", data)


def in_time(row: Accreditation, kind: str, day: date) -> int:
    """Director and coordinators: it expires soon, has expired, a visit is due. How many letters are new."""
    data = {
        "institution": [row.institution.name_ar, row.institution.name_fr],
        "number": row.decision.number,
        "day": day.isoformat(),
    }
    once = f"{kind}/{row.decision_id}"
    made = _queue(
        people.directors_of(row.institution), kind, once, data | {"page": f"/desk/decisions/{row.decision_id}"}
    )
    page = {"page": f"/decisions/dossiers/{row.decision.dossier_id}"}
    return made + _queue(people.coordinators_of(row.institution), kind, once, data | page)


def send_queued(limit: int = 200) -> int:
    """Send what waits; how many left. A letter is claimed before it is sent, so that two senders never both send it."""
    statement = select(QueuedLetter.id, QueuedLetter.tries).where(
        QueuedLetter.sent_at.is_(None), QueuedLetter.tries < _TRIES
    )
    sent = 0
    for letter_id, tries in db.session.execute(statement.order_by(QueuedLetter.id).limit(limit)).all():
        claimed = db.session.execute(
            update(QueuedLetter)
            .where(QueuedLetter.id == letter_id, QueuedLetter.sent_at.is_(None), QueuedLetter.tries == tries)
            .values(tries=tries + 1)
            .execution_options(synchronize_session=False)
        )
        db.session.commit()
        if getattr(claimed, "rowcount", 0) != 1:
            continue
        letter = db.session.get_one(QueuedLetter, letter_id, populate_existing=True)
        if _send(letter):
            letter.sent_at = clock.now()
            sent += 1
        db.session.commit()
    return sent


def _send(letter: QueuedLetter) -> bool:
    user = letter.user
    if not user.active:
        return True
    language = user.language
    with force_locale(_LOCALES.get(language, "ar_MA")):
        subject, text = KINDS[letter.kind](letter.data, language)
        page = letter.data.get("page", "")
        address = f"{current_app.config['PUBLIC_URL'].rstrip('/')}{page}" if page else ""
        return mail.send(user.email, subject, f"{text}\n\n{address}".strip())


def _queue(users: Iterable[User], kind: str, once: str, data: Mapping[str, Any]) -> int:
    made = 0
    for user in {u.id: u for u in users}.values():
        there = select(QueuedLetter.id).where(QueuedLetter.user_id == user.id, QueuedLetter.once == once)
        if db.session.scalar(there) is not None:
            continue
        db.session.add(QueuedLetter(user_id=user.id, kind=kind, once=once, data=dict(data), queued_at=clock.now()))
        made += 1
    db.session.flush()
    return made


def _of(dossier: Dossier) -> dict[str, Any]:
    return {
        "institution": [dossier.institution.name_ar, dossier.institution.name_fr],
        "reference": dossier.reference,
    }


def _of_appeal(appeal: Appeal) -> dict[str, Any]:
    return {
        "institution": [appeal.institution.name_ar, appeal.institution.name_fr],
        "reference": appeal.reference,
        "number": appeal.decision.number,
        "day": appeal.due_on.isoformat(),
        "page": f"/decisions/appeals/{appeal.id}",
    }


def _day(data: Mapping[str, Any], language: str) -> str:
    day = date.fromisoformat(data["day"])
    return format_date(day, format="long", locale=_LOCALES.get(language, "ar_MA"))


Letter = Callable[[Mapping[str, Any], str], tuple[str, str]]

#: Kind of letter → its subject and text in the language of the moment.
KINDS: Mapping[str, Letter] = {
    "proposal-ready": lambda d, lang: (
        _("Dossier %(reference)s awaits your signature", reference=d["reference"]),
        _("A decision on %(name)s is proposed. You may sign it, or return it with reasons.", name=display(d, lang)),
    ),
    "proposal-returned": lambda d, lang: (
        _("Dossier %(reference)s was returned to you", reference=d["reference"]),
        _(
            "The signatory did not sign the proposal on %(name)s. Reason:\n\n%(reason)s",
            name=display(d, lang),
            reason=d["reason"],
        ),
    ),
    "decided": lambda d, lang: (
        _("Decision %(number)s on your institution", number=d["number"]),
        _(
            "A decision on %(name)s was signed. In Miyar you find what it says, its reasons, and how to appeal.",
            name=display(d, lang),
        ),
    ),
    "decided-office": lambda d, lang: (
        _("Decision %(number)s was signed", number=d["number"]),
        _("The decision on %(name)s was signed and stands in the register.", name=display(d, lang)),
    ),
    "appeal-lodged": lambda d, lang: (
        _("Appeal %(reference)s was lodged", reference=d["reference"]),
        _(
            "The director of %(name)s appeals against decision %(number)s. Please name somebody who was not involved; "
            "the answer is due by %(date)s.",
            name=display(d, lang),
            number=d["number"],
            date=_day(d, lang),
        ),
    ),
    "examiner-named": lambda d, lang: (
        _("You examine appeal %(reference)s", reference=d["reference"]),
        _(
            "The appeal of %(name)s against decision %(number)s is yours to examine, with reasons, by %(date)s.",
            name=display(d, lang),
            number=d["number"],
            date=_day(d, lang),
        ),
    ),
    "appeal-answered": lambda d, lang: (
        _("Your appeal %(reference)s was answered", reference=d["reference"]),
        _("The answer, with its reasons, stands beside decision %(number)s in Miyar.", number=d["number"]),
    ),
    "expiring": lambda d, lang: (
        _("Decision %(number)s expires soon", number=d["number"]),
        _("The decision on %(name)s holds until %(date)s.", name=display(d, lang), date=_day(d, lang)),
    ),
    "expired": lambda d, lang: (
        _("Decision %(number)s has expired", number=d["number"]),
        _("The decision on %(name)s held until %(date)s.", name=display(d, lang), date=_day(d, lang)),
    ),
    "visit-due": lambda d, lang: (
        _("A visit is due: decision %(number)s", number=d["number"]),
        _(
            "%(name)s was to be visited by %(date)s. No visit since the decision is on file.",
            name=display(d, lang),
            date=_day(d, lang),
        ),
    ),
}
