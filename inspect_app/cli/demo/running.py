"""Visits under way for the people of the demonstration, one in each state, made by the deeds themselves."""

import random
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import func, select

from inspect_app.adapters import clock
from inspect_app.adapters.holidays import moroccan_holidays
from inspect_app.cli.demo import endings, notes, pictures, twice
from inspect_app.cli.demo.answers import Home, Writer, operations_of
from inspect_app.cli.demo.past import director_of, person
from inspect_app.cli.demo.scribe import actor_of
from inspect_app.domain.answers import Operation
from inspect_app.domain.checklists import Facts
from inspect_app.domain.inspections import Kind
from inspect_app.domain.workdays import is_working_day
from inspect_app.models import Inspection, Institution, Observation, db
from inspect_app.queries import inspections as questions
from inspect_app.queries.frozen import checklist_of
from inspect_app.services import inspections as deeds

#: The visits of the demonstration: state wanted, the part of ``load.Homes`` that is visited, planned how many days ago,
#: visited how many days ago (negative: ahead), leader, member. Every visit's second reader is «reader».
PLAYS = (
    ("planned", "planned", 3, -8, "teamleader", "inspector-education"),
    ("ready", "ready", 14, 0, "inspector", "inspector-health"),
    ("under_way", "under_way", 15, 0, "inspector", "inspector-education"),
    ("submitted", "submitted", 20, 4, "teamleader", "inspector-health"),
    ("returned", "returned", 24, 8, "inspector", "inspector-health"),
    ("accepted", "accepted", 26, 12, "teamleader", "inspector-education"),
    ("draft", "draft", 32, 15, "inspector", "inspector-health"),
    ("responding", "responding", 55, 35, "teamleader", "inspector-education"),
    ("double", "double", 9, 1, "teamleader", "inspector-health"),  # of two days; the member rates apart
)
_UNDER_WAY = ("under_way", "double")
#: Domains whose criteria are seen in rooms: building, living, food.
_ROOMS = ("BLD-", "LIV-", "FOD-")
_PURPOSE = "عرض توضيحي · Démonstration"


def load_running(homes: dict[str, tuple[int, Home]]) -> int:
    """Make the visits that are not there yet; how many were made. Each commits deed by deed."""
    before = db.session.scalar(select(func.count()).where(Inspection.purpose.startswith(_PURPOSE))) or 0
    for state, part, planned, visited, leader, member in PLAYS[before:]:  # made in this order
        institution_id, home = homes[part]
        _Play(institution_id, home, _PURPOSE, leader, member).until(state, planned, visited)
    return len(PLAYS[before:])


def _day(days_ago: int) -> date:
    """A working day about so many days ago; today, and days ahead, as they are."""
    day = clock.today() - timedelta(days=days_ago)
    holidays = moroccan_holidays(day.year - 1, day.year + 1)
    while days_ago > 0 and not is_working_day(day, holidays):
        day -= timedelta(days=1)
    return day


