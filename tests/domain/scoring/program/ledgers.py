"""What tests of single nodes and conditions stand on: two scales, and inputs and results by name."""

from fractions import Fraction
from typing import Any

from inspect_app.domain.scoring.program import Atom, Grade, Outcome, Scale
from inspect_app.domain.scoring.program.known import Ledger
from inspect_app.domain.texts import Text

MARKS = Scale("marks", (0, 1, 2, 3))
LETTERS = Scale("letters", ("C", "B", "A"))
TITLE = Text("عنوان", "titre", "title")


def grade(value: Any, scale: Scale = MARKS) -> Grade:
    """A step by its name."""
    return Grade(scale, scale.rank(value))


def atoms(*values: int | None, weights: tuple[int, ...] = (), **attributes: tuple[str, ...]) -> tuple[Atom, ...]:
    """Atoms 1, 2, 3… with these marks; attributes one by one."""
    return tuple(
        Atom(
            str(i + 1),
            None if value is None else grade(value),
            Fraction(weights[i] if weights else 1),
            {name: row[i] for name, row in attributes.items()},
        )
        for i, value in enumerate(values)
    )


def ledger(*outcomes: Outcome, **given: Any) -> Ledger:
    """Inputs by name, and results so far."""
    known = Ledger(given, {"a": TITLE})
    known.outcomes.update({outcome.code: outcome for outcome in outcomes})
    return known


def outcome(code: str, value: Any, **more: Any) -> Outcome:
    """A result."""
    return Outcome(code, "mean", TITLE, value, TITLE, **more)
