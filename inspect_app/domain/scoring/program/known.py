"""What is known while a rule-set is worked through: the inputs, and the results so far."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from inspect_app.domain.scoring.program.outcome import Outcome
from inspect_app.domain.scoring.program.values import Collection, Given, Grade, Groups, Matrix, Quantity, plain
from inspect_app.domain.texts import Text


class Ledger:
    """Inputs and results by name. A name is either; the files are checked for names that do not exist."""

    def __init__(self, given: Mapping[str, Given], titles: Mapping[str, Text]) -> None:
        self._given = given
        self._titles = titles
        self._several = sum(isinstance(value, tuple) for value in given.values()) > 1
        self.outcomes: dict[str, Outcome] = {}

    def value(self, name: str) -> Quantity:
        """A single value as people see it: results are rounded."""
        outcome = self.outcomes.get(name)
        value = self._given.get(name) if outcome is None else outcome.value
        if isinstance(value, Decimal):
            return Fraction(value)
        return value if isinstance(value, Grade | Fraction | bool) else None

    def written(self, name: str) -> str:
        """A number as people see it: a result with all its declared places, «59.20»."""
        outcome = self.outcomes.get(name)
        if outcome is not None and isinstance(outcome.value, Decimal):
            return f"{outcome.value:f}"
        value = self.value(name)
        assert isinstance(value, Fraction)
        return plain(value)

    def number(self, name: str) -> Fraction | None:
        """The exact number behind a value: means go on with it, so that nothing is rounded twice."""
        outcome = self.outcomes.get(name)
        if outcome is not None and outcome.exact is not None:
            return outcome.exact
        value = self.value(name)
        if isinstance(value, Grade):
            return value.number
        return value if isinstance(value, Fraction) and not isinstance(value, bool) else None

    def atoms(self, name: str) -> Collection:
        """A collection."""
        given = self._given.get(name)
        return given if isinstance(given, tuple) else ()  # type: ignore[return-value]

    def reference(self, name: str, key: str) -> str:
        """What an atom is called: by its key, and by its collection too where there are several."""
        return f"{name}.{key}" if self._several else key

    def is_collection(self, name: str) -> bool:
        """Whether the name is an input of many atoms."""
        return name not in self.outcomes and isinstance(self._given.get(name), tuple)

    def groups(self, name: str) -> Groups | None:
        """The figures of a result by groups, rounded; None where the name is none."""
        outcome = self.outcomes.get(name)
        if outcome is None or outcome.groups is None:
            return None
        return {g.code: None if g.rounded is None else Fraction(g.rounded) for g in outcome.groups}

    def option(self, name: str) -> str:
        """A chosen option."""
        return str(self._given[name])

    def matrix(self, name: str) -> Matrix:
        """A table of counts."""
        return self._given[name]  # type: ignore[return-value]

    def title(self, name: str) -> Text:
        """What the input or result is called."""
        return self._titles.get(name, Text(name, name, name))
