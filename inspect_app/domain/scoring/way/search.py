"""The exact search: dynamic programming over the kinds of a domain, then over domains, within what the bound allows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from inspect_app.domain.scoring.way.prices import Prices, Tariff, climbed, priced, prices, taken, tariff_bits
from inspect_app.domain.scoring.way.task import Kind, Task

#: key → (loss by the first prices, loss by the second, worth). Worth is one whole number, the lower the better:
#: points of the whole, then (with effort) how few criteria, then the steps by place, which also tell the solution.
_States = dict[int, tuple[int, int, int]]
_Cell = tuple[int, int, int, int]
_COST = 40  # binary digits of a key kept for the cost; the counts stand above


@dataclass(frozen=True)
class _Purpose:
    """What is made least: how a criterion and a step enter the key, and which totals of steps are looked at."""

    each: int
    step: Callable[[Kind], int]
    steps: Callable[[Kind, int], range]  # steps worth looking at for k criteria changed of a kind
    few: bool = False  # criteria changed decide between equals


def fewest(task: Task) -> dict[int, int]:
    """Steps by place: the fewest criteria, then the fewest steps, then the most points, then the checklist's order."""
    bits = tariff_bits(task)
    tariff = Tariff(bits, 1 << bits, (0,) * len(task.kinds))
    first = priced(task, tariff)
    full = _Purpose(1, lambda kind: 0, lambda kind, k: range(k * kind.cap, k * kind.cap + 1))
    count, _ = _least(task, full, first, lambda key: key)

    second = _with_price_of_criteria(task, count, first)
    price = second.tariff.each
    each = 1 << 20
    both = _Purpose(each, lambda kind: 1, lambda kind, k: range(k * max(1, kind.floor), k * kind.cap + 1))

    def steps(key: int) -> int | None:
        return key % each if key // each <= count else None

    _, worth = _least(task, both, second, steps, spent=price * count, other=first, other_cost=count)
    return _read(task, worth)


def _with_price_of_criteria(task: Task, count: int, first: Prices) -> Prices:
    """Prices for steps where no more than so many criteria may change: changing one has a price, too."""
    bits = first.tariff.bits
    steps = (1 << bits,) * len(task.kinds)

    def worth(by: Prices) -> int:
        return by.bound - by.tariff.each * count

    def too_many(by: Prices) -> bool:
        return taken(task, by, lambda kind: 1) > count

    def best(counts: tuple[int, ...]) -> Prices:
        return climbed(
            lambda price: prices(task, Tariff(bits, price, steps), counts), too_many, task.base << bits + 1, value=worth
        )

    found = best(first.counts)
    if task.counts:
        found = max(found, priced(task, found.tariff), key=worth)
    if len(task.counts) > 1:
        found = max(found, best(found.counts), key=worth)
        found = max(found, priced(task, found.tariff), key=worth)
    return found


def easiest(task: Task) -> dict[int, int]:
    """Steps by place: the least effort, then the most points, then the fewest criteria, then the checklist's order."""
    bits = tariff_bits(task)
    tariff = Tariff(bits, 0, tuple(kind.effort << bits for kind in task.kinds))

    def steps(kind: Kind, k: int) -> range:
        if kind.floor:
            return range(k * kind.floor, k * kind.cap + 1)
        return range((k - 1) * kind.cap + 1 if k else 0, k * kind.cap + 1)  # no more criteria than the steps need

    purpose = _Purpose(0, lambda kind: kind.effort, steps, few=True)
    _, worth = _least(task, purpose, priced(task, tariff), lambda key: key)
    return _read(task, worth)


def _least(
    task: Task,
    purpose: _Purpose,
    by: Prices,
    cost: Callable[[int], int | None],
    *,
    spent: int = 0,
    other: Prices | None = None,
    other_cost: int = 0,
) -> tuple[int, int]:
    """The least cost of a solution and the worth of the best one at that cost.

    Tried with a cost that the bound allows, then with more: a solution that costs no more than what was tried is a best
    one, because everything that could cost so little was looked at.
    """
    bits = by.tariff.bits
    tried = max(0, -((spent - by.bound) >> bits))
    first = tried
    other_room = (other_cost << bits) - other.bound if other else 0
    while True:
        room = (tried << bits) + spent - by.bound
        found = [
            (value, worth)
            for key, (_, _, worth) in _states(task, purpose, by, room, other, other_room).items()
            if _points(task, worth) >= task.need
            and _counted(task, key)
            and (value := cost(key % (1 << _COST))) is not None
        ]
        if found and min(found)[0] <= tried:
            return min(found)
        more = 1 + (tried - first) // 3  # a little at a time: what has to be looked at grows faster than that
        tried = min([tried + more, *(value for value, _ in found)])


def _states(task: Task, purpose: _Purpose, by: Prices, room: int, other: Prices | None, other_room: int) -> _States:
    tables = []
    for domain in range(len(task.shares)):
        table = _domain(task, purpose, domain, by, room, other, other_room)
        tables.append(sorted((a, key, b, worth) for key, (a, b, worth) in table.items()))
    tables.sort(key=len)
    states: _States = {0: (0, 0, 0)}
    for table_cells in tables:
        states = _joined(task, states, table_cells, room, other_room)
    return states


