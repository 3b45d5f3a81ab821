"""One past visit, written row by row and event by event as the deeds would have written it."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from inspect_app.adapters import clock
from inspect_app.adapters.holidays import moroccan_holidays
from inspect_app.cli.demo import twice
from inspect_app.cli.demo.answers import Home, Writer, operations_of
from inspect_app.cli.demo.bulk import Bulk
from inspect_app.cli.demo.hearing import Answered, hear
from inspect_app.domain.actors import Actor
from inspect_app.domain.answers import Operation
from inspect_app.domain.checklists import Checklist
from inspect_app.domain.policy import Policy
from inspect_app.domain.roles import Role
from inspect_app.domain.scoring import AnswerInput, RuleSet, ScoreCard, score
from inspect_app.domain.workdays import add_working_days, is_working_day
from inspect_app.models import (
    Answer,
    AnswerRevision,
    FrozenVersion,
    Inspection,
    InspectionEvent,
    InspectionPerson,
    Institution,
    Reviewer,
    TeamMember,
    User,
)
from inspect_app.models import ScoreCard as ScoreCardRow
from inspect_app.queries.frozen import checklist_of, policy_of, rules_of


@dataclass(frozen=True)
class Crew:
    """The people of a past visit."""

    coordinator: User
    leader: User
    member: User
    reader: User
    responder: User
    director: User | None = None


@dataclass(frozen=True)
class Texts:
    """The frozen texts, as rows and as rules."""

    checklist_row: FrozenVersion
    rules_row: FrozenVersion
    policy_row: FrozenVersion
    checklist: Checklist
    rules: RuleSet
    policy: Policy

    @classmethod
    def of(cls, rows: tuple[FrozenVersion, FrozenVersion, FrozenVersion]) -> "Texts":
        """The rules of frozen rows."""
        probe = Inspection(checklist_id=rows[0].id, rules_id=rows[1].id, policy_id=rows[2].id)
        return cls(*rows, checklist_of(probe), rules_of(probe), policy_of(probe))


@dataclass
class Visit:
    """A past visit to be written. ``number`` counts the institution's visits from 0."""

    institution: Institution
    home: Home
    number: int
    on: date
    crew: Crew
    previous: "Visit | None" = None
    id: int = 0
    uid: str = ""
    final_on: date = field(default=date.min)


def actor_of(user: User) -> Actor:
    """The person as the audit names them."""
    return Actor(user.id, frozenset(Role(role.name) for role in user.roles), user.name, user.language)


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), clock.CASABLANCA)


