"""A small world around one person: a home in their territory and one elsewhere, visits at any point of their life."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from inspect_app.adapters import clock
from inspect_app.domain.roles import Role
from inspect_app.models import PlanAction, User, db
from inspect_app.services import inspections as deeds
from tests.factories.decisions import dossier_rows
from tests.factories.devices import make_device
from tests.factories.inspections import Play, declare_all, picture, play_until
from tests.factories.institutions import make_institution
from tests.factories.plans import plan_rows
from tests.factories.second_cards import add_second_card
from tests.factories.users import actor_of, make_user
from tests.web.doors import EVERYBODY, TEAM, Door

HERE = ("04", "04.421")
ELSEWHERE = ("01", "01.511")
_FIELD = ("Amina", "Younes", "Driss", "Salma")
_PLACES = {
    "leader": "Amina",
    "member": "Younes",
    "second_rater": "Younes",
    "second_reader": "Driss",
    "responder": "Salma",
}
_PLACES |= {"coordinator": "Chaimae", "director": "Brahim"}
STATES = ("planned", "declared", "under_way", "submitted", "accepted", "draft_sent", "responding", "final")
#: And with a second card under newer rules.
RESCORED = "rescored"
#: People of the whole country in life; here they have a region, so that there is an elsewhere for them, too.
_OF_A_REGION = (Role.MINISTRY_OFFICER, Role.SIGNATORY, Role.AUDITOR, Role.ADMINISTRATOR)


#: Parts of an address for which there must be a visit.
VISITS = {"inspection_id", "photo_id", "observation_id"}
#: Parts of an address for which there must be a support plan.
PLANS = {"plan_id", "action_id", "proof_id", "assessment_id"}
#: And for which there must be a dossier, its decision or its appeal.
DOSSIERS = {"dossier_id", "decision_id", "appeal_id"}


@dataclass(frozen=True)
class Visit:
    """What an address needs of a visit; plain numbers, because every knock is undone and rows are read again."""

    id: int
    code: str  # of its first criterion
    photo_id: int = 0
    observation_id: int = 0


class World:
    """One person of the role, and what there is to open. Visits are made when first asked for."""

    def __init__(self, role: Role | None) -> None:
        self.role = role
        self.here = make_institution(province_code=HERE[1]).id
        self.elsewhere = make_institution(province_code=ELSEWHERE[1]).id
        self.somebody = make_user(Role.INSPECTOR, name="Younes", province=HERE[1]).id
        self.stranger = make_user(Role.INSPECTOR, name="Zineb", province=ELSEWHERE[1]).id
        self._person = self._make_person().id if role else None
        self._visits: dict[tuple[str, str, bool], Visit] = {}
        self._plans: dict[bool, dict[str, int]] = {}
        self._dossiers: dict[tuple[str, bool], dict[str, int]] = {}
        holds = self._person if self._person and role in TEAM else self.somebody
        self.devices = {here: make_device(who).id for here, who in ((True, holds), (False, self.stranger))}
        db.session.commit()

    @property
    def person(self) -> User | None:
        """The person of the role; nobody where there is no role."""
        return db.session.get_one(User, self._person) if self._person else None

    def visit(self, state: str, place: str, *, here: bool = True) -> Visit:
        """A visit in the state, the person at the place on its file (elsewhere: at none)."""
        key = (state, place if here else "", here)
        if key not in self._visits:
            self._visits[key] = self._make_visit(*key)
        return self._visits[key]

    def values(self, arguments: set[str], door: Door, *, here: bool = True) -> dict[str, Any]:
        """What may stand in the address of a door, here or elsewhere; ``criterion`` is one of the visit's."""
        institution = self.here if here else self.elsewhere
        values: dict[str, Any] = {"institution_id": institution, "institution": institution, "user_id": self.somebody}
        values["device_id"] = self.devices[here]
        if arguments & PLANS:
            values |= self.plan(here=here)
            if door.free_action:
                values["action_id"] = values["free_action_id"]
        if door.needs_dossier or arguments & DOSSIERS:
            values |= self.dossier(door.dossier, here=here)
        if door.needs_visit or arguments & VISITS:
            may = self.role is not None and door.who != EVERYBODY and self.role in door.who
            place = door.place.get(self.role, "") if may and self.role else ""
            visit = self.visit(door.visit, place, here=here)
            values |= {"inspection_id": visit.id, "photo_id": visit.photo_id, "observation_id": visit.observation_id}
            values["criterion"] = visit.code
        return values

    def plan(self, *, here: bool = True) -> dict[str, int]:
        """A support plan with an action and its proof, by the names that addresses give them."""
        if here not in self._plans:
            visit = self.visit("final", "", here=here)
            officer = make_user(Role.SUPPORT_OFFICER, name="Ilyas", province=(HERE if here else ELSEWHERE)[1])
            self._plans[here] = plan_rows(visit.id, visit.code, officer.id)
        return self._plans[here]

    def free_the_actions(self) -> None:
        """As no proof was sent for them and no later visit of this world settled them."""
        free = [plan["free_action_id"] for plan in self._plans.values()]
        db.session.execute(update(PlanAction).where(PlanAction.id.in_(free)).values(state="planned"))

    def dossier(self, state: str, *, here: bool = True) -> dict[str, int]:
        """A dossier in the state, its decision and its appeal; the person acts on it as their role does."""
        if (state, here) not in self._dossiers:
            region, province = HERE if here else ELSEWHERE
            place = {Role.MINISTRY_OFFICER: "Fatima", Role.SIGNATORY: "Karim"}
            own = self.role is Role.DIRECTOR and state == "signed"  # of their own institution, decided once
            if own:
                place |= {Role.DIRECTOR: "Brahim"}
            if state == "examined":
                place |= {Role.MINISTRY_OFFICER: "Samira", Role.COORDINATOR: "Samira"}
            cast = {place[self.role]: self.person} if here and self.role in place and self.person else {}
            mine = self.here if here else self.elsewhere
            home = mine if own else make_institution(province_code=province).id
            self._dossiers[state, here] = dossier_rows(state, home, region, province, cast)
        return self._dossiers[state, here]

    def _make_person(self) -> User:
        if self.role is Role.DIRECTOR:
            return make_user(Role.DIRECTOR, name="Brahim", body="institution", institution=self.here)
        if self.role in _OF_A_REGION:
            return make_user(str(self.role), name="Fatima", body="solidarity", region=HERE[0])
        return make_user(str(self.role), name="Amina", province=HERE[1])

    def _make_visit(self, state: str, place: str, here: bool) -> Visit:
        home, province = (self.here, HERE[1]) if here else (self.elsewhere, ELSEWHERE[1])
        people = {name: make_user(Role.INSPECTOR, name=name, province=province) for name in _FIELD}
        people["Chaimae"] = make_user(Role.COORDINATOR, name="Chaimae", province=province)
        people["Brahim"] = make_user(Role.DIRECTOR, name="Brahim", body="institution", institution=home)
        if place and self.person:
            people[_PLACES[place]] = self.person
        inspection = deeds.plan_inspection(
            actor_of(people["Chaimae"]),
            institution_id=home,
            kind="periodic",
            planned_on=clock.today() + timedelta(days=len(self._visits) + 7),  # one visit per day and home
            team=[deeds.MemberInput(people["Amina"].id, leader=True), deeds.MemberInput(people["Younes"].id)],
            second_reader=people["Driss"].id,
            responder=people["Salma"].id,
        )
        play = Play(inspection.institution, inspection, people)
        if place == "second_rater":
            _rated_twice(play)
        photo = observation = 0
        rescored, state = state == RESCORED, "final" if state == RESCORED else state
        for step in STATES[: STATES.index(state) + 1]:
            if step == "declared":
                declare_all(play)
                continue
            if step == "under_way":
                deeds.start(play.actor("Amina"), inspection_id=play.id)
                photo = _photograph(play)
            play_until(step, play)
            if step == "draft_sent":
                words = "La cour est clôturée depuis mardi."
                observation = deeds.observe(play.actor("Brahim"), inspection_id=play.id, words=words).id
            if step == "responding" and state == "final":
                _respond(play, observation)
        if rescored:
            add_second_card(play.institution.code)
        return Visit(play.id, play.codes()[0], photo, observation)


