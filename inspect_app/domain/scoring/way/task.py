"""What a level asks beyond the present answers, as a small problem in whole numbers: raise some criteria by some steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from inspect_app.domain.scoring.position import Limit, Position, Standing


@dataclass(frozen=True)
class Kind:
    """Criteria that are alike in everything that matters here; ``places`` in the checklist's order."""

    domain: int
    unit: int  # points of the domain for each step
    cap: int  # steps up to fully met
    floor: int  # steps that a gate of one forces on it; 0: it may stay
    effort: int
    marks: tuple[int, ...]  # for each count: at how many steps it counts; 0: never
    places: tuple[int, ...]


@dataclass(frozen=True)
class Count:
    """A gate of several: at least ``least`` of these criteria must rise by so many steps (place → steps)."""

    steps: Mapping[int, int]
    least: int


@dataclass(frozen=True)
class Task:
    """The least of everything that reaches a level. Points are counted from where the answers stand now."""

    kinds: tuple[Kind, ...]
    shares: tuple[int, ...]  # points of the whole per point of a domain; at least 1, see ``task``
    domain_needs: tuple[int, ...]
    need: int
    counts: tuple[Count, ...]
    base: int  # one more than the greatest number of steps
    places: int  # how many criteria there are in the checklist

    @cached_property
    def digit(self) -> int:
        """Binary digits of a number of steps."""
        return (self.base - 1).bit_length()

    @cached_property
    def width(self) -> int:
        """Binary digits of a number of criteria."""
        return self.places.bit_length() + 1


def task(position: Position, target: int, effort: Mapping[str, int] | None) -> "Task | tuple[Limit, ...]":
    """The problem of reaching a rank; or, where criteria alone cannot reach it, the limits in the way (none: the score).

    A domain that weighs nothing in the whole gets a share so small that it never helps to reach a threshold: it only
    decides between ways that are equal in all else.
    """
    limits = [limit for limit in position.limits if limit.cap < target]
    stuck = tuple(limit for limit in limits if _stuck(limit, position))
    domains = position.domains
    most = sum(d.full * d.share for d in domains)
    if stuck or most < position.thresholds[target]:
        return stuck
    needs = [0] * len(domains)
    for limit in limits:
        for i, least in (limit.asks or {}).items():
            needs[i] = max(needs[i], least - domains[i].points)
    floors, counts = _gates(limits, position.standings)
    grain = 1 + sum(d.full for d in domains if not d.share)
    shares = tuple(d.share * grain or 1 for d in domains)
    return Task(
        kinds=_kinds(position, floors, counts, effort),
        shares=shares,
        domain_needs=tuple(needs),
        need=max(0, position.thresholds[target] - position.points) * grain,
        counts=tuple(counts),
        base=position.rules.maximum + 1,
        places=1 + max((s.place for s in position.standings), default=0),
    )


def _stuck(limit: Limit, position: Position) -> bool:
    """Whether it holds even where every answered criterion is fully met."""
    full = dict.fromkeys((s.place for s in position.standings), position.rules.maximum)
    return limit.holds(full, [d.full for d in position.domains])


def _gates(limits: list[Limit], standings: tuple[Standing, ...]) -> tuple[dict[int, int], list[Count]]:
    """What gates on answers force on single criteria, and what remains of those that leave a choice."""
    levels = {s.place: s.level for s in standings}
    open_: list[Count] = []
    for limit in limits:
        if limit.above is not None:
            steps = {p: least - levels[p] for p, least in limit.above.items() if levels[p] < least}
            open_.append(Count(steps, len(steps) - limit.spare))
    floors: dict[int, int] = {}
    while True:
        forced = False
        left: list[Count] = []
        for count in open_:
            steps = {p: n for p, n in count.steps.items() if floors.get(p, 0) < n}
            least = count.least - (len(count.steps) - len(steps))
            if least <= 0:
                continue
            if least == len(steps):
                forced = True
                for place, n in steps.items():
                    floors[place] = max(n, floors.get(place, 0))
            else:
                left.append(Count(steps, least))
        open_ = left
        if not forced:
            return floors, _undominated(open_)


def _undominated(counts: list[Count]) -> list[Count]:
    """Without those that another one implies: its criteria are among theirs, it asks as much of each and of as many."""
    kept: list[Count] = []
    for i, count in enumerate(counts):
        others = kept + counts[i + 1 :]
        if not any(
            other.least >= count.least
            and all(place in count.steps and n >= count.steps[place] for place, n in other.steps.items())
            for other in others
        ):
            kept.append(count)
    return kept


def _kinds(
    position: Position, floors: Mapping[int, int], counts: list[Count], effort: Mapping[str, int] | None
) -> tuple[Kind, ...]:
    alike: dict[tuple[int, int, int, int, int, tuple[int, ...]], list[int]] = {}
    for s in position.standings:
        cap = position.rules.maximum - s.level
        if cap:
            marks = tuple(count.steps.get(s.place, 0) for count in counts)
            cost = 1 if effort is None else effort[s.criterion.code]
            if cost < 1:
                raise ValueError(f"{s.criterion.code}: an effort is a whole number of at least 1, not {cost}")
            key = (s.domain, s.weight, cap, floors.get(s.place, 0), cost, marks)
            alike.setdefault(key, []).append(s.place)
    return tuple(Kind(*key, tuple(places)) for key, places in alike.items())
