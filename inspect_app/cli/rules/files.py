"""``flask rules check | list``: the rule-sets as files."""

import click

from inspect_app.adapters.rule_files import load_rules
from inspect_app.adapters.yaml_files import FaultyFilesError
from inspect_app.cli.rules import group


@group.command("check")
def check() -> None:
    """Check every file; each fault with file and line. Exit 1 when there is one."""
    try:
        found = load_rules()
    except FaultyFilesError as error:
        for fault in error.faults:
            click.echo(str(fault), err=True)
        raise SystemExit(1) from None
    click.echo(f"{found.code} {found.version}: no fault")
