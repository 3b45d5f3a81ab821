"""Dossiers and decisions of the demonstration, one in each state, made by the deeds themselves at their own moments."""

import heapq
import itertools
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import exists, func, select

from inspect_app.adapters import clock
from inspect_app.cli.demo.past import director_of, person
from inspect_app.cli.demo.people import HOST
from inspect_app.cli.demo.scribe import actor_of
from inspect_app.domain.decisions import LADDER
from inspect_app.domain.roles import Body, Role
from inspect_app.models import Decision, Dossier, Inspection, Institution, RoleRow, ScoreCard, User, UserScope, db
from inspect_app.services import decisions as deeds
from inspect_app.services.decisions import clocks

#: Who sits on the committee, examines appeals, and signs beside the signatory; nobody signs in as them.
COMMITTEE = (
    ("committee-health", "Nadia (démo)", "نادية (نموذج)", Role.MINISTRY_OFFICER, Body.HEALTH),
    ("committee-justice", "Omar (démo)", "عمر (نموذج)", Role.MINISTRY_OFFICER, Body.JUSTICE),
    ("committee-youth", "Rachid (démo)", "رشيد (نموذج)", Role.MINISTRY_OFFICER, Body.YOUTH),
    ("examiner", "Samira (démo)", "سميرة (نموذج)", Role.MINISTRY_OFFICER, Body.EDUCATION),
    ("signatory-2", "Loubna (démo)", "لبنى (نموذج)", Role.SIGNATORY, Body.SOLIDARITY),
)
REASONS = "اطلعت اللجنة على التقرير النهائي وملاحظات المدير والأجوبة عنها؛ القرار يوافق ما وقفت عليه الزيارة."
_DEPARTURE = "غادر مربيان المؤسسة بعد الزيارة ولم يعوضا بعد."
_DANGER = "اندلع حريق في عنبر النوم ليلاً ولم يصب أحد؛ المخرج الخلفي كان مغلقاً. بلّغت المنسقية الإقليمية في اليوم نفسه."
_CLOSED = "أبلغت الجمعية المسيرة الوزارة بإغلاق المؤسسة."
_APPEAL = "السجل الذي قيل إنه غير ممسوك كان عند المحاسب، وقد سُلّم للفريق في اليوم الموالي."
_ANSWER = "اطلعنا على السجل: هو ممسوك منذ سنة. المعيار مستوفى في معظمه."

Step = tuple[datetime, int, Callable[[], None]]


@dataclass
class _Days:
    """What happens when, in the order of time, whoever asked for it."""

    waiting: list[Step] = field(default_factory=list)
    counter: Iterator[int] = field(default_factory=itertools.count)

    def on(self, at: datetime, deed: Callable[[], None]) -> None:
        """At this moment."""
        heapq.heappush(self.waiting, (min(at, clock.now()), next(self.counter), deed))

    def run(self) -> None:
        """Everything."""
        while self.waiting:
            at, _number, deed = heapq.heappop(self.waiting)
            with clock.frozen(at):
                deed()


