"""The checklists as files: read, check as a whole, and compile one for a category."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from inspect_app.adapters.yaml_files import Document, Fault, FaultyFilesError, load, read
from inspect_app.config import ROOT
from inspect_app.domain.checklists import (
    Checklist,
    Criterion,
    Domain,
    Measurement,
    Parameter,
    SourceRef,
    Standard,
    Verification,
)
from inspect_app.domain.sources import OpenQuestion, Source, SourceLine
from inspect_app.domain.texts import Text
from inspect_app.schemas.checklists import DomainFileSchema, FrameworkSchema, SourcesFileSchema

FOLDER = ROOT / "checklists"
#: A criterion may not rest on these alone.
_NOT_A_BASIS = frozenset({"trace", "to-verify", "unknown"})


@dataclass(frozen=True)
class Framework:
    """A version as its ``framework.yaml`` and its files say it, before compiling."""

    code: str
    version: str
    title: Text
    data: dict[str, Any]
    files: tuple[tuple[str, dict[str, Any]], ...]  # (folder, content)

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories for which a checklist can be compiled."""
        return tuple(c["code"] for c in self.data["categories"])


def versions(framework: str = "law-65-15", folder: Path = FOLDER) -> tuple[str, ...]:
    """The versions of a framework, oldest first."""
    return tuple(sorted((p.parent.name for p in (folder / framework).glob("*/framework.yaml")), key=_version_key))


def _version_key(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("-") if part.isdigit())


def load_sources(folder: Path = FOLDER) -> tuple[tuple[Source, ...], tuple[OpenQuestion, ...]]:
    """Sources and open questions. Raises FaultyFilesError."""
    return _sources(folder)


# what is remembered has all its arguments spelled out: left out and named, they would be remembered apart
@lru_cache(maxsize=4)
def _sources(folder: Path) -> tuple[tuple[Source, ...], tuple[OpenQuestion, ...]]:
    document = read(folder / "sources.yaml", folder)
    data = load(document, SourcesFileSchema())
    faults = _twice([s["id"] for s in data["sources"]], document)
    for source in data["sources"]:
        faults += _twice([f"{source['id']}:{line['id']}" for line in source["lines"]], document)
    if faults:
        raise FaultyFilesError(faults)
    sources = tuple(
        Source(
            id=s["id"],
            kind=s["kind"],
            title=Text.of(s["title"]),
            date=s["date"],
            bulletin=s["bulletin"],
            consulted=Text.of(s["consulted"]),
            url=s["url"],
            status=s["status"],
            lines=tuple(
                SourceLine(s["id"], x["id"], Text.of(x["title"]), x["status"], x["confirm"]) for x in s["lines"]
            ),
        )
        for s in data["sources"]
    )
    return sources, tuple(OpenQuestion(q["id"], Text.of(q["text"])) for q in data["open_questions"])


def _twice(ids: list[str], document: Document) -> list[Fault]:
    return [Fault(document.name, 1, i, "stands twice") for i, count in Counter(ids).items() if count > 1]


def load_framework(framework: str = "law-65-15", version: str | None = None, folder: Path = FOLDER) -> Framework:
    """All files of a version, checked: shapes, codes, sources, folders. Raises FaultyFilesError with every fault."""
    return _framework(framework, version, folder)


@lru_cache(maxsize=8)
def _framework(framework: str, version: str | None, folder: Path) -> Framework:
    known = versions(framework, folder)
    if not known or (version and version not in known):
        raise FaultyFilesError([Fault(framework, 1, "", f"no version {version or ''}; known: {', '.join(known)}")])
    base = folder / framework / (version or known[-1])
    data = load(read(base / "framework.yaml", folder), FrameworkSchema())
    prefixes = {c["code"]: c["prefix"] + "-" for c in data["categories"]} | {"common": ""}
    domains = [d["code"] for d in data["domains"]]
    lines = {(line.source, line.id): line for s in load_sources(folder)[0] for line in s.lines}
    faults: list[Fault] = []
    files: list[tuple[str, dict[str, Any]]] = []
    seen: dict[str, str] = {}
    for path in sorted(base.glob("*/*.yaml")):
        try:
            document = read(path, folder)
            content = load(document, DomainFileSchema())
        except FaultyFilesError as error:
            faults += error.faults
            continue
        category = path.parent.name
        if category not in prefixes:
            faults.append(Fault(document.name, 1, "", f"folder «{category}» is not a category of framework.yaml"))
            continue
        faults += _faults_of_file(document, content, prefixes[category], domains, path.stem, lines, seen)
        files.append((category, content))
    if faults:
        raise FaultyFilesError(sorted(faults, key=lambda f: (f.file, f.line)))
    return Framework(data["framework"], data["version"], Text.of(data["title"]), data, tuple(files))