def _instant(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a day in Morocco, never in the future."""
    at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=clock.CASABLANCA)
    return min(at, clock.now())


class _Play:
    """One visit and its people."""

    def __init__(self, institution_id: int, home: Home, purpose: str, leader: str, member: str) -> None:
        self.institution = db.session.get_one(Institution, institution_id)
        self.home, self.purpose = home, purpose
        self.coordinator = actor_of(person("coordinator"))
        self.leader, self.member = actor_of(person(leader)), actor_of(person(member))
        self.reader, self.responder = actor_of(person("reader")), actor_of(person("responder"))
        self.id = 0

    def until(self, state: str, planned: int, visited: int) -> None:
        """Bring the visit to its state, each deed at its own moment."""
        day = _day(visited)
        self._at(_instant(_day(planned), 10), lambda: self._plan(day))
        if state == "planned":
            return
        if state == "double":
            self._at(_instant(_day(planned), 10, 20), self._choose_second_rating)
        for person_, minute in ((self.leader, 5), (self.member, 50), (self.reader, 52), (self.responder, 54)):
            self._at(
                _instant(_day(planned - 2), 9, minute),
                partial(deeds.declare, person_, inspection_id=self.id, conflict=False),
            )
        self._at(_instant(_day(max(visited, 0) + 1), 15), lambda: deeds.prepare(self.leader, inspection_id=self.id))
        if state == "ready":
            return
        # under way: the team began two hours ago
        began = clock.now() - timedelta(hours=2) if state == "under_way" else _instant(day, 9)
        self._at(began, lambda: deeds.start(self.leader, inspection_id=self.id))
        self._answer(began, 0.6 if state in _UNDER_WAY else 1.0)
        if state == "double":
            self._rate_apart(began)
        if state == "under_way":
            self._at(clock.now(), lambda: endings.critical_finding(self.leader, self.id, clock.now()))
        if state in _UNDER_WAY:
            return
        self._at(_instant(day, 15, 50), partial(self._sign, _instant(day, 15, 45)))
        self._at(_instant(day, 16), lambda: deeds.submit(self.leader, inspection_id=self.id))
        if state != "submitted":
            self._review(state, visited)

    def _sign(self, at: datetime) -> None:
        user = director_of(self.institution)
        if user is not None:
            endings.signatures(self.leader, user.name, self.id, at)

    def _review(self, state: str, visited: int) -> None:
        read = _instant(_day(visited - 3), 11)
        if state == "returned":
            reason = "المرجو توضيح النقط الضعيفة في مجال السلامة قبل القبول."
            self._at(read, lambda: deeds.return_to_team(self.reader, inspection_id=self.id, reason=reason))
            return
        self._at(read, lambda: deeds.accept(self.reader, inspection_id=self.id))
        if state == "accepted":
            return
        sent = _day(3 if state == "draft" else visited - 8)
        self._at(_instant(sent, 10), lambda: deeds.send_draft(self.coordinator, inspection_id=self.id))
        if state == "responding":
            self._hear(sent)

    def _hear(self, sent: date) -> None:
        """The director observes three times and closes; the first observation is answered, two wait."""
        user = director_of(self.institution)
        if user is None:
            raise RuntimeError("the demonstration's director is missing")
        director = actor_of(user)
        inspection = db.session.get_one(Inspection, self.id)
        levels = {a: r for a, r in _levels(inspection).items() if r in (0, 1)} or _levels(inspection)
        codes = random.Random(inspection.uid).sample(sorted(levels), min(3, len(levels)))
        said = notes.OBSERVATIONS[director.language]
        for step, (code, (_outcome, words, _reasons)) in enumerate(zip(codes, said, strict=False)):
            self._at(
                _instant(sent + timedelta(days=2), 10, 10 * step),
                partial(deeds.observe, director, inspection_id=self.id, words=words, criterion=code),
            )
        self._at(
            _instant(sent + timedelta(days=5), 9), lambda: deeds.close_observations(director, inspection_id=self.id)
        )
        first = db.session.scalars(
            select(Observation).where(Observation.inspection_id == self.id).order_by(Observation.id)
        ).first()
        if first is None:
            return
        level = levels[first.criterion] or 0
        self._at(
            _instant(sent + timedelta(days=8), 11),
            lambda: deeds.respond(
                self.responder,
                inspection_id=self.id,
                observation_id=first.id,
                outcome="accepted",
                reasons=said[0][2],
                new_level=level + 1 if level < 3 else None,
            ),
        )

    def _plan(self, day: date) -> None:
        inspection = deeds.plan_inspection(
            self.coordinator,
            institution_id=self.institution.id,
            kind=Kind.PERIODIC,
            planned_on=max(day, clock.today()),
            team=[deeds.MemberInput(self.leader.user_id, leader=True), deeds.MemberInput(self.member.user_id)],
            second_reader=self.reader.user_id,
            responder=self.responder.user_id,
            purpose=self.purpose,
            invented=True,
        )
        self.id = inspection.id

    def _answer(self, began: datetime, share: float) -> None:
        """Both tablets send what they have, domain by domain in one request each."""
        inspection = db.session.get_one(Inspection, self.id)
        home = Home(self.home.quality, self.home.building, Facts.of(inspection.facts), self.home.seed)
        leader, member = Writer(self.leader.user_id, "ar"), Writer(self.member.user_id, self.member.language)
        answers = operations_of(
            home,
            checklist_of(inspection),
            3,
            uid=str(uuid.uuid5(uuid.UUID(inspection.uid), "answers")),
            begins=began,
            writers=(leader, member),
            share=share,
            apart=questions.hidden_from(self.member, self.id),
        )
        end = min(clock.now(), began + timedelta(hours=2, minutes=5))
        for writer, actor in ((leader, self.leader), (member, self.member)):
            mine = [operation for who, operation in answers if who is writer]
            self._at(
                end,
                partial(deeds.apply_operations, actor, inspection_id=self.id, operations=mine),
            )
        self._photograph(inspection, [o.criterion for who, o in answers if who is leader], end)

    def _photograph(self, inspection: Inspection, criteria: list[str], at: datetime) -> None:
        """The leader photographs two rooms: drawings on which nobody is."""
        rooms = [code for code in criteria if code.startswith(_ROOMS)] or criteria
        for code in random.Random(f"{inspection.uid}/photographs").sample(rooms, min(2, len(rooms))):
            self._at(
                at,
                partial(
                    deeds.add_photo,
                    self.leader,
                    inspection_id=self.id,
                    criterion=code,
                    op_id=str(uuid.uuid5(uuid.UUID(inspection.uid), f"photograph/{code}")),
                    raw=pictures.room(f"{self.home.seed}/{code}"),
                    taken_at=at,
                    caption=pictures.CAPTION,
                ),
            )

    def _choose_second_rating(self) -> None:
        deeds.set_double_rating(
            self.coordinator, inspection_id=self.id, second_rater=self.member.user_id, share=twice.SHARE, critical=False
        )

    def _rate_apart(self, began: datetime) -> None:
        """The second rater has rated the half of what was drawn."""
        inspection = db.session.get_one(Inspection, self.id)
        row = questions.double_rating_of(self.id)
        if row is None:
            raise RuntimeError("the demonstration's double rating is missing")
        first = questions.current_answers(self.id)
        drawn = [c for c, _why in questions.rated_twice(inspection, row)]
        operations: list[Operation] = []
        for criterion in drawn[: len(drawn) // 2]:
            rng = random.Random(f"{self.id}/second/{criterion.code}")
            before = first[criterion.code].level if criterion.code in first else 2
            level = twice.second_level(rng, "", criterion, 2 if before is None else before)
            operations.append(
                Operation(
                    op_id=str(uuid.uuid5(uuid.UUID(inspection.uid), f"second/{criterion.code}")),
                    criterion=criterion.code,
                    level=2 if level is None else level,
                    not_applicable=False,
                    na_reason="",
                    note="",
                    measurements={},
                    base_op_id=None,
                    answered_at=began + timedelta(minutes=40 + len(operations)),
                )
            )
        self._at(
            min(clock.now(), began + timedelta(hours=1, minutes=50)),
            partial(deeds.rate_again, self.member, inspection_id=self.id, operations=operations),
        )

    @staticmethod
    def _at(instant: datetime, deed: Callable[[], object]) -> None:
        with clock.frozen(instant):
            deed()


def _levels(inspection: Inspection) -> dict[str, int | None]:
    from inspect_app.queries.inspections import current_answers

    return {code: row.level for code, row in current_answers(inspection.id).items() if row.level is not None}
