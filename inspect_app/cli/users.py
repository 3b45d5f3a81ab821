"""``flask users``: open the first account, list accounts, unlock one, from the server's console."""

import re

import click
from flask.cli import AppGroup

from inspect_app.domain.errors import DomainError
from inspect_app.domain.people import Scopes
from inspect_app.domain.roles import Body, Role

group = AppGroup("users", help="Accounts: create, list, unlock.")


@group.command("create")
@click.argument("email")
@click.option("--name", required=True, help="Name in Latin letters.")
@click.option("--name-ar", default="", help="Name in Arabic letters.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([str(r) for r in Role]))
@click.option("--body", default=str(Body.SOLIDARITY), type=click.Choice([str(b) for b in Body]))
@click.option("--language", default="ar", type=click.Choice(["ar", "fr", "en"]))
@click.option("--national", is_flag=True, help="May see the whole kingdom.")
@click.option("--region", "regions", multiple=True, help="HCP code of a region, such as 04.")
@click.option("--province", "provinces", multiple=True, help="HCP code of a province, such as 04.421.")
@click.option("--institution", "institutions", multiple=True, help="Number of an institution in the registry.")
@click.option("--password", help="Set a password (for machines); otherwise a link is printed and mailed.")
def create(
    email: str,
    name: str,
    name_ar: str,
    roles: tuple[str, ...],
    body: str,
    language: str,
    national: bool,
    regions: tuple[str, ...],
    provinces: tuple[str, ...],
    institutions: tuple[str, ...],
    password: str | None,
) -> None:
    """Open an account and print the link by which its owner chooses a password."""
    from flask_security import hash_password
    from flask_security.utils import _security

    from inspect_app.queries import users as people
    from inspect_app.services import users
    from inspect_app.web.account import links

    if not re.fullmatch(r"[^@\s]+@[^@\s]+", email):
        raise click.ClickException(f"not a mail address: {email}")
    hashed = None
    if password is not None:
        faults, normal = _security._password_util.validate(password, True)
        if faults:
            raise click.ClickException(" ".join(faults))
        hashed = hash_password(normal)
    found = people.institution_ids(set(institutions))
    if unknown := set(institutions) - set(found):
        raise click.ClickException(f"not in the registry: {', '.join(sorted(unknown))}")
    try:
        user = users.open_from_console(
            email=email,
            name=name,
            name_ar=name_ar,
            body=body,
            language=language,
            roles=frozenset(Role(role) for role in roles),
            scopes=Scopes(national, frozenset(regions), frozenset(provinces), frozenset(found.values())),
            password_hash=hashed,
            link_for=links.invitation,
        )
    except DomainError as error:
        raise click.ClickException(error.code) from None
    click.echo(f"{user.email} is open.")
    if hashed is None:
        click.echo(f"Choose the password within 7 days: {links.invitation(user)}")


@group.command("list")
def list_() -> None:
    """All accounts: address, state, roles, name."""
    from inspect_app.queries import users as people

    for user in people.all_users():
        state = "closed" if not user.active else "invited" if user.password is None else "open"
        click.echo(f"{user.email:40} {state:8} {','.join(sorted(role.name for role in user.roles)):30} {user.name}")


@group.command("unlock")
@click.argument("email")
def unlock(email: str) -> None:
    """End the wait after wrong passwords or codes."""
    from inspect_app.queries import users as people
    from inspect_app.services import users

    user = people.by_email(email)
    if user is None:
        raise click.ClickException(f"no account: {email}")
    users.unlock_user(None, user.id)
    click.echo(f"{user.email} is unlocked.")
