"""Sign: number, document in two languages, hash, register, journal and letters, in one transaction.

Documents are made before the transaction begins, with the number that comes next; where somebody else took that number
meanwhile they are made again. So nobody waits for a printer, and the yearly series has no gap.
"""

import secrets
from dataclasses import dataclass, replace

import structlog
from sqlalchemy.exc import IntegrityError

from inspect_app.adapters import clock, files, pdf, signatures
from inspect_app.adapters.holidays import moroccan_holidays
from inspect_app.domain.actors import Actor
from inspect_app.domain.decisions import DossierEvent, Matter, Outcome, Side, appeals
from inspect_app.domain.decisions.outcomes import next_state, standing_after
from inspect_app.domain.decisions.people import check_signatory
from inspect_app.domain.errors import DomainError, NotVisibleError
from inspect_app.domain.permissions import Permission
from inspect_app.models import Accreditation, Decision, Dossier, db
from inspect_app.queries import decisions as questions
from inspect_app.queries.decisions.content import basis, due_conditions, person
from inspect_app.services import audit
from inspect_app.services.decisions import letters, register
from inspect_app.services.decisions.common import chain, hold, move, require, stand
from reports.decision import context

log = structlog.get_logger()

#: Letters and figures that nobody takes for each other.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
#: How often a document is made again because its number was taken.
_TRIES = 8


@dataclass(frozen=True)
class Printed:
    """The documents of a decision, in storage."""

    content: context.Content
    serial: int
    ar: str
    fr: str


def sign(actor: Actor, *, dossier_id: int) -> Decision:
    """The proposal becomes a decision.

    The signatory neither visited, supported nor proposed, and has declared to be free of conflicts. Raises
    NotVisibleError, ForbiddenError (by the side), DomainError: ``not-declared``, ``illegal-dossier-move``,
    ``cannot-follow``, ``appeal-same-signatory``, ``report-failed``, ``numbers-busy``.
    """
    require(actor, Permission.SIGN_DECISIONS)
    for _attempt in range(_TRIES):
        _check(actor, questions.visible(actor, dossier_id))
        printed = _print(actor, questions.visible(actor, dossier_id))
        db.session.rollback()  # nothing was written; what is read next is read afresh
        decision = _write(actor, dossier_id, printed)
        if decision is not None:
            letters.send_queued()
            return decision
        db.session.rollback()
    raise DomainError("numbers-busy", status=503)


def _check(actor: Actor, dossier: Dossier) -> Accreditation | None:
    """May this person sign this dossier now? Where the institution stands."""
    next_state(dossier.state, DossierEvent.SIGNED, dossier.matter)
    check_signatory(questions.side_of(dossier.id, actor.user_id), questions.conflict_of(dossier.id, actor.user_id))
    current = questions.standing_of(dossier.institution_id)
    before, level = (current.standing, current.level) if current else ("none", None)
    standing_after(str(dossier.proposed_outcome), before, level)
    if Matter(dossier.matter) is Matter.APPEAL:
        contested = questions.contested_by(dossier)
        if contested is not None and contested.signed_by == actor.user_id:
            raise DomainError("appeal-same-signatory", status=403)
    return current


def _print(actor: Actor, dossier: Dossier) -> Printed:
    today = clock.today()
    serial = questions.next_serial(today.year)
    policy = questions.policy_of(dossier)
    outcome = Outcome(str(dossier.proposed_outcome))
    current = questions.standing_of(dossier.institution_id)
    kept = outcome in (Outcome.SUSPENDED, Outcome.REINSTATED) and current is not None
    granted = policy.valid_until(outcome, today)
    content = context.Content(
        number=f"{today.year}/{serial:04d}",
        code=new_code(),
        institution=dossier.institution,
        dossier=dossier,
        outcome=str(outcome),
        conditions=tuple(context.Condition(**c) for c in due_conditions(dossier, today)),
        signatory=person(actor.user_id),
        level=(current.level if current else None) if outcome in _OF_BEFORE else str(outcome),
        decided_on=today,
        # a suspension stops what was given, and lifted gives it back, until its own last day
        valid_until=current.valid_until if kept and current else granted,
        visit_by=current.visit_by if kept and current else policy.visit_by(outcome, today),
        appeal_until=appeals.last_day(today, policy, moroccan_holidays(today.year, today.year + 1)),
        test_signature=signatures.is_test(),
        **basis(dossier),
    )
    return Printed(content, serial, *(_document(content, language) for language in ("ar", "fr")))