def _domain(
    task: Task, purpose: _Purpose, domain: int, by: Prices, room: int, other: Prices | None, other_room: int
) -> _States:
    """What can be had in a domain at each cost, where it has the points that it needs."""
    parts = []
    for number, kind in enumerate(task.kinds):
        if kind.domain == domain:
            groups = [(place,) for place in kind.places] if any(kind.marks) else [kind.places]
            parts += [
                sorted(_cells(task, purpose, kind, number, places, by, room, other, other_room)) for places in groups
            ]
    parts.sort(key=len)
    states: _States = {0: (0, 0, 0)}
    for cells in parts:
        states = _joined(task, states, cells, room, other_room)
    need, share = task.domain_needs[domain], task.shares[domain]
    if need <= 0:
        return states
    kept: _States = {}
    for key, (a, b, worth) in states.items():
        beyond = _points(task, worth) // share - need
        if beyond >= 0:
            a += by.alone[domain] * beyond
            b += other.alone[domain] * beyond if other else 0
            if a <= room and b <= other_room:
                kept[key] = (a, b, worth)
    return kept


def _cells(
    task: Task,
    purpose: _Purpose,
    kind: Kind,
    number: int,
    places: tuple[int, ...],
    by: Prices,
    room: int,
    other: Prices | None,
    other_room: int,
) -> Iterator[_Cell]:
    """Every choice for like criteria that the bounds leave: (loss, key, loss by the other prices, worth)."""
    n, digit = len(places), task.digit
    shifts = [digit * (task.places - 1 - place) for place in places]
    sums = [0]
    for shift in shifts:
        sums.append(sums[-1] + (1 << shift))
    low, marked = max(1, kind.floor), n == 1 and any(kind.marks)
    spread = kind.cap - low
    worth_of_step = -(task.shares[kind.domain] * kind.unit << _above(task))
    few = 1 << (digit * task.places) if purpose.few else 0
    each, step = by.tariff.each, by.tariff.steps[number] - by.domains[kind.domain] * kind.unit
    start, other_each, other_step, other_start = n * by.least[number], 0, 0, 0
    if other:
        other_each = other.tariff.each
        other_step = other.tariff.steps[number] - other.domains[kind.domain] * kind.unit
        other_start = n * other.least[number]
    key_step = purpose.step(kind)
    for k in range(n if kind.floor else 0, n + 1):
        for x in purpose.steps(kind, k):
            a, b, key = each * k + step * x - start, other_each * k + other_step * x - other_start, 0
            if marked:
                a -= _worth(by, kind, x)
                b -= _worth(other, kind, x) if other else 0
                key = _mark(task, kind, x)
            if a > room or b > other_room:
                continue
            order = low * sums[k]
            if k and spread:
                whole, part = divmod(x - low * k, spread)
                order += spread * sums[whole] + (part << shifts[whole] if part else 0)
            yield a, key + purpose.each * k + key_step * x, b, worth_of_step * x - order + few * k


def _worth(by: Prices, kind: Kind, x: int) -> int:
    return sum(price for price, mark in zip(by.counts, kind.marks, strict=True) if 0 < mark <= x)


def _joined(task: Task, states: _States, cells: list[_Cell], room: int, other_room: int) -> _States:
    """Every state with every cell, the best of each key; cells stand by rising loss."""
    found: _States = {}
    have = found.get
    for key, (a, b, worth) in states.items():
        left, other_left = room - a, other_room - b
        for cell_a, cell_key, cell_b, cell_worth in cells:
            if cell_a > left:
                break
            if cell_b > other_left:
                continue
            new, value = key + cell_key, worth + cell_worth
            old = have(new)
            if old is None or value < old[2]:
                found[new] = (a + cell_a, b + cell_b, value)
    return _capped(task, found) if task.counts else found


def _mark(task: Task, kind: Kind, x: int) -> int:
    width = task.width
    return sum(1 << (_COST + width * j) for j, mark in enumerate(kind.marks) if 0 < mark <= x)


def _capped(task: Task, states: _States) -> _States:
    """More than a count asks for is no better than what it asks for."""
    width = task.width
    full = (1 << width) - 1
    kept: _States = {}
    for key, state in states.items():
        for j, count in enumerate(task.counts):
            over = (key >> (_COST + width * j) & full) - count.least
            if over > 0:
                key -= over << (_COST + width * j)
        old = kept.get(key)
        if old is None or state[2] < old[2]:
            kept[key] = state
    return kept


def _counted(task: Task, key: int) -> bool:
    width = task.width
    full = (1 << width) - 1
    return all(key >> (_COST + width * j) & full >= count.least for j, count in enumerate(task.counts))


def _above(task: Task) -> int:
    """Binary digits below the points in a worth: steps by place, and how many criteria."""
    return task.digit * task.places + task.width + 1


def _points(task: Task, worth: int) -> int:
    above = _above(task)
    return (-worth + (1 << above - 1)) >> above


def _read(task: Task, worth: int) -> dict[int, int]:
    """Steps by place, from the worth."""
    digit = task.digit
    order = -worth & (1 << digit * task.places) - 1
    steps = {place: order >> digit * (task.places - 1 - place) & (1 << digit) - 1 for place in range(task.places)}
    return {place: x for place, x in steps.items() if x}
