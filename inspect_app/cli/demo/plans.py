"""Findings and support plans of the demonstration: each state of a plan and of an action, made by the deeds themselves."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from sqlalchemy import exists, select

from inspect_app.adapters import clock
from inspect_app.cli.demo import earlier, pictures
from inspect_app.cli.demo.earlier import HELPERS
from inspect_app.cli.demo.past import director_of, person
from inspect_app.cli.demo.scribe import actor_of
from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import DomainError
from inspect_app.models import Institution, PlanAction, SupportPlan, db
from inspect_app.services import findings
from inspect_app.services import plans as deeds
from inspect_app.services.plans.reminding import run_reminders

#: Last days of the first actions, in days from today (ours): late, soon, later.
DAYS = (-9, -1, 0, 5, 7, 12, 14, 20, 28, 35)
#: What happens to the actions of the agreed plan, by place (ours).
STORY = ("late", "returned", "sent", "planned", "accepted", "sent", "accepted", "planned", "accepted")
_RETURNED = "الصورة لا تُظهر تاريخ الإصلاح. المرجو إرسال الفاتورة أو صورة أوضح."
_SHOWN = "بعد الإصلاح (نموذج)"
_MOST_BYTES = 8 * 1024 * 1024


def load_plans(parts: dict[str, int]) -> dict[str, int]:
    """Enter all past reports into the register, then make the plans that are not there; what was made."""
    if db.session.scalar(select(exists().where(SupportPlan.invented))):
        return findings.enter_past()
    support = actor_of(person("support"))
    for institution_id in dict.fromkeys((parts["draft"], parts["responding"])):
        earlier.assessed(institution_id)
        _played(earlier.supported, institution_id, support)
    made = findings.enter_past()
    plays = (("draft", _agreed), ("responding", _half_signed), ("accepted", _proposed), ("double", _closed))
    cast: set[int] = set()
    for part, play in plays:  # in a small demonstration one institution has several parts
        if parts[part] not in cast:
            cast.add(parts[part])
            _played(play, parts[part], support)
    run_reminders()
    made["plans"] = len(db.session.scalars(select(SupportPlan.id).where(SupportPlan.invented)).all())
    return made


def _played(play: Callable[[int, Actor], None], institution_id: int, support: Actor) -> None:
    """Play it, unless chance gave the institution a visit without a finding."""
    try:
        play(institution_id, support)
    except DomainError as error:
        if error.code != "nothing-to-mend":
            raise
        db.session.rollback()


def _agreed(institution_id: int, support: Actor) -> None:
    """Signed by both two months ago; its actions stand everywhere between late and accepted."""
    user = director_of(db.session.get_one(Institution, institution_id))
    if user is None:
        raise RuntimeError("the demonstration's director is missing")
    director, began = actor_of(user), clock.now() - timedelta(days=70)
    with clock.frozen(began):
        plan = deeds.propose_plan(director, institution_id=institution_id)
    actions = list(plan.actions)
    for place, action in enumerate(actions):
        days = DAYS[place] if place < len(DAYS) else 40 + 3 * place
        _at(began + timedelta(days=1, minutes=place), partial(_settle, support, action, days))
    for place, actor in enumerate((director, support)):
        _at(
            began + timedelta(days=6, hours=place),
            partial(deeds.agree, actor, plan_id=plan.id, typed=actor.name),
        )
    for place, (action, story) in enumerate(zip(actions, STORY, strict=False)):
        if story in ("late", "planned"):
            continue
        sent = clock.now() - timedelta(days=9 - place, hours=3)
        _at(sent, partial(_prove, director, action, f"{institution_id}/{place}"))
        if story != "sent":
            _at(sent + timedelta(days=1), partial(_verify, support, action, story == "accepted"))


def _proposed(institution_id: int, support: Actor) -> None:
    """As the rules proposed it; nobody has touched it."""
    _at(clock.now() - timedelta(days=5), partial(deeds.propose_plan, support, institution_id=institution_id))


def _half_signed(institution_id: int, support: Actor) -> None:
    """Proposed and signed by the support officer; the director has still to read it."""
    began = clock.now() - timedelta(days=12)
    with clock.frozen(began):
        plan = deeds.propose_plan(support, institution_id=institution_id)
    for place, action in enumerate(list(plan.actions)):
        _at(began + timedelta(hours=1, minutes=place), partial(_settle, support, action, 9 + 4 * place))
    _at(began + timedelta(days=1), partial(deeds.agree, support, plan_id=plan.id, typed=support.name))


def _closed(institution_id: int, support: Actor) -> None:
    """Everything was proven, verified by an inspector, and the plan closed."""
    inspector, began = actor_of(person("inspector-education")), clock.now() - timedelta(days=120)
    with clock.frozen(began):
        plan = deeds.propose_plan(support, institution_id=institution_id)
    for place, action in enumerate(list(plan.actions)):
        at = began + timedelta(days=20 + place, hours=2)
        _at(at, partial(_prove, support, action, f"{institution_id}/{place}"))
        _at(at + timedelta(days=3), partial(_verify, inspector, action, True))
    _at(began + timedelta(days=110), partial(deeds.close_plan, support, plan_id=plan.id))


def _settle(actor: Actor, action: PlanAction, days: int) -> None:
    """Who helps, what it costs, and by when: as both sides talked it over."""
    rng = random.Random(f"plan/{action.criterion}")
    given = deeds.ActionInput(**{name: getattr(action, name) for name in deeds.ActionInput.__dataclass_fields__})
    helper = HELPERS.get(action.kind, "")
    costs = action.kind in ("works", "equipment", "funding")
    deeds.change_action(
        actor,
        plan_id=action.plan_id,
        action_id=action.id,
        given=replace(
            given,
            due_on=clock.wall().astimezone(clock.CASABLANCA).date() + timedelta(days=days),
            helper=helper,
            cost=Decimal(rng.randrange(20, 900) * 100) if costs else None,
            funding=helper if costs and helper in ("indh", "commune") else "",
        ),
    )


def _prove(actor: Actor, action: PlanAction, seed: str) -> None:
    deeds.send_proof(
        actor,
        plan_id=action.plan_id,
        action_id=action.id,
        op_id=f"demo-{seed}",
        raw=pictures.room(seed),
        words=_SHOWN,
        max_bytes=_MOST_BYTES,
    )


def _verify(actor: Actor, action: PlanAction, accepted: bool) -> None:
    deeds.verify(
        actor,
        plan_id=action.plan_id,
        action_id=action.id,
        accepted=accepted,
        verdict="" if accepted else _RETURNED,
    )


def _at(instant: datetime, deed: Callable[[], object]) -> None:
    with clock.frozen(instant):
        deed()
