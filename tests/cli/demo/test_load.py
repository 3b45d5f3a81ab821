"""The demonstration as a whole, on sixty institutions."""

import hashlib
from collections.abc import Iterator

import pyotp
import pytest
from flask import Flask
from sqlalchemy import func, select

from inspect_app.adapters import files
from inspect_app.adapters.agreement_files import load_agreement_policy
from inspect_app.cli import demo
from inspect_app.cli.demo.load import load
from inspect_app.cli.demo.people import CAST, PASSWORD, TOTP_KEY, Person
from inspect_app.cli.demo.pictures import room
from inspect_app.domain.answers import Operation
from inspect_app.domain.checklists import Facts
from inspect_app.domain.inspections import state_after
from inspect_app.domain.people import Scopes, check_functions
from inspect_app.models import (
    Accreditation,
    AnswerRevision,
    Decision,
    Dossier,
    DoubleRatedCriterion,
    DoubleRating,
    Evidence,
    Finding,
    Inspection,
    InspectionEvent,
    Institution,
    Observation,
    PlanAction,
    PlanNotice,
    RegisterEntry,
    ScoreCard,
    SupportPlan,
    User,
    UserScope,
    db,
)
from inspect_app.queries import audit as journal
from inspect_app.queries import frozen
from inspect_app.queries.agreement import Filters, agreement
from inspect_app.queries.inspections import second_ratings, unanswered
from inspect_app.queries.inspections.answers import current_answers
from inspect_app.queries.scorecards import history, latest_card, provisional
from tests.factories.users import actor_of


@pytest.fixture(scope="module")
def loaded(app_of_module: Flask) -> Iterator[Flask]:
    """A demonstration of sixty institutions, made once for this file."""
    former = app_of_module.config.get("DEMONSTRATION")
    app_of_module.config["DEMONSTRATION"] = True
    assert load(scale=60)
    yield app_of_module
    app_of_module.config["DEMONSTRATION"] = former


def test_loading_twice_changes_nothing(loaded: Flask) -> None:
    def counts() -> list[int]:
        return [
            db.session.scalar(select(func.count()).select_from(t)) for t in (Institution, Inspection, User, ScoreCard)
        ]

    before = counts()
    assert load(scale=60) is False
    assert counts() == before


def test_everything_is_labelled_invented(loaded: Flask) -> None:
    for table in (Institution, Inspection, User):
        assert db.session.scalar(select(func.count()).select_from(table).where(~table.invented)) == 0


def test_the_journal_of_the_demonstration_is_whole(loaded: Flask) -> None:
    assert list(journal.all_faults()) == []
    _chains, events = journal.counts()
    assert events > 500


def test_a_few_answers_have_a_drawn_photograph_and_the_same_room_is_drawn_again(loaded: Flask) -> None:
    rows = db.session.scalars(select(Evidence)).all()
    assert len(rows) == 2 * 7  # every visit that has begun
    assert all("مُختلق" in row.caption for row in rows)
    assert all(len(files.get(row.sha256)) == row.size for row in rows)
    assert room("a") == room("a") != room("b")


def test_each_state_follows_from_the_events(loaded: Flask) -> None:
    states = set()
    for inspection in db.session.scalars(select(Inspection)):
        events = db.session.scalars(
            select(InspectionEvent.event)
            .where(InspectionEvent.inspection_id == inspection.id)
            .order_by(InspectionEvent.id)
        ).all()
        assert state_after(list(events)) == inspection.state
        states.add(inspection.state)
    wanted = {
        "planned",
        "prepared",
        "under_way",
        "submitted",
        "returned",
        "accepted",
        "draft_sent",
        "responding",
        "final",
    }
    assert states == wanted


def test_past_visits_are_answered_whole_and_their_cards_can_be_computed_again(loaded: Flask) -> None:
    finals = db.session.scalars(select(Inspection).where(Inspection.state == "final")).all()
    assert len(finals) >= 6
    for inspection in finals:
        answers = current_answers(inspection.id)
        assert unanswered(frozen.checklist_of(inspection), Facts.of(inspection.facts), answers) == []
        card, again = latest_card(inspection.id), provisional(inspection)
        assert card is not None
        assert (card.stage, card.sha256, card.card) == ("final", again.sha256, again.as_data())
        times = (
            inspection.created_at,
            inspection.started_at,
            inspection.submitted_at,
            inspection.accepted_at,
            inspection.draft_sent_at,
            inspection.observations_closed_at,
            inspection.final_at,
        )
        assert list(times) == sorted(times)


def test_answers_bear_the_seal_of_their_content(loaded: Flask) -> None:
    for row in db.session.scalars(select(AnswerRevision).limit(200)):
        operation = Operation(
            row.op_id,
            row.criterion,
            row.level,
            row.not_applicable,
            row.na_reason,
            row.note,
            row.measurements,
            row.base_op_id,
            row.answered_at,
        )
        assert operation.digest == row.digest
        assert len(row.digest) == len(hashlib.sha256().hexdigest())


def test_the_registry_shows_the_last_result_and_visits_improve(loaded: Flask) -> None:
    first_scores, last_scores = [], []
    for institution in db.session.scalars(select(Institution).where(Institution.level.is_not(None))):
        points = history(institution.id)
        assert (points[-1].level, points[-1].score) == (institution.level, institution.score)
        if len(points) > 1:
            first_scores.append(points[0].score)
            last_scores.append(points[-1].score)
    assert sum(last_scores) > sum(first_scores)


