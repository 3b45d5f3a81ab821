"""Compliance over time, in figures: how long until conform, and what support changed. Exact: no binary fractions."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import median

from inspect_app.domain.rounding import rounded

_SEVERITIES = ("critical", "major", "minor")


@dataclass(frozen=True)
class Mended:
    """A finding as far as time goes. ``closed_on``: the day of the visit that found it in order, None before."""

    severity: str
    opened_on: date
    due_on: date
    closed_on: date | None
    verified_on: date | None


@dataclass(frozen=True)
class TimeToConformity:
    """Findings of one severity: how many, how many a visit closed, after how many days (median), how many are late."""

    severity: str
    found: int
    closed: int
    days: int | None
    in_time: int  # closed, and verified or closed by their last day
    late: int  # not verified, not closed, and their last day has passed


def times_to_conformity(findings: Sequence[Mended], today: date) -> tuple[TimeToConformity, ...]:
    """For each severity that occurs, the gravest first."""
    rows = []
    for severity in _SEVERITIES:
        these = [f for f in findings if f.severity == severity]
        if not these:
            continue
        closed = [f for f in these if f.closed_on is not None]
        days = sorted((f.closed_on - f.opened_on).days for f in closed if f.closed_on)
        rows.append(
            TimeToConformity(
                severity=severity,
                found=len(these),
                closed=len(closed),
                days=int(median(days)) if days else None,
                in_time=sum((f.verified_on or f.closed_on or date.max) <= f.due_on for f in closed),
                late=sum(f.closed_on is None and f.verified_on is None and f.due_on < today for f in these),
            )
        )
    return tuple(rows)


@dataclass(frozen=True)
class Supported:
    """An action whose criterion a later visit looked at: its levels and the institution's scores before and after."""

    kind: str
    helper: str
    done: bool  # its proof was accepted before that visit
    before: int
    after: int
    score_before: Decimal | None
    score_after: Decimal | None
    plan_id: int


@dataclass(frozen=True)
class Effect:
    """Actions of one kind, or of one helper: mean levels of their criteria before and after, and the institutions' scores."""

    code: str
    done: bool
    actions: int
    before: Decimal
    after: Decimal
    conform: int  # criteria that the later visit found met
    plans: int
    score_before: Decimal | None
    score_after: Decimal | None

    @property
    def gain(self) -> Decimal:
        """By how much the mean level moved."""
        return self.after - self.before


def effects(actions: Iterable[Supported], by: Callable[[Supported], str], *, met_from: int) -> tuple[Effect, ...]:
    """The effect of support by whatever ``by`` answers; what was done beside what was not, so that both are seen together."""
    groups: dict[tuple[str, bool], list[Supported]] = {}
    for action in actions:
        groups.setdefault((by(action), action.done), []).append(action)
    found = []
    for (code, done), these in sorted(groups.items(), key=lambda item: (item[0][0], not item[0][1])):
        plans = {a.plan_id: a for a in these}
        scored = [a for a in plans.values() if a.score_before is not None and a.score_after is not None]
        found.append(
            Effect(
                code=code,
                done=done,
                actions=len(these),
                before=_mean([Fraction(a.before) for a in these]),
                after=_mean([Fraction(a.after) for a in these]),
                conform=sum(a.after >= met_from for a in these),
                plans=len(plans),
                score_before=_mean([Fraction(a.score_before) for a in scored if a.score_before is not None])
                if scored
                else None,
                score_after=_mean([Fraction(a.score_after) for a in scored if a.score_after is not None])
                if scored
                else None,
            )
        )
    return tuple(found)


def _mean(values: Sequence[Fraction]) -> Decimal:
    return rounded(sum(values, Fraction(0)) / len(values), 2, "half-up")
