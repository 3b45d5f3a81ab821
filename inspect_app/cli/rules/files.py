"""``flask rules check | list | explain | verify``: the rule-sets as files, and published cases run through them."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from inspect_app.adapters import rule_books, rule_versions
from inspect_app.adapters.rule_files import load_rules
from inspect_app.adapters.yaml_files import FaultyFilesError
from inspect_app.cli.rules import group
from inspect_app.domain.scoring.program import InputError, Program, RuleBook, given_by, run


@group.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(paths: tuple[Path, ...]) -> None:
    """Check every file (or those named); each fault with file and line. Exit 1 when there is one."""
    try:
        if paths:
            books: tuple[RuleBook, ...] = tuple(rule_books.load_rule_book(path) for path in paths)
        else:
            load_rules()
            books = rule_books.load_rule_books()
        faults = [] if paths else _changed()
    except FaultyFilesError as error:
        faults = [str(fault) for fault in error.faults]
    if faults:
        for fault in faults:
            click.echo(fault, err=True)
        raise SystemExit(1)
    click.echo(f"{len(books) + (not paths)} rule-sets, {sum(len(b.programs) for b in books)} programs: no fault")


def _changed() -> list[str]:
    """Published rule-sets that are no longer what was published."""
    return [*map(str, rule_books.changed_after_publication()), *rule_versions.changed_after_publication()]


@group.command("list")
@click.option("--language", default="fr", type=click.Choice(["ar", "fr", "en"]))
def list_(language: str) -> None:
    """The rule-sets: code@version, hash, title, programs."""
    own = load_rules()
    click.echo(f"{own.code}@{own.version:<22} {own.sha256[:12]}  {own.title.get(language)}")
    for book in rule_books.load_rule_books():
        name = f"{book.code}@{book.version}"
        click.echo(f"{name:<40} {book.sha256[:12]}  {book.title.get(language)}")
        for program in book.programs:
            click.echo(f"    {program.code:<24} {program.title.get(language)}")


@group.command("explain")
@click.argument("name", metavar="CODE[@VERSION]/PROGRAM")
@click.argument("given", required=False, metavar="[INPUTS AS JSON]")
@click.option("--language", default="fr", type=click.Choice(["ar", "fr", "en"]))
@click.option("--json", "as_json", is_flag=True, help="The whole result as JSON.")
def explain(name: str, given: str | None, language: str, as_json: bool) -> None:
    """What a program asks for; with inputs, what it comes to and why, node by node."""
    program = _program(name)
    if given is None:
        _told(program, language)
        return
    try:
        result = program.work(given_by(json.loads(given, parse_float=Decimal), program)[1])
    except (InputError, json.JSONDecodeError, AttributeError) as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(result.as_data(), ensure_ascii=False, indent=1))
        return
    for outcome in result.outcomes:
        click.echo(f"{outcome.title.get(language)}: {outcome.shown}")
        click.echo(f"    {outcome.explanation.get(language)}")
        if outcome.arithmetic:
            click.echo(f"    {outcome.arithmetic}")
        click.echo(f"    ← {', '.join(outcome.binding) or '—'}")
    answer: Any = list(result.answer) if len(result.answer) > 1 else result.answer[0]
    click.echo(f"= {json.dumps(answer, ensure_ascii=False)}" if result.scored else "= not scored")


def _program(name: str) -> Program:
    """The program of a name; of the newest version where none is named."""
    reference, _, code = name.partition("/")
    wanted, _, version = reference.partition("@")
    books = [b for b in rule_books.load_rule_books() if b.code == wanted and version in ("", b.version)]
    if not books:
        raise click.ClickException(f"no rule-set {reference}; flask rules list names them")
    found = [p for p in books[-1].programs if code in ("", p.code)]
    if len(found) != 1:
        raise click.ClickException(f"one of: {', '.join(f'{reference}/{p.code}' for p in books[-1].programs)}")
    return found[0]


def _told(program: Program, language: str) -> None:
    click.echo(program.title.get(language))
    for asked in program.inputs:
        of = f" ({', '.join(map(str, asked.scale.values))})" if asked.scale else ""
        many = ", several" if asked.many else ""
        click.echo(
            f"  {asked.code}: {asked.kind}{of}{many}{', optional' if asked.optional else ''} – "
            f"{asked.title.get(language)}"
        )
    for node in program.nodes:
        click.echo(f"  → {node.code} [{node.family}] {node.title.get(language)}")
    click.echo(f"  = {', '.join(program.answer)}")
    for note in program.notes:
        click.echo(f"  {note.get(language)}")


@group.command("verify")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(path: Path) -> None:
    """Run a file of cases through the rule-sets. Names each case that fails; the last line counts. Exit 1 on a failure."""
    try:
        cases = rule_books.load_cases(path)
    except rule_books.FaultyCasesError as error:
        raise click.ClickException(str(error)) from error
    books = rule_books.load_rule_books()
    results = [run(case, books) for case in cases]
    for result in results:
        if not result.passed:
            why = result.problem or f"got {_json(result.got)}"
            click.echo(f"{result.case.id}: expected {_json(result.case.expected)}, {why}")
    passed = sum(result.passed for result in results)
    click.echo(f"{passed} passed, {len(results) - passed} failed")
    if passed < len(results):
        raise SystemExit(1)


def _json(value: Any) -> str:
    return str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False, default=str)
