"""``flask inspections``: is a receipt still what is on file; and take in what a tablet exported."""

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from inspect_app.domain.receipts import Code, Difference, differences, read_code, receipt_bytes

group = AppGroup("inspections", help="Visits: verify a receipt, import what a tablet exported.")

_WORDS = {
    "missing": "is on the receipt and not on file",
    "added": "is on file and not on the receipt",
    "changed": "is on file with another content",
}


@group.command("verify-receipt")
@click.argument("receipt")
def verify_receipt(receipt: str) -> None:
    """Compare a RECEIPT (its code, or a file with the code or the receipt's JSON) with what is on file.

    Exit 1 where something differs, and each line that differs is named, as far as the receipt or the journal lists it.
    """
    from inspect_app.queries.inspections import receipts

    text = _text(receipt)
    code, lines = _read(text)
    if code is None:
        raise click.ClickException("this is no receipt of Miyar (MIYAR-R1/…)")
    inspection = receipts.by_reference(code.reference)
    if inspection is None:
        raise click.ClickException(f"no visit {code.reference} is on file")
    now = receipts.receipt(inspection)
    click.echo(f"{code.reference}: receipt {code.answers} answers, {code.photographs} photographs, {code.digest}")
    click.echo(f"{code.reference}: on file {now.answers} answers, {now.photographs} photographs, {now.digest}")
    if lines is not None and _digest(inspection.uid, lines) != code.digest:
        raise click.ClickException("the lines in the file are not those of its code: the file was changed")
    if now.digest == code.digest and (now.answers, now.photographs) == (code.answers, code.photographs):
        click.echo("The same: nothing was changed, added or removed.")
        return
    if now.digest == code.digest:
        click.echo("The digest is the same, the counts are not: the code was changed.", err=True)
        sys.exit(1)
    given = [g for g in receipts.given_receipts(inspection.id) if g.digest == code.digest]
    if lines is None and given:
        lines = given[-1].lines
        click.echo(f"Given on {given[-1].at.isoformat(timespec='seconds')} by {given[-1].actor}, as the journal says.")
    if lines is None:
        click.echo("No such receipt was given by this server; a file with its lines would name what differs.", err=True)
    else:
        for found in differences(lines, now.lines):
            click.echo(_sentence(found), err=True)
    sys.exit(1)


@group.command("import-outbox")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_outbox(file: Path) -> None:
    """Take in FILE, exported by a tablet that cannot send. Twice changes nothing. Exit 1 where a record was refused."""
    from inspect_app.domain.answers import Status
    from inspect_app.domain.errors import DomainError
    from inspect_app.services import inspections as deeds

    try:
        report = deeds.import_outbox(None, raw=file.read_bytes())
    except DomainError as error:
        raise click.ClickException(f"{file}: {error.code}") from None
    for record in report.records:
        why = f" ({record.code})" if record.code else ""
        line = f"{record.visit} {record.kind} {record.criterion} {record.op_id}: {record.status}{why}"
        click.echo(line, err=record.status is Status.REFUSED)
    counts = ", ".join(f"{report.count(status)} {status}" for status in Status if report.count(status))
    click.echo(f"{report.author}, {report.written_at.isoformat(timespec='seconds')}: {counts or 'nothing in it'}.")
    if report.count(Status.REFUSED):
        sys.exit(1)


def _text(receipt: str) -> str:
    path = Path(receipt)
    try:
        return path.read_text(encoding="utf-8") if len(receipt) < 1000 and path.is_file() else receipt
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{receipt}: {error}") from None


def _read(text: str) -> tuple[Code | None, Sequence[Sequence[Any]] | None]:
    """Code and, from a file that has them, the lines."""
    if not text.lstrip().startswith("{"):
        return read_code(text), None
    try:
        data = json.loads(text)
        lines = data.get("lines")
        if lines is not None and not all(isinstance(line, list) and len(line) >= 4 for line in lines):
            raise ValueError("lines")
        return read_code(str(data["code"])), lines
    except (ValueError, KeyError, AttributeError, TypeError):
        return None, None


def _digest(uid: str, lines: Sequence[Sequence[Any]]) -> str:
    return hashlib.sha256(receipt_bytes(uid, lines)).hexdigest()


def _sentence(found: Difference) -> str:
    return f"{found.what} {found.criterion} ({found.op_id}) {_WORDS[found.kind]}"
