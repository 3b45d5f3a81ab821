"""The receipt of a visit: the same bytes on the server and on the tablet, and what differs afterwards."""

import json
from pathlib import Path
from typing import Any

import pytest

from inspect_app.domain.receipts import AnswerLine, PhotoLine, differences, read_code, receipt_bytes, receipt_of

#: Shared with tests/frontend/receipt.test.ts.
CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "receipts.json").read_text(encoding="utf-8")
)


def made(case: dict[str, Any]) -> Any:
    return receipt_of(
        case["uid"],
        case["reference"],
        [AnswerLine(**row) for row in case["answers"]],
        [PhotoLine(**row) for row in case["photographs"]],
    )


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_digest_is_the_published_one(case: dict[str, Any]) -> None:
    receipt = made(case)
    assert receipt_bytes(receipt.uid, receipt.lines).decode() == case["bytes"]
    assert receipt.digest == case["digest"]
    assert receipt.code == case["code"]


def test_the_order_in_which_lines_come_does_not_matter() -> None:
    case = CASES[-1]
    turned = {**case, "answers": case["answers"][::-1], "photographs": case["photographs"][::-1]}
    assert made(turned).digest == made(case).digest


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("level", 1),
        ("note", "autre"),
        ("op_id", "x"),
        ("measurements", {"beds": "13"}),
        ("criterion", "ZZZ-01"),
    ],
)
def test_any_change_of_an_answer_changes_the_digest(field: str, value: Any) -> None:
    case = json.loads(json.dumps(CASES[-1]))
    case["answers"][0][field] = value
    assert made(case).digest != CASES[-1]["digest"]


def test_a_code_is_read_back_however_it_is_broken_into_lines() -> None:
    receipt = made(CASES[-1])
    broken = f" {receipt.code[:30]}\n{receipt.code[30:60]} {receipt.code[60:]}\n"
    found = read_code(broken)
    assert found is not None
    assert (found.reference, found.answers, found.digest) == (receipt.reference, receipt.answers, receipt.digest)
    assert read_code("V-2026-00001") is None
    assert read_code(receipt.code.replace("R1", "R2")) is None


def test_what_differs_is_named() -> None:
    then = made(CASES[-1])
    case = json.loads(json.dumps(CASES[-1]))
    changed = case["answers"][0]["criterion"]
    case["answers"][0]["level"] = 0
    gone = case["photographs"].pop()
    case["answers"].append({**case["answers"][0], "criterion": "ZZZ-01"})
    found = [(d.kind, d.what, d.criterion) for d in differences(then.lines, made(case).lines)]
    assert found == [
        ("changed", "answer", changed),
        ("added", "answer", "ZZZ-01"),
        ("missing", "photo", gone["criterion"]),
    ]
    assert differences(then.lines, then.lines) == []