def test_the_director_has_a_history_and_a_draft_that_waits(loaded: Flask) -> None:
    director = db.session.scalars(select(User).where(User.email == "director@demo.miyar.example")).one()
    home = db.session.scalars(select(UserScope.institution_id).where(UserScope.user_id == director.id)).one()
    assert home is not None
    assert len(history(home)) == 3
    waiting = db.session.scalars(
        select(Inspection).where(Inspection.institution_id == home, Inspection.state == "draft_sent")
    ).one()
    assert waiting.observations_due_on is not None
    observed = db.session.scalar(select(func.count(Observation.id)))
    assert observed is not None
    assert observed >= 3


def test_past_visits_were_rated_twice_by_two_people_and_one_waits_for_its_second_rater(loaded: Flask) -> None:
    person = db.session.scalars(select(User).where(User.email == "ministry@demo.miyar.example")).one()
    found = agreement(actor_of(person), Filters(), load_agreement_policy())
    assert found.invented
    assert found.report.all.state in ("good", "below")
    assert {g.state for g in found.report.pairs} & {"good", "below"}
    pairs = db.session.scalars(select(DoubleRatedCriterion).where(DoubleRatedCriterion.first_author_id.is_not(None)))
    assert all(p.first_author_id != p.second_rater_id for p in pairs)
    running = db.session.scalars(select(DoubleRating).where(DoubleRating.opened_at.is_(None))).one()
    assert running.sealed
    assert 0 < len(second_ratings(running.id)) < len(running.criteria)


def test_past_reports_stand_in_the_register_and_plans_in_several_states(loaded: Flask) -> None:
    finals = db.session.scalar(select(func.count()).where(Inspection.state == "final"))
    assert db.session.scalar(select(func.count(RegisterEntry.inspection_id))) == finals
    assert {"agreed", "proposed"} <= set(db.session.scalars(select(SupportPlan.state)))
    assert {"planned", "proof_sent", "returned", "accepted"} <= set(db.session.scalars(select(PlanAction.state)))
    assert {"open", "in_hand", "verified", "closed"} <= set(db.session.scalars(select(Finding.state)))
    assert db.session.scalar(select(func.count(PlanNotice.id)))


def test_accounts_keep_the_rules_of_accounts(loaded: Flask) -> None:
    for person in CAST:
        scopes = Scopes(institutions=frozenset({1})) if person.directs else person.scopes
        check_functions(frozenset({person.role}), scopes)


@pytest.mark.parametrize("person", CAST, ids=lambda p: p.key)
def test_everybody_of_the_cast_can_sign_in(loaded: Flask, person: Person) -> None:
    client = loaded.test_client()
    form = {"email": person.email, "password": PASSWORD}
    answer = client.post("/sign-in", data=form)
    assert answer.status_code in (302, 303)
    if person.second_factor:
        code = pyotp.TOTP(TOTP_KEY).now()
        answer = client.post("/sign-in/code", data={"code": code})
        assert answer.status_code in (302, 303)
    assert client.get("/institutions/").status_code == (403 if person.directs else 200)


def test_a_true_installation_takes_no_invented_data(loaded: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(loaded.config, "DEMONSTRATION", False)
    with pytest.raises(RuntimeError, match="demonstration mode only"):
        load(scale=60)
    refused = loaded.test_cli_runner().invoke(demo.group, ["load"])
    assert refused.exit_code == 1
    assert "MIYAR_DEMONSTRATION=1" in refused.output


def test_the_command_tells_how_to_sign_in(loaded: Flask) -> None:
    told = loaded.test_cli_runner().invoke(demo.group, ["accounts"]).output
    for person in CAST:
        assert person.email in told
    assert PASSWORD in told
    code = loaded.test_cli_runner().invoke(demo.group, ["code", "ministry@demo.miyar.example"]).output.strip()
    assert pyotp.TOTP(TOTP_KEY).verify(code, valid_window=1)
    unknown = loaded.test_cli_runner().invoke(demo.group, ["code", "nobody@demo.miyar.example"])
    assert unknown.exit_code == 1


def test_the_register_says_what_was_decided(loaded: Flask) -> None:
    # sixty institutions have few visits; the whole demonstration has a dossier in every state
    assert "signed" in set(db.session.scalars(select(Dossier.state)))
    standings = set(db.session.scalars(select(Accreditation.standing)))
    assert len(standings) >= 3
    for row in db.session.scalars(select(Accreditation)):
        last = db.session.scalars(
            select(Decision).where(Decision.institution_id == row.institution_id).order_by(Decision.id.desc())
        ).first()
        assert last is not None
        assert row.decision_id == last.id
    for year in set(db.session.scalars(select(Decision.year))):
        serials = db.session.scalars(
            select(Decision.serial).where(Decision.year == year).order_by(Decision.serial)
        ).all()
        assert list(serials) == list(range(1, len(serials) + 1))


def test_nothing_of_a_person_or_of_a_secret_place_is_public(loaded: Flask) -> None:
    client = loaded.test_client()
    names = {n for u in db.session.scalars(select(User)) for n in (u.email, u.name, u.name_ar) if n}
    names |= {n for n in db.session.scalars(select(Institution.director_name)) if n}
    names |= {n for n in db.session.scalars(select(Institution.association_fr)) if n}
    addresses = ["/open-data/register.csv", "/open-data/register.json", "/open-data/"]
    addresses += [f"/register/?page={page}&lang={language}" for page in (1, 2, 3) for language in ("ar", "fr")]
    addresses += [f"/register/{i}?lang=ar" for i in db.session.scalars(select(Institution.id))]
    addresses += [f"/check/{code}?lang=fr" for code in db.session.scalars(select(Decision.code))]
    for address in addresses:
        text = client.get(address).text
        assert not [name for name in names if name in text], address
    shelters = db.session.scalars(select(Institution).where(Institution.category == "women")).all()
    assert shelters
    for shelter in shelters:
        page = client.get(f"/register/{shelter.id}?lang=ar").text
        assert shelter.commune == shelter.province.name_ar or shelter.commune not in page
