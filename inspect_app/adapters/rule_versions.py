"""Versions of rule-sets as files: found by what they say they are, published by their hash, never changed after.

``rules.yaml`` of a folder is the rule-set in force; other versions (older ones, and the next while it is being
prepared) stand beside it as ``rules/<version>.yaml``. ``rules-published.yaml`` holds the SHA-256 of each file that was
published: it may be moved from one place to the other, but not a letter of it changes.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from inspect_app.adapters.rule_files import FOLDER, load_rules
from inspect_app.adapters.yaml_files import Fault, FaultyFilesError
from inspect_app.domain.scoring import RuleSet

_LOCK = "rules-published.yaml"
_HEAD = (
    "# Rule-sets that were published: the SHA-256 of each file, wherever in this folder it stands.\n"
    "# Written by «flask rules publish».\n"
)


@dataclass(frozen=True)
class RuleFile:
    """A file of rules and the version that it says it is."""

    path: Path
    name: str  # code@version
    sha256: str  # of the bytes


class UnknownRulesError(LookupError):
    """No file says that it is this rule-set."""


class PublishedError(Exception):
    """Publishing that is refused, with the reason."""


def rule_files(folder: Path = FOLDER) -> tuple[RuleFile, ...]:
    """The rule-sets of a folder, the one in force first. Raises FaultyFilesError where a file is not YAML."""
    return tuple(_rule_file(path) for path in paths(folder))


def paths(folder: Path = FOLDER) -> tuple[Path, ...]:
    """The files of rule-sets of a folder, the one in force first."""
    return tuple(p for p in (folder / "rules.yaml", *sorted((folder / "rules").glob("*.yaml"))) if p.exists())


def _rule_file(path: Path) -> RuleFile:
    content = path.read_bytes()
    try:
        data: Any = yaml.safe_load(content)
        name = f"{data['code']}@{data['version']}"
    except (yaml.YAMLError, TypeError, KeyError) as error:
        raise FaultyFilesError([Fault(path.name, 1, "", "no rule-set: code and version are missing")]) from error
    return RuleFile(path, name, hashlib.sha256(content).hexdigest())


def find(name: str, folder: Path = FOLDER) -> RuleSet:
    """The rule-set ``CODE@VERSION`` among the files. Raises UnknownRulesError, FaultyFilesError."""
    for file in rule_files(folder):
        if file.name == name:
            return load_rules(file.path)
    raise UnknownRulesError(name)


def published(folder: Path = FOLDER) -> dict[str, str]:
    """``CODE@VERSION`` → SHA-256 of the bytes that were published."""
    lock = folder / _LOCK
    return (yaml.safe_load(lock.read_text(encoding="utf-8")) if lock.exists() else None) or {}


def is_published(rules: RuleSet, folder: Path = FOLDER) -> bool:
    """Whether a rule-set is, word for word, a published one of the folder."""
    lock = published(folder)
    return any(
        lock.get(file.name) == file.sha256 and load_rules(file.path).sha256 == rules.sha256
        for file in rule_files(folder)
    )


def changed_after_publication(folder: Path = FOLDER) -> list[str]:
    """Published rule-sets that are no longer there, or no longer what was published; each as a sentence."""
    found = []
    files = rule_files(folder)
    for name, sha256 in published(folder).items():
        mine = [file for file in files if file.name == name]
        if not mine:
            found.append(f"{folder.name}: {name} was published and is missing: no file says that it is this version")
        found += [
            f"{folder.name}/{file.path.relative_to(folder)}: {name} changed after publication; make a new version"
            for file in mine
            if file.sha256 != sha256
        ]
    return found


def publish(name: str = "", folder: Path = FOLDER) -> RuleFile:
    """Write down the hash of a rule-set (the one in force without a name): from then on it never changes.

    Raises UnknownRulesError, FaultyFilesError with lines, PublishedError.
    """
    files = rule_files(folder)
    mine = [file for file in files if file.name == name] if name else list(files[:1])
    if not mine:
        raise UnknownRulesError(name)
    if len({file.sha256 for file in mine}) > 1:
        places = ", ".join(str(file.path.relative_to(folder)) for file in mine)
        raise PublishedError(f"two files say that they are {mine[0].name}: {places}")
    lock = published(folder)
    if mine[0].name in lock:
        raise PublishedError(f"{mine[0].name} is already published and never changes; make a new version")
    load_rules(mine[0].path)
    lock[mine[0].name] = mine[0].sha256
    (folder / _LOCK).write_text(_HEAD + yaml.safe_dump(lock, sort_keys=True), encoding="utf-8")
    return mine[0]
