"""The table of effort as a file, checked by its shape."""

from functools import lru_cache
from pathlib import Path

from inspect_app.adapters.rule_files import FOLDER
from inspect_app.adapters.yaml_files import load, read
from inspect_app.domain.scoring.effort import Effort
from inspect_app.schemas.effort import EffortSchema


@lru_cache(maxsize=8)
def load_effort(path: Path = FOLDER / "effort.yaml") -> Effort:
    """The table of a file (the one in force without a path). Raises FaultyFilesError with lines."""
    document = read(path, path.parent.parent)
    load(document, EffortSchema())
    return Effort.of(document.data)
