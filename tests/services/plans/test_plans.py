"""A plan is proposed, negotiated, signed by both, proven and verified by somebody else; every other order is refused."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from inspect_app.adapters import clock
from inspect_app.domain.errors import DomainError, ForbiddenError, NotVisibleError
from inspect_app.models import AuditEvent, Finding, Inspection, PlanAction, PlanEvent, SupportPlan, db
from inspect_app.queries import plans as questions
from inspect_app.services import inspections as visits
from inspect_app.services import plans as deeds
from tests.factories.inspections import Play, make_play, play_until
from tests.factories.plans import MOST, PDF, agreed, found_play, propose, prove, verify, visited
from tests.factories.users import actor_of, make_user


def code(deed: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(DomainError) as refused:
        deed(*args, **kwargs)  # type: ignore[operator]
    db.session.rollback()
    return refused.value.code


def given(action: PlanAction, **changes: object) -> deeds.ActionInput:
    values = {name: getattr(action, name) for name in deeds.ActionInput.__dataclass_fields__}
    return deeds.ActionInput(**{**values, **changes})


def finding(action: PlanAction) -> Finding:
    return db.session.get_one(Finding, action.finding_id)


def test_a_plan_is_proposed_with_the_way_first_then_what_is_critical_then_the_others(app: Flask) -> None:
    play = found_play(critical=2, others=3)
    plan = propose(play)
    order = [a.why for a in plan.actions]
    assert order == sorted(order, key=["way", "critical", "other"].index)
    answered = {a.criterion for a in plan.actions}
    assert {f.criterion for f in questions.unmended(play.institution.id)} <= answered
    for action in plan.actions:
        assert action.owner_id == play.people["Brahim"].id
        assert action.due_on >= clock.today() + timedelta(days=7)
        assert action.target_level >= 2
    assert plan.reference == f"P-{clock.today().year}-{plan.id:05d}"
    assert plan.officer_id == play.people["Ilyas"].id


def test_the_whole_plan_done_leads_to_the_level_it_aims_at(app: Flask) -> None:
    play = found_play(critical=2, others=30)
    plan = propose(play)
    worth = questions.worth_of(plan)
    assert worth is not None
    ranks = [level.code for level in questions.ground_of(play.institution.id).stand.rules.levels]
    assert ranks.index(worth.if_done.level) >= ranks.index(plan.aim) > ranks.index(worth.found.level)
    assert worth.if_accepted.score == worth.found.score
    prove(play, plan, 0)
    after = questions.worth_of(questions.visible(play.actor("Brahim"), plan.id))
    assert worth.found.score < after.if_accepted.score < after.if_done.score


def test_a_second_plan_waits_until_the_first_is_closed(app: Flask) -> None:
    play = found_play()
    propose(play)
    assert code(propose, play, "Brahim") == "plan-there-already"


def test_nothing_is_proposed_without_a_final_report(app: Flask) -> None:
    play = make_play()
    assert code(propose, play, "Brahim") == "no-final-visit"


def test_nothing_is_proposed_where_everything_is_in_order(app: Flask) -> None:
    assert code(propose, play_until("final"), "Brahim") == "nothing-to-mend"


@pytest.mark.parametrize("name", ["Amina", "Chaimae", "Hind"])
def test_only_the_institution_and_its_support_officer_negotiate(app: Flask, name: str) -> None:
    play = found_play()
    with pytest.raises(ForbiddenError):
        propose(play, name)


def test_a_support_officer_who_visited_or_comes_from_elsewhere_does_not_negotiate(app: Flask) -> None:
    play = found_play()
    far = make_user("support_officer", name="Zineb", province="01.511")
    with pytest.raises(NotVisibleError):
        deeds.propose_plan(actor_of(far), institution_id=play.institution.id)
    both = make_user("support_officer", "inspector", name="Younes", province="04.421")
    db.session.execute(
        text("INSERT INTO inspection_people (inspection_id, user_id, side) VALUES (:i, :u, 'visit')"),
        {"i": play.id, "u": both.id},
    )
    with pytest.raises(ForbiddenError):
        deeds.propose_plan(actor_of(both), institution_id=play.institution.id)


def test_both_sign_by_typing_their_own_name_and_then_it_is_agreed(app: Flask) -> None:
    play = found_play()
    plan = propose(play)
    brahim, ilyas = play.actor("Brahim"), play.actor("Ilyas")
    assert code(deeds.agree, brahim, plan_id=plan.id, typed=" ") == "signature-missing"
    assert code(deeds.agree, brahim, plan_id=plan.id, typed="Ilyas") == "signature-differs"
    deeds.agree(brahim, plan_id=plan.id, typed="ابراهيم")
    assert (plan.state, plan.agreed_on) == ("proposed", None)
    assert code(deeds.agree, brahim, plan_id=plan.id, typed="Brahim") == "already-signed"
    deeds.agree(ilyas, plan_id=plan.id, typed="ILYAS")
    assert (plan.state, plan.agreed_on) == ("agreed", clock.today())
    said = {e.verb: e.data for e in db.session.scalars(select(AuditEvent).where(AuditEvent.chain == f"plan/{plan.id}"))}
    assert said["plan.director_signed"]["typed"] == "ابراهيم"
    assert said["plan.officer_signed"]["sha256"] == plan.digest
    assert {finding(a).state for a in plan.actions if a.finding_id} == {"in_hand"}


def test_whoever_changes_what_was_signed_makes_both_sign_again(app: Flask) -> None:
    play = found_play()
    plan = agreed(play)
    action = plan.actions[0]
    later = action.due_on + timedelta(days=10)
    change = given(action, due_on=later, helper="indh", what="Remplacer la porte")
    deeds.change_action(play.actor("Brahim"), plan_id=plan.id, action_id=action.id, given=change)
    assert (plan.state, plan.director_signed_at, plan.officer_signed_at) == ("proposed", None, None)
    assert (action.due_on, action.helper) == (later, "indh")
    assert [e.event for e in db.session.scalars(select(PlanEvent).where(PlanEvent.plan_id == plan.id))][
        -1
    ] == "reopened"


def test_a_change_that_changes_nothing_leaves_the_signatures(app: Flask) -> None:
    play = found_play()
    plan = agreed(play)
    action = plan.actions[0]
    deeds.change_action(play.actor("Ilyas"), plan_id=plan.id, action_id=action.id, given=given(action))
    assert plan.state == "agreed"


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"kind": "miracle"}, "unknown-kind"),
        ({"helper": "nobody"}, "unknown-helper"),
        ({"funding": "nobody"}, "unknown-helper"),
        ({"owner_id": 0}, "unknown-owner"),
        ({"target_level": 4}, "level-out-of-scale"),
        ({"what": "x" * 1001}, "text-too-long"),
    ],
)
def test_an_action_that_says_nonsense_is_refused(app: Flask, change: dict[str, object], refused: str) -> None:
    play = found_play()
    plan = propose(play)
    action = plan.actions[0]
    assert (
        code(
            deeds.change_action,
            play.actor("Brahim"),
            plan_id=plan.id,
            action_id=action.id,
            given=given(action, **change),
        )
        == refused
    )


def test_an_action_is_added_and_taken_out_with_a_reason(app: Flask) -> None:
    play = found_play()
    plan = propose(play)
    brahim = play.actor("Brahim")
    extra = play.codes()[-1]
    added = deeds.add_action(brahim, plan_id=plan.id, criterion=extra, given=given(plan.actions[0]))
    assert (added.finding_id, added.position) == (None, len(plan.actions))
    kwargs = {"plan_id": plan.id, "action_id": added.id}
    assert code(deeds.remove_action, brahim, **kwargs, reason=" ") == "reason-missing"
    deeds.remove_action(brahim, **kwargs, reason="Déjà fait")
    assert added.state == "removed"
    assert (
        code(deeds.add_action, brahim, plan_id=plan.id, criterion="XXX-99", given=given(added)) == "criterion-not-asked"
    )


def test_a_proof_is_sent_and_returned_with_a_reason_then_sent_again_and_accepted(app: Flask) -> None:
    play = found_play()
    plan = agreed(play)
    action = plan.actions[0]
    prove(play, plan)
    assert (action.state, finding(action).state) == ("proof_sent", "proof_sent")
    no_reason = {"plan_id": plan.id, "action_id": action.id, "accepted": False}
    assert code(deeds.verify, play.actor("Ilyas"), **no_reason) == "verdict-missing"
    verify(play, plan, accepted=False)
    assert (action.state, finding(action).state, action.verdict) == ("returned", "returned", "La photo est floue.")
    prove(play, plan, raw=PDF)
    verify(play, plan)
    assert (action.state, finding(action).state) == ("accepted", "verified")
    assert finding(action).verified_on == clock.today()
    assert [p.media_type for p in action.proofs] == ["image/jpeg", "application/pdf"]


def test_an_inspector_may_verify_but_never_the_owner_nor_who_sent_it(app: Flask) -> None:
    play = found_play()
    plan = agreed(play)
    action = plan.actions[0]
    assert (
        code(deeds.verify, play.actor("Ilyas"), plan_id=plan.id, action_id=action.id, accepted=True)
        == "nothing-to-verify"
    )
    prove(play, plan, name="Ilyas")
    for name, refused in (("Ilyas", "own-proof"), ("Brahim", "forbidden"), ("Chaimae", "forbidden")):
        assert code(verify, play, plan, name=name) == refused
    verify(play, plan, name="Amina")
    assert action.verified_by == play.people["Amina"].id


def test_even_the_database_refuses_an_owner_who_verifies(app: Flask) -> None:
    play = found_play()
    plan = agreed(play)
    prove(play, plan)
    for column in ("owner_id", "sent_by"):
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(text(f"UPDATE plan_actions SET state = 'accepted', verified_by = {column}"))


def test_the_same_form_sent_twice_gives_one_proof(app: Flask) -> None:
    play = found_play()
    plan = agreed(play)
    kwargs = {"plan_id": plan.id, "action_id": plan.actions[0].id, "op_id": "one", "raw": PDF, "max_bytes": MOST}
    first = deeds.send_proof(play.actor("Brahim"), **kwargs)
    assert deeds.send_proof(play.actor("Brahim"), **kwargs).id == first.id
    assert code(deeds.send_proof, play.actor("Ilyas"), **kwargs) == "op-id-reused"


@pytest.mark.parametrize(
    ("raw", "refused"),
    [
        (b"", "proof-missing"),
        (b"hello", "photo-not-an-image"),
        (PDF[:-10], "document-not-pdf"),
        (PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript >>"), "document-lively"),
        (PDF + b" " * MOST, "document-too-large"),
    ],
)
def test_what_is_no_proof_is_refused(app: Flask, raw: bytes, refused: str) -> None:
    play = found_play()
    plan = agreed(play)
    sent = {"plan_id": plan.id, "action_id": plan.actions[0].id, "op_id": "x", "raw": raw, "max_bytes": MOST}
    assert code(deeds.send_proof, play.actor("Brahim"), **sent) == refused


def test_a_plan_is_closed_by_the_officer_once_nothing_waits(app: Flask) -> None:
    play = found_play(critical=1, others=0)
    plan = agreed(play)
    assert code(deeds.close_plan, play.actor("Ilyas"), plan_id=plan.id) == "actions-waiting"
    for place in range(len(plan.actions)):
        prove(play, plan, place)
        verify(play, plan, place)
    with pytest.raises(ForbiddenError):
        deeds.close_plan(play.actor("Brahim"), plan_id=plan.id)
    deeds.close_plan(play.actor("Ilyas"), plan_id=plan.id)
    assert plan.state == "closed"
    assert code(deeds.agree, play.actor("Ilyas"), plan_id=plan.id, typed="Ilyas") == "plan-closed"


def test_the_next_visit_settles_what_is_in_order_and_takes_up_again_what_is_not(app: Flask) -> None:
    play = found_play(critical=1, others=1)
    plan = agreed(play)
    by_code = {a.criterion: a for a in plan.actions if a.finding_id}
    first, second = by_code.values()
    place = plan.actions.index(first)
    prove(play, plan, place)
    verify(play, plan, place)
    visited(_again(play), {first.criterion: 1})
    assert (first.state, finding(first).state, finding(first).times) == ("planned", "open", 2)
    assert (second.state, finding(second).state) == ("settled", "closed")


def _again(play: Play) -> Play:
    inspection: Inspection = visits.plan_inspection(
        play.actor("Chaimae"),
        institution_id=play.institution.id,
        kind="follow_up",
        planned_on=clock.today() + timedelta(days=90),
        team=[visits.MemberInput(play.people["Amina"].id, leader=True)],
        second_reader=play.people["Driss"].id,
        responder=play.people["Salma"].id,
    )
    return Play(play.institution, inspection, play.people)


def test_nobody_from_elsewhere_sees_the_plan(app: Flask) -> None:
    play = found_play()
    plan = propose(play)
    assert questions.visible(play.actor("Chaimae"), plan.id).id == plan.id
    far = make_user("coordinator", name="Zineb", province="01.511")
    with pytest.raises(NotVisibleError):
        questions.visible(actor_of(far), plan.id)
    assert db.session.scalar(select(SupportPlan.id)) == plan.id
