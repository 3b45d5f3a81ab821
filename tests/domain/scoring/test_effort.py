"""What an institution's work is thought to be: numbers of a policy, by the support that mends a criterion."""

import pytest

from inspect_app.domain.scoring.effort import Effort
from inspect_app.domain.texts import Text
from tests.factories.scoring import TEXT, checklist, criterion

DATA = {"code": "e", "version": "1", "title": TEXT, "support": {"training": 2, "works": 9}}


def test_a_policy_of_effort_is_what_its_file_says() -> None:
    effort = Effort.of(DATA)
    assert effort == Effort("e", "1", Text("نص", "texte", "text"), {"training": 2, "works": 9})


def test_each_criterion_costs_what_its_support_costs() -> None:
    asked = checklist(GOV=[criterion("A"), {**criterion("B"), "support": "works"}])
    assert Effort.of(DATA).steps(asked) == {"A": 2, "B": 9}
    with pytest.raises(KeyError):
        Effort.of({**DATA, "support": {}}).steps(asked)
