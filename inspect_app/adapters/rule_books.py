"""Rule-sets of regulators as files (``checklists/regulators/``): read, checked, and whether a published one changed."""

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from inspect_app.adapters.yaml_files import Fault, FaultyFilesError, load, read
from inspect_app.config import ROOT
from inspect_app.domain.scoring.program import Case, RuleBook, rule_book
from inspect_app.schemas.rulesets import RuleBookSchema

FOLDER = ROOT / "checklists" / "regulators"
#: File name → SHA-256 of its bytes, written when it is published.
LOCK = "published.yaml"


class FaultyCasesError(Exception):
    """A file of cases that cannot be read; the message says why."""


def files(folder: Path = FOLDER) -> tuple[Path, ...]:
    """The rule-set files, by name."""
    return tuple(path for path in sorted(folder.glob("*.yaml")) if path.name != LOCK)


def load_rule_book(path: Path) -> RuleBook:
    """The rule-set of a file. Raises FaultyFilesError with lines."""
    document = read(path, path.parent.parent)
    load(document, RuleBookSchema())
    return rule_book(document.data)


@lru_cache(maxsize=4)
def load_rule_books(folder: Path = FOLDER) -> tuple[RuleBook, ...]:
    """All rule-sets, oldest version of each first. Raises FaultyFilesError with the faults of all files."""
    books, faults = [], []
    for path in files(folder):
        try:
            books.append(load_rule_book(path))
        except FaultyFilesError as error:
            faults += error.faults
    if faults:
        raise FaultyFilesError(faults)
    return tuple(sorted(books, key=lambda book: (book.code, book.version)))


def changed_after_publication(folder: Path = FOLDER) -> list[Fault]:
    """Published files that are no longer what was published, or are gone."""
    lock = folder / LOCK
    if not lock.exists():
        return []
    published: Mapping[str, str] = yaml.safe_load(lock.read_text(encoding="utf-8")) or {}
    now = {path.name: sha256(path.read_bytes()).hexdigest() for path in files(folder)}
    return [
        Fault(f"{folder.name}/{name}", 1, "", "changed after publication")
        for name, was in published.items()
        if now.get(name) != was
    ]


def publish(folder: Path = FOLDER) -> list[str]:
    """Write the hash of every file not yet published; the names of those. A hash once written stays."""
    lock = folder / LOCK
    published: dict[str, str] = {}
    if lock.exists():
        published = yaml.safe_load(lock.read_text(encoding="utf-8")) or {}
    new = {path.name: sha256(path.read_bytes()).hexdigest() for path in files(folder) if path.name not in published}
    if new:
        head = "# SHA-256 of each published rule-set file. Published files never change: a new version is a new file.\n"
        lock.write_text(head + yaml.safe_dump(published | new, sort_keys=True), encoding="utf-8")
    return sorted(new)


def load_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a vectors file, numbers exact. Raises FaultyCasesError."""
    try:
        data: Any = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        return tuple(Case(c["id"], c["framework"], c["input"], c["expected"]) for c in data["cases"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FaultyCasesError(f"{path.name}: not a file of cases ({type(error).__name__}: {error})") from error
