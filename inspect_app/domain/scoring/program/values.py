"""What a rule-set reckons with: scales, grades on them, exact numbers, and collections of atoms. Never a binary float."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from inspect_app.domain.errors import DomainError
from inspect_app.domain.texts import Text

Scalar = str | int | bool | Decimal | None


class InputError(DomainError):
    """What was given cannot be reckoned with. ``field`` is the input; ``detail`` says what was expected, in English."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__("rule-input", field=field)
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.field}: {self.detail}"


def token(value: object) -> str:
    """The one spelling of a value on a scale: 4 and "4" are the same step, ``true`` is not 1."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def exact(value: object, name: str) -> Fraction:
    """A number without loss. Raises InputError for what is no number, and for a binary float."""
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise InputError(name, f"a number, not {value!r}")
    try:
        return Fraction(value)
    except (ValueError, OverflowError):
        raise InputError(name, f"a number, not {value!r}") from None


@dataclass(frozen=True)
class Scale:
    """The steps of a judgement, from the lowest to the highest."""

    code: str
    values: tuple[Scalar, ...]
    names: Mapping[str, Text] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    not_applicable: frozenset[str] = frozenset()

    @cached_property
    def _ranks(self) -> dict[str, int]:
        ranks = {token(value): rank for rank, value in enumerate(self.values)}
        return ranks | {alias: ranks[target] for alias, target in self.aliases.items()}

    def rank(self, value: object, name: str = "") -> int:
        """The place of a value, lowest 0. Raises InputError for a value that the scale does not have."""
        try:
            return self._ranks[token(value)]
        except KeyError:
            steps = ", ".join(token(v) for v in self.values)
            raise InputError(name or self.code, f"one of {steps}, not {value!r}") from None

    def leaves_out(self, value: object) -> bool:
        """Whether the value says «not applicable»."""
        return value is None or token(value) in self.not_applicable

    def number(self, rank: int) -> Fraction | None:
        """The step as a number, where the scale is made of numbers."""
        value = self.values[rank]
        return Fraction(value) if isinstance(value, int) and not isinstance(value, bool) else None

    @cached_property
    def maximum(self) -> Fraction | None:
        """The largest number of the scale (which need not be its best step)."""
        numbers = [n for rank in range(len(self.values)) if (n := self.number(rank)) is not None]
        return max(numbers) if len(numbers) == len(self.values) else None

    def name(self, rank: int) -> Text:
        """The step as people call it."""
        code = token(self.values[rank])
        return self.names.get(code, Text(code, code, code))


@dataclass(frozen=True)
class Grade:
    """A step of a scale."""

    scale: Scale
    rank: int

    @property
    def value(self) -> Scalar:
        """The step as the rule-set writes it."""
        return self.scale.values[self.rank]

    @property
    def number(self) -> Fraction | None:
        """The step as a number, where it is one."""
        return self.scale.number(self.rank)


Quantity = Grade | Fraction | bool | None


@dataclass(frozen=True)
class Atom:
    """The smallest thing judged. ``value`` None: not applicable, or not answered."""

    key: str
    value: Grade | Fraction | None
    weight: Fraction = Fraction(1)
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def number(self) -> Fraction | None:
        """The value as a number, where it is one."""
        return self.value.number if isinstance(self.value, Grade) else self.value


Collection = tuple[Atom, ...]
Matrix = tuple[tuple[int, ...], ...]
Groups = Mapping[str, Fraction | None]
Given = Quantity | Collection | Matrix | str


def reaches(value: Grade | Fraction, bound: object, name: str) -> int:
    """-1, 0 or 1: the value lies below, on, or above a bound of the same kind."""
    if isinstance(value, Grade):
        mine, other = Fraction(value.rank), Fraction(value.scale.rank(bound, name))
    else:
        mine, other = value, exact(bound, name)
    return (mine > other) - (mine < other)


def shown(value: Quantity) -> Scalar:
    """A value as JSON: the step as written, a number as a decimal, True or False, or None."""
    if isinstance(value, Grade):
        return value.value
    if isinstance(value, Fraction):
        return plain(value)
    return value


def plain(value: Fraction) -> str:
    """An exact number as people read it: a finite decimal where there is one, else numerator/denominator."""
    rest, places = value.denominator, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest, count = rest // prime, count + 1
        places = max(places, count)
    if rest != 1 or places > 6:
        return f"{value.numerator}/{value.denominator}"
    scaled = value.numerator * 10**places // value.denominator
    return f"{Decimal(f'{scaled}E-{places}'):f}"


def near(value: Fraction, places: int = 4) -> str:
    """A number short enough to stand in a sentence: exact where it is a finite decimal, else cut with an ellipsis."""
    said = plain(value)
    if "/" not in said:
        return said
    cut = int(abs(value) * 10**places)
    sign = "-" if value < 0 else ""
    return f"{sign}{Decimal(f'{cut}E-{places}'):f}…"
