"""Tables as files: CSV in the encodings that offices produce, and XLSX. Reading refuses with a stable code; writing is safe to open."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

MAX_ROWS = 5_000
MAX_COLUMNS = 100
MAX_BYTES = 5 * 1024 * 1024
#: An XLSX is a ZIP: what it may unfold to.
MAX_UNPACKED = 60 * 1024 * 1024

#: A cell that a spreadsheet would run as a formula when it starts so.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


#: The same behind a separator inside a text: Excel in French cuts our lines at semicolons, whatever the quotes say.
_FORMULA_INSIDE = re.compile(r"""([;\t][\s"]*)(?=[=+\-@])""")
_HIDDEN_FORMULA = re.compile(r"""([;\t][\s"]*)'(?=[=+\-@])""")

#: How files begin that people send by mistake: old binary XLS, PDF, pictures.
_FOREIGN = (b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")


class TableError(Exception):
    """A file that is no table of ours. ``code`` has its sentence in ``web/messages``; ``params`` fill it."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Table:
    """Headers and rows of text; each row with its number as a person counts it in the file (headers are row 1)."""

    headers: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    encoding: str


def read(data: bytes, name: str) -> Table:
    """The table in a file. Raises TableError: file-empty, file-too-large, file-kind, file-encoding, file-broken,
    file-too-many-rows, file-no-rows."""
    if not data.strip():
        raise TableError("file-empty")
    if len(data) > MAX_BYTES:
        raise TableError("file-too-large", megabytes=MAX_BYTES // 1024 // 1024)
    if data.startswith(b"PK\x03\x04"):
        lines, encoding = _read_xlsx(data), "xlsx"
    elif data.startswith(_FOREIGN) or not name.lower().endswith((".csv", ".txt")):
        raise TableError("file-kind")
    else:
        text, encoding = _decode(data)
        lines = _read_csv(text)
    if not lines:
        raise TableError("file-empty")
    headers, *rest = lines
    rows = tuple(line for line in rest if any(line[1]))
    if not rows:
        raise TableError("file-no-rows")
    if len(rows) > MAX_ROWS:
        raise TableError("file-too-many-rows", rows=len(rows), most=MAX_ROWS)
    return Table(tuple(h.strip() for h in headers[1]), rows, encoding)


def _decode(data: bytes) -> tuple[str, str]:
    """Text and encoding. UTF-8 proves itself; of the Windows code pages, the one that gives Arabic wins.

    In Windows-1256 Arabic letters sit where Windows-1252 has accents and symbols: a text whose high bytes read as
    Arabic words is Arabic; one whose high bytes stand alone between Latin letters is French.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), "utf-16"
        except UnicodeDecodeError:
            raise TableError("file-encoding") from None
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    if b"\x00" in data:
        raise TableError("file-kind")
    arabic = data.decode("windows-1256")
    runs = sum(
        1 for word in arabic.split() if sum("\u0621" <= c <= "\u064a" for c in word) >= 2 and not _has_latin(word)
    )
    if runs:
        return arabic, "windows-1256"
    try:
        return data.decode("windows-1252"), "windows-1252"
    except UnicodeDecodeError:
        raise TableError("file-encoding") from None


def _has_latin(word: str) -> bool:
    return any("a" <= c.lower() <= "z" for c in word)


def _read_csv(text: str) -> list[tuple[int, tuple[str, ...]]]:
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)  # Excel in French and Arabic writes semicolons
    lines: list[tuple[int, tuple[str, ...]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, start=1):
            if len(cells) > MAX_COLUMNS:
                raise TableError("file-broken")
            lines.append((number, tuple(_unquoted(c.strip()) for c in cells)))
            if number > MAX_ROWS * 2:
                raise TableError("file-too-many-rows", rows=number, most=MAX_ROWS)
    except csv.Error:
        raise TableError("file-broken") from None
    return lines


def _read_xlsx(data: bytes) -> list[tuple[int, tuple[str, ...]]]:
    # openpyxl is slow to load and seldom needed: here and below it is loaded by those who need it
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise TableError("file-too-large", megabytes=MAX_BYTES // 1024 // 1024)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except TableError:
        raise
    except Exception:  # a damaged or crafted book fails in as many ways as XML can
        raise TableError("file-broken") from None
    try:
        sheet = book.worksheets[0]
        lines: list[tuple[int, tuple[str, ...]]] = []
        empty = 0
        for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS), start=1):
            row = _trimmed(tuple(_cell_text(c) for c in cells))
            empty = empty + 1 if not any(row) else 0
            if empty > 1000:  # formatted to the end of the sheet, with nothing in it
                break
            lines.append((number, row))
            if number > MAX_ROWS * 2:
                raise TableError("file-too-many-rows", rows=number, most=MAX_ROWS)
    except TableError:
        raise
    except Exception:  # a damaged sheet fails in as many ways as XML can
        raise TableError("file-broken") from None
    finally:
        book.close()
    while lines and not any(lines[0][1]):
        lines.pop(0)
    return lines


def _trimmed(row: tuple[str, ...]) -> tuple[str, ...]:
    """The row without the empty cells at its end."""
    width = max((at for at, cell in enumerate(row, start=1) if cell), default=0)
    return row[:width]


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return _unquoted(str(value).strip())


def _unquoted(cell: str) -> str:
    """Our own exports put an apostrophe before what looks like a formula: taken away again."""
    cell = _HIDDEN_FORMULA.sub(r"\1", cell)
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _safe(value: Any) -> Any:
    """A text that no spreadsheet runs: what starts like a formula gets an apostrophe. Numbers stay numbers."""
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value


def _printable(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def write_csv(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with its mark (Excel then shows Arabic), commas, every text quoted."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow([_safe(h) for h in headers])
    for row in rows:
        writer.writerow([_number_or_safe(_printable(v)) for v in row])
    return out.getvalue().encode("utf-8-sig")


def _number_or_safe(value: Any) -> Any:
    """A text that no spreadsheet runs, also where it cuts at semicolons. A negative coordinate is no formula."""
    if isinstance(value, str):
        value = _FORMULA_INSIDE.sub(r"\1'", value)
    if isinstance(value, str) and value.startswith("-"):
        try:
            Decimal(value)
        except ArithmeticError:
            return _safe(value)
        return value
    return _safe(value)


def write_xlsx(sheets: Sequence[tuple[str, Sequence[str], Iterable[Sequence[Any]]]], *, right_to_left: bool) -> bytes:
    """A workbook of (title, headers, rows). Texts are stored as texts, so that nothing is run."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    for title, headers, rows in sheets:
        sheet = book.create_sheet(title[:31])
        sheet.sheet_view.rightToLeft = right_to_left
        sheet.freeze_panes = "A2"
        for number, header in enumerate(headers, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = min(40, max(12, len(header) * 0.8))
        sheet.append([_cell(sheet, header, bold=True) for header in headers])
        for row in rows:
            sheet.append([_cell(sheet, value) if _looks_run(value) else _xlsx_value(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    """A cell whose text is stored as text, whatever it starts with."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    cell = WriteOnlyCell(sheet, value=_xlsx_value(value))
    if cell.data_type == "f":
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _looks_run(value: Any) -> bool:
    """Judged as it will be written: a control character before the sign is taken away and hides nothing."""
    written = _xlsx_value(value)
    return isinstance(written, str) and written.startswith("=")


def _xlsx_value(value: Any) -> Any:
    if isinstance(value, bool):
        return 1 if value else 0
    if isinstance(value, str):
        return "".join(c for c in value if c >= " " or c in "\n\t")
    return value
