"""The receipt at the end of a visit: how many answers and photographs, and one digest over all of them.

Director and inspector keep the code; whoever holds the server's records can say later whether they are still the same.
The same bytes are made on the tablet (``frontend/tablet/receipt.ts``); ``tests/vectors/receipts.json`` holds both together.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inspect_app.domain.audit import canonical

FORMAT = 1
_CODE = re.compile(r"MIYAR-R1/([A-Z0-9-]+)/([0-9]+)/([0-9]+)/([0-9a-f]{64})")


@dataclass(frozen=True)
class AnswerLine:
    """The current answer to a criterion."""

    criterion: str
    op_id: str
    level: int | None
    not_applicable: bool
    na_reason: str
    note: str
    measurements: Mapping[str, str]

    @property
    def answered(self) -> bool:
        """Whether it counts as an answer (a note alone does not)."""
        return self.level is not None or self.not_applicable

    def as_list(self) -> list[Any]:
        """The line as it is hashed: measurements by code."""
        measured = [[code, self.measurements[code]] for code in sorted(self.measurements)]
        return [
            "answer",
            self.criterion,
            self.op_id,
            self.level,
            self.not_applicable,
            self.na_reason,
            self.note,
            measured,
        ]


@dataclass(frozen=True)
class PhotoLine:
    """A photograph that was not withdrawn. ``sha256``: of the bytes as the device sent them."""

    criterion: str
    op_id: str
    sha256: str

    def as_list(self) -> list[Any]:
        """The line as it is hashed."""
        return ["photo", self.criterion, self.op_id, self.sha256]


@dataclass(frozen=True)
class Receipt:
    """What a visit held at one moment. ``lines`` in the order in which they are hashed."""

    uid: str
    reference: str
    answers: int
    photographs: int
    lines: tuple[tuple[Any, ...], ...]
    digest: str

    @property
    def code(self) -> str:
        """What stands in the QR code and can be typed: visit, counts, digest."""
        return f"MIYAR-R{FORMAT}/{self.reference}/{self.answers}/{self.photographs}/{self.digest}"


@dataclass(frozen=True)
class Code:
    """A code read back."""

    reference: str
    answers: int
    photographs: int
    digest: str


def receipt_bytes(uid: str, lines: Sequence[Sequence[Any]]) -> bytes:
    """What is hashed: JSON arrays, one per line, UTF-8: the head, answers by criterion, photographs by op_id.

    No spaces, no escapes of what is not a control character, quotation mark or backslash; each line ends with U+000A.
    """
    rows = [["miyar-receipt", FORMAT, uid], *lines]
    return "".join(f"{canonical(list(row))}\n" for row in rows).encode()


def receipt_of(uid: str, reference: str, answers: Iterable[AnswerLine], photographs: Iterable[PhotoLine]) -> Receipt:
    """The receipt over all current answers and photographs, in whatever order they come."""
    said = sorted(answers, key=lambda line: line.criterion)
    shown = sorted(photographs, key=lambda line: line.op_id)
    lines = tuple(tuple(row) for row in ([a.as_list() for a in said] + [p.as_list() for p in shown]))
    digest = hashlib.sha256(receipt_bytes(uid, lines)).hexdigest()
    return Receipt(uid, reference, sum(line.answered for line in said), len(shown), lines, digest)


def read_code(text: str) -> Code | None:
    """A code as typed or scanned; None where it is none. Spaces and line ends inside do not matter."""
    found = _CODE.fullmatch(re.sub(r"\s", "", text))
    return Code(found[1], int(found[2]), int(found[3]), found[4]) if found else None


@dataclass(frozen=True)
class Difference:
    """One line that is not the same. ``kind``: missing (of the receipt, not on file) | added | changed."""

    kind: str
    what: str  # answer | photo
    criterion: str
    op_id: str


def differences(receipt: Sequence[Sequence[Any]], records: Sequence[Sequence[Any]]) -> list[Difference]:
    """What the receipt says otherwise than the records: answers compared by criterion, photographs by op_id.

    A receipt whose lines end before the words (the journal keeps no words) is compared as far as it goes.
    """
    then, now = _by_key(receipt), _by_key(records)
    found = []
    for key in sorted(then.keys() | now.keys()):
        before, after = then.get(key), now.get(key)
        if before is not None and after is not None and canonical(before) == canonical(after[: len(before)]):
            continue
        row = before or after
        kind = "added" if before is None else "missing" if after is None else "changed"
        found.append(Difference(kind, key[0], str((row or [])[1]), str((row or [])[2])))
    return found


def _by_key(lines: Sequence[Sequence[Any]]) -> dict[tuple[str, str], list[Any]]:
    return {(str(line[0]), str(line[1] if line[0] == "answer" else line[2])): list(line) for line in lines}