def _faults_of_file(
    document: Document,
    content: dict[str, Any],
    prefix: str,
    domains: list[str],
    stem: str,
    lines: dict[tuple[str, str], SourceLine],
    seen: dict[str, str],
) -> list[Fault]:
    faults = []
    if content["domain"] not in domains or stem != content["domain"].lower():
        faults.append(
            document.fault(["domain"], f"domain {content['domain']} is unknown, or the file is not named after it")
        )
    wanted = f"{prefix}{content['domain']}-"
    for i, standard in enumerate(content["standards"]):
        path: list[Any] = ["standards", i]
        faults += _faults_of_code(document, standard["code"], wanted, [*path, "code"], seen)
        for j, criterion in enumerate(standard["criteria"]):
            at = [*path, "criteria", j]
            faults += _faults_of_code(document, criterion["code"], wanted, [*at, "code"], seen)
            faults += _faults_of_sources(document, criterion, at, lines)
    return faults


def _faults_of_code(document: Document, code: str, wanted: str, path: list[Any], seen: dict[str, str]) -> list[Fault]:
    faults = []
    if not code.startswith(wanted):
        faults.append(document.fault(path, f"codes of this file begin with {wanted}"))
    if code in seen:
        faults.append(document.fault(path, f"the code already stands in {seen[code]}"))
    seen[code] = document.name
    return faults


def _faults_of_sources(
    document: Document, criterion: dict[str, Any], path: list[Any], lines: dict[tuple[str, str], SourceLine]
) -> list[Fault]:
    faults, bases = [], []
    pointed = [(["sources", k], ref) for k, ref in enumerate(criterion["sources"])]
    pointed += [
        (["parameters", k, "source"], p["source"])
        for k, p in enumerate(criterion.get("parameters", ()))
        if p["source"] is not None
    ]
    for where, ref in pointed:
        found = lines.get((ref["source"], ref["line"]))
        if found is None:
            faults.append(document.fault([*path, *where], f"sources.yaml has no line {ref['source']}:{ref['line']}"))
        elif where[0] == "sources":
            bases.append(found.status)
        elif found.status in _NOT_A_BASIS:
            faults.append(document.fault([*path, *where], "a number needs a source that was read"))
    if bases and set(bases) <= _NOT_A_BASIS:
        faults.append(document.fault([*path, "sources"], "rests only on lines that are traces or still to be verified"))
    return faults


@lru_cache(maxsize=32)
def load_checklist(
    framework: str = "law-65-15", version: str | None = None, *, category: str, folder: Path = FOLDER
) -> Checklist:
    """The checklist of one category: common criteria first, then the category's own. Raises FaultyFilesError."""
    found = load_framework(framework, version, folder)
    if category not in found.categories:
        raise FaultyFilesError([Fault(framework, 1, category, "no such category")])
    compiled = _compiled(framework, version, folder)
    title = next(c["title"] for c in found.data["categories"] if c["code"] == category)
    domains = []
    for domain in found.data["domains"]:
        standards = tuple(
            standard
            for wanted in ("common", category)
            for where, code, standards in compiled
            if where == wanted and code == domain["code"]
            for standard in standards
        )
        if standards:
            domains.append(Domain(domain["code"], Text.of(domain["title"]), standards))
    return Checklist(found.code, found.version, category, Text.of(title), tuple(domains))


@lru_cache(maxsize=8)
def _compiled(framework: str, version: str | None, folder: Path) -> tuple[tuple[str, str, tuple[Standard, ...]], ...]:
    """Category, domain and standards of each file, made once: all checklists share the common ones."""
    status = {(line.source, line.id): line.status for s in load_sources(folder)[0] for line in s.lines}
    return tuple(
        (where, content["domain"], tuple(_standard(s, content["domain"], status) for s in content["standards"]))
        for where, content in load_framework(framework, version, folder).files
    )


def _standard(data: dict[str, Any], domain: str, status: dict[tuple[str, str], str]) -> Standard:
    return Standard(
        data["code"],
        Text.of(data["title"]),
        tuple(_criterion(c, domain, data["code"], status) for c in data["criteria"]),
    )


def _criterion(c: dict[str, Any], domain: str, standard: str, status: dict[tuple[str, str], str]) -> Criterion:
    applies = c.get("applies", {})
    return Criterion(
        code=c["code"],
        domain=domain,
        standard=standard,
        criterion_class=c["criterion_class"],
        weight=c["weight"],
        title=Text.of(c["title"]),
        requirement=Text.of(c["requirement"]),
        verify=tuple(Verification(v["method"], Text.of(v)) for v in c["verify"]),
        levels={level: Text.of(text) for level, text in sorted(c["levels"].items())},
        sources=tuple(SourceRef(s["source"], s["line"], status[s["source"], s["line"]]) for s in c["sources"]),
        support=c["support"],
        na_allowed=c.get("na_allowed", c["criterion_class"] != "critical"),
        services=frozenset(applies.get("services", ())),
        min_capacity=applies.get("min_capacity", 0),
        parameters=tuple(
            Parameter(
                p["code"],
                Text.of(p["label"]),
                Text.of(p["unit"]),
                None if p["value"] is None else str(p["value"]),
                None if p["source"] is None else f"{p['source']['source']}:{p['source']['line']}",
            )
            for p in c.get("parameters", ())
        ),
        measurements=tuple(
            Measurement(m["code"], Text.of(m["label"]), Text.of(m["unit"])) for m in c.get("measurements", ())
        ),
        note=Text.of(c["note"]) if c.get("note") else None,
    )
