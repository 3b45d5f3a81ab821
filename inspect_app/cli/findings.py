"""``flask findings``: the register of findings made up for reports that were issued before there was a register."""

import click
from flask.cli import AppGroup

group = AppGroup("findings", help="The register of findings.")


@group.command("enter-past")
def enter_past() -> None:
    """Enter every final report that is not in the register yet. Twice changes nothing."""
    from inspect_app.services import findings

    did = findings.enter_past()
    click.echo(f"{did['visits']} final reports entered, {did['findings']} findings opened.")
