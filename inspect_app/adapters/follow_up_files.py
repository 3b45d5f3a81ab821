"""The delays of support plans as a file, checked by its shape."""

from functools import lru_cache
from pathlib import Path

from inspect_app.adapters.rule_files import FOLDER
from inspect_app.adapters.yaml_files import load, read
from inspect_app.domain.reminders import FollowUp
from inspect_app.schemas.follow_up import FollowUpSchema


@lru_cache(maxsize=8)
def load_follow_up(path: Path = FOLDER / "follow-up.yaml") -> FollowUp:
    """The delays of a file (the one in force without a path). Raises FaultyFilesError with lines."""
    document = read(path, path.parent.parent)
    load(document, FollowUpSchema())
    return FollowUp.of(document.data)
