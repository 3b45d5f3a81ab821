"""From the final report to the signed decision: who may do what, when, and what is on file afterwards."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from inspect_app.adapters import clock
from inspect_app.domain.errors import DomainError, ForbiddenError, NotVisibleError
from inspect_app.models import Accreditation, AccreditationEntry, AuditEvent, Decision, QueuedLetter, db
from inspect_app.queries.decisions import standing_of
from inspect_app.services import decisions as deeds
from tests.factories.decisions import REASONS, case_until, declare_all, deliberate, make_case, measure, propose, sign
from tests.factories.users import actor_of, make_user

pytestmark = pytest.mark.usefixtures("app", "blank_paper")


def test_a_visit_leads_to_a_signed_decision_that_stands_in_the_register(app: Flask) -> None:
    case = case_until("signed")
    decision, row = case.decision, standing_of(case.institution.id)
    assert decision is not None
    assert row is not None
    assert case.dossier is not None
    assert (decision.outcome, decision.standing, row.standing, row.decision_id) == (
        "distinction", "distinction", "distinction", decision.id,
    )  # fmt: skip
    assert decision.number == f"{clock.today().year}/0001"
    assert decision.valid_until is not None
    assert decision.valid_until > clock.today() + timedelta(days=5 * 365 - 2)
    assert case.dossier.state == "signed"
    entry = db.session.scalars(select(AccreditationEntry)).one()
    assert (entry.decision_id, entry.event, entry.standing) == (decision.id, "decided", "distinction")
    verbs = db.session.scalars(
        select(AuditEvent.verb).where(AuditEvent.chain == f"dossier/{case.id}").order_by(AuditEvent.seq)
    ).all()
    assert [v for v in verbs if v != "dossier.interests_declared"] == [
        "dossier.opened", "dossier.deliberated", "dossier.proposed", "dossier.signed",
    ]  # fmt: skip


def test_the_director_is_told_once(app: Flask) -> None:
    case = case_until("signed")
    letters = db.session.scalars(select(QueuedLetter).where(QueuedLetter.user_id == case.people["Brahim"].id)).all()
    assert [(letter.kind, letter.sent_at is not None, letter.tries) for letter in letters] == [("decided", True, 1)]


def test_the_proposal_is_computed_when_the_dossier_is_opened(app: Flask) -> None:
    case = case_until("open", level=2)
    assert case.dossier is not None
    assert case.dossier.computed is not None
    assert case.dossier.computed_outcome == case.play.institution.level
    assert [r["code"] for r in case.dossier.computed["reasons"] if r["binds"]]


def test_an_inspector_opens_no_dossier(app: Flask) -> None:
    case = make_case()
    with pytest.raises(ForbiddenError):
        deeds.open_dossier(case.actor("Amina"), inspection_id=case.play.id)


def test_a_visit_has_one_dossier(app: Flask) -> None:
    case = case_until("open")
    with pytest.raises(DomainError, match="already-decided"):
        deeds.open_dossier(case.actor("Fatima"), inspection_id=case.play.id)


def test_fatima_cannot_propose_before_the_committee_has_met(app: Flask) -> None:
    case = case_until("declared")
    with pytest.raises(DomainError, match="deliberation-missing"):
        propose(case)


def test_who_has_declared_nothing_proposes_nothing(app: Flask) -> None:
    case = case_until("open")
    with pytest.raises(DomainError, match="not-declared"):
        deliberate(case)


def test_a_departure_from_the_computed_proposal_needs_a_written_reason(app: Flask) -> None:
    case = case_until("deliberated", outcome="accredited")
    with pytest.raises(DomainError, match="departure-without-reason"):
        deeds.propose(case.actor("Fatima"), dossier_id=case.id, outcome="accredited", reasons=REASONS)
    deeds.undo()
    propose(case, "accredited")
    sign(case)
    assert case.decision is not None
    assert case.decision.outcome == "accredited"


def test_whoever_visited_does_not_sign_even_as_a_signatory(app: Flask) -> None:
    case = case_until("proposed")
    visitor = case.people["Amina"]
    visitor.roles = [*visitor.roles, *case.people["Karim"].roles]
    db.session.commit()
    deeds_actor = actor_of(visitor)
    with pytest.raises(ForbiddenError, match="visited-no-decision"):
        deeds.sign(deeds_actor, dossier_id=case.id)
    assert db.session.scalar(select(Decision)) is None


def test_whoever_proposed_does_not_sign_even_as_a_signatory(app: Flask) -> None:
    case = case_until("proposed")
    fatima = case.people["Fatima"]
    fatima.roles = [*fatima.roles, *case.people["Karim"].roles]
    db.session.commit()
    with pytest.raises(ForbiddenError, match="proposed-it"):
        deeds.sign(actor_of(fatima), dossier_id=case.id)


def test_whoever_has_a_conflict_does_not_sign(app: Flask) -> None:
    case = case_until("proposed")
    deeds.declare_interests(case.actor("Karim"), dossier_id=case.id, conflict=True, detail="Un cousin y travaille.")
    with pytest.raises(ForbiddenError, match="dossier-conflict"):
        sign(case)
    deeds.undo()
    with pytest.raises(DomainError, match="conflict-stays"):
        deeds.declare_interests(case.actor("Karim"), dossier_id=case.id, conflict=False)


def test_a_member_with_a_conflict_leaves_the_room_and_the_quorum_is_missed(app: Flask) -> None:
    case = case_until("declared")
    deeds.declare_interests(case.actor("Omar"), dossier_id=case.id, conflict=True, detail="Membre de l'association.")
    with pytest.raises(DomainError, match="quorum-missing"):
        deliberate(case)


def test_karim_returns_the_proposal_and_the_committee_meets_again(app: Flask) -> None:
    case = case_until("proposed")
    deeds.return_proposal(case.actor("Karim"), dossier_id=case.id, reason="Les motifs ne disent rien de l'incendie.")
    deliberate(case)
    propose(case)
    sign(case)
    assert case.dossier is not None
    assert [e.event for e in case.dossier.events] == [
        "opened", "deliberated", "proposed", "returned", "deliberated", "proposed", "signed",
    ]  # fmt: skip


def test_a_signatory_elsewhere_sees_nothing(app: Flask) -> None:
    case = case_until("proposed")
    stranger = make_user("signatory", region="01")
    with pytest.raises(NotVisibleError):
        deeds.sign(actor_of(stranger), dossier_id=case.id)


def test_nothing_is_decided_twice(app: Flask) -> None:
    case = case_until("signed")
    with pytest.raises(DomainError, match="illegal-dossier-move"):
        deeds.sign(case.actor("Loubna"), dossier_id=case.id)


def test_danger_is_suspended_without_waiting_for_the_committee_and_lifted_with_it(app: Flask) -> None:
    case = case_until("signed")
    first = standing_of(case.institution.id)
    assert first is not None
    last_day = first.valid_until
    measure(case, "urgent_suspension")
    sign(case)
    row = standing_of(case.institution.id)
    assert row is not None
    assert (row.standing, row.level, row.valid_until) == ("suspended", "distinction", last_day)
    measure(case, "reinstatement", grounds="Le dortoir a été refait et contrôlé.")
    sign(case)
    row = standing_of(case.institution.id)
    assert row is not None
    assert (row.standing, row.level, row.valid_until) == ("distinction", "distinction", last_day)
    numbers = db.session.scalars(select(Decision.serial).order_by(Decision.id)).all()
    assert numbers == [1, 2, 3]


def test_what_was_never_given_is_not_suspended(app: Flask) -> None:
    case = make_case()
    with pytest.raises(DomainError, match="cannot-follow"):
        deeds.open_measure(
            case.actor("Fatima"), institution_id=case.institution.id, matter="suspension", grounds="Incendie"
        )


def test_a_withdrawal_ends_it(app: Flask) -> None:
    case = case_until("signed")
    measure(case, "withdrawal", grounds="L'association a fermé la maison.")
    sign(case)
    assert db.session.get_one(Accreditation, case.institution.id).standing == "withdrawn"


def test_a_dossier_is_closed_with_its_reason_and_another_may_be_opened(app: Flask) -> None:
    case = case_until("open")
    deeds.close_dossier(case.actor("Fatima"), dossier_id=case.id, reason="La maison a fermé.")
    again = deeds.open_dossier(case.actor("Fatima"), inspection_id=case.play.id)
    assert again.id != case.id


def test_declared_conflicts_are_no_secret_of_the_file(app: Flask) -> None:
    case = case_until("open")
    declare_all(case)
    assert case.dossier is not None
    db.session.refresh(case.dossier)
    assert {i.conflict for i in case.dossier.interests} == {"none"}
