"""Published cases run through rule-sets: which program a case means, what goes in, and whether the result is the expected one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from inspect_app.domain.scoring.program.program import Program, RuleBook, Vectors
from inspect_app.domain.scoring.program.values import InputError, Scalar

#: In ``places``, where the vintage stands.
VERSION = "version"


@dataclass(frozen=True)
class Case:
    """One published case."""

    id: str
    framework: str
    given: Any
    expected: Any


@dataclass(frozen=True)
class CaseResult:
    """What a case came to. ``problem`` says why it could not be run."""

    case: Case
    passed: bool
    got: Any = None
    problem: str = ""


def run(case: Case, books: Iterable[RuleBook]) -> CaseResult:
    """Work a case through the rule-set it names; of several vintages the one it names, else the newest."""
    found = [
        (b, p, p.vectors) for b in books for p in b.programs if p.vectors and p.vectors.framework == case.framework
    ]
    if not found:
        return CaseResult(case, False, problem=f"no rule-set for «{case.framework}»")
    try:
        version, given = given_by(case.given, found[-1][1])
        program = _of_version(version, found)
        got = program.work(given).answer
    except InputError as error:
        return CaseResult(case, False, problem=str(error))
    answer: Any = list(got) if len(program.answer) > 1 else got[0]
    return CaseResult(case, same(case.expected, answer), answer)


def _of_version(version: Any, found: Sequence[tuple[RuleBook, Program, Vectors]]) -> Program:
    by_version = {book.version: program for book, program, _ in found}
    if version is None:
        return by_version[max(by_version)]
    if version not in by_version:
        raise InputError(VERSION, f"one of {', '.join(sorted(by_version))}, not {version!r}")
    return by_version[version]


def given_by(raw: Any, program: Program) -> tuple[Any, dict[str, Any]]:
    """The vintage a case names (None: none) and its inputs by name. Raises InputError."""
    vectors = program.vectors or Vectors("")
    names = {asked.code for asked in program.inputs} | ({vectors.version} if vectors.version else set())
    if vectors.places and isinstance(raw, Sequence) and not isinstance(raw, str):
        if len(raw) > len(vectors.places):
            raise InputError(program.code, f"{len(vectors.places)} values, not {len(raw)}")
        given = dict(zip(vectors.places, raw, strict=False))
        return given.pop(VERSION, None), given
    if isinstance(raw, Mapping) and (vectors.bare is None or raw.keys() <= names):
        given = dict(raw)
        return (given.pop(vectors.version, None) if vectors.version else None), given
    if vectors.bare is None:
        raise InputError(program.code, "inputs by name, not a list")
    return None, {vectors.bare: raw}


def same(expected: Any, got: Scalar | list[Scalar]) -> bool:
    """Whether a result is the expected one: numbers by their value, all else exactly; true is not 1."""
    if isinstance(expected, list) or isinstance(got, list):
        return (
            isinstance(expected, list)
            and isinstance(got, list)
            and len(expected) == len(got)
            and all(map(same, expected, got))
        )
    if isinstance(expected, bool) or isinstance(got, bool) or expected is None or got is None:
        return expected is got
    one, other = _number(expected), _number(got)
    return str(expected) == str(got) if one is None or other is None else one == other


def _number(value: object) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None
