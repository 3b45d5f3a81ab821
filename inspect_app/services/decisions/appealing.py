"""Appeals: lodged by the director within the delay, examined by somebody who was not involved, answered with reasons."""

import uuid
from collections.abc import Collection, Mapping

from sqlalchemy.exc import IntegrityError

from inspect_app.adapters import clock
from inspect_app.adapters.holidays import moroccan_holidays
from inspect_app.domain.actors import Actor
from inspect_app.domain.decisions import Outcome, Side, appeals
from inspect_app.domain.decisions.appeals import AppealState
from inspect_app.domain.decisions.outcomes import check_follows
from inspect_app.domain.errors import DomainError
from inspect_app.domain.permissions import Permission
from inspect_app.models import Appeal, AppealPoint, db
from inspect_app.queries import decisions as questions
from inspect_app.queries import inspections as people
from inspect_app.queries.decisions import appeals as lodged
from inspect_app.services import audit
from inspect_app.services.decisions import letters
from inspect_app.services.decisions.common import chain, hold, require, stand, text
from inspect_app.services.decisions.opening import open_for_appeal


def lodge(actor: Actor, *, decision_id: int, grounds: str, criteria: Collection[str] = ()) -> Appeal:
    """The director contests a decision: in words, and criterion by criterion where it rests on a visit.

    Raises NotVisibleError, ForbiddenError, DomainError: ``appeal-late``, ``appeal-twice``, ``nothing-to-appeal``,
    ``grounds-missing``, ``criterion-not-asked``.
    """
    require(actor, Permission.LODGE_APPEALS)
    decision = lodged.own_decision(actor, decision_id)
    hold(chain(decision.dossier_id))
    policy = questions.policy_of(decision.dossier)
    holidays = moroccan_holidays(decision.decided_on.year, decision.decided_on.year + 2)
    appeals.check_lodging(
        decision.decided_on, clock.today(), policy, holidays, lodged=lodged.appeal_of(decision.id) is not None
    )
    if not appeals.replacements(decision.outcome):
        raise DomainError("nothing-to-appeal")
    words = text(grounds, field="grounds")
    if set(criteria) - set(lodged.contestable(decision)):
        raise DomainError("criterion-not-asked", field="criteria", status=422)
    row = Appeal(
        reference=uuid.uuid4().hex,  # the number follows from the row's id
        decision_id=decision.id,
        institution_id=decision.institution_id,
        state=str(AppealState.LODGED),
        grounds=words,
        lodged_by=actor.user_id,
        lodged_at=clock.now(),
        due_on=policy.clock("appeal-answer").due(
            clock.today(), moroccan_holidays(clock.today().year, clock.today().year + 1)
        ),
        invented=decision.invented,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        raise DomainError("appeal-twice") from None
    row.reference = f"R-{clock.today().year}-{row.id:05d}"
    for code in sorted(set(criteria)):
        db.session.add(AppealPoint(appeal_id=row.id, criterion=code))
    db.session.flush()
    audit.record(
        actor,
        "appeal.lodged",
        chain=chain(decision.dossier_id),
        appeal=row.id,
        reference=row.reference,
        decision=decision.id,
        criteria=sorted(set(criteria)),
    )
    letters.appeal_lodged(row)
    db.session.commit()
    letters.send_queued()
    return row


def name_examiner(actor: Actor, *, appeal_id: int, examiner: int) -> Appeal:
    """The ministry names who examines: nobody who took part in the visit, the dossier or the decision.

    Raises NotVisibleError, ForbiddenError, DomainError: ``appeal-over``, ``member-not-eligible``, ``examiner-involved``.
    """
    require(actor, Permission.PREPARE_DECISIONS)
    appeal = lodged.visible(actor, appeal_id)
    hold(chain(appeal.decision.dossier_id))
    db.session.refresh(appeal)
    if AppealState(appeal.state) in appeals.ENDED:
        raise DomainError("appeal-over")
    user = people.eligible(appeal.institution, Permission.EXAMINE_APPEALS, examiner)
    if user is None:
        raise DomainError("member-not-eligible", field="examiner", status=422)
    appeals.check_examiner(user.id, lodged.involved(appeal.decision))
    stand(appeal.decision.dossier, user.id, Side.APPEAL)
    appeal.examiner_id, appeal.named_by = user.id, actor.user_id
    appeal.state = str(AppealState.UNDER_EXAMINATION)
    db.session.flush()
    db.session.refresh(appeal)
    audit.record(
        actor, "appeal.examiner_named", chain=chain(appeal.decision.dossier_id), appeal=appeal.id, examiner=user.id
    )
    letters.examiner_named(appeal)
    db.session.commit()
    letters.send_queued()
    return appeal


def answer(
    actor: Actor,
    *,
    appeal_id: int,
    upheld: bool,
    reasons: str,
    new_outcome: str | None = None,
    verdicts: Mapping[str, str] | None = None,
) -> Appeal:
    """The examiner upholds or rejects the appeal, with reasons. Upheld, a dossier with what takes the decision's place
    goes to a signatory, who is not the one who signed the contested decision.

    ``verdicts``: criterion → upheld or rejected, one for each contested. Raises NotVisibleError, ForbiddenError
    (``not-the-examiner``), DomainError: ``appeal-over``, ``reasons-missing``, ``replacement-unknown``,
    ``point-verdict-missing``, ``cannot-follow``, ``dossier-runs``.
    """
    require(actor, Permission.EXAMINE_APPEALS)
    appeal = lodged.visible(actor, appeal_id)
    decision = appeal.decision
    hold(chain(decision.dossier_id))
    db.session.refresh(appeal)
    if AppealState(appeal.state) in appeals.ENDED:
        raise DomainError("appeal-over")
    appeals.check_examining(actor.user_id, appeal.examiner_id)
    words = text(reasons, field="reasons")
    said = dict(verdicts or {})
    for point in appeal.points:
        if said.get(point.criterion) not in ("upheld", "rejected"):
            raise DomainError("point-verdict-missing", field="verdicts", status=422)
        point.verdict = said[point.criterion]
    opened = None
    if upheld:
        appeals.check_replacement(decision.outcome, new_outcome)
        standing = questions.standing_of(decision.institution_id)
        check_follows(standing.standing if standing else "none", str(new_outcome))
        opened = open_for_appeal(
            actor,
            decision.institution,
            inspection=decision.dossier.inspection,
            outcome=Outcome(str(new_outcome)),
            grounds=words,
        )
    appeal.state = str(AppealState.UPHELD if upheld else AppealState.REJECTED)
    appeal.reasons, appeal.ended_at = words, clock.now()
    appeal.new_outcome = new_outcome if upheld else None
    appeal.dossier_id = opened.id if opened else None
    db.session.flush()
    audit.record(
        actor,
        "appeal.answered",
        chain=chain(decision.dossier_id),
        appeal=appeal.id,
        upheld=upheld,
        decided=new_outcome if upheld else None,
        verdicts=said,
    )
    letters.appeal_answered(appeal)
    db.session.commit()
    letters.send_queued()
    return appeal
