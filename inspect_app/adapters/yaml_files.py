"""Read a YAML file through a shape, and say of each fault in which line it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from marshmallow import Schema, ValidationError

from inspect_app.adapters.yaml_words import NOT_TEXT, in_words, not_yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Fault:
    """What is wrong, where. ``subject`` is the criterion or source at fault, if one is."""

    file: str
    line: int
    subject: str
    message: str

    def __str__(self) -> str:
        subject = f" {self.subject}:" if self.subject else ""
        return f"{self.file}:{self.line}:{subject} {self.message}"


class FaultyFilesError(Exception):
    """Files that cannot be used; ``faults`` says why, each with file and line."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class _UniqueKeys(_LOADER):  # type: ignore[misc, valid-type]
    """A loader that refuses the same key twice (YAML would keep the last silently)."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"«{key.value}» stands twice", key.start_mark)
            seen.add(key.value)
        result: dict[Any, Any] = super().construct_mapping(node, deep=True)
        return result


@dataclass(frozen=True)
class Document:
    """A file's content and the means to find the line of any path in it."""

    name: str
    data: Any
    text: str

    @cached_property
    def root(self) -> Any:
        """The file as nodes that know their lines; composed only where there is a fault to place."""
        return yaml.compose(self.text, Loader=_LOADER)

    def line(self, path: list[Any]) -> int:
        """The line (from 1) where the path stands, or where its nearest ancestor does."""
        node, line = self.root, self.root.start_mark.line
        for step in path:
            if isinstance(node, yaml.MappingNode):
                found = [(k, v) for k, v in node.value if str(k.value) == str(step)]
                if not found:
                    break
                line, node = found[0][0].start_mark.line, found[0][1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line
            elif step not in ("key", "value"):
                break
        return int(line) + 1

    def subject(self, path: list[Any]) -> str:
        """The innermost ``code`` or ``id`` on the way to the path."""
        here, found = self.data, ""
        for step in path:
            if isinstance(here, dict):
                here = here.get(step, here.get(int(step)) if str(step).isdigit() else None)
            elif isinstance(here, list) and isinstance(step, int) and step < len(here):
                here = here[step]
            if isinstance(here, dict):
                found = str(here.get("code") or here.get("id") or found)
        return found

    def fault(self, path: list[Any], message: str) -> Fault:
        """A fault at a path."""
        return Fault(self.name, self.line(path), self.subject(path), message)

    def names(self, path: list[Any]) -> list[str]:
        """The names on the way to the path, without places in lists: «nodes, family», not «0, family»."""
        here, found = self.data, []
        for step in path:
            if step in ("key", "value") and not (isinstance(here, dict) and step in here):
                continue  # how marshmallow says which side of an entry it means
            if isinstance(here, list) and isinstance(step, int):
                here = here[step] if step < len(here) else None
                continue
            here = here.get(step) if isinstance(here, dict) else None
            found.append(str(step))
        return found


def read(path: Path, root: Path) -> Document:
    """Parse a file. Raises FaultyFilesError with the line where it is not YAML, or no text."""
    name = str(path.relative_to(root))
    content = path.read_bytes()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise FaultyFilesError([Fault(name, line, "", NOT_TEXT)]) from error
    try:
        data = yaml.load(text, Loader=_UniqueKeys)  # noqa: S506 - a safe loader that also refuses doubled keys
    except yaml.MarkedYAMLError as error:
        place = error.problem_mark.line if error.problem_mark else 0
        line_there = [*text.splitlines(), ""][min(place, text.count("\n"))]
        raise FaultyFilesError([Fault(name, place + 1, "", not_yaml(str(error.problem), line_there))]) from error
    if data is None:
        raise FaultyFilesError([Fault(name, 1, "", "the file is empty")])
    return Document(name, data, text)


def _leaves(messages: Any, path: list[Any]) -> Iterator[tuple[list[Any], str]]:
    if isinstance(messages, dict):
        for step, inner in messages.items():
            yield from _leaves(inner, path if step == "_schema" else [*path, step])
    elif isinstance(messages, list):
        for inner in messages:
            yield from _leaves(inner, path)
    else:
        yield path, str(messages)


def load(document: Document, schema: Schema) -> Any:
    """The content in the shape. Raises FaultyFilesError with every fault and its line."""
    try:
        return schema.load(document.data)
    except ValidationError as error:
        faults = [_fault(document, p, m) for p, m in _leaves(error.messages, [])]
        raise FaultyFilesError(sorted(faults, key=lambda fault: fault.line)) from error


def _fault(document: Document, path: list[Any], message: str) -> Fault:
    said, names = in_words(message), document.names(path)[-2:]
    label = ".".join(names)
    return document.fault(path, f"{label}{' ' if said == 'is missing' else ': '}{said}" if names else said)
