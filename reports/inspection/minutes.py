"""What the report says of the end of the visit: critical findings told that day, and who signed the record."""

from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_datetime

from inspect_app.adapters import clock
from inspect_app.adapters.pdf import Picture
from inspect_app.domain.signatures import HEIGHT, WIDTH
from inspect_app.models import Inspection, Signature
from inspect_app.queries.inspections.minutes import Finding, critical_findings, signatures_of
from inspect_app.queries.inspections.receipts import receipt
from reports.formats import LOCALES

_INK = 'fill="none" stroke="#102a43" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"'


@dataclass(frozen=True)
class Signed:
    """A signature on paper. ``picture`` names the drawing among the document's pictures; empty where none was drawn."""

    row: Signature
    on: str  # by the clock of the device
    received: str
    picture: str
    changed: bool  # the record on file is no longer what was signed


@dataclass(frozen=True)
class Told:
    """A critical finding on paper."""

    finding: Finding
    seen: str
    received: str


@dataclass(frozen=True)
class Minutes:
    """Both, as they had been received when the report's stage was reached."""

    findings: tuple[Told, ...]
    signatures: tuple[Signed, ...]


def minutes_of(inspection: Inspection, stage: str, language: str, pictures: dict[str, Picture]) -> Minutes:
    """The minutes of a visit; the drawings join the document's pictures."""
    until = inspection.draft_sent_at if stage == "draft" else inspection.final_at
    rows = signatures_of(inspection.id, until)
    digest = receipt(inspection).digest if rows else ""

    signed = []
    for number, row in enumerate(rows, 1):
        name = f"signature-{number}.svg" if row.drawing else ""
        if name:
            pictures[name] = drawn(row.drawing)
        signed.append(
            Signed(
                row, _when(row.signed_at, language), _when(row.received_at, language), name, row.record_digest != digest
            )
        )
    found = critical_findings(inspection.id, until=until)
    told = tuple(Told(f, _when(f.sheet.seen_at, language), _when(f.sheet.received_at, language)) for f in found)
    return Minutes(told, tuple(signed))


def drawn(lines: str) -> Picture:
    """The drawing of a signature as a picture: its lines were checked before they were kept."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
    return Picture(f'{svg}<path d="{lines}" {_INK}/></svg>'.encode(), "image/svg+xml")


def _when(at: datetime, language: str) -> str:
    comma = "،" if language == "ar" else ","
    pattern = f"d MMMM yyyy{comma} HH:mm"
    return str(format_datetime(at.astimezone(clock.CASABLANCA), pattern, locale=LOCALES[language]))
