"""Which answers of a visit still stand beside a different current one."""

from sqlalchemy import bindparam, select

from inspect_app.domain.answers import Kept, Status, open_conflicts
from inspect_app.models import AnswerRevision, db

_DISPUTED_ONCE = (
    select(AnswerRevision.criterion)
    .where(AnswerRevision.inspection_id == bindparam("inspection_id"), AnswerRevision.outcome == Status.CONFLICT)
    .distinct()
)
_HISTORY = (
    select(
        AnswerRevision.criterion,
        AnswerRevision.settles,
        AnswerRevision.op_id,
        AnswerRevision.author_id,
        AnswerRevision.device_id,
        AnswerRevision.base_op_id,
        AnswerRevision.outcome,
    )
    .where(
        AnswerRevision.inspection_id == bindparam("inspection_id"),
        AnswerRevision.criterion.in_(bindparam("codes", expanding=True)),
    )
    .order_by(AnswerRevision.id)
)


def standing_conflicts(inspection_id: int) -> dict[str, list[str]]:
    """The op_ids of such answers by criterion, oldest receipt first. What ends one: ``domain.answers.open_conflicts``."""
    codes = db.session.scalars(_DISPUTED_ONCE, {"inspection_id": inspection_id}).all()
    if not codes:
        return {}
    history: dict[str, list[Kept]] = {}
    for row in db.session.execute(_HISTORY, {"inspection_id": inspection_id, "codes": list(codes)}):
        settles = None if row.settles is None else tuple(row.settles)
        kept = Kept(row.op_id, row.author_id, row.device_id, row.base_op_id, row.outcome, settles)
        history.setdefault(row.criterion, []).append(kept)
    standing = {code: open_conflicts(rows) for code, rows in history.items()}
    return {code: op_ids for code, op_ids in standing.items() if op_ids}
