"""Conditions on inputs and results. Each says whether it holds, and what makes it so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Protocol

from inspect_app.domain.scoring.program.values import Atom, Collection, Grade, Groups, Quantity, reaches


class Known(Protocol):
    """What a condition may ask: single values, collections and groups, by name."""

    def value(self, name: str) -> Quantity: ...
    def atoms(self, name: str) -> Collection: ...
    def groups(self, name: str) -> Groups | None: ...
    def reference(self, name: str, key: str) -> str: ...


@dataclass(frozen=True)
class Verdict:
    """Whether it holds, and the atoms, results or facts that decide it."""

    holds: bool
    because: tuple[str, ...] = ()


class Condition(Protocol):
    """A question with yes or no for an answer."""

    def judge(self, known: Known) -> Verdict: ...


@dataclass(frozen=True)
class Bound:
    """``at_least``, ``at_most``, ``above``, ``below`` or ``is`` a value."""

    relation: str
    value: Any

    def met_by(self, value: Grade | Fraction, name: str) -> bool:
        """Whether a value keeps to it."""
        side = reaches(value, self.value, name)
        return {
            "at_least": side >= 0,
            "at_most": side <= 0,
            "above": side > 0,
            "below": side < 0,
            "is": side == 0,
        }[self.relation]


@dataclass(frozen=True)
class Subset:
    """Which atoms of which collections are meant: all of them, some keys, or those with an attribute."""

    of: tuple[str, ...]
    among: frozenset[str] | None = None
    where: Mapping[str, str] = field(default_factory=dict)

    def scored(self, known: Known) -> list[tuple[str, Grade | Fraction]]:
        """The atoms with a value, as (reference, value)."""
        return [
            (known.reference(name, atom.key), atom.value)
            for name in self.of
            for atom in known.atoms(name)
            if atom.value is not None and self._means(atom)
        ]

    def _means(self, atom: Atom) -> bool:
        return (self.among is None or atom.key in self.among) and all(
            atom.attributes.get(key) == value for key, value in self.where.items()
        )


@dataclass(frozen=True)
class Every:
    """All scored atoms of a subset keep to a bound. Nothing scored: it holds."""

    subset: Subset
    bound: Bound

    def judge(self, known: Known) -> Verdict:
        """Because: the atoms that do not keep to it."""
        failing = tuple(ref for ref, value in self.subset.scored(known) if not self.bound.met_by(value, ref))
        return Verdict(not failing, failing)


@dataclass(frozen=True)
class Some:
    """At least ``count`` scored atoms of a subset keep to a bound."""

    subset: Subset
    bound: Bound
    count: int = 1

    def judge(self, known: Known) -> Verdict:
        """Because: the atoms that keep to it."""
        found = tuple(ref for ref, value in self.subset.scored(known) if self.bound.met_by(value, ref))
        return Verdict(len(found) >= self.count, found)


@dataclass(frozen=True)
class Share:
    """A share (percent) of the scored atoms of a subset keeps to a bound. Nothing scored: it holds."""

    subset: Subset
    bound: Bound
    reaches: Fraction

    def judge(self, known: Known) -> Verdict:
        """Because: the atoms that do not keep to the bound."""
        scored = self.subset.scored(known)
        failing = tuple(ref for ref, value in scored if not self.bound.met_by(value, ref))
        enough = not scored or Fraction(100 * (len(scored) - len(failing)), len(scored)) >= self.reaches
        return Verdict(enough, failing)


@dataclass(frozen=True)
class Value:
    """A single input or result keeps to a bound; of groups: any of them, or the one named. Without a value: no."""

    of: str
    bound: Bound
    group: str | None = None

    def judge(self, known: Known) -> Verdict:
        """Because: the name, or the groups that keep to the bound."""
        groups = known.groups(self.of)
        if groups is not None:
            found = tuple(
                key
                for key, value in groups.items()
                if value is not None and self.group in (None, key) and self.bound.met_by(value, key)
            )
            return Verdict(bool(found), found)
        value = known.value(self.of)
        if isinstance(value, bool) or value is None:
            return Verdict(False)
        return Verdict(self.bound.met_by(value, self.of), (self.of,))


@dataclass(frozen=True)
class Greater:
    """One grade or number lies above another of the same kind."""

    of: str
    than: str

    def judge(self, known: Known) -> Verdict:
        """Because: both names."""
        one, other = known.value(self.of), known.value(self.than)
        if isinstance(one, Grade) and isinstance(other, Grade):
            return Verdict(one.rank > other.rank, (self.of, self.than))
        if isinstance(one, Fraction) and isinstance(other, Fraction):
            return Verdict(one > other, (self.of, self.than))
        return Verdict(False)


@dataclass(frozen=True)
class Fact:
    """A fact known from outside the answers."""

    flag: str

    def judge(self, known: Known) -> Verdict:
        """Because: the fact."""
        return Verdict(known.value(self.flag) is True, (self.flag,))


@dataclass(frozen=True)
class Together:
    """Conditions of which all, or any, hold."""

    parts: tuple[Condition, ...]
    how: Callable[[list[bool]], bool]

    def judge(self, known: Known) -> Verdict:
        """Because: what decides the parts that decide the whole."""
        verdicts = [part.judge(known) for part in self.parts]
        holds = self.how([v.holds for v in verdicts])
        because = [ref for v in verdicts if v.holds == holds for ref in v.because]
        return Verdict(holds, tuple(dict.fromkeys(because)))


RELATIONS = ("at_least", "at_most", "above", "below", "is")


def condition(data: Mapping[str, Any]) -> Condition:
    """From the YAML shape (``schemas/rulesets.py``), which has refused anything else."""
    ((kind, body),) = data.items()
    if kind == "fact":
        return Fact(body)
    if kind in ("all", "any"):
        return Together(tuple(condition(part) for part in body), all if kind == "all" else any)
    if kind == "greater":
        return Greater(body["of"], body["than"])
    bound = next(Bound(relation, body[relation]) for relation in RELATIONS if relation in body)
    if kind == "value":
        return Value(body["of"], bound, body.get("group"))
    of = body["of"]
    subset = Subset(
        of=(of,) if isinstance(of, str) else tuple(of),
        among=frozenset(map(str, body["among"])) if "among" in body else None,
        where=body.get("where", {}),
    )
    if kind == "every":
        return Every(subset, bound)
    if kind == "some":
        return Some(subset, bound, body.get("count", 1))
    return Share(subset, bound, Fraction(body["reaches"]))
