"""``flask`` commands, one file per noun."""

import click

COMMANDS: tuple[click.Command, ...] = ()