class Scribe:
    """Writes one visit, event after event."""

    def __init__(self, bulk: Bulk, visit: Visit, texts: Texts) -> None:
        self.bulk, self.visit, self.texts = bulk, visit, texts
        self.rng = random.Random(visit.uid)
        self.chain = f"inspection/{visit.id}"
        self.holidays = moroccan_holidays(visit.on.year - 1, visit.on.year + 1)
        crew = visit.crew
        self.coordinator, self.leader = actor_of(crew.coordinator), actor_of(crew.leader)
        self.member, self.reader = actor_of(crew.member), actor_of(crew.reader)

    def write(self) -> None:
        """All rows of the visit."""
        visit, rng = self.visit, self.rng
        planned = _at(self._working(visit.on - timedelta(days=rng.randint(20, 30))), 10, rng.randint(0, 59))
        started = _at(visit.on, 9, rng.randint(0, 40))
        submitted = _at(self._after(visit.on, rng.randint(0, 2)), 16, rng.randint(0, 59))
        accepted = _at(self._after(submitted.date(), rng.randint(2, 4)), 11, rng.randint(0, 59))
        draft = _at(self._after(accepted.date(), rng.randint(1, 3)), 10, rng.randint(0, 59))
        due = self.texts.policy.clock("observations").due(draft.date(), self.holidays)
        closed = _at(due if visit.crew.director else self._after(due, 1), 9, rng.randint(0, 59))
        final = _at(self._after(closed.date(), rng.randint(3, 8)), 15, rng.randint(0, 59))
        visit.final_on = final.date()
        self._row(planned, started, submitted, accepted, draft, due, closed, final)
        self._people(planned)
        self._planned(planned)
        chosen = twice.rated_twice(self)
        if chosen:
            twice.choice(self, chosen, planned + timedelta(minutes=12))
        for person, at in ((self.leader, 3), (self.member, 5), *((r, 6) for r in self._reviewers())):
            self.record(person, "inspection.interests_declared", planned + timedelta(days=at), conflict=False)
        self.event(self.leader, "prepared", "prepared", _at(self._working(visit.on - timedelta(days=2)), 14, 5))
        self.event(self.leader, "started", "under_way", started)
        answers = self._answers(started, frozenset(c.code for c in chosen))
        if chosen:
            twice.ratings(self, chosen, answers, planned + timedelta(minutes=12), started)
        card = self._card(answers)
        self.event(self.leader, "submitted", "submitted", submitted)
        self._keep(self.leader, "submitted", card, submitted)
        self.event(self.reader, "accepted", "accepted", accepted)
        self.event(self.coordinator, "draft_sent", "draft_sent", draft, due_on=due.isoformat())
        self._keep(self.coordinator, "draft", card, draft)
        answers = hear(self, answers, draft, closed)
        self._current(answers)
        card = self._card(answers)
        self.event(self.coordinator, "finalised", "final", final)
        self._keep(self.coordinator, "final", card, final)
        self._show(card, final)

    def _reviewers(self) -> list[Actor]:
        """Second reader and responder, once where they are one person."""
        crew = self.visit.crew
        return [actor_of(user) for user in {u.id: u for u in (crew.reader, crew.responder)}.values()]

    def _working(self, day: date) -> date:
        while not is_working_day(day, self.holidays):
            day -= timedelta(days=1)
        return day

    def _after(self, day: date, days: int) -> date:
        return add_working_days(day, days, self.holidays)

    def _row(
        self,
        planned: datetime,
        started: datetime,
        submitted: datetime,
        accepted: datetime,
        draft: datetime,
        due: date,
        closed: datetime,
        final: datetime,
    ) -> None:
        visit = self.visit
        self.reference = f"V-{planned.year}-{visit.id:05d}"
        self.bulk.add(
            Inspection,
            id=visit.id,
            uid=visit.uid,
            reference=self.reference,
            institution_id=visit.institution.id,
            kind=self._kind(),
            state="final",
            purpose="",
            planned_on=visit.on,
            checklist_id=self.texts.checklist_row.id,
            rules_id=self.texts.rules_row.id,
            policy_id=self.texts.policy_row.id,
            facts=visit.home.facts.as_data(),
            previous_id=visit.previous.id if visit.previous else None,
            preparation_note="",
            started_at=started,
            submitted_at=submitted,
            accepted_at=accepted,
            draft_sent_at=draft,
            observations_due_on=due,
            observations_closed_at=closed,
            final_at=final,
            cancelled_at=None,
            invented=True,
            created_at=planned,
            created_by=self.coordinator.user_id,
            version=1,
        )

    def _kind(self) -> str:
        if self.visit.number == 0:
            return "initial"
        return random.Random(self.visit.uid + "kind").choice(("periodic", "periodic", "follow_up"))

    def _people(self, planned: datetime) -> None:
        crew, bulk, visit = self.visit.crew, self.bulk, self.visit
        for user, leader, after in ((crew.leader, True, 3), (crew.member, False, 5)):
            bulk.add(InspectionPerson, inspection_id=visit.id, user_id=user.id, side="visit")
            bulk.add(
                TeamMember,
                inspection_id=visit.id,
                user_id=user.id,
                side="visit",
                body=user.body,
                leader=leader,
                conflict="none",
                conflict_detail="",
                declared_at=planned + timedelta(days=after),
            )
        for user_id in sorted({crew.reader.id, crew.responder.id}):
            bulk.add(InspectionPerson, inspection_id=visit.id, user_id=user_id, side="review")
        for duty, user in (("second_reading", crew.reader), ("responses", crew.responder)):
            bulk.add(
                Reviewer,
                inspection_id=visit.id,
                duty=duty,
                user_id=user.id,
                side="review",
                assigned_at=planned,
                conflict="none",
                conflict_detail="",
                declared_at=planned + timedelta(days=6),
            )

    def _planned(self, at: datetime) -> None:
        crew, texts = self.visit.crew, self.texts
        self.event(
            self.coordinator,
            "planned",
            "planned",
            at,
            reference=self.reference,
            institution=self.visit.institution.id,
            kind=self._kind(),
            planned_on=self.visit.on.isoformat(),
            checklist=texts.checklist.sha256,
            rules=texts.rules.sha256,
            policy=texts.policy.sha256,
            team=[crew.leader.id, crew.member.id],
            second_reader=crew.reader.id,
            responder=crew.responder.id,
        )

    def _answers(self, started: datetime, apart: frozenset[str]) -> Answered:
        """Revisions, current answers, one audit event for each domain; criterion → operation and revision id."""
        crew = self.visit.crew
        writers = (Writer(crew.leader.id, crew.leader.language), Writer(crew.member.id, crew.member.language))
        actors = {crew.leader.id: self.leader, crew.member.id: self.member}
        found: Answered = {}
        journal: list[dict[str, Any]] = []
        last: tuple[str, int, datetime] | None = None
        for writer, operation in operations_of(
            self.visit.home,
            self.texts.checklist,
            self.visit.number,
            uid=self.visit.uid,
            begins=started,
            writers=writers,
            apart=apart,
        ):
            domain = self.texts.checklist.criterion(operation.criterion).domain
            if last is not None and (last[0], last[1]) != (domain, writer.user_id):
                self.record(actors[last[1]], "answers.saved", last[2], operations=journal)
                journal = []
            found[operation.criterion] = (operation, self.revise(operation, writer.user_id, "visit"))
            journal.append(
                {
                    "op": operation.op_id,
                    "criterion": operation.criterion,
                    "level": operation.level,
                    "na": operation.not_applicable,
                    "digest": operation.digest,
                    "status": "accepted",
                }
            )
            last = (domain, writer.user_id, operation.answered_at)
        if last is not None:
            self.record(actors[last[1]], "answers.saved", last[2], operations=journal)
        return found

    def revise(self, operation: Operation, author_id: int, source: str) -> int:
        """A row of the append-only revisions; its id."""
        number = self.bulk.next_id(AnswerRevision)
        self.bulk.add(
            AnswerRevision,
            id=number,
            op_id=operation.op_id,
            inspection_id=self.visit.id,
            criterion=operation.criterion,
            level=operation.level,
            not_applicable=operation.not_applicable,
            na_reason=operation.na_reason,
            note=operation.note,
            measurements=dict(operation.measurements),
            base_op_id=operation.base_op_id,
            author_id=author_id,
            source=source,
            answered_at=operation.answered_at,
            received_at=operation.answered_at + timedelta(seconds=2),
            digest=operation.digest,
            outcome="accepted",
        )
        return number

    def _card(self, answers: Answered) -> ScoreCard:
        inputs = {code: AnswerInput(o.level, o.not_applicable) for code, (o, _id) in answers.items()}
        return score(self.texts.checklist, self.texts.rules, inputs, self.visit.home.facts)

    def _keep(self, actor: Actor, stage: str, card: ScoreCard, at: datetime) -> None:
        self.bulk.add(
            ScoreCardRow,
            id=self.bulk.next_id(ScoreCardRow),
            inspection_id=self.visit.id,
            stage=stage,
            level=card.level,
            score=card.score,
            card=card.as_data(),
            sha256=card.sha256,
            checklist_sha256=card.checklist_sha256,
            rules_sha256=card.rules_sha256,
            engine_version=card.engine,
            input_digest=card.input_digest,
            created_at=at,
        )
        level = {} if stage == "submitted" else {"level": card.level}
        self.record(actor, "scorecard.taken", at, stage=stage, sha256=card.sha256, **level)

    def _current(self, answers: Answered) -> None:
        """The current answers, once nothing more changes them."""
        self.bulk.extend(
            Answer,
            (
                {
                    "inspection_id": self.visit.id,
                    "criterion": code,
                    "revision_id": revision_id,
                    "level": operation.level,
                    "not_applicable": operation.not_applicable,
                }
                for code, (operation, revision_id) in answers.items()
            ),
        )

    def _show(self, card: ScoreCard, final: datetime) -> None:
        """What the registry shows after the final report."""
        institution = self.visit.institution
        if card.level != institution.level:
            institution.level_since = final.date()
        institution.level, institution.score = card.level, Decimal(str(card.score))
        institution.last_visit_on = self.visit.on
        self.bulk.record(
            self.coordinator,
            "institution.result_changed",
            chain=f"institution/{institution.id}",
            at=final,
            inspection=self.visit.id,
            level=card.level,
            score=str(card.score),
        )

    def event(self, actor: Actor, event: str, state: str, at: datetime, **data: Any) -> None:
        self.bulk.add(
            InspectionEvent,
            id=self.bulk.next_id(InspectionEvent),
            inspection_id=self.visit.id,
            event=event,
            at=at,
            actor_id=actor.user_id,
            reason="",
        )
        self.record(actor, f"inspection.{event}", at, state=state, **data)

    def record(self, actor: Actor, verb: str, at: datetime, **data: Any) -> None:
        self.bulk.record(actor, verb, chain=self.chain, at=at, **data)
