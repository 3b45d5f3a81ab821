"""Take the figures of agreement out of the house: who took them is written down, because they are about people."""

from inspect_app.domain.actors import Actor
from inspect_app.domain.agreement_report import AgreementPolicy
from inspect_app.domain.permissions import Permission
from inspect_app.models import db
from inspect_app.queries.agreement import Agreement, Filters, agreement
from inspect_app.services import audit
from inspect_app.services.inspections.common import require


def export_agreement(actor: Actor, *, filters: Filters, policy: AgreementPolicy) -> Agreement:
    """What ``queries.agreement`` gives the actor, with an event in the journal. Raises ForbiddenError."""
    require(actor, Permission.SEE_AGREEMENT)
    found = agreement(actor, filters, policy)
    for person in found.people.values():
        db.session.expunge(person)  # read only; the commit would have every one of them read again
    rows = len(found.report.criteria) + len(found.report.domains) + len(found.report.pairs)
    audit.record(actor, "agreement.exported", chain="agreement", rows=rows)
    db.session.commit()
    return found
