"""Rule-sets and the policy as files. Checked by their shape; kept as written, so that the frozen text is the text."""

from functools import lru_cache
from pathlib import Path

from inspect_app.adapters.yaml_files import load, read
from inspect_app.config import ROOT
from inspect_app.domain.policy import Policy
from inspect_app.domain.scoring import RuleSet
from inspect_app.schemas.rules import PolicySchema, RuleSetSchema

FOLDER = ROOT / "checklists" / "law-65-15"


@lru_cache(maxsize=8)
def load_rules(path: Path = FOLDER / "rules.yaml") -> RuleSet:
    """The rule-set of a file (the default one in force without a path). Raises FaultyFilesError with lines."""
    document = read(path, path.parent.parent)
    load(document, RuleSetSchema())
    return RuleSet.of(document.data)


@lru_cache(maxsize=8)
def load_policy(path: Path = FOLDER / "policy.yaml") -> Policy:
    """The policy of a file (the one in force without a path). Raises FaultyFilesError with lines."""
    document = read(path, path.parent.parent)
    load(document, PolicySchema())
    return Policy.of(document.data)
