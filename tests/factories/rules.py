"""Rule-sets for tests: the one in force, and drafts of the next."""

import copy
from pathlib import Path
from typing import Any

import yaml

from inspect_app.adapters.rule_files import load_rules
from inspect_app.domain.scoring import RuleSet


def draft_data(version: str = "2027-draft", **changes: Any) -> dict[str, Any]:
    """The rule-set in force under another version. ``thresholds`` and ``weights`` change some; others replace parts."""
    data = copy.deepcopy(load_rules().as_data())
    data["version"] = version
    for code, threshold in changes.pop("thresholds", {}).items():
        next(level for level in data["levels"] if level["code"] == code)["from"] = threshold
    data["score"]["domain_weights"].update(changes.pop("weights", {}))
    return {**data, **changes}


def draft(version: str = "2027-draft", **changes: Any) -> RuleSet:
    """The same as a rule-set."""
    return RuleSet.of(draft_data(version, **changes))


def write_draft(path: Path, version: str = "2027-draft", **changes: Any) -> Path:
    """The same as a file."""
    path.write_text(yaml.safe_dump(draft_data(version, **changes), allow_unicode=True), encoding="utf-8")
    return path
