"""The receipt at the end of a visit is given: what it says is written into the journal, line by line."""

from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import DomainError, ForbiddenError
from inspect_app.domain.permissions import Permission
from inspect_app.domain.receipts import Receipt
from inspect_app.models import Inspection, db
from inspect_app.queries import inspections as questions
from inspect_app.queries.inspections.receipts import GIVEN, given_receipts, receipt_for
from inspect_app.services import audit
from inspect_app.services.inspections.common import chain, hold, require


def give_receipt(actor: Actor, *, inspection_id: int) -> tuple[Inspection, Receipt]:
    """A member of the team gives the director the receipt. Asked again while nothing changed, it is the same one.

    Raises NotVisibleError, ForbiddenError (also "not-on-team"), DomainError("not-begun").
    """
    require(actor, Permission.ANSWER_INSPECTIONS)
    hold(inspection_id)
    inspection, found = receipt_for(actor, inspection_id)
    if questions.membership(actor, inspection) is None:
        raise ForbiddenError("not-on-team")
    if found is None:
        raise DomainError("not-begun")
    before = given_receipts(inspection.id)
    if not before or before[-1].digest != found.digest:
        audit.record(
            actor,
            GIVEN,
            chain=chain(inspection.id),
            digest=found.digest,
            answers=found.answers,
            photographs=found.photographs,
            lines=[_without_words(line) for line in found.lines],
        )
    db.session.commit()
    return inspection, found


def _without_words(line: tuple[object, ...]) -> list[object]:
    """Criterion and op_id bind the words by the digest; what people wrote does not stand in the journal."""
    return [*line[:5]] if line[0] == "answer" else [*line]
