"""A director rates their own institution on the checklist of the inspectors; finished, it does not change any more."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.checklists import Facts
from inspect_app.domain.errors import DomainError
from inspect_app.domain.permissions import Permission
from inspect_app.domain.scoring import RuleSet, score
from inspect_app.models import SelfAnswer, SelfAssessment, db
from inspect_app.queries import director
from inspect_app.queries import self_assessments as questions
from inspect_app.services import audit
from inspect_app.services.frozen import freeze_checklist, freeze_rules
from inspect_app.services.inspections.common import require, text
from inspect_app.services.inspections.planning import facts_of

NOTE = 1000


@dataclass(frozen=True)
class OwnAnswer:
    """The director's answer: a level, or None where it does not apply."""

    level: int | None
    note: str = ""


def begin(actor: Actor, *, institution_id: int) -> SelfAssessment:
    """Begin one, on the checklist and rules in force today.

    Raises NotVisibleError, ForbiddenError, DomainError("assessment-there-already").
    """
    require(actor, Permission.ASSESS_OWN_INSTITUTION)
    institution = director.own(actor, institution_id)
    row = SelfAssessment(
        institution_id=institution.id,
        checklist_id=freeze_checklist(institution.category).id,
        rules_id=freeze_rules().id,
        facts=facts_of(institution).as_data(),
        begun_by=actor.user_id,
        begun_at=clock.now(),
        invented=institution.invented,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        raise DomainError("assessment-there-already") from None
    audit.record(actor, "self_assessment.begun", chain=f"institution/{institution.id}")
    db.session.commit()
    return row


def answer(actor: Actor, *, assessment_id: int, answers: Mapping[str, OwnAnswer]) -> SelfAssessment:
    """Write or change answers. Raises NotVisibleError, DomainError: ``assessment-ended``, ``criterion-not-asked``,
    ``level-out-of-scale``, ``text-too-long``."""
    row = _writable(actor, assessment_id)
    asked = {c.code for c in questions.asked(row)}
    there = questions.answers(row.id)
    for code, given in answers.items():
        if code not in asked:
            raise DomainError("criterion-not-asked", field="criterion", status=422)
        if given.level is not None and not 0 <= given.level <= 3:
            raise DomainError("level-out-of-scale", field="level", status=422)
        kept = there.get(code)
        if kept is None:
            kept = SelfAnswer(assessment_id=row.id, criterion=code)
            db.session.add(kept)
        kept.level, kept.not_applicable = given.level, given.level is None
        kept.note = text(given.note, field="note", required=False, longest=NOTE)
        kept.answered_at = clock.now()
    db.session.commit()
    return row


def finish(actor: Actor, *, assessment_id: int) -> SelfAssessment:
    """Nothing changes any more; the result is computed by the rules frozen at the beginning.

    Raises NotVisibleError, DomainError: ``assessment-ended``, ``assessment-incomplete`` (count).
    """
    row = _writable(actor, assessment_id)
    missing = sum(p.asked - p.answered for p in questions.progress(row))
    if missing:
        raise DomainError("assessment-incomplete", count=missing)
    rules = RuleSet.of(row.rules.content)
    card = score(questions.checklist_of(row), rules, questions.inputs(row.id), Facts.of(row.facts))
    row.level, row.score, row.card = card.level, card.score, card.as_data()
    row.submitted_at = clock.now()
    audit.record(
        actor,
        "self_assessment.submitted",
        chain=f"institution/{row.institution_id}",
        level=card.level,
        score=None if card.score is None else str(card.score),
        sha256=card.sha256,
    )
    db.session.commit()
    return row


def _writable(actor: Actor, assessment_id: int) -> SelfAssessment:
    require(actor, Permission.ASSESS_OWN_INSTITUTION)
    row = questions.own(actor, assessment_id)
    if row.submitted_at is not None:
        raise DomainError("assessment-ended")
    return row
