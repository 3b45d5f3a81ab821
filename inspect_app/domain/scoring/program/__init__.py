"""The general engine: any regulator's rules, written as data, worked through exactly and explained node by node."""

from inspect_app.domain.scoring.program.cases import Case, CaseResult, given_by, run, same
from inspect_app.domain.scoring.program.outcome import Outcome
from inspect_app.domain.scoring.program.program import ENGINE, Program, Result, RuleBook
from inspect_app.domain.scoring.program.reading import rule_book
from inspect_app.domain.scoring.program.values import Atom, Grade, InputError, Scale

__all__ = [
    "ENGINE",
    "Atom",
    "Case",
    "CaseResult",
    "Grade",
    "InputError",
    "Outcome",
    "Program",
    "Result",
    "RuleBook",
    "Scale",
    "given_by",
    "rule_book",
    "run",
    "same",
]
