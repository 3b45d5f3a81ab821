"""Second cards for tests, added by the deed itself under a version that was published in a folder of the test."""

from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from inspect_app.adapters import rule_versions
from inspect_app.domain.scoring import RuleSet
from inspect_app.services import rescoring
from inspect_app.services.rescoring import Reach, second_cards
from tests.factories.rules import draft, write_draft

#: Under these rules the worst institutions would be provisional.
LENIENT: dict[str, Any] = {"thresholds": {"provisional": "20"}, "gates": []}


def publish(folder: Path, monkeypatch: pytest.MonkeyPatch, version: str = "2027-1", **changes: Any) -> RuleSet:
    """A version of the rules, published; ``folder`` is the test's own."""
    write_draft(folder / "rules.yaml", version, **changes)
    rule_versions.publish(folder=folder)
    monkeypatch.setattr(second_cards, "is_published", partial(rule_versions.is_published, folder=folder))
    return draft(version, **changes)


def rescore_all(rules: RuleSet) -> None:
    """Every final visit gets its card under the rules."""
    rescoring.add_cards(rules, reach=Reach(), processes=1)


def add_second_card(institution: str) -> None:
    """The final visits of an institution get a card under a version that passes for published."""
    gates = [gate for gate in draft().as_data()["gates"] if gate["code"] != "danger"]
    rules = draft("2027-1", thresholds={"provisional": "20"}, weights={"PRO": 5}, gates=gates)
    with mock.patch.object(second_cards, "is_published", return_value=True):
        rescoring.add_cards(rules, reach=Reach(institution=institution), processes=1)
