"""A rule-set as a program: inputs asked for, nodes worked through in order, and the nodes that are the answer."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from inspect_app.domain.audit import canonical
from inspect_app.domain.scoring.program.inputs import Input, missing
from inspect_app.domain.scoring.program.known import Ledger
from inspect_app.domain.scoring.program.outcome import Outcome
from inspect_app.domain.scoring.program.values import InputError, Scalar
from inspect_app.domain.texts import Text

#: Changes when the same inputs would give another result.
ENGINE = "miyar-program/1"


class Node(Protocol):
    """One thing worked out. Each family is one (``reckoned.py``, ``judged.py``)."""

    @property
    def code(self) -> str: ...
    @property
    def family(self) -> str: ...
    @property
    def title(self) -> Text: ...
    def work(self, known: Ledger) -> Outcome: ...


@dataclass(frozen=True)
class Result:
    """What a program came to: every node's outcome, and the answer (None in each place: not scored)."""

    scored: bool
    answer: tuple[Scalar, ...]
    outcomes: tuple[Outcome, ...]

    def outcome(self, code: str) -> Outcome:
        """The outcome of a node. Raises KeyError for a code that is none."""
        return {o.code: o for o in self.outcomes}[code]

    def as_data(self) -> dict[str, Any]:
        """Plain JSON; the same inputs give the same bytes."""
        return {
            "engine": ENGINE,
            "scored": self.scored,
            "answer": list(self.answer),
            "nodes": [outcome.as_data() for outcome in self.outcomes],
        }

    @property
    def sha256(self) -> str:
        """Hash of the canonical result."""
        return hashlib.sha256(canonical(self.as_data()).encode()).hexdigest()


@dataclass(frozen=True)
class Vectors:
    """How published cases of this program are written: the name they go by, and where each input stands.

    ``bare`` is the input that a case gives when it is not by names; ``places`` the inputs of a case that is a list;
    ``version`` the name (or, in ``places``, the mark) of the vintage.
    """

    framework: str
    bare: str | None = None
    places: tuple[str, ...] = ()
    version: str | None = None


@dataclass(frozen=True)
class Program:
    """One question that a rule-set answers. Pure: the same inputs give the same bytes."""

    code: str
    title: Text
    inputs: tuple[Input, ...]
    nodes: tuple[Node, ...]
    answer: tuple[str, ...]
    vectors: Vectors | None = None
    notes: tuple[Text, ...] = ()

    def work(self, given: Mapping[str, Any]) -> Result:
        """The result for the inputs by name. Raises InputError for an input that is unknown or cannot be read."""
        known = {asked.code for asked in self.inputs}
        for name in given:
            if name not in known:
                raise InputError(name, f"no such input; known: {', '.join(sorted(known))}")
        read = {asked.code: asked.read(given.get(asked.code)) for asked in self.inputs}
        titles = {asked.code: asked.title for asked in self.inputs} | {node.code: node.title for node in self.nodes}
        ledger = Ledger(read, titles)
        if self._nothing_scored(read):
            return Result(False, (None,) * len(self.answer), ())
        for node in self.nodes:
            ledger.outcomes[node.code] = node.work(ledger)
        answer = tuple(ledger.outcomes[code].shown for code in self.answer)
        return Result(True, answer, tuple(ledger.outcomes.values()))

    def _nothing_scored(self, read: Mapping[str, Any]) -> bool:
        """A single value that is missing, or collections without a single scored atom."""
        many = [asked for asked in self.inputs if asked.many and not asked.optional]
        if many and all(missing(asked, read[asked.code]) for asked in many):
            return True
        return any(missing(asked, read[asked.code]) for asked in self.inputs if not asked.many)


@dataclass(frozen=True)
class RuleBook:
    """A regulator's rules of one vintage: several programs on the same scales. ``data`` is the text it was made from."""

    code: str
    version: str
    title: Text
    programs: tuple[Program, ...]
    data: Mapping[str, Any] = field(repr=False, compare=False)

    def program(self, code: str) -> Program:
        """The program of a code. Raises KeyError for one that is not there."""
        return {p.code: p for p in self.programs}[code]

    @property
    def sha256(self) -> str:
        """Hash of the canonical JSON: the identity of what was published."""
        return hashlib.sha256(canonical(self.data).encode()).hexdigest()
