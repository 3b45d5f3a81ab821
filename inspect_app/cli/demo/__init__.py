"""``flask demo``: invented institutions, people and visits for a demonstration. Never in a true installation."""

import sys
import time

import click
from flask import current_app
from flask.cli import AppGroup

from inspect_app.cli.demo.figures import INSTITUTIONS

group = AppGroup("demo", help="The demonstration: invented data, public passwords. MIYAR_DEMONSTRATION=1 only.")


def _demonstration_only() -> None:
    if not current_app.config.get("DEMONSTRATION"):
        click.echo("This is not a demonstration: set MIYAR_DEMONSTRATION=1 if it shall be one.", err=True)
        sys.exit(1)


@group.command("load")
@click.option("--institutions", default=INSTITUTIONS, show_default=True, help="How many invented institutions.")
def load_command(institutions: int) -> None:
    """Load the demonstration; what is loaded already stays as it is."""
    from inspect_app.cli.demo.load import load

    _demonstration_only()
    began = time.monotonic()
    if load(scale=institutions, say=click.echo):
        click.echo(f"Loaded in {time.monotonic() - began:.0f} s. `flask demo accounts` tells how to sign in.")
    else:
        click.echo("Already loaded; nothing to do.")


@group.command("accounts")
def accounts() -> None:
    """Who can sign in: function, address, password, and the one-time code of this moment where one is asked."""
    from inspect_app.cli.demo.people import CAST, PASSWORD

    _demonstration_only()
    width = max(len(person.email) for person in CAST)
    click.echo(f"Password of all accounts: {PASSWORD}")
    for person in CAST:
        code = f"  code {_code()} (for {_left()} s)" if person.second_factor else ""
        click.echo(f"{person.role:<17} {person.email:<{width}}  {person.name}{code}")


@group.command("code")
@click.argument("email")
def code(email: str) -> None:
    """The one-time code of a demonstration account at this moment. Each code opens once: wait for the next one."""
    from inspect_app.cli.demo.people import CAST

    _demonstration_only()
    person = next((p for p in CAST if p.email == email.lower()), None)
    if person is None:
        click.echo(f"No demonstration account has the address {email}.", err=True)
        sys.exit(1)
    click.echo(_code() if person.second_factor else "This account is asked for no code.")


def _code() -> str:
    import pyotp

    from inspect_app.cli.demo.people import TOTP_KEY

    return pyotp.TOTP(TOTP_KEY).now()


def _left() -> int:
    return 30 - int(time.time()) % 30
