"""The policy of agreement between inspectors as a file, checked by its shape."""

from functools import lru_cache
from pathlib import Path

from inspect_app.adapters.yaml_files import load, read
from inspect_app.config import ROOT
from inspect_app.domain.agreement_report import AgreementPolicy
from inspect_app.schemas.agreement import AgreementPolicySchema

FILE = ROOT / "checklists" / "law-65-15" / "agreement.yaml"


@lru_cache(maxsize=8)
def load_agreement_policy(path: Path = FILE) -> AgreementPolicy:
    """The policy of a file (the one in force without a path). Raises FaultyFilesError with lines."""
    document = read(path, path.parent.parent)
    load(document, AgreementPolicySchema())
    return AgreementPolicy.of(document.data)
