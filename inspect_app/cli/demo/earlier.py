"""What the directors of the demonstration did before the last visit: a self-assessment, and a plan that has ended since."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select

from inspect_app.adapters import clock
from inspect_app.cli.demo import pictures
from inspect_app.cli.demo.past import director_of, person
from inspect_app.cli.demo.scribe import actor_of
from inspect_app.domain.actors import Actor
from inspect_app.domain.plans import CHANGEABLE
from inspect_app.models import Answer, Inspection, Institution, db
from inspect_app.queries import self_assessments as questions
from inspect_app.services import findings
from inspect_app.services import plans as deeds
from inspect_app.services import self_assessments as own

#: Who helps with what in the demonstration (ours).
HELPERS = {
    "works": "indh",
    "equipment": "indh",
    "training": "entraide",
    "staffing": "association",
    "funding": "commune",
    "procedures": "entraide",
    "legal": "ministry",
    "coordination": "commune",
}
#: How many actions of the earlier plan were done before the next visit (ours).
DONE = 0.7
_CARRIED = "نُقل إلى المخطط الموالي (نموذج)"
_MOST_BYTES = 8 * 1024 * 1024


def assessed(institution_id: int) -> None:
    """The director rated the institution three weeks before its last visit, a little higher than inspectors did."""
    director, visits = _of(institution_id)
    last = visits[-1]
    if last.started_at is None:
        return
    found: dict[str, int | None] = {
        code: level
        for code, level in db.session.execute(
            select(Answer.criterion, Answer.level).where(Answer.inspection_id == last.id)
        )
    }
    with clock.frozen(last.started_at - timedelta(days=21)):
        row = own.begin(director, institution_id=institution_id)
        answers = {}
        for criterion in questions.asked(row):
            rng = random.Random(f"{last.uid}/own/{criterion.code}")
            level = found.get(criterion.code, 2)
            higher = rng.choices((0, 1, 2, -1), (0.6, 0.27, 0.05, 0.08))[0]
            answers[criterion.code] = own.OwnAnswer(None if level is None else min(3, max(0, level + higher)))
        own.answer(director, assessment_id=row.id, answers=answers)
        own.finish(director, assessment_id=row.id)


def supported(institution_id: int, support: Actor) -> None:
    """A plan between the last two visits: most of it was done, the last visit settled a part, the rest was carried over."""
    director, visits = _of(institution_id)
    if len(visits) < 2 or visits[-2].final_at is None:
        return
    began = visits[-2].final_at + timedelta(days=10)
    with clock.frozen(began):
        findings.enter_past(institution_id=institution_id)
        plan = deeds.propose_plan(director, institution_id=institution_id)
        for action in plan.actions:
            action.helper = HELPERS.get(action.kind, "")
        for actor in (director, support):
            deeds.agree(actor, plan_id=plan.id, typed=actor.name)
    verifier = actor_of(person("inspector-education"))
    for place, action in enumerate(list(plan.actions)):
        seed = f"{institution_id}/earlier/{place}"
        if random.Random(seed).random() > DONE:
            continue
        at = began + timedelta(days=15 + place, hours=3)
        send = partial(
            deeds.send_proof,
            director,
            plan_id=plan.id,
            action_id=action.id,
            op_id=f"demo-{seed}",
            raw=pictures.room(seed),
            max_bytes=_MOST_BYTES,
        )
        _at(at, send)
        check = partial(deeds.verify, verifier, plan_id=plan.id, action_id=action.id, accepted=True)
        _at(at + timedelta(days=2), check)
    ended = visits[-1].final_at or clock.now()
    with clock.frozen(ended + timedelta(days=1)):
        findings.enter_past(institution_id=institution_id)
        db.session.expire_all()
        for action in [a for a in plan.actions if a.state in CHANGEABLE]:
            deeds.remove_action(support, plan_id=plan.id, action_id=action.id, reason=_CARRIED)
        deeds.close_plan(support, plan_id=plan.id)


def _of(institution_id: int) -> tuple[Actor, list[Inspection]]:
    """Who directs the institution, and its visits with a final report, the oldest first."""
    user = director_of(db.session.get_one(Institution, institution_id))
    if user is None:
        raise RuntimeError("the demonstration's director is missing")
    visits = db.session.scalars(
        select(Inspection)
        .where(Inspection.institution_id == institution_id, Inspection.state == "final")
        .order_by(Inspection.planned_on, Inspection.id)
    )
    return actor_of(user), list(visits)


def _at(instant: datetime, deed: Callable[[], object]) -> None:
    with clock.frozen(instant):
        deed()
