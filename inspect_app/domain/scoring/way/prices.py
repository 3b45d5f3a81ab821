"""Prices: a lower bound of the cost of any way, and for every choice how much it stands above that bound at least.

Linear relaxation by Lagrange multipliers in whole numbers. Any prices give a valid bound, good prices a sharp one: points are
bought by falling worth, first what each domain must have, then what the whole still needs. Whatever lies above the
bound by more than a known solution allows cannot be part of a best one, which is why the search stays small *and* exact.
"""

from collections.abc import Callable
from dataclasses import dataclass

from inspect_app.domain.scoring.way.task import Kind, Task

#: Sharper prices would cost more time than they save.
_HALVINGS = 6


@dataclass(frozen=True)
class Tariff:
    """What a solution costs: so much for each criterion changed and for each step of a kind, in units of ``2**bits``."""

    bits: int
    each: int
    steps: tuple[int, ...]  # per kind

    def of(self, number: int, k: int, steps: int) -> int:
        """The cost of ``k`` criteria of a kind raised by so many steps together."""
        return self.each * k + self.steps[number] * steps


@dataclass(frozen=True)
class Prices:
    """Multipliers and the bound that follows from them (in units of ``2**bits`` of the tariff)."""

    tariff: Tariff
    whole: int  # price of one point of the whole
    domains: tuple[int, ...]  # price of one point of a domain: its part of the whole and what it is worth by itself
    alone: tuple[int, ...]  # … by itself
    counts: tuple[int, ...]
    least: tuple[int, ...]  # per kind: the lowest reduced cost of one criterion
    bound: int

    def reduced(self, kind: Kind, number: int, x: int) -> int:
        """The cost of raising one criterion of a kind by ``x`` steps, less what that is worth at these prices."""
        tariff = self.tariff
        cost = (tariff.steps[number] - self.domains[kind.domain] * kind.unit) * x
        if x:
            cost += tariff.each
            for price, mark in zip(self.counts, kind.marks, strict=True):
                if 0 < mark <= x:
                    cost -= price
        return cost


def tariff_bits(task: Task) -> int:
    """Enough binary digits for prices per point to be sharp."""
    most = max((task.shares[k.domain] * k.unit * k.cap for k in task.kinds), default=1)
    return most.bit_length() + 24


def options(kind: Kind) -> range:
    """By how many steps a criterion of this kind may rise."""
    return range(kind.floor, kind.cap + 1)


