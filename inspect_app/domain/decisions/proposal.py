"""The proposal that the rules compute, with its reasons: score card, its limits, past decisions, support plan.

Nothing here decides: a committee deliberates, an officer proposes, a signatory signs. Whoever departs from what is
computed writes down why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inspect_app.domain.decisions.outcomes import LADDER, Outcome, rank
from inspect_app.domain.decisions.policy import DecisionPolicy, Limit
from inspect_app.domain.errors import DomainError
from inspect_app.domain.texts import Text


@dataclass(frozen=True)
class PlanFacts:
    """How far the support plan is; all zero without one."""

    actions: int = 0
    verified: int = 0
    overdue_critical: int = 0


@dataclass(frozen=True)
class Grounds:
    """What a proposal is computed from. ``card`` is the final score card (its JSON) of the visit ``reference``."""

    card: Mapping[str, Any]
    reference: str
    recurrent_critical: int = 0
    past: tuple[str, ...] = ()  # outcomes of past decisions on visits, oldest first
    plan: PlanFacts | None = None

    def facts(self) -> dict[str, int]:
        """The numbers that limits of the policy ask for."""
        return {
            "recurrent_critical": self.recurrent_critical,
            "overdue_critical_actions": self.plan.overdue_critical if self.plan else 0,
            "provisional_in_a_row": in_a_row(self.past, "provisional"),
            "conditional_in_a_row": in_a_row(self.past, "conditional"),
        }


@dataclass(frozen=True)
class Reason:
    """Why the proposal is what it is. ``basis``: card, rules or policy; ``source`` None while it is only policy."""

    code: str
    basis: str
    binds: bool
    caps_at: str | None
    source: str | None
    text: Text
    params: Mapping[str, Any]

    def as_data(self) -> dict[str, Any]:
        """Plain JSON."""
        return {
            "code": self.code,
            "basis": self.basis,
            "binds": self.binds,
            "caps_at": self.caps_at,
            "source": self.source,
            "text": self.text.as_dict(),
            "params": dict(self.params),
        }


@dataclass(frozen=True)
class Condition:
    """A finding that has to be mended within so many days of the decision."""

    criterion: str
    severity: str
    days: int

    def as_data(self) -> dict[str, Any]:
        """Plain JSON."""
        return {"criterion": self.criterion, "severity": self.severity, "days": self.days}


@dataclass(frozen=True)
class Proposal:
    """What the rules propose."""

    outcome: Outcome
    reasons: tuple[Reason, ...]
    conditions: tuple[Condition, ...]
    validity_months: int

    def as_data(self) -> dict[str, Any]:
        """Plain JSON, as kept with the dossier."""
        return {
            "outcome": str(self.outcome),
            "reasons": [reason.as_data() for reason in self.reasons],
            "conditions": [condition.as_data() for condition in self.conditions],
            "validity_months": self.validity_months,
        }


def in_a_row(past: Sequence[str], outcome: str) -> int:
    """How many decisions, counted back from the last, had this outcome without another between."""
    found = 0
    for before in reversed(past):
        if before != outcome:
            break
        found += 1
    return found


def propose(grounds: Grounds, policy: DecisionPolicy) -> Proposal:
    """The proposal for a dossier after a visit. Raises DomainError("card-without-level")."""
    card = grounds.card
    if card["level"] is None:
        raise DomainError("card-without-level", status=409)
    outcome = Outcome(card["level"])
    reasons = [_of_card(grounds, outcome), *(_of_gate(gate) for gate in card["gates"])]
    facts = grounds.facts()
    for limit in policy.limits:
        if facts.get(limit.fact, 0) < limit.at_least or limit.only_at not in (None, str(outcome)):
            continue
        binds = rank(limit.caps_at) < rank(outcome)
        if binds:
            reasons = [_unbound(reason) for reason in reasons]
            outcome = LADDER[rank(limit.caps_at)]
        reasons.append(_of_limit(limit, facts[limit.fact], binds))
    return Proposal(outcome, tuple(reasons), conditions(card, outcome, policy), policy.validity_months[str(outcome)])


def conditions(card: Mapping[str, Any], outcome: Outcome | str, policy: DecisionPolicy) -> tuple[Condition, ...]:
    """What a provisional or conditional decision asks for: the findings of the severities that the policy names."""
    if str(outcome) not in policy.conditions_of:
        return ()
    found = [f for f in card["findings"] if f["severity"] in policy.condition_days]
    order = list(policy.condition_days)
    found.sort(key=lambda f: (order.index(f["severity"]), f["criterion"]))
    return tuple(Condition(f["criterion"], f["severity"], policy.condition_days[f["severity"]]) for f in found)


def departs(outcome: str, *, computed: str | None, committee: str | None) -> frozenset[str]:
    """From what a proposed outcome departs: what the rules computed, what the committee found; empty: from nothing."""
    found = {"computed": computed, "committee": committee}
    return frozenset(name for name, other in found.items() if other is not None and other != outcome)


def check_departure(outcome: str, reason: str, *, computed: str | None, committee: str | None) -> frozenset[str]:
    """From what the outcome departs. Raises DomainError("departure-without-reason") at the field."""
    found = departs(outcome, computed=computed, committee=committee)
    if found and not reason.strip():
        raise DomainError("departure-without-reason", field="departure_reason", status=422)
    return found


def _of_card(grounds: Grounds, outcome: Outcome) -> Reason:
    names = {
        "ar": ("مرفوض", "مؤقت", "مشروط", "معتمد", "معتمد بامتياز"),
        "fr": ("refusé", "provisoire", "sous conditions", "accrédité", "accrédité avec distinction"),
        "en": ("refused", "provisional", "conditional", "accredited", "accredited with distinction"),
    }
    at, score, visit = rank(outcome), grounds.card["score"], grounds.reference
    by_gate = any(gate.get("binding") for gate in grounds.card["gates"])
    return Reason(
        code="card",
        basis="card",
        binds=not by_gate,
        caps_at=None,
        source=None,
        text=Text(
            ar=f"بطاقة التنقيط النهائية للزيارة {visit}: المستوى «{names['ar'][at]}»، النتيجة {score} %.",
            fr=f"Fiche de résultat définitive de la visite {visit} : niveau « {names['fr'][at]} », résultat {score} %.",
            en=f"Final score card of visit {visit}: level “{names['en'][at]}”, score {score}%.",
        ),
        params={"level": str(outcome), "score": score, "visit": visit},
    )


def _of_gate(gate: Mapping[str, Any]) -> Reason:
    return Reason(
        code=gate["code"],
        basis="rules",
        binds=bool(gate.get("binding")),
        caps_at=gate["caps_at"],
        source=None,
        text=Text.of(gate["explanation"]),
        params={"criteria": list(gate["criteria"])},
    )


def _of_limit(limit: Limit, count: int, binds: bool) -> Reason:
    said = {language: sentence.replace("{count}", str(count)) for language, sentence in limit.text.as_dict().items()}
    return Reason(limit.code, "policy", binds, limit.caps_at, limit.source, Text.of(said), {"count": count})


def _unbound(reason: Reason) -> Reason:
    """What bound before something stricter was found no longer does."""
    return Reason(reason.code, reason.basis, False, reason.caps_at, reason.source, reason.text, reason.params)
