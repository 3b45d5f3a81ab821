"""``flask`` commands, one file per noun, loaded when somebody types their name: a server needs none of them."""

from importlib import import_module
from types import MappingProxyType

import click
from flask.cli import AppGroup

#: Where each group of commands stands.
COMMANDS = MappingProxyType(
    {
        "audit": "inspect_app.cli.audit:group",
        "checklists": "inspect_app.cli.checklists:group",
        "clocks": "inspect_app.cli.clocks:group",
        "db": "flask_migrate.cli:db",
        "demo": "inspect_app.cli.demo:group",
        "findings": "inspect_app.cli.findings:group",
        "inspections": "inspect_app.cli.inspections:group",
        "rules": "inspect_app.cli.rules:group",
        "users": "inspect_app.cli.users:group",
    }
)


class Commands(AppGroup):
    """The groups by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Ours and those of libraries."""
        return sorted({*super().list_commands(ctx), *COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Loaded now; None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        found: click.Command = getattr(import_module(module), attribute)
        return found
