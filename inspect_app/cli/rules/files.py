"""``flask rules check | list | explain | verify``: the rule-sets as files, and published cases run through them."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from inspect_app.adapters import rule_books, rule_versions
from inspect_app.adapters.rule_checks import check_file
from inspect_app.adapters.rule_files import load_rules
from inspect_app.adapters.yaml_files import FaultyFilesError
from inspect_app.cli.rules import group
from inspect_app.domain.scoring.program import InputError, Program, RuleBook, given_by, run
from inspect_app.domain.scoring.program.sentences import listed
from inspect_app.domain.scoring.program.told import Teller
from inspect_app.domain.texts import Text

_COLON = {"ar": ":", "fr": " :", "en": ":"}
_KINDS = {
    "grade": Text("درجة", "échelon", "grade"),
    "number": Text("عدد", "nombre", "number"),
    "flag": Text("نعم أو لا", "vrai ou faux", "flag"),
    "option": Text("اختيار", "option", "option"),
    "matrix": Text("جدول أعداد", "tableau d'effectifs", "matrix"),
    "many": Text("عدة", "plusieurs", "several"),
    "optional": Text("اختياري", "facultatif", "optional"),
}


@group.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(paths: tuple[Path, ...]) -> None:
    """Check every file (or those named); each fault with file and line. Exit 1 when there is one."""
    faults, sound, programs = [], 0, 0
    for path in paths or (*rule_versions.paths(), *rule_books.files()):
        try:
            found = check_file(path)
        except FaultyFilesError as error:
            faults += [str(fault) for fault in error.faults]
            continue
        sound += 1
        programs += len(found.programs) if isinstance(found, RuleBook) else 1
    if not paths and not faults:
        faults = [*map(str, rule_books.changed_after_publication()), *rule_versions.changed_after_publication()]
    if faults:
        for fault in faults:
            click.echo(fault, err=True)
        raise SystemExit(1)
    click.echo(f"{_counted(sound, 'rule-set')}, {_counted(programs, 'program')}: no fault")


def _counted(number: int, of: str) -> str:
    return f"{number} {of}{'' if number == 1 else 's'}"


def _books() -> tuple[RuleBook, ...]:
    """The rule-sets of regulators; a faulty file among them is named, with what to do first."""
    try:
        return rule_books.load_rule_books()
    except FaultyFilesError as error:
        raise click.ClickException(f"a rule-set file has faults; mend it first, or move it away:\n{error}") from error


@group.command("list")
@click.option("--language", default="fr", type=click.Choice(["ar", "fr", "en"]))
def list_(language: str) -> None:
    """The rule-sets: code@version, hash, title, programs."""
    own = load_rules()
    click.echo(f"{own.code}@{own.version:<22} {own.sha256[:12]}  {own.title.get(language)}")
    for book in _books():
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
    except json.JSONDecodeError as error:
        raise click.ClickException(f"the inputs are not JSON, such as '[4, 3, 2]' ({error})") from error
    except (InputError, AttributeError) as error:
        raise click.ClickException(f"{error}. The inputs are: {_by_name(program)}") from error
    if as_json:
        click.echo(json.dumps(result.as_data(), ensure_ascii=False, indent=1))
        return
    for outcome in result.outcomes:
        click.echo(f"{outcome.title.get(language)}{_COLON[language]} {outcome.shown}")
        click.echo(f"    {outcome.explanation.get(language)}")
        if outcome.arithmetic:
            click.echo(f"    {outcome.arithmetic}")
        click.echo(f"    ← {listed(outcome.binding, most=len(outcome.binding)).get(language) or '—'}")
    answer: Any = list(result.answer) if len(result.answer) > 1 else result.answer[0]
    click.echo(f"= {json.dumps(answer, ensure_ascii=False)}" if result.scored else "= not scored")


def _program(name: str) -> Program:
    """The program of a name; of the newest version where none is named."""
    reference, _, code = name.partition("/")
    wanted, _, version = reference.partition("@")
    books = [b for b in _books() if b.code == wanted and version in ("", b.version)]
    if wanted == load_rules().code:
        raise click.ClickException(f"the rules of visits stand in words on the page /standards/rules, not here: {name}")
    if not books:
        raise click.ClickException(f"no rule-set {reference}; flask rules list names them")
    found = [p for p in books[-1].programs if code in ("", p.code)]
    if len(found) != 1:
        raise click.ClickException(f"one of: {', '.join(f'{reference}/{p.code}' for p in books[-1].programs)}")
    return found[0]


def _by_name(program: Program) -> str:
    """How inputs are written by name."""
    return "{" + ", ".join(f'"{asked.code}": {"[…]" if asked.many else "…"}' for asked in program.inputs) + "}"


def _told(program: Program, language: str) -> None:
    teller = Teller(program)
    click.echo(program.title.get(language))
    for asked in program.inputs:
        steps = asked.scale.values if asked.scale else asked.values
        of = f" ({', '.join(map(str, steps))})" if steps else ""
        more = [_KINDS[word].get(language) for word in ("many", "optional") if getattr(asked, word)]
        words = ", ".join([f"{_KINDS[asked.kind].get(language)}{of}", *more])
        click.echo(f"  {asked.code}{_COLON[language]} {words} – {asked.title.get(language)}")
    for node in program.nodes:
        click.echo(f"  → {node.code} [{node.family}] {node.title.get(language)}")
        for line in teller.node(node):
            click.echo(f"      {line.get(language)}")
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
    books = _books()
    results = [run(case, books) for case in cases]
    for result in results:
        if not result.passed:
            why = result.problem or f"got {_json(result.got)}"
            click.echo(f"{result.case.id}: expected {_json(result.case.expected)}, {why}")
    known = {program.vectors.framework for book in books for program in book.programs if program.vectors}
    if any(case.framework not in known for case in cases):
        click.echo(f"the frameworks are: {', '.join(sorted(known))}")
    passed = sum(result.passed for result in results)
    click.echo(f"{passed} passed, {len(results) - passed} failed")
    if passed < len(results):
        raise SystemExit(1)


def _json(value: Any) -> str:
    return str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False, default=str)