class _File:
    """The dossier of one visit."""

    def __init__(self, days: _Days, inspection_id: int) -> None:
        self.days, self.inspection_id = days, inspection_id
        self.officer, self.signatory = actor_of(person("ministry")), actor_of(person("signatory"))
        self.members = [person(key) for key, *_rest in COMMITTEE[:3]]
        self.id = self.institution_id = self.decision_id = self.appeal_id = 0
        self.outcome = ""

    def until(self, state: str, opened: datetime, *, lower: bool = False) -> datetime:
        """Bring the dossier of the visit to its state; when it is signed."""
        days = self.days
        days.on(opened, self._open)
        days.on(opened + timedelta(days=1), self._declare)
        signed = opened + timedelta(days=15)
        if state == "closed":
            days.on(opened + timedelta(days=2), lambda: self._close())
        if state in ("deliberated", "proposed", "signed"):
            days.on(opened + timedelta(days=9), lambda: self._deliberate(lower=lower))
        if state in ("proposed", "signed"):
            days.on(opened + timedelta(days=11), self._propose)
        if state == "signed":
            days.on(signed, self._sign)
        return signed

    def measure(self, matter: str, outcome: str, grounds: str, at: datetime) -> None:
        """A suspension, its lifting, a withdrawal: from the dossier to the signature."""

        def decide() -> None:
            dossier = deeds.open_measure(
                self.officer, institution_id=self.institution_id, matter=matter, grounds=grounds
            )
            self.id, self.outcome = dossier.id, outcome
            self._declare()
            if matter != "urgent_suspension":
                self._deliberate()
            self._propose(grounds)
            self._sign()

        self.days.on(at, decide)

    def appeal(self, at: datetime, *, upheld: bool) -> None:
        """The director appeals; where upheld, another signatory signs what takes the decision's place."""
        self.days.on(at, self._lodge)
        self.days.on(at + timedelta(days=4), self._name_examiner)
        if upheld:
            self.days.on(at + timedelta(days=20), self._uphold)

    def _open(self) -> None:
        dossier = deeds.open_dossier(self.officer, inspection_id=self.inspection_id)
        self.id, self.institution_id = dossier.id, dossier.institution_id
        self.outcome = str(dossier.computed_outcome)

    def _declare(self) -> None:
        for actor in (self.officer, self.signatory, actor_of(person("signatory-2")), *map(actor_of, self.members)):
            deeds.declare_interests(actor, dossier_id=self.id, conflict=False)

    def _deliberate(self, *, lower: bool = False) -> None:
        if lower and self.outcome in LADDER[1:]:
            self.outcome = str(LADDER[LADDER.index(self.outcome) - 1])
        deeds.record_deliberation(
            self.officer,
            dossier_id=self.id,
            held_on=clock.today(),
            chair=self.members[0].id,
            seats=[deeds.Seat(m.id) for m in self.members],
            manner="consensus",
            outcome=self.outcome,
            reasons=REASONS,
        )

    def _propose(self, reasons: str = REASONS) -> None:
        computed = db.session.get_one(Dossier, self.id).computed_outcome
        departs = computed is not None and computed != self.outcome
        deeds.propose(
            self.officer,
            dossier_id=self.id,
            outcome=self.outcome,
            reasons=reasons,
            departure_reason=_DEPARTURE if departs else "",
        )

    def _sign(self) -> None:
        self.decision_id = deeds.sign(self.signatory, dossier_id=self.id).id

    def _close(self) -> None:
        deeds.close_dossier(self.officer, dossier_id=self.id, reason=_CLOSED)

    def _lodge(self) -> None:
        director = director_of(db.session.get_one(Institution, self.institution_id))
        if director is None:
            raise RuntimeError("the demonstration's director is missing")
        card = db.session.scalars(
            select(ScoreCard).where(ScoreCard.inspection_id == self.inspection_id, ScoreCard.stage == "final")
        ).first()
        codes = [f["criterion"] for f in card.card["findings"]][:2] if card else []
        self.appeal_id = deeds.lodge(
            actor_of(director), decision_id=self.decision_id, grounds=_APPEAL, criteria=codes
        ).id

    def _name_examiner(self) -> None:
        deeds.name_examiner(self.officer, appeal_id=self.appeal_id, examiner=person("examiner").id)

    def _uphold(self) -> None:
        decision = db.session.get_one(Decision, self.decision_id)
        better = str(LADDER[LADDER.index(decision.outcome) + 1])
        points = decision.appeal.points if decision.appeal else []
        answered = deeds.answer(
            actor_of(person("examiner")),
            appeal_id=self.appeal_id,
            upheld=True,
            reasons=_ANSWER,
            new_outcome=better,
            verdicts={p.criterion: "upheld" if n == 0 else "rejected" for n, p in enumerate(points)},
        )
        second = actor_of(person("signatory-2"))
        deeds.declare_interests(second, dossier_id=answered.dossier_id or 0, conflict=False)
        deeds.sign(second, dossier_id=answered.dossier_id or 0)


