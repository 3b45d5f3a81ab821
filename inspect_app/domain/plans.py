"""Support plans: what is proposed, who may do what with a plan and its actions, and what an action's state means."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from inspect_app.domain.audit import canonical
from inspect_app.domain.errors import DomainError
from inspect_app.domain.findings_register import FindingState
from inspect_app.domain.folding import fold


class PlanState(StrEnum):
    """Where a plan stands."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    CLOSED = "closed"


class ActionState(StrEnum):
    """Where an action stands."""

    PLANNED = "planned"
    PROOF_SENT = "proof_sent"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    SETTLED = "settled"  # a visit found it in order
    REMOVED = "removed"


class Why(StrEnum):
    """Why an action stands where it stands: the order in which a plan is proposed."""

    WAY = "way"
    CRITICAL = "critical"
    OTHER = "other"


class Helper(StrEnum):
    """Who helps (programme, measures 65–67: partners; and those who pay in practice)."""

    MINISTRY = "ministry"
    ENTRAIDE = "entraide"
    INDH = "indh"
    COMMUNE = "commune"
    COUNCIL = "council"
    ASSOCIATION = "association"
    HEALTH = "health"
    EDUCATION = "education"
    JUSTICE = "justice"
    OTHER = "other"


class Funding(StrEnum):
    """Who pays, when it is known."""

    OWN = "own"
    ASSOCIATION = "association"
    ENTRAIDE = "entraide"
    MINISTRY = "ministry"
    INDH = "indh"
    COMMUNE = "commune"
    COUNCIL = "council"
    DONOR = "donor"
    OTHER = "other"


#: Kinds of support, as the checklists name them (``schemas/checklists.py``).
KINDS = ("procedures", "training", "staffing", "works", "equipment", "funding", "legal", "coordination")


class Deed(StrEnum):
    """What a person does with a plan, or with one of its actions."""

    CHANGE = "change"  # add, change or remove an action
    AGREE = "agree"
    SEND_PROOF = "send-proof"
    VERIFY = "verify"
    CLOSE = "close"


class Side(StrEnum):
    """As what somebody acts on a plan. Nobody is on both sides."""

    DIRECTOR = "director"
    OFFICER = "officer"
    INSPECTOR = "inspector"


#: Who may do what, before the state is looked at.
DOERS: Mapping[Deed, frozenset[Side]] = {
    Deed.CHANGE: frozenset({Side.DIRECTOR, Side.OFFICER}),
    Deed.AGREE: frozenset({Side.DIRECTOR, Side.OFFICER}),
    Deed.SEND_PROOF: frozenset({Side.DIRECTOR, Side.OFFICER}),
    Deed.VERIFY: frozenset({Side.OFFICER, Side.INSPECTOR}),
    Deed.CLOSE: frozenset({Side.OFFICER}),
}

#: Actions that still wait for somebody.
WAITING = frozenset({ActionState.PLANNED, ActionState.PROOF_SENT, ActionState.RETURNED})
#: Actions whose text may still change: no proof is being looked at, none was accepted.
CHANGEABLE = frozenset({ActionState.PLANNED, ActionState.RETURNED})


@dataclass(frozen=True)
class PlanNow:
    """What the rules of a deed on the plan as a whole look at."""

    state: PlanState
    sides: frozenset[Side]
    actions: int = 0  # that were not removed
    waiting: int = 0
    signed: frozenset[Side] = frozenset()


@dataclass(frozen=True)
class ActionNow:
    """What the rules of a deed on one action look at; ``owner`` and ``sender``: whether the one who asks is that one."""

    state: ActionState
    owner: bool = False
    sender: bool = False
    proofs: int = 0


#: Proofs on one action.
MOST_PROOFS = 12


