"""A plan as pages and paper show it: each action with the words of the checklist, its finding, and whether it is late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.checklists import Checklist, Criterion
from inspect_app.domain.plans import ActionState, overdue
from inspect_app.domain.texts import Text
from inspect_app.models import Finding, PlanAction, PlanNotice, SupportPlan, db
from inspect_app.queries.frozen import checklist_of
from inspect_app.queries.plans.ground import unmended

#: Columns of the board, and the states that stand in each.
COLUMNS: tuple[tuple[ActionState, tuple[ActionState, ...]], ...] = (
    (ActionState.RETURNED, (ActionState.RETURNED,)),
    (ActionState.PLANNED, (ActionState.PLANNED,)),
    (ActionState.PROOF_SENT, (ActionState.PROOF_SENT,)),
    (ActionState.ACCEPTED, (ActionState.ACCEPTED, ActionState.SETTLED)),
)


@dataclass(frozen=True)
class Shown:
    """An action, and what a reader must know of it. ``criterion`` is None where no checklist at hand has its code."""

    action: PlanAction
    criterion: Criterion | None
    today: date

    @property
    def finding(self) -> Finding | None:
        """The finding that it answers."""
        return self.action.finding

    @property
    def late(self) -> bool:
        """Whether its last day has passed without a proof."""
        return overdue(self.action.state, self.action.due_on, self.today)

    @property
    def title(self) -> Text:
        """What it is about."""
        return self.criterion.title if self.criterion else Text(self.action.criterion, self.action.criterion)

    @property
    def goal(self) -> Text | None:
        """What the checklist says of the level to reach."""
        return self.criterion.levels.get(self.action.target_level) if self.criterion else None

    @property
    def looked_at(self) -> tuple[Text, ...]:
        """What an inspector would look at: the proof that the checklist's words suggest."""
        if self.criterion is None:
            return ()
        return tuple(v.text for v in self.criterion.verify if v.method in ("document", "observation"))


def shown(plan: SupportPlan) -> list[Shown]:
    """The actions of a plan in their order, those taken out left out."""
    checklists = [checklist_of(plan.inspection)]
    today = clock.today()
    return [
        Shown(action, _criterion(action, checklists), today)
        for action in plan.actions
        if action.state != ActionState.REMOVED
    ]


def shown_one(plan: SupportPlan, action: PlanAction) -> Shown:
    """One of its actions."""
    return Shown(action, _criterion(action, [checklist_of(plan.inspection)]), clock.today())


def unanswered(plan: SupportPlan) -> list[tuple[Finding, Text]]:
    """Findings that no action of the plan answers, with what they are about: opened after it was proposed."""
    answered = {a.finding_id for a in plan.actions if a.state != ActionState.REMOVED}
    found = [f for f in unmended(plan.institution_id) if f.id not in answered]
    return [(f, _title(checklist_of(f.last), f.criterion)) for f in found]


def board(actions: Sequence[Shown]) -> list[tuple[str, list[Shown]]]:
    """The actions by column."""
    return [(column.value, [a for a in actions if a.action.state in states]) for column, states in COLUMNS]


def by_month(actions: Sequence[Shown]) -> list[tuple[date, list[Shown]]]:
    """The actions by the month of their last day, in the order of days."""
    months: dict[date, list[Shown]] = {}
    for one in sorted(actions, key=lambda a: (a.action.due_on, a.action.position)):
        months.setdefault(one.action.due_on.replace(day=1), []).append(one)
    return list(months.items())


def notices_for(actor: Actor) -> list[PlanNotice]:
    """The last reminder that the actor was given of each action that still waits, the nearest deadline first."""
    rows = db.session.scalars(
        select(PlanNotice)
        .join(PlanAction, PlanAction.id == PlanNotice.action_id)
        .where(PlanNotice.user_id == actor.user_id, PlanNotice.due_on == PlanAction.due_on)
        .where(PlanAction.state.in_((ActionState.PLANNED.value, ActionState.RETURNED.value)))
        .options(joinedload(PlanNotice.action).joinedload(PlanAction.plan).joinedload(SupportPlan.institution))
        .order_by(PlanNotice.id)
    )
    last = {row.action_id: row for row in rows}
    return sorted(last.values(), key=lambda n: (n.due_on, n.id))


def title_of(action: PlanAction) -> Text:
    """What an action is about, in the words of the checklist from which its plan was proposed."""
    return _title(checklist_of(action.plan.inspection), action.criterion)


def _criterion(action: PlanAction, checklists: list[Checklist]) -> Criterion | None:
    found = [*checklists, *([checklist_of(action.finding.last)] if action.finding else [])]
    for checklist in found:
        try:
            return checklist.criterion(action.criterion)
        except KeyError:
            continue
    return None


def _title(checklist: Checklist, code: str) -> Text:
    try:
        return checklist.criterion(code).title
    except KeyError:
        return Text(code, code)
