"""What a signature and the sheet of a critical finding must hold, and who is told of a finding."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from inspect_app.adapters.checklist_files import load_checklist
from inspect_app.domain import critical, signatures
from inspect_app.domain.critical import Audience, Sheet, Told, asks_for_sheet, audiences, latest, same_day
from inspect_app.domain.signatures import Capacity, Deed, Signature, is_drawing

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LINES = "M20 120L80 60L140 130L200 70"
SIGNED = Signature("s", Capacity.DIRECTOR, Deed.DRAWN, "Brahim", "Directeur", LINES, "", "a" * 64, 3, 1, NOW)
SHEET = Sheet("f", "SAF-01", "Issue de secours fermée", False, "", Told.DIRECTOR, NOW, NOW)


@pytest.mark.parametrize("lines", [LINES, "M0 0L600 200L1 1L2 2", "M1 1L2 2M3 3L4 4"])
def test_lines_inside_the_box_are_a_drawn_signature(lines: str) -> None:
    assert is_drawing(lines)


@pytest.mark.parametrize(
    "lines",
    [
        "",
        "M10 10",  # a finger that touched the field
        "M10 10L20 20L30 30",
        LINES + "Z",
        "L1 1L2 2L3 3L4 4",
        "M1 1L601 20L3 3L4 4",
        "M1 1L2 201L3 3L4 4",
        "M1 1L٢ 2L3 3L4 4",
        'M1 1L2 2L3 3L4 4"/><script>',
        "M1 1" + "L1 1" * 6000,
    ],
)
def test_anything_else_is_none(lines: str) -> None:
    assert not is_drawing(lines)


@pytest.mark.parametrize(
    ("change", "at_fault"),
    [
        ({"name": ""}, "name"),
        ({"function": ""}, "function"),
        ({"drawing": ""}, "drawing"),
        ({"deed": Deed.TYPED}, "drawing"),
        ({"deed": Deed.REFUSED, "drawing": ""}, "reason"),
        ({"deed": Deed.REFUSED, "drawing": "", "reason": "x", "capacity": Capacity.MEMBER}, "deed"),
        ({"record_digest": "A" * 64}, "record_digest"),
    ],
)
def test_a_signature_names_its_signer_and_what_is_signed(change: dict[str, object], at_fault: str) -> None:
    assert signatures.faults(SIGNED) == {}
    assert list(signatures.faults(replace(SIGNED, **change))) == [at_fault]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [
        {"capacity": Capacity.RECEIVED},
        {"name": "Driss"},
        {"function": "Adjoint"},
        {"drawing": LINES + "L1 1"},
        {"record_digest": "b" * 64},
        {"answers": 4},
        {"photographs": 0},
        {"signed_at": NOW + timedelta(milliseconds=1)},
    ],
)
def test_another_content_is_another_signature(change: dict[str, object]) -> None:
    assert replace(SIGNED, **change).digest != SIGNED.digest  # type: ignore[arg-type]
    assert replace(SIGNED, op_id="t").digest == SIGNED.digest


def test_only_a_critical_criterion_below_its_level_asks_for_a_sheet() -> None:
    checklist = load_checklist(category="children")
    grave = next(c for c in checklist if c.critical)
    plain = next(c for c in checklist if not c.critical)
    assert [asks_for_sheet(grave, level, 2) for level in (None, 0, 1, 2, 3)] == [False, True, True, False, False]
    assert not asks_for_sheet(plain, 0, 2)


def test_a_sheet_says_what_was_seen_and_in_danger_what_was_done() -> None:
    checklist = load_checklist(category="children")
    grave = next(c for c in checklist if c.critical)
    plain = next(c for c in checklist if not c.critical)
    assert critical.faults(SHEET, grave) == {}
    assert critical.faults(replace(SHEET, seen=""), grave) == {"seen": "seen-missing"}
    assert critical.faults(replace(SHEET, danger=True), grave) == {"measure": "measure-missing"}
    assert critical.faults(replace(SHEET, danger=True, measure="Ouverte"), grave) == {}
    assert critical.faults(SHEET, plain) == {"criterion": "criterion-not-critical"}


@pytest.mark.parametrize(
    "change",
    [
        {"seen": "Autre"},
        {"danger": True},
        {"measure": "Ouverte"},
        {"told": Told.NOBODY},
        {"seen_at": NOW - timedelta(hours=1)},
        {"phoned_at": NOW},
        {"base_op_id": "e"},
    ],
)
def test_another_content_is_another_sheet(change: dict[str, object]) -> None:
    assert replace(SHEET, **change).digest != SHEET.digest  # type: ignore[arg-type]


def test_each_is_told_once_and_the_ministry_of_immediate_danger_alone() -> None:
    assert audiences(False, ()) == [Audience.COORDINATOR]
    assert audiences(True, ()) == [Audience.COORDINATOR, Audience.MINISTRY]
    assert audiences(True, (Audience.COORDINATOR,)) == [Audience.MINISTRY]
    assert audiences(False, (Audience.COORDINATOR,)) == []


def test_a_sheet_that_completes_another_stands_in_its_place_in_whatever_order_they_came() -> None:
    first, second = ("A", "1", None), ("A", "2", "1")
    assert latest([first, second]) == latest([second, first]) == {"A": "2"}
    assert latest([first, ("B", "3", None)]) == {"A": "1", "B": "3"}


def test_a_finding_is_told_the_same_day_over_the_line_or_by_telephone() -> None:
    monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)
    assert same_day(monday, monday, None)
    assert same_day(monday, tuesday, monday)
    assert not same_day(monday, tuesday, None)
    assert not same_day(monday, tuesday, tuesday)
