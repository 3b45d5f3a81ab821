"""A dossier with its people, brought to any point of its life: Fatima proposes, Karim signs, three others deliberate."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.models import Appeal, Decision, Dossier, Institution, User, db
from inspect_app.services import decisions as deeds
from inspect_app.services import inspections as visits
from tests.factories.inspections import Play, make_play, play_until
from tests.factories.users import actor_of, make_user

STATES = ("open", "declared", "deliberated", "proposed", "signed", "appealed", "examined")
REASONS = "La visite confirme que l'essentiel est en place ; les conditions sont suivies d'effet."


@dataclass
class Case:
    """A visit, its dossier, and everybody around it by first name."""

    play: Play
    people: dict[str, User]
    dossier: Dossier | None = None
    decision: Decision | None = None
    appeal: Appeal | None = None
    members: tuple[str, ...] = ("Nadia", "Omar", "Rachid")
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def institution(self) -> Institution:
        """The institution decided on."""
        return self.play.institution

    @property
    def id(self) -> int:
        """The dossier's number."""
        assert self.dossier is not None
        return self.dossier.id

    def actor(self, name: str) -> Actor:
        """A person as services are asked."""
        return actor_of(self.people[name])

    def seats(self, **votes: str) -> list[deeds.Seat]:
        """The committee, present; by name a vote."""
        return [deeds.Seat(self.people[name].id, vote=votes.get(name)) for name in self.members]


def make_case(
    *, level: int = 3, play: Play | None = None, people: dict[str, User] | None = None, **institution: Any
) -> Case:
    """A visit with its final report, and the people who decide on it; no dossier yet."""
    play = play_until("final", play or make_play(**institution), level=level)
    return Case(play, {**play.people, **(people or officials())})


def officials(region: str | None = None) -> dict[str, User]:
    """Who decides: of the whole country, or of one region."""
    place: dict[str, Any] = {"region": region} if region else {"national": True}
    return {
        "Fatima": make_user("ministry_officer", name="Fatima", body="solidarity", **place),
        "Karim": make_user("signatory", name="Karim", name_ar="كريم", body="solidarity", **place),
        "Loubna": make_user("signatory", name="Loubna", body="solidarity", **place),
        "Nadia": make_user("ministry_officer", name="Nadia", body="health", **place),
        "Omar": make_user("ministry_officer", name="Omar", body="justice", **place),
        "Rachid": make_user("coordinator", name="Rachid", body="youth", **place),
        "Samira": make_user("ministry_officer", name="Samira", body="education", **place),
    }


def case_until(
    state: str, case: Case | None = None, *, level: int = 3, outcome: str | None = None, **more: Any
) -> Case:
    """A case brought to a state by its people: open, declared, deliberated, proposed, signed, appealed, examined."""
    case = case or make_case(level=level, **more)
    steps = {
        "open": lambda: _open(case),
        "declared": lambda: declare_all(case),
        "deliberated": lambda: deliberate(case, outcome),
        "proposed": lambda: propose(case, outcome),
        "signed": lambda: sign(case),
        "appealed": lambda: appeal(case),
        "examined": lambda: name_examiner(case),
    }
    for name in STATES[: STATES.index(state) + 1]:
        if name not in case.extra:
            steps[name]()
            case.extra[name] = True
    return case


def _open(case: Case) -> None:
    if case.dossier is None:
        case.dossier = deeds.open_dossier(case.actor("Fatima"), inspection_id=case.play.id)


def declare_all(case: Case) -> None:
    """Nobody has a conflict of interests."""
    for name in ("Fatima", "Karim", "Loubna", *case.members):
        deeds.declare_interests(case.actor(name), dossier_id=case.id, conflict=False)


def deliberate(case: Case, outcome: str | None = None) -> None:
    """The committee agrees with what the rules computed, unless told otherwise."""
    assert case.dossier is not None
    deeds.record_deliberation(
        case.actor("Fatima"),
        dossier_id=case.id,
        held_on=clock.today(),
        chair=case.people[case.members[0]].id,
        seats=case.seats(),
        manner="consensus",
        outcome=outcome or str(case.dossier.computed_outcome),
        reasons=REASONS,
    )