def prices(task: Task, tariff: Tariff, counts: tuple[int, ...]) -> Prices:
    """The best prices of points for given prices of counts."""
    segments: list[list[tuple[int, int]]] = [[] for _ in task.shares]  # (cost per point, points) by domain
    points = [0] * len(task.shares)
    rewards: dict[tuple[tuple[int, ...], int], list[int]] = {}  # kinds share their marks: reckoned once for all of them
    for kind in task.kinds:
        if any(kind.marks) and (kind.marks, kind.cap) not in rewards:
            rewards[kind.marks, kind.cap] = _rewards(kind, counts)
    for number, kind in enumerate(task.kinds):
        n, mine = len(kind.places), segments[kind.domain]
        if any(kind.marks):
            start, found = _hull(kind, number, tariff, rewards[kind.marks, kind.cap])
            mine += [(slope, gain * n) for slope, gain in found]
        else:
            start = kind.floor
            if kind.unit and kind.cap > start:
                cost = tariff.steps[number] * (kind.cap - start) + (0 if start else tariff.each)
                gain = kind.unit * (kind.cap - start)
                mine.append((cost // gain, gain * n))
        points[kind.domain] += start * kind.unit * n
    whole, domains = _bought(task, segments, points)
    alone = tuple(price - whole * share for price, share in zip(domains, task.shares, strict=True))
    found_prices = Prices(tariff, whole, domains, alone, counts, (), 0)
    least = tuple(
        _least(found_prices, kind, i, rewards.get((kind.marks, kind.cap))) for i, kind in enumerate(task.kinds)
    )
    bound = sum(value * len(kind.places) for value, kind in zip(least, task.kinds, strict=True)) + whole * task.need
    bound += sum(price * need for price, need in zip(alone, task.domain_needs, strict=True) if need > 0)
    bound += sum(price * count.least for price, count in zip(counts, task.counts, strict=True))
    return Prices(tariff, whole, domains, alone, counts, least, bound)


def _bought(task: Task, segments: list[list[tuple[int, int]]], points: list[int]) -> tuple[int, tuple[int, ...]]:
    """The price of a point of the whole and of each domain at which everything needed is bought, the cheapest first."""
    forced = [0] * len(task.shares)
    rest: list[tuple[int, int]] = []
    reached = 0
    for d, mine in enumerate(segments):
        share, have, need = task.shares[d], points[d], task.domain_needs[d]
        if have < need:
            mine.sort()
            for slope, gain in mine:
                part = max(0, min(gain, need - have))
                if part:
                    forced[d] = slope
                    have += part
                if gain > part:
                    rest.append((slope // share, (gain - part) * share))
        else:
            rest += [(slope // share, gain * share) for slope, gain in mine]
        reached += have * share
    whole = 0
    if reached < task.need:
        rest.sort()
        for slope, gain in rest:
            reached, whole = reached + gain, slope
            if reached >= task.need:
                break
    return whole, tuple(max(whole * share, forced[d]) for d, share in enumerate(task.shares))


def _rewards(kind: Kind, counts: tuple[int, ...]) -> list[int]:
    """What counts pay for raising a criterion of a kind by so many steps."""
    paid = [0] * (kind.cap + 1)
    for price, mark in zip(counts, kind.marks, strict=True):
        if mark and price:
            for x in range(mark, kind.cap + 1):
                paid[x] += price
    return paid


def _least(found: Prices, kind: Kind, number: int, rewards: list[int] | None) -> int:
    """The lowest reduced cost of a criterion of a kind; without marks it lies at one of two ends."""
    step = found.tariff.steps[number] - found.domains[kind.domain] * kind.unit
    each, floor, cap = found.tariff.each, kind.floor, kind.cap
    if rewards is not None:
        least = step * floor - rewards[floor] + (each if floor else 0)
        for x in range(floor + 1, cap + 1):
            cost = each + step * x - rewards[x]
            if cost < least:
                least = cost
        return least
    if floor:
        return each + step * (cap if step < 0 else floor)
    return min(0, each + step * cap)


def _hull(kind: Kind, number: int, tariff: Tariff, rewards: list[int]) -> tuple[int, list[tuple[int, int]]]:
    """The cheapest number of steps, and from there the lower hull of cost by points: (cost per point, points)."""
    step, each, cap = tariff.steps[number], tariff.each, kind.cap
    costs = [(step * x + each if x else 0) - rewards[x] for x in range(cap + 1)]
    start = kind.floor
    for x in range(start + 1, cap + 1):
        if costs[x] <= costs[start]:
            start = x
    found, at, unit = [], start, kind.unit
    while unit and at < cap:
        slope, to = (costs[at + 1] - costs[at]) // unit, at + 1
        for x in range(at + 2, cap + 1):
            other = (costs[x] - costs[at]) // (unit * (x - at))
            if other <= slope:
                slope, to = other, x
        found.append((slope, unit * (to - at)))
        at = to
    return start, found


def taken(task: Task, by: Prices, concerned: Callable[[Kind], int]) -> int:
    """How many criteria rise by at least so many steps (0: not concerned) in the cheapest choice at these prices."""
    found = 0
    for number, kind in enumerate(task.kinds):
        mark = concerned(kind)
        if kind.floor >= mark > 0:
            found += len(kind.places)
        elif mark and any(kind.marks):
            found += len(kind.places) * (_cheapest(by, kind, number) >= mark)
        elif mark:
            found += len(kind.places) * (by.least[number] < 0)
    return found


def _cheapest(by: Prices, kind: Kind, number: int) -> int:
    """The fewest steps at the lowest reduced cost of a criterion of a kind."""
    cheapest, least = kind.floor, by.least[number]
    while cheapest < kind.cap and by.reduced(kind, number, cheapest) != least:
        cheapest += 1
    return cheapest


def priced(task: Task, tariff: Tariff) -> Prices:
    """Prices of points and of counts. Counts are priced one after the other, twice round where there are several."""
    counts = [0] * len(task.counts)
    top = max(tariff.of(i, 1, kind.cap) for i, kind in enumerate(task.kinds))
    found = prices(task, tariff, tuple(counts))
    hardest_first = sorted(range(len(counts)), key=lambda j: len(task.counts[j].steps) - task.counts[j].least)
    for _ in range(2 if len(counts) > 1 else len(counts)):
        for j in hardest_first:
            count = task.counts[j]

            def tried(price: int, j: int = j) -> Prices:
                return prices(task, tariff, (*counts[:j], price, *counts[j + 1 :]))

            def wanting(by: Prices, j: int = j, least: int = count.least) -> bool:
                return taken(task, by, lambda kind: kind.marks[j]) < least

            found = climbed(tried, wanting, top, found if not counts[j] else None)
            counts[j] = found.counts[j]
        if sum(map(bool, counts)) < 2:
            break  # nothing else moved since
    return found


def climbed(
    tried: Callable[[int], Prices],
    wanting: Callable[[Prices], bool],
    top: int,
    free: Prices | None = None,
    value: Callable[[Prices], int] = lambda by: by.bound,
) -> Prices:
    """The best prices met on the way to the price at which just enough is taken, by halving; ``free``: those for nothing."""
    best = free or tried(0)
    if not wanting(best):
        return best
    low, high = 0, top
    for _ in range(_HALVINGS):
        middle = (low + high) // 2
        at = tried(middle)
        best = max(best, at, key=value)
        low, high = (middle, high) if wanting(at) else (low, middle)
    return best
