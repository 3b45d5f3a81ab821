"""Signatures and sheets of critical findings, as tablets write them."""

import uuid
from typing import Any

from inspect_app.adapters import clock
from inspect_app.queries.frozen import checklist_of
from tests.factories.inspections import Play

DRAWING = "M20 120L80 60L140 130L200 70M240 100L300 100L360 96"


def signature(**more: Any) -> dict[str, Any]:
    """The director signs, by hand."""
    return {
        "op_id": str(uuid.uuid4()),
        "capacity": "director",
        "deed": "drawn",
        "name": "إبراهيم",
        "function": "مدير المؤسسة",
        "drawing": DRAWING,
        "reason": "",
        "record_digest": "a" * 64,
        "answers": 3,
        "photographs": 1,
        "signed_at": clock.now().isoformat(timespec="milliseconds"),
        **more,
    }


def critical_code(play: Play, place: int = 0) -> str:
    """The code of a critical criterion of the visit."""
    checklist = checklist_of(play.inspection)
    return [code for code in play.codes() if checklist.criterion(code).critical][place]


def sheet(criterion: str, **more: Any) -> dict[str, Any]:
    """An emergency exit that is locked; the director was told, and it was opened."""
    now = clock.now().isoformat(timespec="milliseconds")
    return {
        "op_id": str(uuid.uuid4()),
        "criterion": criterion,
        "seen": "مخرج النجدة مقفل بسلسلة",
        "danger": False,
        "measure": "فُتح المخرج ونُزعت السلسلة",
        "told": "director",
        "seen_at": now,
        "written_at": now,
        "phoned_at": None,
        "base_op_id": None,
        **more,
    }