def refusal(deed: Deed, plan: PlanNow, action: ActionNow | None = None) -> tuple[str, int] | None:
    """Why this person may not do this now: code of the sentence and status; None where they may."""
    if not plan.sides & DOERS[deed]:
        return f"not-yours-{deed}", 403
    if plan.state is PlanState.CLOSED:
        return "plan-closed", 409
    if deed is Deed.AGREE:
        return _against_agreeing(plan)
    if deed is Deed.CLOSE and plan.waiting:
        return "actions-waiting", 409
    if action is None:
        return None
    if deed is Deed.CHANGE and action.state not in CHANGEABLE:
        return "action-not-changeable", 409
    if deed is Deed.SEND_PROOF:
        if action.state not in WAITING:
            return "action-ended", 409
        if action.proofs >= MOST_PROOFS:
            return "proofs-too-many", 409
    if deed is Deed.VERIFY:
        if action.state is not ActionState.PROOF_SENT:
            return "nothing-to-verify", 409
        if action.owner or action.sender:
            return "own-proof", 403
    return None


def _against_agreeing(plan: PlanNow) -> tuple[str, int] | None:
    if plan.state is PlanState.AGREED:
        return "already-agreed", 409
    if not plan.actions:
        return "plan-empty", 409
    if plan.sides <= plan.signed:
        return "already-signed", 409
    return None


def check_signature(typed: str, names: Iterable[str]) -> None:
    """Whoever signs types their own name, in one of the scripts in which it is known. Raises DomainError."""
    if not typed.strip():
        raise DomainError("signature-missing", field="typed", status=422)
    if fold(typed) not in {fold(name) for name in names if name}:
        raise DomainError("signature-differs", field="typed", status=422)


def digest(actions: Sequence[Mapping[str, Any]]) -> str:
    """SHA-256 (hex) of what both sides sign: the actions as plain JSON, in their order."""
    return hashlib.sha256(canonical(list(actions)).encode()).hexdigest()


@dataclass(frozen=True)
class Answerable:
    """A criterion that a plan may answer: a finding, or (without one) a step of the way to the next level.

    ``due_on``: its last day by policy.
    """

    finding_id: int | None
    criterion: str
    severity: str
    support: str
    due_on: date
    rank: int  # its place among the findings: the heaviest first


@dataclass(frozen=True)
class Proposed:
    """An action as the rules propose it."""

    finding_id: int | None
    criterion: str
    why: Why
    kind: str
    target: int
    due_on: date


def propose(
    findings: Sequence[Answerable], way: Mapping[str, int], *, met_from: int, earliest: Mapping[str, date]
) -> tuple[Proposed, ...]:
    """An action for each finding: the way to the next level first, then what is critical, then the others.

    ``way``: criterion → level that the way to the next level asks; ``met_from``: the lowest level that is no finding. A
    last day before ``earliest`` (by severity) becomes that day: nobody agrees to what is already late.
    """
    order = list(Why)

    def why(finding: Answerable) -> Why:
        if finding.criterion in way:
            return Why.WAY
        return Why.CRITICAL if finding.severity == "critical" else Why.OTHER

    ranked = sorted(findings, key=lambda f: (order.index(why(f)), f.severity != "critical", f.rank))
    return tuple(
        Proposed(
            finding_id=f.finding_id,
            criterion=f.criterion,
            why=why(f),
            kind=f.support,
            target=max(way.get(f.criterion, met_from), met_from),
            due_on=max(f.due_on, earliest[f.severity]),
        )
        for f in ranked
    )


def finding_state(state: str, actions: Iterable[str], *, agreed: bool) -> FindingState:
    """The state of a finding that actions answer. A closed finding stays closed; removed actions count for nothing."""
    if state == FindingState.CLOSED:
        return FindingState.CLOSED
    left = [ActionState(a) for a in actions if a != ActionState.REMOVED]
    if not left:
        return FindingState.OPEN
    if all(a in (ActionState.ACCEPTED, ActionState.SETTLED) for a in left):
        return FindingState.VERIFIED
    if ActionState.RETURNED in left:
        return FindingState.RETURNED
    if ActionState.PROOF_SENT in left:
        return FindingState.PROOF_SENT
    return FindingState.IN_HAND if agreed else FindingState.OPEN


def overdue(state: str, due_on: date, today: date) -> bool:
    """Whether an action is late: its last day has passed and nobody has sent a proof that is being looked at."""
    return due_on < today and state in (ActionState.PLANNED, ActionState.RETURNED)
