"""``flask`` commands, one file per noun."""

import click

from inspect_app.cli import audit, checklists, demo, rules, users

COMMANDS: tuple[click.Command, ...] = (
    audit.group,
    checklists.group,
    demo.group,
    rules.group,
    users.group,
)
