"""Numbers written down on a visit: what is counted, and what is measured."""

import pytest

from inspect_app.domain.checklists import Measurement
from inspect_app.domain.texts import Text


@pytest.mark.parametrize("unit", ["personnes", "dossiers", "lits", "extincteurs", "oui/non"])
def test_people_and_things_are_counted_in_whole_numbers(unit: str) -> None:
    assert Measurement("n", Text("ع", "n"), Text("و", unit)).whole


@pytest.mark.parametrize("unit", ["m²", "°C", "DH", "heures", "jours", "heures par semaine", "personnes par toilette"])
def test_what_is_measured_and_what_is_a_rate_may_have_decimals(unit: str) -> None:
    assert not Measurement("n", Text("ع", "n"), Text("و", unit)).whole
