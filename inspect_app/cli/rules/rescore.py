"""``flask rules rescore | publish``: what a rule-set would change before anyone publishes it; and its publication."""

import json
from pathlib import Path

import click

from inspect_app.adapters import rule_books, rule_versions
from inspect_app.adapters.rule_files import load_rules
from inspect_app.adapters.yaml_files import FaultyFilesError
from inspect_app.cli.rules import group
from inspect_app.cli.rules import rescoring_told as told
from inspect_app.domain.errors import DomainError
from inspect_app.domain.scoring import RuleSet


@group.command("rescore")
@click.option("--ruleset", required=True, metavar="FILE|CODE@VERSION", help="The rule-set on trial.")
@click.option("--all", "everything", is_flag=True, help="All institutions.")
@click.option("--region", default="", metavar="CODE", help="Those of a region, such as 04.")
@click.option("--institution", default="", metavar="CODE", help="One, by its number in the registry.")
@click.option("--dry-run", is_flag=True, help="Only say what would change (this is so without --apply, too).")
@click.option("--apply", "adding", is_flag=True, help="Add to each visit a second card under this published rule-set.")
@click.option("--list", "listing", is_flag=True, help="Name each institution whose level would change.")
@click.option("--format", "as_", default="text", type=click.Choice(["text", "json", "csv"]))
@click.option("--processes", default=0, metavar="N", help="Divide the work among N processes (all processors).")
def rescore(
    ruleset: str,
    everything: bool,
    region: str,
    institution: str,
    dry_run: bool,
    adding: bool,
    listing: bool,
    as_: str,
    processes: int,
) -> None:
    """Score the final visits on file again under a rule-set, and say how many institutions would change level.

    Cards made under the same rule-set must come out the same, byte for byte: one that does not is an error (exit 1).
    With --apply each visit gets a second, dated card beside its own, which is not touched and stays in force.
    """
    from inspect_app.queries import territories
    from inspect_app.services import rescoring

    if (everything, bool(region), bool(institution)).count(True) != 1:
        raise click.UsageError("say which institutions: --all, --region CODE or --institution CODE")
    if dry_run and adding:
        raise click.UsageError("either --dry-run or --apply")
    rules = _rules(ruleset)
    reach = rescoring.Reach(region, institution)
    if not rescoring.institutions_in(reach):
        raise click.ClickException(f"no institution: {region or institution or 'the registry is empty'}")
    deed = rescoring.add_cards if adding else rescoring.trial
    try:
        report = deed(rules, reach=reach, listing=listing or as_ == "csv", processes=processes)
    except DomainError as error:  # the rule-set may still change
        name = f"{rules.code}@{rules.version}"
        raise click.ClickException(f"{ruleset}: publish it first (flask rules publish {name})") from error
    if as_ == "json":
        click.echo(json.dumps(told.data(report, rules), ensure_ascii=False, indent=1))
    elif as_ == "csv":
        click.echo(told.table(report), nl=False)
    else:
        click.echo(told.text(report, rules, regions={place.code: place.name_fr for place in territories.regions()}))
    if not report.in_order:
        raise SystemExit(1)


def _rules(reference: str) -> RuleSet:
    """A rule-set from a file, or from ``CODE@VERSION`` among the files, else among those frozen with visits."""
    from inspect_app.services import rescoring

    try:
        if Path(reference).is_file():
            return load_rules(Path(reference).resolve())
        if "@" not in reference:
            raise click.ClickException(f"{reference}: neither a file nor CODE@VERSION")
        try:
            return rule_versions.find(reference)
        except rule_versions.UnknownRulesError:
            found = rescoring.rules_on_file(*reference.split("@", 1))
    except FaultyFilesError as error:
        raise click.ClickException(str(error)) from error
    if len(found) != 1:
        why = "no file and no visit has this rule-set" if not found else f"{len(found)} different texts on file"
        raise click.ClickException(f"{reference}: {why}")
    return found[0]


@group.command("publish")
@click.argument("name", required=False, default="")
def publish(name: str) -> None:
    """Write down the hash of a rule-set: it never changes again.

    NAME is CODE@VERSION of a rule-set of visits. Without a name: the one in force, and all of the regulators' files.
    """
    try:
        done = [rule_versions.publish(name).name] if name else _publish_all()
    except rule_versions.UnknownRulesError as error:
        raise click.ClickException(f"no file says that it is {error}") from error
    except (rule_versions.PublishedError, FaultyFilesError) as error:
        raise click.ClickException(str(error)) from error
    for one in done or ["nothing new"]:
        click.echo(f"published: {one}")


def _publish_all() -> list[str]:
    """Whatever has no hash yet; nothing where a published file changed."""
    changed = [*map(str, rule_books.changed_after_publication()), *rule_versions.changed_after_publication()]
    if changed:
        raise rule_versions.PublishedError("\n".join(changed))
    rule_books.load_rule_books()
    own = [] if rule_versions.is_published(load_rules()) else [rule_versions.publish().name]
    return [*own, *rule_books.publish()]
