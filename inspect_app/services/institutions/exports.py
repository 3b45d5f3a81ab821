"""Take the registry out of the house: who took which part of it is written down."""

from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import ForbiddenError
from inspect_app.domain.permissions import Permission
from inspect_app.models import Institution, db
from inspect_app.queries.institutions import Filters, all_of
from inspect_app.services import audit


def export_institutions(actor: Actor, *, filters: Filters, kind: str) -> list[Institution]:
    """All institutions of the actor's territory that the filters leave, in their order. ``kind``: csv or xlsx.

    Raises ForbiddenError.
    """
    if not actor.may(Permission.EXPORT_INSTITUTIONS):
        raise ForbiddenError
    rows = list(all_of(actor, filters))
    for row in rows:
        db.session.expunge(row)  # read only; the commit would have every one of them read again
    narrowed = {name: value for name, value in vars(filters).items() if value not in ("", None, False)}
    audit.record(actor, "institutions.exported", chain="registry", kind=kind, rows=len(rows), filters=narrowed)
    db.session.commit()
    return rows
