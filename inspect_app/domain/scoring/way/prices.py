"""Prices: a lower bound of the cost of any way, and for every choice how much it stands above that bound at least.

Linear relaxation by Lagrange multipliers in whole numbers. Any prices give a valid bound, good prices a sharp one: points are
bought by falling worth, first what each domain must have, then what the whole still needs. Whatever lies above the
bound by more than a known solution allows cannot be part of a best one, which is why the search stays small *and* exact.
"""

from collections.abc import Callable
from dataclasses import dataclass

from inspect_app.domain.scoring.way.task import Kind, Task


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
        cost = self.tariff.of(number, 1 if x else 0, x) - self.domains[kind.domain] * kind.unit * x
        return cost - sum(price for price, mark in zip(self.counts, kind.marks, strict=True) if 0 < mark <= x)


def tariff_bits(task: Task) -> int:
    """Enough binary digits for prices per point to be sharp."""
    most = max((task.shares[k.domain] * k.unit * k.cap for k in task.kinds), default=1)
    return most.bit_length() + 24


def options(kind: Kind) -> range:
    """By how many steps a criterion of this kind may rise."""
    return range(kind.floor, kind.cap + 1)


def prices(task: Task, tariff: Tariff, counts: tuple[int, ...]) -> Prices:
    """The best prices of points for given prices of counts."""
    segments: list[list[tuple[int, int, int]]] = [[] for _ in task.shares]  # (slope, points, cost) by domain
    points = [0] * len(task.shares)
    for number, kind in enumerate(task.kinds):
        start, found = _hull(kind, number, tariff, counts)
        points[kind.domain] += start * kind.unit * len(kind.places)
        segments[kind.domain] += [(slope, gain * len(kind.places), cost) for slope, gain, cost in found]
    forced = [0] * len(task.shares)
    rest: list[tuple[int, int]] = []
    reached = 0
    for d, mine in enumerate(segments):
        mine.sort()
        share, have = task.shares[d], points[d]
        for slope, gain, _ in mine:
            if have < task.domain_needs[d]:
                forced[d] = slope
                part = min(gain, task.domain_needs[d] - have)
                have += part
                gain -= part
            if gain:
                rest.append((slope // share, gain * share))
        reached += have * share
    rest.sort()
    whole = 0
    for slope, gain in rest:
        if reached >= task.need:
            break
        reached, whole = reached + gain, slope
    domains = tuple(max(whole * share, forced[d]) for d, share in enumerate(task.shares))
    alone = tuple(price - whole * share for price, share in zip(domains, task.shares, strict=True))
    found_prices = Prices(tariff, whole, domains, alone, counts, (), 0)
    least = tuple(min(found_prices.reduced(k, i, x) for x in options(k)) for i, k in enumerate(task.kinds))
    bound = sum(value * len(kind.places) for value, kind in zip(least, task.kinds, strict=True)) + whole * task.need
    bound += sum(price * need for price, need in zip(alone, task.domain_needs, strict=True) if need > 0)
    bound += sum(price * count.least for price, count in zip(counts, task.counts, strict=True))
    return Prices(tariff, whole, domains, alone, counts, least, bound)


def _hull(kind: Kind, number: int, tariff: Tariff, counts: tuple[int, ...]) -> tuple[int, list[tuple[int, int, int]]]:
    """The cheapest number of steps, and from there the lower hull of cost by points: (cost per point, points, cost)."""

    def cost(x: int) -> int:
        worth = sum(price for price, mark in zip(counts, kind.marks, strict=True) if 0 < mark <= x)
        return tariff.of(number, 1 if x else 0, x) - worth

    x = min(options(kind), key=lambda x: (cost(x), -x))
    start, found = x, []
    while kind.unit and x < kind.cap:
        slope, more = min(((cost(y) - cost(x)) // (kind.unit * (y - x)), -y) for y in range(x + 1, kind.cap + 1))
        found.append((slope, kind.unit * (-more - x), cost(-more) - cost(x)))
        x = -more
    return start, found


def priced(task: Task, tariff: Tariff) -> Prices:
    """Prices of points and of counts. Counts are priced one after the other, twice round."""
    counts = [0] * len(task.counts)
    for _ in range(2 if len(counts) > 1 else len(counts)):
        for j in range(len(counts)):

            def bound(price: int, j: int = j) -> int:
                return prices(task, tariff, (*counts[:j], price, *counts[j + 1 :])).bound

            top = max(tariff.of(i, 1, k.cap) for i, k in enumerate(task.kinds))
            counts[j] = highest(bound, 0, top, 12)
    return prices(task, tariff, tuple(counts))


def highest(value: Callable[[int], int], low: int, high: int, rounds: int) -> int:
    """Where about a concave function of whole numbers is highest."""
    best, at = value(low), low
    for _ in range(rounds):
        if high - low < 3:
            break
        left, right = low + (high - low) * 2 // 5, low + (high - low) * 3 // 5
        a, b = value(left), value(right)
        if a >= b:
            high = right
            best, at = max((best, at), (a, left))
        else:
            low = left
            best, at = max((best, at), (b, right))
    return at