#: What is said of a level that was given before.
_OF_BEFORE = (Outcome.SUSPENDED, Outcome.REINSTATED, Outcome.WITHDRAWN)


def _document(content: context.Content, language: str) -> str:
    """One document, signed, in storage; its hash. Raises DomainError("report-failed")."""
    found = context.document(content, language)
    try:
        made = pdf.render(found.html, language=language, title=found.title, pictures=found.pictures)
        signed = signatures.sign(made.data, name=content.signatory.name, reason=found.title)
    except (pdf.PdfError, signatures.SignatureError) as error:
        log.error("decision-not-printed", dossier=content.dossier.id, language=language, reason=str(error))
        raise DomainError("report-failed", status=503) from error
    return files.put(signed)


def _write(actor: Actor, dossier_id: int, printed: Printed) -> Decision | None:
    """Everything at once; None where the number was taken while the document was printed."""
    hold(chain(dossier_id))
    dossier = questions.visible(actor, dossier_id)
    current = _check(actor, dossier)
    content = replace(printed.content, dossier=dossier, institution=dossier.institution)
    if questions.next_serial(content.decided_on.year) != printed.serial:
        return None
    proposer = dossier.proposed_by
    if proposer is None:
        raise DomainError("illegal-dossier-move", state=dossier.state, event="signed")
    stand(dossier, actor.user_id, Side.DECIDE)
    before, level = (current.standing, current.level) if current else ("none", None)
    decision = Decision(
        number=content.number,
        year=content.decided_on.year,
        serial=printed.serial,
        dossier_id=dossier.id,
        institution_id=dossier.institution_id,
        outcome=content.outcome,
        standing=str(standing_after(content.outcome, before, level)),
        level=content.level,
        reasons=dossier.proposed_reasons,
        conditions=[
            {"criterion": c.criterion, "severity": c.severity, "due_on": c.due_on.isoformat()}
            for c in content.conditions
        ],
        decided_on=content.decided_on,
        valid_until=content.valid_until,
        visit_by=content.visit_by,
        proposed_by=proposer,
        signed_by=actor.user_id,
        signed_at=clock.now(),
        code=content.code,
        replaces_id=current.decision_id if current else None,
        pdf_ar=printed.ar,
        pdf_fr=printed.fr,
        invented=dossier.invented,
    )
    try:
        with db.session.begin_nested():
            db.session.add(decision)
    except IntegrityError:
        if questions.next_serial(content.decided_on.year) == printed.serial:
            raise  # the number is free: the database refuses something else
        return None
    register.enter(decision)
    move(
        actor,
        dossier,
        DossierEvent.SIGNED,
        decision=decision.id,
        number=decision.number,
        decided=decision.outcome,
        pdf_ar=printed.ar,
        pdf_fr=printed.fr,
    )
    audit.record(
        actor,
        "decision.signed",
        chain=f"institution/{dossier.institution_id}",
        decision=decision.id,
        number=decision.number,
        decided=decision.outcome,
    )
    letters.decided(decision)
    db.session.commit()
    return decision


def new_code() -> str:
    """A code for the verification page: three times four letters and figures, 60 bits that nobody guesses."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))


def document_of(actor: Actor, *, decision_id: int, language: str) -> tuple[bytes, Decision]:
    """The signed document and its decision. Raises NotVisibleError for a decision or language unknown to this person."""
    decision = questions.decision_visible(actor, decision_id)
    if language not in ("ar", "fr"):
        raise NotVisibleError("document")
    return files.get(decision.pdf_ar if language == "ar" else decision.pdf_fr), decision
