"""The policy of decisions as a file, checked by its shape."""

from functools import lru_cache
from pathlib import Path

from inspect_app.adapters.yaml_files import load, read
from inspect_app.config import ROOT
from inspect_app.domain.decisions import DecisionPolicy
from inspect_app.schemas.decisions import DecisionPolicySchema

FILE = ROOT / "checklists" / "law-65-15" / "decisions.yaml"


@lru_cache(maxsize=8)
def load_decision_policy(path: Path = FILE) -> DecisionPolicy:
    """The policy of a file (the one in force without a path). Raises FaultyFilesError with lines."""
    document = read(path, path.parent.parent)
    load(document, DecisionPolicySchema())
    return DecisionPolicy.of(document.data)
