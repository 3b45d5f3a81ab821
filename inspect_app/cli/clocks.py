"""``flask clocks run``: what falls due by the passing of time alone. Every day, or every hour; doing it twice changes nothing."""

import sys
from importlib import import_module
from types import MappingProxyType

import click
import structlog
from flask.cli import AppGroup

group = AppGroup("clocks", help="Clocks: reminders, escalations, what expires. Run it every day.")
log = structlog.get_logger()

#: The steps in their order: name → «module:function». A function takes nothing, commits what it does itself, leaves a row
#: for each thing it did so that it is never done twice, and answers how many things it did, by kind.
STEPS: MappingProxyType[str, str] = MappingProxyType(
    {
        "reminders": "inspect_app.services.plans.reminding:run_reminders",
        "expiry": "inspect_app.services.decisions.clocks:expire",
        "expiring": "inspect_app.services.decisions.clocks:warn",
        "visits": "inspect_app.services.decisions.clocks:visits_due",
        "letters": "inspect_app.services.decisions.clocks:send_letters",
    }
)


@group.command("run")
@click.option("--only", multiple=True, help="Only the steps of these names.")
def run(only: tuple[str, ...]) -> None:
    """Do what is due. A step that fails is said and does not keep the others from running; then the exit is 1."""
    unknown = sorted(set(only) - set(STEPS))
    if unknown:
        raise click.ClickException(f"no such step: {', '.join(unknown)}; there are {', '.join(STEPS) or 'none'}")
    failed = False
    for name, place in STEPS.items():
        if only and name not in only:
            continue
        module, _, function = place.partition(":")
        try:
            did: dict[str, int] = getattr(import_module(module), function)()
        except Exception:
            _undo()
            log.exception("clock-failed", step=name)
            click.echo(f"{name}: failed, see the log", err=True)
            failed = True
            continue
        done = ", ".join(f"{count} {what}" for what, count in did.items() if count)
        click.echo(f"{name}: {done or 'nothing was due'}")
    if failed:
        sys.exit(1)


def _undo() -> None:
    from inspect_app.models import db

    db.session.rollback()
