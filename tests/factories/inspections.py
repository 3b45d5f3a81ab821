"""A visit at whatever point of its life, made by the deeds themselves, and the people around it."""

import io
from dataclasses import dataclass
from datetime import timedelta

from PIL import Image

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.answers import Operation
from inspect_app.domain.checklists import Facts
from inspect_app.models import Inspection, Institution, User, db
from inspect_app.queries import inspections as questions
from inspect_app.queries.frozen import checklist_of
from inspect_app.services import inspections as deeds
from tests.factories.institutions import make_institution
from tests.factories.users import actor_of, make_person, make_user

PROVINCE = "04.421"


@dataclass
class Play:
    """A visit and its people. Amina leads, Younes goes along, Driss reads, Salma answers the director."""

    institution: Institution
    inspection: Inspection
    people: dict[str, User]

    @property
    def id(self) -> int:
        """The visit's id."""
        return self.inspection.id

    def actor(self, name: str) -> Actor:
        """Somebody, as services are asked."""
        return actor_of(self.people[name])

    def codes(self) -> list[str]:
        """Codes of the applicable criteria."""
        facts = Facts.of(self.inspection.facts)
        return [c.code for c in checklist_of(self.inspection).applicable(facts)]

    def answer(self, name: str = "Amina", level: int = 3, codes: list[str] | None = None) -> deeds.Applied:
        """Somebody answers the given criteria (default: all) at one level, in one request."""
        operations = [operation(code, level) for code in codes or self.codes()]
        return deeds.apply_operations(self.actor(name), inspection_id=self.id, operations=operations)


def operation(criterion: str, level: int | None = 3, *, number: int | None = None, **changes: object) -> Operation:
    """An operation with a fresh id (or a numbered one, to send it again)."""
    import uuid

    values: dict[str, object] = {
        "op_id": str(uuid.uuid4() if number is None else uuid.UUID(int=number)),
        "criterion": criterion,
        "level": level,
        "not_applicable": False,
        "na_reason": "",
        "note": "",
        "measurements": {},
        "base_op_id": None,
        "answered_at": clock.now(),
    }
    return Operation(**{**values, **changes})  # type: ignore[arg-type]


def make_play(**institution: object) -> Play:
    """A planned visit to a children's institution of one province, with everybody named."""
    home = make_institution(**{"category": "children", "province_code": PROVINCE, **institution})
    people = {
        "Chaimae": make_person("Chaimae", province=PROVINCE),
        "Amina": make_person("Amina", province=PROVINCE),
        "Younes": make_user("inspector", name="Younes", province=PROVINCE, body="health"),
        "Driss": make_person("Driss", province=PROVINCE),
        "Salma": make_user("inspector", name="Salma", province=PROVINCE, body="education"),
        "Brahim": make_person("Brahim", institution=home),
        "Hind": make_person("Hind", national=True),
    }
    return _planned(home, people)


def another_play(play: Play, **institution: object) -> Play:
    """The same people before another institution of the province, which has a director of its own."""
    home = make_institution(**{"category": "children", "province_code": PROVINCE, **institution})
    director = make_user("director", name="Brahim", institution=home)
    return _planned(home, {**play.people, "Brahim": director})


def _planned(home: Institution, people: dict[str, User]) -> Play:
    inspection = deeds.plan_inspection(
        actor_of(people["Chaimae"]),
        institution_id=home.id,
        kind="periodic",
        planned_on=clock.today() + timedelta(days=7),
        team=[deeds.MemberInput(people["Amina"].id, leader=True), deeds.MemberInput(people["Younes"].id)],
        second_reader=people["Driss"].id,
        responder=people["Salma"].id,
    )
    return Play(home, inspection, people)


def play_until(state: str, play: Play | None = None, *, level: int = 3, **institution: object) -> Play:
    """A visit brought to a state by its people: planned, prepared, … final."""
    play = play or make_play(**institution)
    steps = {
        "planned": lambda: None,
        "prepared": lambda: deeds.prepare(play.actor("Chaimae"), inspection_id=play.id),
        "under_way": lambda: _start(play),
        "submitted": lambda: _submit(play, level),
        "accepted": lambda: deeds.accept(play.actor("Driss"), inspection_id=play.id),
        "draft_sent": lambda: deeds.send_draft(play.actor("Chaimae"), inspection_id=play.id),
        "responding": lambda: deeds.close_observations(play.actor("Brahim"), inspection_id=play.id),
        "final": lambda: deeds.finalise(play.actor("Chaimae"), inspection_id=play.id),
    }
    order = list(steps)
    for name in order[order.index(play.inspection.state) + 1 : order.index(state) + 1]:
        steps[name]()
    db.session.refresh(play.inspection)
    return play


def _start(play: Play) -> None:
    declare_all(play)
    deeds.start(play.actor("Amina"), inspection_id=play.id)


def declare_all(play: Play) -> None:
    """Whoever takes part and has not declared yet has no conflict of interests."""
    for name, person in play.people.items():
        if any(p.conflict == "undeclared" for p in questions.places(actor_of(person), play.inspection)):
            deeds.declare(play.actor(name), inspection_id=play.id, conflict=False)


def _submit(play: Play, level: int) -> None:
    play.answer(level=level)
    deeds.submit(play.actor("Amina"), inspection_id=play.id)


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    """A small photograph as bytes."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()
