"""What a rule-set asks for, and how what was given is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from inspect_app.domain.scoring.program.values import (
    Atom,
    Collection,
    Given,
    Grade,
    InputError,
    Matrix,
    Quantity,
    Scale,
    exact,
)
from inspect_app.domain.texts import Text


@dataclass(frozen=True)
class Input:
    """One thing asked for.

    ``kind``: grade, number, flag, option or matrix; ``many``: a collection of grades or numbers. ``better`` tells whether
    more of it is better or worse; it changes no result.
    """

    code: str
    title: Text
    kind: str
    many: bool = False
    optional: bool = False
    scale: Scale | None = None
    minimum: Fraction | None = None
    maximum: Fraction | None = None
    values: tuple[str, ...] = ()
    default: Any = None
    aliases: Mapping[str, str] = field(default_factory=dict)
    better: str = "higher"

    def read(self, raw: Any) -> Given:
        """The value to reckon with. Raises InputError where it is not of this kind."""
        if self.many:
            return self._collection(raw)
        if raw is None:
            raw = self.default
        if self.kind == "flag":
            return self._flag(raw)
        if self.kind == "option":
            raw = self.aliases.get(raw, raw) if isinstance(raw, str) else raw
            if raw not in self.values:
                raise InputError(self.code, f"one of {', '.join(self.values)}, not {raw!r}")
            return str(raw)
        if self.kind == "matrix":
            return self._matrix(raw)
        return self._single(raw, self.code)

    def _flag(self, raw: Any) -> bool:
        if raw is None:
            return False
        if not isinstance(raw, bool):
            raise InputError(self.code, f"true or false, not {raw!r}")
        return raw

    def _single(self, raw: Any, name: str) -> Grade | Fraction | None:
        if self.kind == "grade":
            assert self.scale is not None
            return None if self.scale.leaves_out(raw) else Grade(self.scale, self.scale.rank(raw, name))
        if raw is None:
            return None
        number = exact(raw, name)
        if (self.minimum is not None and number < self.minimum) or (self.maximum is not None and number > self.maximum):
            raise InputError(name, f"a number from {self.minimum} to {self.maximum}, not {raw!r}")
        return number

    def _collection(self, raw: Any) -> Collection:
        if raw is None:
            return ()
        if isinstance(raw, Mapping):
            pairs = [(str(key), value) for key, value in raw.items()]
        elif isinstance(raw, Sequence) and not isinstance(raw, str):
            pairs = [(str(place), value) for place, value in enumerate(raw, start=1)]
        else:
            raise InputError(self.code, f"a list, not {raw!r}")
        return tuple(
            value if isinstance(value, Atom) else Atom(key, self._single(value, f"{self.code}.{key}"))
            for key, value in pairs
        )

    def _matrix(self, raw: Any) -> Matrix:
        rows = tuple(tuple(row) if isinstance(row, Sequence) else () for row in raw or ())
        whole = all(isinstance(n, int) and not isinstance(n, bool) and n >= 0 for row in rows for n in row)
        if len(rows) < 2 or any(len(row) != len(rows) for row in rows) or not whole:
            raise InputError(self.code, "a square table of counts, two by two or larger")
        return rows


def missing(asked: Input, value: Given) -> bool:
    """Whether nothing was given of what the result cannot do without."""
    if asked.optional or asked.kind in ("flag", "option"):
        return False
    if asked.many:
        return isinstance(value, tuple) and all(isinstance(a, Atom) and a.value is None for a in value)
    return value is None


def quantity(value: Given) -> Quantity:
    """A single value out of what was given; a collection has none."""
    return value if isinstance(value, Grade | Fraction | bool) else None
