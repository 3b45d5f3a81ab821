"""Proofs: a photograph or a document is sent, and somebody else than who owns or sent it accepts or returns it."""

from sqlalchemy import select

from inspect_app.adapters import clock, documents, files, photos
from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import DomainError, NotVisibleError
from inspect_app.domain.permissions import Permission
from inspect_app.domain.plans import ActionState, Deed
from inspect_app.models import ActionProof, PlanAction, db
from inspect_app.queries import plans as questions
from inspect_app.services.inspections.common import require, text
from inspect_app.services.plans.common import held, note, take_up, tell_register

WORDS = 500


def send_proof(
    actor: Actor, *, plan_id: int, action_id: int, op_id: str, raw: bytes, words: str = "", max_bytes: int
) -> ActionProof:
    """Keep a proof of an action: a photograph without its metadata, or a PDF. The same ``op_id`` again gives the same row.

    Raises NotVisibleError, ForbiddenError("not-yours-send-proof"), DomainError: ``plan-closed``, ``action-ended``,
    ``proofs-too-many``, ``op-id-reused``, ``proof-missing``, ``photo-too-large``, ``photo-not-an-image``,
    ``document-too-large``, ``document-not-pdf``, ``document-lively``, ``text-too-long``.
    """
    require(actor, Permission.SEND_PROOFS)
    plan = questions.visible(actor, plan_id)  # nobody fills the storage from outside
    action = questions.action_of(plan, action_id)
    twin = db.session.scalar(select(ActionProof).where(ActionProof.op_id == op_id))
    if twin is not None:
        if (twin.action_id, twin.author_id) != (action_id, actor.user_id):
            raise DomainError("op-id-reused", field="op_id")
        return twin
    questions.check(actor, plan, Deed.SEND_PROOF, action)
    said = text(words, field="words", required=False, longest=WORDS)
    db.session.commit()  # nothing is held while the picture is decoded
    kept = _kept(raw, max_bytes)
    plan, held_action = held(actor, Permission.SEND_PROOFS, plan_id, Deed.SEND_PROOF, action_id)
    assert held_action is not None
    row = ActionProof(
        op_id=op_id, action_id=action_id, words=said, author_id=actor.user_id, received_at=clock.now(), **kept
    )
    held_action.proofs.append(row)
    held_action.state = ActionState.PROOF_SENT.value
    held_action.sent_at, held_action.sent_by = clock.now(), actor.user_id
    held_action.verified_at = held_action.verified_by = None
    held_action.verdict = ""
    take_up(actor, plan)
    note(actor, plan, "proof_sent", action=held_action, sha256=row.sha256)
    tell_register(plan)
    db.session.commit()
    return row


def _kept(raw: bytes, max_bytes: int) -> dict[str, object]:
    """The bytes as they are stored, before the row that names them."""
    if not raw:
        raise DomainError("proof-missing", field="file", status=422)
    if documents.is_pdf(raw):
        documents.check_pdf(raw, max_bytes=max_bytes)
        return {"sha256": files.put(raw), "media_type": "application/pdf", "size": len(raw)}
    photo = photos.clean(raw, max_bytes=max_bytes)
    return {
        "sha256": files.put(photo.data),
        "thumb_sha256": files.put(photo.thumb),
        "media_type": photo.media_type,
        "size": len(photo.data),
    }


def verify(actor: Actor, *, plan_id: int, action_id: int, accepted: bool, verdict: str = "") -> PlanAction:
    """Accept the proof of an action, or return it with a reason. Never the owner, never who sent it.

    Raises NotVisibleError, ForbiddenError: ``not-yours-verify``, ``own-proof``; DomainError: ``nothing-to-verify``,
    ``plan-closed``, ``verdict-missing`` (a return needs its reason), ``text-too-long``.
    """
    plan, action = held(actor, Permission.VERIFY_PROOFS, plan_id, Deed.VERIFY, action_id)
    assert action is not None
    words = text(verdict, field="verdict", required=not accepted)
    action.state = (ActionState.ACCEPTED if accepted else ActionState.RETURNED).value
    action.verified_at, action.verified_by, action.verdict = clock.now(), actor.user_id, words
    take_up(actor, plan)
    note(actor, plan, action.state, action=action, reason=words)
    tell_register(plan)
    db.session.commit()
    return action


def proof_file(actor: Actor, *, proof_id: int, thumb: bool = False) -> tuple[bytes, ActionProof]:
    """The bytes of a proof. Raises NotVisibleError."""
    proof = questions.proof_of(actor, proof_id)
    if thumb and not proof.thumb_sha256:
        raise NotVisibleError("proof")
    data = files.get(proof.thumb_sha256 if thumb else proof.sha256)
    return data, proof
