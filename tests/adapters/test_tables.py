"""Tables as offices send them."""

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from inspect_app.adapters import tables
from inspect_app.adapters.tables import TableError, read, write_csv, write_xlsx

TEXT = "name_ar,name_fr\r\nدار الطالبة,Maison de l'étudiante\r\n"


@pytest.mark.parametrize(
    ("encoding", "said"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("cp1256", "windows-1256")]
)
def test_arabic_is_read_in_the_encodings_that_offices_produce(encoding: str, said: str) -> None:
    table = read(TEXT.encode(encoding), "list.csv")
    assert table.encoding == said
    assert table.rows[0] == (2, ("دار الطالبة", "Maison de l'étudiante"))


def test_french_accents_of_windows_are_read() -> None:
    table = read("name_fr;commune\nMaison d'été;Fès à côté\n".encode("cp1252"), "list.csv")
    assert table.encoding == "windows-1252"
    assert table.rows[0][1] == ("Maison d'été", "Fès à côté")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_commas_semicolons_and_tabs_divide_cells(delimiter: str) -> None:
    assert read(f"a{delimiter}b\n1{delimiter}2\n".encode(), "x.csv").rows == ((2, ("1", "2")),)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "x.csv", "file-empty"),
        (b"  \n", "x.csv", "file-empty"),
        (b"a,b\n", "x.csv", "file-no-rows"),
        (b"%PDF-1.7 ...", "x.csv", "file-kind"),
        (b"\xd0\xcf\x11\xe0rest", "old.xls", "file-kind"),
        (b"a,b\n1,2\n", "x.exe", "file-kind"),
        (b"PK\x03\x04broken", "x.xlsx", "file-broken"),
        (b"a\x00b\xff", "x.csv", "file-kind"),
        (b"\xff\xfea", "x.csv", "file-encoding"),
        (b"a\n" + b"1\n" * (tables.MAX_ROWS + 1), "x.csv", "file-too-many-rows"),
        (b"a\n" + b"1" * tables.MAX_BYTES, "x.csv", "file-too-large"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_its_reason(data: bytes, name: str, code: str) -> None:
    with pytest.raises(TableError) as refusal:
        read(data, name)
    assert refusal.value.code == code


def test_a_zip_bomb_is_not_unfolded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_UNPACKED", 100)
    with pytest.raises(TableError, match="file-too-large"):
        read(write_xlsx([("x", ["a"], [["1"]])], right_to_left=False), "x.xlsx")


def test_numbers_dates_and_empty_rows_of_excel_are_read_as_people_see_them() -> None:
    book = Workbook()
    sheet = book.active
    from datetime import date

    sheet.append(["n", "d", "b"])
    sheet.append([12.0, date(2024, 5, 31), True])
    sheet.append([None, None, None])
    sheet.append([1.5, "x", None])
    out = io.BytesIO()
    book.save(out)
    assert read(out.getvalue(), "x.xlsx").rows == ((2, ("12", "2024-05-31", "1")), (4, ("1.5", "x")))


@pytest.mark.parametrize("evil", ["=1+1", "+33", "@SUM(A1)", "-2+3", "\t=1"])
def test_a_spreadsheet_never_runs_what_somebody_typed(evil: str) -> None:
    csv_text = write_csv(["a"], [[evil]]).decode("utf-8-sig")
    assert csv_text.splitlines()[1].lstrip('"').startswith("'")
    book = load_workbook(io.BytesIO(write_xlsx([("t", ["a"], [[evil]])], right_to_left=True)))
    assert book.worksheets[0]["A2"].data_type == "s"


@pytest.mark.parametrize("evil", ["\r=1+1", "\x01=1+1", "\x00\x02=HYPERLINK(1)"])
def test_a_control_character_hides_no_formula_from_a_workbook(evil: str) -> None:
    book = load_workbook(io.BytesIO(write_xlsx([("t", ["a"], [[evil]])], right_to_left=True)))
    assert book.worksheets[0]["A2"].data_type == "s"


def test_what_was_made_safe_reads_again_as_it_was() -> None:
    data = write_csv(["phone", "longitude"], [["+212 5 37", "-6.83"]])
    assert read(data, "x.csv").rows[0][1] == ("+212 5 37", "-6.83")
    assert data.startswith(b"\xef\xbb\xbf")


def _book(**changed: bytes | None) -> bytes:
    """A workbook with some of its parts replaced."""
    out, book = io.BytesIO(), Workbook()
    book.active.append(["name_fr"])
    book.active.append(["Dar"])
    book.save(out)
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(crafted := io.BytesIO(), "w") as new:
        for name in old.namelist():
            part = name.rsplit("/", 1)[-1].removesuffix(".xml")
            new.writestr(name, changed.get(part, old.read(name)))
    return crafted.getvalue()


@pytest.mark.parametrize("part", ["workbook", "styles", "sheet1"])
@pytest.mark.parametrize("xml", [b"", b"<x", b"<a></b>"])
def test_fatima_is_told_that_a_crafted_workbook_is_broken(part: str, xml: bytes) -> None:
    with pytest.raises(TableError, match="file-broken"):
        read(_book(**{part: xml}), "list.xlsx")


@pytest.mark.parametrize("name", ["Dar;=cmd|' /C calc'!A0", 'Dar";=1+1', "Dar; @SUM(A1)", "Dar;\t-2+3"])
def test_no_formula_runs_where_karims_excel_cuts_the_lines_at_semicolons(name: str) -> None:
    data = write_csv(["name_fr", "commune"], [[name, "Rabat"]])
    written = data.decode("utf-8-sig").splitlines()[1]
    for cell in written.split(";"):
        assert not cell.strip(' \t"').startswith(("=", "+", "-", "@")), written
    assert read(data, "list.csv").rows[0][1] == (name, "Rabat")


def test_a_plain_semicolon_stays_as_it_was() -> None:
    assert "Rue 4; appartement 2" in write_csv(["address"], [["Rue 4; appartement 2"]]).decode()
