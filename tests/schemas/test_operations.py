"""The quick way of reading an operation and the schema never differ: not in what they take, and not in what they make of it."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from inspect_app.schemas.inspections import OperationSchema
from inspect_app.schemas.operations import _plainly_written
from tests.examples import examples

SCHEMA = OperationSchema()
TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from([" a ", "a\x00", "\ud800", "\u202egpj", "é\u2028", "x" * 1001, "x" * 4001, None, 3, True, b"x"]),
)
IDS = st.one_of(
    st.uuids().map(str),
    st.sampled_from([None, "", "x", "0F8FAD5B-D9CB-469F-A165-70867728950E", "0f8fad5bd9cb469fa16570867728950e", 1]),
)
TIMES = st.one_of(
    st.datetimes(timezones=st.timezones()).map(lambda t: t.isoformat(timespec="milliseconds")),
    st.sampled_from(
        [
            "2026-11-23T10:00:00Z",
            "2026-11-23T10:00:00.123Z",
            "2026-11-23T10:00:00",
            "2026-02-30T10:00:00Z",
            "2026-11-23T24:00:00Z",
            "2026-11-23T10:00:60Z",
            "2026-11-23T10:00:00+99:00",
            "2026-11-23T10:00:00+23:59",
            "1899-12-31T10:00:00Z",
            "3000-01-01T00:00:00Z",
            "2026-11-23",
            None,
            0,
        ]
    ),
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "op_id": IDS,
    "criterion": st.one_of(st.just("GOV-01"), TEXTS),
    "level": st.sampled_from([None, 0, 1, 2, 3, 4, -1, True, 1.0, "2"]),
    "not_applicable": st.sampled_from([True, False, None, 0, 1, "yes"]),
    "na_reason": TEXTS,
    "note": TEXTS,
    "measurements": st.sampled_from([{}, None, [], {"beds": "12"}, "", 0, False]),
    "base_op_id": IDS,
    "answered_at": TIMES,
    "settles": st.sampled_from([[], None, {}, "", 0, ["0f8fad5b-d9cb-469f-a165-70867728950e"]]),
    "colour": st.just("red"),
}
USUAL: dict[str, Any] = {
    "op_id": "0f8fad5b-d9cb-469f-a165-70867728950e",
    "criterion": "GOV-01",
    "level": 2,
    "not_applicable": False,
    "na_reason": "",
    "note": " ملاحظة\u202e ",
    "measurements": {},
    "base_op_id": None,
    "answered_at": "2026-11-23T10:00:00.000Z",
}


@st.composite
def items(draw: st.DrawFn) -> dict[str, Any]:
    """The usual operation with one to three fields otherwise, or left out."""
    item = dict(USUAL)
    for name in draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=3)):
        if draw(st.booleans()) or name not in item:
            item[name] = draw(VALUES[name])
        else:
            item.pop(name)
    return item


def test_the_usual_operation_is_read_quickly() -> None:
    assert _plainly_written(USUAL) == SCHEMA.load(USUAL)


@examples(fast=300)
@given(items())
def test_what_is_read_quickly_is_what_the_schema_reads(item: dict[str, Any]) -> None:
    quick = _plainly_written(item)
    if quick is None:
        return
    try:
        slow = SCHEMA.load(item)
    except ValidationError as error:
        raise AssertionError(f"the schema refuses it: {error}") from None
    assert quick == slow
    assert quick.digest == slow.digest
