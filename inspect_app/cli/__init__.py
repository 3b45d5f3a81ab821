"""``flask`` commands, one file per noun."""

import click

from inspect_app.cli import checklists

COMMANDS: tuple[click.Command, ...] = (checklists.group,)
