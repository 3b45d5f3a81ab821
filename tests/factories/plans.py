"""An institution with findings and its support plan, made by the deeds themselves."""

import uuid

from inspect_app.adapters import clock, files
from inspect_app.models import ActionProof, Inspection, PlanAction, SelfAssessment, SupportPlan, db
from inspect_app.services import inspections as visits
from inspect_app.services import plans as deeds
from tests.factories.inspections import PROVINCE, Play, declare_all, make_play, picture, play_until
from tests.factories.users import make_person

PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << >>\n%%EOF\n"
#: 8 MB, as the server is set.
MOST = 8 * 1024 * 1024


def found_play(play: Play | None = None, *, critical: int = 1, others: int = 2, **institution: object) -> Play:
    """A visit with a final report: so many critical criteria not met, and so many others begun; Ilyas supports."""
    from inspect_app.queries.frozen import checklist_of

    play = play or make_play(**institution)
    if "Ilyas" not in play.people:
        play.people["Ilyas"] = make_person("Ilyas", province=PROVINCE)
    checklist = checklist_of(play.inspection)
    codes = play.codes()
    grave = [c for c in codes if checklist.criterion(c).critical][:critical]
    light = [c for c in codes if not checklist.criterion(c).critical][:others]
    return visited(play, dict.fromkeys(grave, 0) | dict.fromkeys(light, 1))


def visited(play: Play, failing: dict[str, int]) -> Play:
    """The visit until its final report: everything fully met, except these."""
    declare_all(play)
    visits.start(play.actor("Amina"), inspection_id=play.id)
    play.answer(level=3, codes=[c for c in play.codes() if c not in failing])
    for code, level in failing.items():
        play.answer(level=level, codes=[code])
    visits.submit(play.actor("Amina"), inspection_id=play.id)
    return play_until("final", play)


def propose(play: Play, name: str = "Ilyas") -> SupportPlan:
    """Somebody has a plan proposed."""
    return deeds.propose_plan(play.actor(name), institution_id=play.institution.id)


def agreed(play: Play) -> SupportPlan:
    """A plan that both sides signed."""
    plan = propose(play)
    for name in ("Brahim", "Ilyas"):
        deeds.agree(play.actor(name), plan_id=plan.id, typed=name)
    db.session.refresh(plan)
    return plan


def prove(play: Play, plan: SupportPlan, place: int = 0, name: str = "Brahim", raw: bytes = b"") -> ActionProof:
    """Somebody sends a photograph (or these bytes) as proof of the action at a place."""
    return deeds.send_proof(
        play.actor(name),
        plan_id=plan.id,
        action_id=plan.actions[place].id,
        op_id=str(uuid.uuid4()),
        raw=raw or picture(),
        max_bytes=MOST,
    )


def verify(play: Play, plan: SupportPlan, place: int = 0, *, accepted: bool = True, name: str = "Ilyas") -> None:
    """Somebody accepts the proof of the action at a place, or returns it."""
    deeds.verify(
        play.actor(name),
        plan_id=plan.id,
        action_id=plan.actions[place].id,
        accepted=accepted,
        verdict="" if accepted else "La photo est floue.",
    )


def plan_rows(inspection_id: int, criterion: str, officer_id: int) -> dict[str, int]:
    """A plan, an action with a proof and one without, as rows; their numbers by the names that addresses give them."""
    from inspect_app.queries.frozen import checklist_of

    visit = db.session.get_one(Inspection, inspection_id)
    plan = SupportPlan(
        reference=f"P-{clock.today().year}-{inspection_id:05d}",
        institution_id=visit.institution_id,
        inspection_id=inspection_id,
        state="proposed",
        aim="distinction",
        proposed_by=officer_id,
        proposed_at=clock.now(),
        officer_id=officer_id,
    )
    sha256 = files.put(picture())
    proof = ActionProof(
        op_id=str(uuid.uuid4()),
        sha256=sha256,
        thumb_sha256=sha256,
        media_type="image/jpeg",
        size=1,
        author_id=visit.created_by,
        received_at=clock.now(),
    )
    action = PlanAction(
        criterion=criterion,
        position=1,
        why="way",
        kind="works",
        owner_id=officer_id,
        target_level=3,
        due_on=clock.today(),
        state="planned",
        proofs=[proof],
    )
    free = PlanAction(
        criterion=next(c.code for c in checklist_of(visit) if c.code != criterion),
        position=2,
        why="way",
        kind="works",
        owner_id=officer_id,
        target_level=3,
        due_on=clock.today(),
        state="planned",
    )
    plan.actions += [action, free]
    own = SelfAssessment(
        institution_id=visit.institution_id,
        checklist_id=visit.checklist_id,
        rules_id=visit.rules_id,
        facts=visit.facts,
        begun_by=officer_id,
        begun_at=clock.now(),
        submitted_at=clock.now(),
        card={"domains": []},
    )
    db.session.add_all([plan, own])
    db.session.flush()
    return {
        "plan_id": plan.id,
        "action_id": action.id,
        "free_action_id": free.id,
        "proof_id": proof.id,
        "assessment_id": own.id,
    }
