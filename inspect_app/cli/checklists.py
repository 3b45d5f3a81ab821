"""``flask checklists``: check the files, list, show, compare, publish, and write ``docs/law.md``."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import click
import yaml
from flask.cli import AppGroup

from inspect_app.adapters.checklist_files import FOLDER, load_checklist, load_framework, load_sources, versions
from inspect_app.adapters.law_page import law_page
from inspect_app.adapters.rule_files import load_policy, load_rules
from inspect_app.adapters.yaml_files import FaultyFilesError
from inspect_app.config import ROOT
from inspect_app.domain.checklist_diff import difference
from inspect_app.domain.checklists import Checklist, Criterion

group = AppGroup("checklists", help="The law's checklists as files.")
_FRAMEWORK = "law-65-15"
_LOCK = FOLDER / _FRAMEWORK / "published.yaml"


def _hashes(version: str) -> dict[str, str]:
    base = FOLDER / _FRAMEWORK / version
    return {
        str(path.relative_to(base)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(base.rglob("*.yaml"))
    }


def _changed_after_publication(lock: Path = _LOCK) -> list[str]:
    """Files of published versions that are no longer what was published."""
    if not lock.exists():
        return []
    published: dict[str, dict[str, str]] = yaml.safe_load(lock.read_text(encoding="utf-8")) or {}
    found = []
    for version, files in published.items():
        now = _hashes(version)
        names = {n for n in files.keys() | now.keys() if files.get(n) != now.get(n)}
        found += [f"{_FRAMEWORK}/{version}/{name}: changed after publication" for name in sorted(names)]
    return found


@group.command("check")
def check() -> None:
    """Check every file; each fault with file, line and criterion. Exit 1 when there is one."""
    faults: list[str] = []
    readers: list[Callable[[], object]] = [load_sources, load_rules, load_policy]
    for load in (*readers, *(_loader(v) for v in versions(_FRAMEWORK))):
        try:
            load()
        except FaultyFilesError as error:
            faults += [str(fault) for fault in error.faults]
    faults += _changed_after_publication()
    if faults:
        for fault in faults:
            click.echo(fault, err=True)
        raise SystemExit(1)
    framework = load_framework()
    total = {c.code for category in framework.categories for c in load_checklist(category=category)}
    click.echo(f"{len(framework.files)} files, {len(total)} criteria, {len(framework.categories)} checklists: no fault")


def _loader(version: str) -> Callable[[], object]:
    return lambda: load_framework(_FRAMEWORK, version)


@group.command("list")
@click.option("--language", default="fr", type=click.Choice(["ar", "fr", "en"]))
def list_(language: str) -> None:
    """The checklists: version, category, number of criteria, critical ones, hash."""
    for version in versions(_FRAMEWORK):
        for category in load_framework(_FRAMEWORK, version).categories:
            found = load_checklist(_FRAMEWORK, version, category=category)
            critical = sum(c.critical for c in found)
            click.echo(
                f"{version}/{category:<15} {len(list(found)):>4} criteria, {critical:>2} critical  "
                f"{found.sha256[:12]}  {found.title.get(language)}"
            )


@group.command("show")
@click.argument("code")
@click.option("--language", default="fr", type=click.Choice(["ar", "fr", "en"]))
def show(code: str, language: str) -> None:
    """One criterion, whole: texts, descriptors, sources with their status, empty norms."""
    for category in load_framework().categories:
        try:
            criterion = load_checklist(category=category).criterion(code)
        except KeyError:
            continue
        click.echo(_told(criterion, language))
        return
    raise click.ClickException(f"no criterion {code}")


def _told(c: Criterion, language: str) -> str:
    lines = {(line.source, line.id): line for s in load_sources()[0] for line in s.lines}
    rows = [
        f"{c.code}  {c.title.get(language)}  [{c.criterion_class}, weight {c.weight}]",
        c.requirement.get(language),
        "",
    ]
    rows += [f"  {v.method}: {v.text.get(language)}" for v in c.verify]
    rows += ["", *(f"  {level}: {text.get(language)}" for level, text in c.levels.items()), ""]
    rows += [f"  {s.source}:{s.line} ({s.status}) {lines[s.source, s.line].title.get(language)}" for s in c.sources]
    rows += [f"  {p.code}: {p.value or 'norm not known'} {p.unit.get(language)}" for p in c.parameters]
    if c.note:
        rows += ["", c.note.get(language)]
    return "\n".join(rows)


def _named(reference: str) -> Checklist:
    """A checklist from ``version/category``."""
    version, _, category = reference.partition("/")
    if not category:
        raise click.ClickException(f"{reference}: write version/category, as «flask checklists list» prints them")
    try:
        return load_checklist(_FRAMEWORK, version, category=category)
    except FaultyFilesError as error:
        raise click.ClickException(str(error)) from error


@group.command("diff")
@click.argument("old")
@click.argument("new")
def diff(old: str, new: str) -> None:
    """What changed from OLD to NEW, each ``version/category``. Exit 0 when both say the same, 1 otherwise."""
    found = difference(_named(old), _named(new))
    for code in found.removed:
        click.echo(f"- {code}")
    for code in found.added:
        click.echo(f"+ {code}")
    for criterion in found.changed:
        click.echo(f"~ {criterion.code}: {', '.join(criterion.fields)}")
    if found.empty:
        click.echo("no difference")
    raise SystemExit(0 if found.empty else 1)


@group.command("publish")
@click.argument("version")
def publish(version: str) -> None:
    """Write down the hashes of a version's files: from then on ``check`` refuses any change to them."""
    published: dict[str, dict[str, str]] = {}
    if _LOCK.exists():
        published = yaml.safe_load(_LOCK.read_text(encoding="utf-8")) or {}
    if version in published:
        raise click.ClickException(f"{version} is already published and never changes; make a new version")
    load_framework(_FRAMEWORK, version)
    published[version] = _hashes(version)
    _LOCK.write_text(
        "# Versions that were published: the SHA-256 of each of their files. Written by «flask checklists publish».\n"
        + yaml.safe_dump(published, sort_keys=True),
        encoding="utf-8",
    )
    click.echo(f"{version}: {len(published[version])} files published")


@group.command("law")
@click.option("--check", "only_check", is_flag=True, help="Only say whether docs/law.md is up to date.")
def law(only_check: bool) -> None:
    """Write ``docs/law.md``: every source line, its criteria, and what is to be confirmed."""
    path = ROOT / "docs" / "law.md"
    text = law_page()
    if only_check:
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            raise click.ClickException("docs/law.md is stale: run «flask checklists law»")
        return
    path.write_text(text, encoding="utf-8")
    click.echo(f"{path.relative_to(ROOT)} written")
