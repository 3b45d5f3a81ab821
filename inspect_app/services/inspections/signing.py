"""The team and the institution sign the record of a visit on its device; a refusal is kept with its reason."""

from collections.abc import Sequence

from sqlalchemy import select

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.answers import Status
from inspect_app.domain.errors import DomainError
from inspect_app.domain.inspections import BEFORE, State
from inspect_app.domain.signatures import Deed, Signature, faults
from inspect_app.models import Inspection, db
from inspect_app.models import Signature as Row
from inspect_app.services import audit
from inspect_app.services.inspections.answering import Result, as_member
from inspect_app.services.inspections.common import chain, hold


def take_signatures(actor: Actor, *, inspection_id: int, signatures: Sequence[Signature]) -> list[Result]:
    """Keep signatures; a fault in one refuses that one only, the same again is already here.

    A signature that was given is kept however late it arrives, also after the answers were submitted.
    Raises NotVisibleError, ForbiddenError (not on the team, declaration first, conflict declared),
    DomainError("not-begun"), DomainError("visit-ended") where the visit was cancelled.
    """
    inspection = begun(actor, inspection_id)
    known = {
        op_id: (of, digest)
        for op_id, of, digest in db.session.execute(
            select(Row.op_id, Row.inspection_id, Row.digest).where(Row.op_id.in_([s.op_id for s in signatures]))
        )
    }
    results = []
    for signature in signatures:
        if signature.op_id in known:
            same = known[signature.op_id] == (inspection.id, signature.digest)
            status = Status.ALREADY_HERE if same else Status.REFUSED
            results.append(Result(signature.op_id, status, None if same else "op-id-reused"))
            continue
        found = faults(signature)
        if found:
            results.append(Result(signature.op_id, Status.REFUSED, next(iter(found.values())), found))
            continue
        _keep(actor, inspection, signature)
        known[signature.op_id] = (inspection.id, signature.digest)
        results.append(Result(signature.op_id, Status.ACCEPTED))
    db.session.commit()
    return results


def begun(actor: Actor, inspection_id: int) -> Inspection:
    """The visit, held, of whose team the actor is a member and which has begun. Raises as ``take_signatures``."""
    hold(inspection_id)
    inspection = as_member(actor, inspection_id)
    state = State(inspection.state)
    if state in BEFORE:
        raise DomainError("not-begun")
    if state is State.CANCELLED:
        raise DomainError("visit-ended")
    return inspection


def _keep(actor: Actor, inspection: Inspection, signature: Signature) -> None:
    db.session.add(
        Row(
            op_id=signature.op_id,
            inspection_id=inspection.id,
            capacity=signature.capacity.value,
            deed=signature.deed.value,
            signer_name=signature.name,
            signer_function=signature.function,
            drawing=signature.drawing,
            reason=signature.reason,
            record_digest=signature.record_digest,
            answers=signature.answers,
            photographs=signature.photographs,
            signed_at=signature.signed_at,
            received_at=clock.now(),
            author_id=actor.user_id,
            device_id=actor.device_id,
            digest=signature.digest,
        )
    )
    audit.record(
        actor,
        "signature.refused" if signature.deed is Deed.REFUSED else "signature.taken",
        chain=chain(inspection.id),
        op=signature.op_id,
        capacity=signature.capacity.value,
        deed=signature.deed.value,
        digest=signature.record_digest,
        answers=signature.answers,
        photographs=signature.photographs,
        sha256=signature.digest,
    )