def propose(case: Case, outcome: str | None = None) -> None:
    """Fatima proposes what the committee found."""
    assert case.dossier is not None
    departure = "" if outcome in (None, case.dossier.computed_outcome) else "Deux éducateurs ont quitté la maison."
    deeds.propose(
        case.actor("Fatima"),
        dossier_id=case.id,
        outcome=outcome or str(case.dossier.computed_outcome),
        reasons=REASONS,
        departure_reason=departure,
    )


def sign(case: Case, name: str = "Karim") -> None:
    """Karim signs."""
    case.decision = deeds.sign(case.actor(name), dossier_id=case.id)
    case.dossier = db.session.get_one(Dossier, case.id)


def appeal(case: Case, *criteria: str) -> None:
    """Brahim, the director, appeals."""
    assert case.decision is not None
    case.appeal = deeds.lodge(
        case.actor("Brahim"),
        decision_id=case.decision.id,
        grounds="Le registre manquant a été retrouvé le lendemain de la visite.",
        criteria=criteria,
    )


def name_examiner(case: Case) -> None:
    """Fatima names Samira, who had no part in it."""
    assert case.appeal is not None
    case.appeal = deeds.name_examiner(case.actor("Fatima"), appeal_id=case.appeal.id, examiner=case.people["Samira"].id)


def measure(case: Case, matter: str, *, grounds: str = "Incendie dans le dortoir ; personne n'est blessé.") -> Dossier:
    """Fatima opens a measure on the institution of a decided case and brings it to Karim's signature."""
    dossier = deeds.open_measure(
        case.actor("Fatima"), institution_id=case.institution.id, matter=matter, grounds=grounds
    )
    case.dossier = dossier
    outcome = {"urgent_suspension": "suspended", "suspension": "suspended", "reinstatement": "reinstated"}.get(
        matter, "withdrawn"
    )
    declare_all(case)
    if matter != "urgent_suspension":
        deeds.record_deliberation(
            case.actor("Fatima"),
            dossier_id=dossier.id,
            held_on=clock.today(),
            chair=case.people[case.members[0]].id,
            seats=case.seats(),
            manner="consensus",
            outcome=outcome,
            reasons=REASONS,
        )
    deeds.propose(case.actor("Fatima"), dossier_id=dossier.id, outcome=outcome, reasons=grounds)
    return dossier


def dossier_rows(state: str, home: int, region: str, province: str, cast: dict[str, User]) -> dict[str, int]:
    """A dossier brought to a state, and where there are its decision and appeal, by the names of addresses."""
    team = {
        name: make_user("inspector", name=name, province=province) for name in ("Amina", "Younes", "Driss", "Salma")
    }
    people = {
        **team,
        "Chaimae": make_user("coordinator", name="Chaimae", province=province),
        "Brahim": make_user("director", name="Brahim", body="institution", institution=home),
        **officials(region),
        **cast,
    }
    inspection = visits.plan_inspection(
        actor_of(people["Chaimae"]),
        institution_id=home,
        kind="periodic",
        planned_on=clock.today() + timedelta(days=3),
        team=[visits.MemberInput(people["Amina"].id, leader=True), visits.MemberInput(people["Younes"].id)],
        second_reader=people["Driss"].id,
        responder=people["Salma"].id,
    )
    play = Play(inspection.institution, inspection, people)
    case = case_until(state, make_case(play=play, people=people, level=2))
    found = {"dossier_id": case.id}
    if case.decision is not None:
        found["decision_id"] = case.decision.id
    if case.appeal is not None:
        found["appeal_id"] = case.appeal.id
    return found


__all__ = ["STATES", "Case", "case_until", "dossier_rows", "make_case", "measure", "officials"]