def load_decided(stars: dict[str, int]) -> int:
    """Dossiers in each state; how many. Nothing where there are some. ``stars``: institutions that have a director."""
    if db.session.scalar(select(exists().where(Dossier.invented))):
        return 0
    _accounts()
    days, now = _Days(), clock.now()
    for institution_id in dict.fromkeys(stars.get(part, 0) for part in ("responding", "draft")):  # in a small one both
        visits, finals = _visits_of(institution_id)
        _of_a_director(days, visits, finals, now, first=stars.get("responding"))
    others = _others(set(stars.values()))
    scripts: tuple[Callable[[_Days, int, datetime, datetime], None], ...] = (
        lambda d, v, f, n: _signed(d, v, f),
        lambda d, v, f, n: _signed(d, v, f, lower=True),
        lambda d, v, f, n: _measured(d, v, f, n),
        lambda d, v, f, n: _withdrawn(d, v, f, n),
    )
    recent = [(v, f) for v, f, level in others if (now - f).days < 300 and level != "refused"]
    old = [(v, f) for v, f, level in others if (now - f).days > 420 and level in ("provisional", "conditional")]
    soon = [(v, f) for v, f, level in others if level == "conditional" and 275 < (now - f).days < 340]
    for script, (visit_id, final) in zip(scripts, recent, strict=False):
        script(days, visit_id, final, now)
    waiting = recent[len(scripts) : len(scripts) + 5]
    for visit_id, final in (*old[:2], *[x for x in soon if x not in (*recent[: len(scripts)], *waiting)][:1]):
        _signed(days, visit_id, final)
    for step, (visit_id, _final) in enumerate(waiting):
        state = ("proposed", "deliberated", "open", "closed", "open")[step]
        _File(days, visit_id).until(state, now - timedelta(days=(12, 14, 3, 40, 45)[step]))
    days.run()
    clocks.expire()
    clocks.warn()
    clocks.visits_due()
    clocks.send_letters()
    return db.session.scalar(select(func.count(Dossier.id)).where(Dossier.invented)) or 0


def _of_a_director(days: _Days, visits: list[int], finals: list[datetime], now: datetime, *, first: int | None) -> None:
    """The earlier decision of one institution was contested with success; the last of both is a few days old."""
    if len(visits) > 1 and first and (now - finals[-2]).days < 900:
        earlier = _File(days, visits[-2])
        signed = earlier.until("signed", finals[-2] + timedelta(days=4), lower=True)
        if db.session.get_one(Inspection, visits[-2]).institution_id == first:
            earlier.appeal(signed + timedelta(days=6), upheld=True)
    if visits and (now - finals[-1]).days < 300:
        found = _File(days, visits[-1])
        found.until("signed", now - timedelta(days=21), lower=True)
        if db.session.get_one(Inspection, visits[-1]).institution_id == first:
            found.appeal(now - timedelta(days=5), upheld=False)


def _signed(days: _Days, visit_id: int, final: datetime, *, lower: bool = False) -> None:
    _File(days, visit_id).until("signed", final + timedelta(days=4), lower=lower)


def _measured(days: _Days, visit_id: int, final: datetime, now: datetime) -> None:
    found = _File(days, visit_id)
    found.until("signed", final + timedelta(days=4))
    found.measure("urgent_suspension", "suspended", _DANGER, now - timedelta(days=9))


def _withdrawn(days: _Days, visit_id: int, final: datetime, now: datetime) -> None:
    found = _File(days, visit_id)
    found.until("signed", final + timedelta(days=4))
    found.measure("withdrawal", "withdrawn", _CLOSED, now - timedelta(days=6))


def _visits_of(institution_id: int) -> tuple[list[int], list[datetime]]:
    rows = db.session.execute(
        select(Inspection.id, Inspection.final_at)
        .where(Inspection.institution_id == institution_id, Inspection.state == "final")
        .order_by(Inspection.final_at)
    ).all()
    return [r.id for r in rows], [r.final_at for r in rows]


def _others(taken: set[int]) -> list[tuple[int, datetime, str]]:
    """The last visit with a final report of other institutions: number, day of the report, level; the newest first."""
    rows = db.session.execute(
        select(Inspection.id, Inspection.institution_id, Inspection.final_at, ScoreCard.level)
        .join(ScoreCard, (ScoreCard.inspection_id == Inspection.id) & (ScoreCard.stage == "final"))
        .where(Inspection.invented, Inspection.state == "final", Inspection.institution_id.not_in(taken))
        .order_by(Inspection.final_at.desc(), Inspection.id)
    )
    newest: dict[int, tuple[int, datetime, str]] = {}
    for visit_id, institution_id, final_at, level in rows:
        if final_at is not None and level is not None:
            newest.setdefault(institution_id, (visit_id, final_at, level))
    return list(newest.values())


def _accounts() -> None:
    for key, name, name_ar, role, body in COMMITTEE:
        if db.session.scalar(select(exists().where(User.email == f"{key}@{HOST}"))):
            continue
        db.session.add(
            User(
                email=f"{key}@{HOST}",
                name=name,
                name_ar=name_ar,
                body=str(body),
                language="ar",
                active=True,
                fs_uniquifier=uuid.uuid4().hex,
                create_datetime=clock.now() - timedelta(days=1280),
                invented=True,
                roles=list(db.session.scalars(select(RoleRow).where(RoleRow.name == str(role)))),
                scopes=[UserScope(national=True)],
            )
        )
    db.session.commit()
