"""What the demonstration sets down on the spot: a critical finding of the visit under way, signatures at the end of others."""

import uuid
from datetime import datetime, timedelta

from inspect_app.domain.actors import Actor
from inspect_app.domain.answers import Operation
from inspect_app.domain.checklists import Facts
from inspect_app.domain.critical import Sheet, Told
from inspect_app.domain.signatures import Capacity, Deed, Signature
from inspect_app.models import Inspection, db
from inspect_app.queries import inspections as questions
from inspect_app.queries.frozen import checklist_of
from inspect_app.queries.inspections.receipts import receipt
from inspect_app.services import inspections as deeds

_SEEN = "مخرج النجدة في الطابق الأول مقفل، والمفتاح غير موجود في المؤسسة ساعة الزيارة."
_DONE = "نُزع القفل أمام الفريق، وبقي المخرج مفتوحاً."
_DRAWING = "M40 130L70 50L95 140L130 60L150 120L190 90M220 110L270 70L300 130L350 95L420 100M110 160L380 150"


def critical_finding(leader: Actor, inspection_id: int, at: datetime) -> None:
    """The leader finds something grave on a critical criterion that has no answer yet, and tells it an hour later."""
    inspection = db.session.get_one(Inspection, inspection_id)
    answered = questions.current_answers(inspection_id)
    criteria = checklist_of(inspection).applicable(Facts.of(inspection.facts))
    free = [c for c in criteria if c.critical and c.code not in answered]
    found = next((c for c in free if c.code.startswith("BLD-")), free[0] if free else None)
    if found is None:
        return
    operation = Operation(_id(inspection, "finding"), found.code, 1, False, "", _SEEN, {}, None, at)
    deeds.apply_operations(leader, inspection_id=inspection_id, operations=[operation])
    sheet = Sheet(
        op_id=_id(inspection, "sheet"),
        criterion=found.code,
        seen=_SEEN,
        danger=False,
        measure=_DONE,
        told=Told.DIRECTOR,
        seen_at=at - timedelta(hours=1),
        written_at=at - timedelta(minutes=50),
    )
    deeds.fill_sheets(leader, inspection_id=inspection_id, sheets=[sheet])


def signatures(leader: Actor, director: str, inspection_id: int, at: datetime) -> None:
    """The leader confirms, the director signs by hand: what is on file at that moment."""
    inspection = db.session.get_one(Inspection, inspection_id)
    now = receipt(inspection)
    signed = [
        Signature(
            op_id=_id(inspection, f"signature/{capacity.value}"),
            capacity=capacity,
            deed=Deed.DRAWN if drawing else Deed.TYPED,
            name=name,
            function=function,
            drawing=drawing,
            reason="",
            record_digest=now.digest,
            answers=now.answers,
            photographs=now.photographs,
            signed_at=at,
        )
        for capacity, name, function, drawing in (
            (Capacity.MEMBER, leader.name, "مفتش", ""),
            (Capacity.DIRECTOR, director, "مدير المؤسسة", _DRAWING),
        )
    ]
    deeds.take_signatures(leader, inspection_id=inspection_id, signatures=signed)


def _id(inspection: Inspection, what: str) -> str:
    return str(uuid.uuid5(uuid.UUID(inspection.uid), what))
