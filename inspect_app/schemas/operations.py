"""Operations as tablets write them, read without the general machinery: a whole visit comes in one request.

What is written in any other way, right or wrong, is read by ``OperationSchema``, which alone says what is allowed and what
is at fault; a test holds both together.
"""

import re
from datetime import datetime
from typing import Any

from inspect_app.domain.answers import Operation
from inspect_app.domain.folding import plain
from inspect_app.schemas.inspections import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_NOTE,
    LONGEST_REASON,
    UNKEEPABLE,
    OperationSchema,
)

_FIELDS = frozenset(OperationSchema().fields)
_NEEDED = frozenset({"op_id", "criterion", "level", "answered_at"})
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{3}|\.[0-9]{6})?(Z|[+-][0-9]{2}:[0-9]{2})"
)


def operation_of(data: dict[str, Any], schema: OperationSchema) -> Operation:
    """The operation. Raises ValidationError as the schema does."""
    found = _plainly_written(data)
    if found is not None:
        return found
    loaded: Operation = schema.load(data)
    return loaded


def _plainly_written(data: dict[str, Any]) -> Operation | None:
    """The operation where every field stands in its usual form, nothing measured or settled; else None."""
    if not (_NEEDED <= data.keys() <= _FIELDS) or data.get("measurements") or data.get("settles"):
        return None
    op_id, code, level, at = data["op_id"], data["criterion"], data["level"], data["answered_at"]
    base, na = data.get("base_op_id"), data.get("not_applicable", False)
    note, reason = _text(data.get("note", ""), LONGEST_NOTE), _text(data.get("na_reason", ""), LONGEST_REASON)
    if (
        not (_is(_UUID, op_id) and _is(_CODE, code) and _is(_TIME, at) and (base is None or _is(_UUID, base)))
        or not (level is None or (type(level) is int and 0 <= level <= 3))
        or type(na) is not bool
        or note is None
        or reason is None
        or data.get("measurements", {}) != {}
        or data.get("settles", []) != []
    ):
        return None
    try:
        answered_at = datetime.fromisoformat(at)
    except ValueError:
        return None
    if not FIRST_YEAR <= answered_at.year <= LAST_YEAR:
        return None
    return Operation(op_id, code, level, na, reason if na else "", note, {}, base, answered_at)


def _is(pattern: re.Pattern[str], value: Any) -> bool:
    return type(value) is str and pattern.fullmatch(value) is not None


def _text(value: Any, longest: int) -> str | None:
    if type(value) is not str or UNKEEPABLE.search(value):
        return None
    text = plain(value).strip()
    return text if len(text) <= longest else None
