"""Somebody with a database console tries to get a decision that the rules refuse. The database itself says no."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from inspect_app.adapters import clock
from inspect_app.models import Accreditation, Decision, Dossier, db
from tests.factories.decisions import Case, case_until
from tests.factories.users import make_user

pytestmark = pytest.mark.usefixtures("app", "blank_paper")

_COLUMNS = (
    "number, year, serial, dossier_id, institution_id, outcome, standing, level, reasons, conditions, decided_on, "
    "valid_until, visit_by, proposed_by, signed_by, signed_at, code, pdf_ar, pdf_fr, invented"
)


def refused(statement: str, said: str, **values: Any) -> None:
    """The database refuses the statement, and says why; nothing is changed."""
    with pytest.raises(SQLAlchemyError, match=said), db.session.begin_nested():
        db.session.execute(text(statement), values)


def forged(case: Case, **changes: Any) -> tuple[str, dict[str, Any]]:
    """A decision as it could be: everything right but what is changed."""
    dossier = db.session.get_one(Dossier, case.id)
    today = clock.today()
    values = {
        "number": f"{today.year}/0001",
        "year": today.year,
        "serial": 1,
        "dossier_id": case.id,
        "institution_id": case.institution.id,
        "outcome": dossier.proposed_outcome or "distinction",
        "standing": dossier.proposed_outcome or "distinction",
        "level": dossier.proposed_outcome or "distinction",
        "reasons": "r",
        "conditions": "[]",
        "decided_on": today.isoformat(),
        "valid_until": "2090-01-01",
        "visit_by": None,
        "proposed_by": case.people["Fatima"].id,
        "signed_by": case.people["Karim"].id,
        "signed_at": f"{today.isoformat()} 10:00:00+00:00",
        "code": "AAAA-BBBB-CCCC",
        "pdf_ar": "a" * 64,
        "pdf_fr": "b" * 64,
        "invented": False,
        **changes,
    }
    marks = ", ".join(f":{name.strip()}" for name in _COLUMNS.split(","))
    return f"INSERT INTO decisions ({_COLUMNS}) VALUES ({marks})", values


def attack(case: Case, said: str, **changes: Any) -> None:
    """Such a decision is refused."""
    statement, values = forged(case, **changes)
    refused(statement, said, **values)


@pytest.fixture
def proposed(app: Flask) -> Case:
    case = case_until("proposed")
    db.session.commit()
    return case


@pytest.fixture
def signed(app: Flask) -> Case:
    case = case_until("signed")
    db.session.commit()
    return case


def test_a_decision_without_fault_is_taken(proposed: Case) -> None:
    statement, values = forged(proposed)
    db.session.execute(text(statement), values)
    assert db.session.scalar(select(func.count(Decision.id))) == 1


def test_who_may_not_sign_does_not_sign(proposed: Case) -> None:
    people = proposed.people
    for name in ("Fatima", "Amina"):
        people[name].roles = [*people[name].roles, *people["Karim"].roles]
    db.session.flush()
    attack(proposed, "another side|two_people|free of conflicts", signed_by=people["Fatima"].id)  # 1: who proposed
    attack(proposed, "another side|visited|free of", signed_by=people["Amina"].id)  # 2: who visited
    attack(proposed, "only a signatory", signed_by=people["Nadia"].id)  # 3: a member of the committee
    attack(proposed, "free of conflicts", signed_by=make_user("signatory", national=True).id)  # 4: nothing declared
    values = {"d": proposed.id, "u": people["Karim"].id}
    db.session.execute(
        text("UPDATE dossier_interests SET conflict = 'declared', detail = 'x' WHERE dossier_id = :d AND user_id = :u"),
        values,
    )
    attack(proposed, "free of conflicts")  # 5: a conflict declared
    refused(  # 6: the conflict is taken back
        "UPDATE dossier_interests SET conflict = 'none' WHERE dossier_id = :d AND user_id = :u",
        "stays declared",
        **values,
    )


def test_a_visitor_who_is_a_signatory_too_cannot_change_sides(proposed: Case) -> None:
    amina = proposed.people["Amina"]
    amina.roles = [*amina.roles, *proposed.people["Karim"].roles]
    db.session.flush()
    values = {"d": proposed.id, "u": amina.id}
    at = {"at": "2026-01-01 10:00:00+00:00"}
    refused("UPDATE dossier_people SET side = 'decide' WHERE dossier_id = :d AND user_id = :u", "append-only", **values)
    refused("DELETE FROM dossier_people WHERE dossier_id = :d AND user_id = :u", "append-only", **values)
    refused(
        "INSERT INTO dossier_people (dossier_id, user_id, side, named_at) VALUES (:d, :u, 'decide', :at)",
        "append-only|visited|pk_dossier_people|UNIQUE",
        **values,
        **at,
    )
    db.session.execute(
        text(
            "INSERT INTO dossier_interests (dossier_id, user_id, conflict, detail, declared_at) VALUES (:d, :u, 'none', '', :at)"
        ),
        {**values, **at},
    )
    attack(proposed, "another side|visited", signed_by=amina.id)


def test_numbers_have_no_gap_and_are_used_once(proposed: Case) -> None:
    year = clock.today().year
    attack(proposed, "no gap", serial=2, number=f"{year}/0002")
    attack(proposed, "no gap|ck_decisions_serial", serial=0, number=f"{year}/0000")
    attack(proposed, "own year", year=year - 1, number=f"{year - 1}/0001")
    statement, values = forged(proposed)
    db.session.execute(text(statement), values)
    refused("DELETE FROM decisions", "append-only")
    refused("UPDATE decisions SET serial = 7", "append-only")


def test_nothing_is_signed_that_was_not_proposed(proposed: Case) -> None:
    attack(proposed, "follows its proposal|departs", outcome="accredited", standing="accredited")
    attack(proposed, "follows its proposal|fk_", proposed_by=proposed.people["Nadia"].id)
    attack(proposed, "something else", standing="accredited")
    attack(proposed, "validity", valid_until=None)
    attack(proposed, "documents", pdf_ar="none")
    refused("UPDATE dossiers SET proposed_outcome = 'accredited', departure_reason = 'x'", "signatory's desk")
    refused("UPDATE dossiers SET computed_outcome = 'accredited'", "not rewritten")
    refused("UPDATE dossiers SET state = 'signed'", "signed by its decision")
    refused("UPDATE dossiers SET matter = 'urgent_suspension', grounds = 'x'", "stays what it is")


def test_a_departure_without_a_reason_is_refused(app: Flask) -> None:
    case = case_until("deliberated")
    at = "2026-01-01 10:00:00+00:00"
    refused(
        "UPDATE dossiers SET state = 'proposed', proposed_outcome = 'accredited', proposed_reasons = 'r', "
        "proposed_by = :u, proposed_at = :at WHERE id = :d",
        "departure",
        u=case.people["Fatima"].id,
        d=case.id,
        at=at,
    )


def test_no_quorum_no_decision(app: Flask) -> None:
    case = case_until("declared")
    at = "2026-01-01 10:00:00+00:00"
    said = {"d": case.id, "u": case.people["Nadia"].id, "at": at, "day": "2026-01-01"}
    propose = (
        "UPDATE dossiers SET state = 'proposed', proposed_outcome = computed_outcome, proposed_reasons = 'r', "
        "proposed_by = :p, proposed_at = :at WHERE id = :d"
    )
    who = {"p": case.people["Fatima"].id, "d": case.id, "at": at}
    refused(propose, "no deliberation", **who)  # without a deliberation
    db.session.execute(
        text(
            "INSERT INTO deliberations (dossier_id, held_on, chair_id, manner, outcome, reasons, quorum, recorded_by, "
            "recorded_at) VALUES (:d, :day, :u, 'consensus', 'distinction', 'r', 3, :u, :at)"
        ),
        said,
    )
    number = db.session.scalar(text("SELECT max(id) FROM deliberations"))
    seat = (
        "INSERT INTO deliberation_members (deliberation_id, user_id, dossier_id, side, body, present, recused) "
        "VALUES (:n, :u, :d, 'decide', 'health', true, false)"
    )
    side = "INSERT INTO dossier_people (dossier_id, user_id, side, named_at) VALUES (:d, :u, 'decide', :at)"
    for name in ("Nadia", "Omar"):
        db.session.execute(text(side), {**said, "u": case.people[name].id})
        db.session.execute(text(seat), {"n": number, "u": case.people[name].id, "d": case.id})
    refused(propose, "no deliberation", **who)  # two of three
    stranger = make_user("coordinator", national=True)
    db.session.execute(text(side), {**said, "u": stranger.id})
    refused(seat, "free of conflicts", n=number, u=stranger.id, d=case.id)  # a third who declared nothing
    refused(seat, "fk_|FOREIGN KEY|free of", n=number, u=case.people["Amina"].id, d=case.id)  # a visitor
    refused("DELETE FROM deliberations", "append-only|FOREIGN")
    refused("UPDATE deliberations SET quorum = 1", "append-only")
    refused("UPDATE deliberation_members SET vote = 'for'", "append-only")


def test_what_cannot_follow_does_not(signed: Case) -> None:
    row = db.session.get_one(Accreditation, signed.institution.id)
    assert row.standing == "distinction"
    refused("UPDATE accreditations SET standing = 'accredited'", "last line of its register")
    refused("UPDATE accreditations SET valid_until = '2099-01-01', level = 'accredited'", "last line of its register")
    refused("DELETE FROM accreditations", "append-only")
    refused("UPDATE accreditation_entries SET standing = 'accredited'", "append-only")
    refused(
        "INSERT INTO accreditation_entries (institution_id, decision_id, event, standing, level, day, created_at) "
        "SELECT institution_id, decision_id, 'expired', 'expired', level, day, created_at FROM accreditation_entries",
        "what was decided",
    )


def test_a_signed_dossier_does_not_change(signed: Case) -> None:
    refused("UPDATE dossiers SET proposed_reasons = 'other'", "finished dossier")
    refused("DELETE FROM dossiers", "append-only|FOREIGN")
    refused("DELETE FROM dossier_events", "append-only")
    values = {"d": signed.id, "u": make_user("signatory", national=True).id, "at": "2026-01-01 10:00:00+00:00"}
    refused(
        "INSERT INTO dossier_people (dossier_id, user_id, side, named_at) VALUES (:d, :u, 'decide', :at)",
        "finished dossier",
        **values,
    )


def test_appeals_are_examined_by_others(app: Flask) -> None:
    case = case_until("appealed", level=2)
    db.session.flush()
    for name in ("Karim", "Fatima", "Nadia", "Amina", "Driss", "Chaimae"):
        refused(
            "UPDATE appeals SET state = 'under_examination', examiner_id = :u",
            "not involved",
            u=case.people[name].id,
        )
    refused("UPDATE appeals SET grounds = 'none'", "what was lodged")
    refused("UPDATE appeals SET state = 'rejected', reasons = 'r'", "examiner|ended")
    refused("DELETE FROM appeals", "append-only")
