"""What a rule-set knows while it is worked through: a number is written as people see it."""

from decimal import Decimal
from fractions import Fraction

from inspect_app.domain.scoring.program.known import Ledger
from inspect_app.domain.scoring.program.outcome import Outcome
from inspect_app.domain.texts import Text

SAID = Text("معدل", "moyenne", "mean")


def test_a_result_is_written_with_all_its_declared_places_and_an_input_as_it_was_given() -> None:
    known = Ledger({"beds": Fraction(25, 2)}, {})
    known.outcomes["mean"] = Outcome("mean", "mean", SAID, Decimal("59.20"), SAID, exact=Fraction(1184, 20))
    assert known.written("mean") == "59.20"
    assert known.written("beds") == "12.5"
