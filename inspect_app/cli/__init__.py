"""``flask`` commands, one file per noun."""

import click

from inspect_app.cli import audit, checklists, demo, inspections, rules, users

COMMANDS: tuple[click.Command, ...] = (
    audit.group,
    checklists.group,
    demo.group,
    inspections.group,
    rules.group,
    users.group,
)