def _rated_twice(play: Play) -> None:
    """Chaimae has Younes rate all critical criteria a second time, and some others."""
    deeds.set_double_rating(
        play.actor("Chaimae"),
        inspection_id=play.id,
        second_rater=play.people["Younes"].id,
        share=10,
        critical=True,
    )


def _photograph(play: Play) -> int:
    return deeds.add_photo(
        play.actor("Amina"),
        inspection_id=play.id,
        criterion=play.codes()[0],
        op_id=str(uuid.uuid4()),
        raw=picture(),
        taken_at=clock.now(),
    ).id


def _respond(play: Play, observation: int) -> None:
    reasons = "Le mur n'était pas achevé le jour de la visite."
    deeds.respond(
        play.actor("Salma"), inspection_id=play.id, observation_id=observation, outcome="rejected", reasons=reasons
    )


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside has not happened afterwards: one knock changes nothing for the next."""
    db.session.commit()
    savepoint = db.session.get_bind().begin_nested()
    try:
        yield
    finally:
        db.session.remove()
        savepoint.rollback()


def operation(code: str, level: int = 2) -> dict[str, Any]:
    """An answer as a device sends it."""
    return {
        "op_id": str(uuid.uuid4()),
        "criterion": code,
        "level": level,
        "not_applicable": False,
        "na_reason": "",
        "note": "",
        "measurements": {},
        "base_op_id": None,
        "answered_at": clock.now().isoformat(),
    }
