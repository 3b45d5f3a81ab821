"""``flask audit``: is the journal whole, and seal the days that are over."""

import sys

import click
from flask.cli import AppGroup

from inspect_app.domain.audit import Fault

group = AppGroup("audit", help="The journal of deeds: verify its chains, seal its days.")

_WORDS = {
    "changed": "the event was changed: its content does not fit its seal",
    "missing": "an event is missing here",
    "unlinked": "the event does not follow the one before it (inserted or moved)",
    "head-missing": "the end of the chain is not on record",
    "head-differs": "the recorded end of the chain is not its last event",
    "tail-missing": "events were removed from the end of the chain",
    "unreadable": "an event after this one cannot be read at all; the rest of the journal was not looked at",
    "anchor-differs": "the day's digest does not fit its events",
    "anchor-missing": "the day has no digest although later days have one",
}


@group.command("verify")
@click.option(
    "--digest", "digests", multiple=True, help="A digest kept outside this machine: is it still among the seals?"
)
def verify(digests: tuple[str, ...]) -> None:
    """Walk all chains and anchors. Exit 1 and name chain and number where something was touched.

    Whoever holds the whole database can write events and seals anew, or remove the last of both: only a digest kept
    outside (--digest) finds that.
    """
    from inspect_app.queries import audit

    found = 0
    for fault in audit.all_faults():
        found += 1
        click.echo(_sentence(fault), err=True)
    for digest in digests:
        if not audit.sealed(digest.strip().lower()):
            found += 1
            click.echo(f"{digest}: no day has this digest; the journal before it was written anew or removed", err=True)
    chains, events = audit.counts()
    anchor = audit.last_anchor()
    click.echo(f"{chains} chains, {events} events, {found} faults.")
    click.echo(
        f"Sealed until {anchor.day}: {anchor.digest}" if anchor else "No day is sealed yet: run `flask audit anchor`."
    )
    if found:
        sys.exit(1)


@group.command("anchor")
def anchor() -> None:
    """Seal each day that is over. Run it daily; keep the printed digest outside this machine."""
    from inspect_app.queries import audit as journal
    from inspect_app.services import audit

    made = audit.anchor_days()
    for row in made:
        click.echo(f"{row.day}  {row.chains} chains  {row.events} events  {row.digest}")
    if not made:
        last = journal.last_anchor()
        click.echo(f"Nothing to seal; last sealed day: {last.day} {last.digest}" if last else "Nothing to seal yet.")


def _sentence(fault: Fault) -> str:
    place = fault.chain if fault.kind.startswith("anchor") else f"{fault.chain} #{fault.seq}"
    return f"{place}: {_WORDS[fault.kind]}"
