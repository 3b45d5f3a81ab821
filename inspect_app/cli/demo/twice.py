"""Invented double ratings of past visits: some criteria and some pairs of inspectors agree less than others, so that there
is something to talk about. Every figure here is ours and invented; the same at every loading."""

import random
import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from inspect_app.cli.demo import notes
from inspect_app.cli.demo.people import REGION
from inspect_app.domain.answers import Operation
from inspect_app.domain.checklists import Criterion
from inspect_app.domain.double_rating import METHOD, Chosen, choose
from inspect_app.models import DoubleRatedCriterion, DoubleRating, SecondRating

if TYPE_CHECKING:
    from inspect_app.cli.demo.hearing import Answered
    from inspect_app.cli.demo.scribe import Scribe

#: One past visit in three is rated twice; all of them where the people of the demonstration work.
ONE_IN = 3
SHARE = 20
#: How often the second rater sees it otherwise; where the descriptors are read in two ways; and in regions whose second
#: rater is stricter than the first, how often by one level.
SELDOM, OFTEN, STRICT = 0.14, 0.62, 0.45
_VAGUE_DOMAINS = ("SUP", "IMP")


def rated_twice(scribe: "Scribe") -> tuple[Chosen, ...]:
    """The criteria of this visit that are rated twice; mostly none."""
    visit = scribe.visit
    here = visit.institution.province.region_code == REGION
    if not here and random.Random(f"twice/{visit.uid}").randrange(ONE_IN):
        return ()
    return choose(scribe.texts.checklist.applicable(visit.home.facts), visit.uid, SHARE, critical=False)


def choice(scribe: "Scribe", chosen: tuple[Chosen, ...], at: datetime) -> None:
    """The coordinator chose it on planning day."""
    scribe.record(
        scribe.coordinator,
        "double_rating.chosen",
        at,
        second_rater=scribe.member.user_id,
        share=SHARE,
        critical=False,
        method=METHOD,
        criteria=[c.code for c in chosen],
    )


def ratings(
    scribe: "Scribe", chosen: tuple[Chosen, ...], answers: "Answered", planned: datetime, started: datetime
) -> None:
    """The second ratings, both sides closed on the evening of the visit, and what each side found."""
    bulk, visit = scribe.bulk, scribe.visit
    closed = started + timedelta(hours=6)
    number = bulk.next_id(DoubleRating)
    bulk.add(
        DoubleRating,
        id=number,
        inspection_id=visit.id,
        second_rater_id=scribe.member.user_id,
        share=SHARE,
        critical=False,
        method=METHOD,
        created_at=planned,
        created_by=scribe.coordinator.user_id,
        first_closed_at=closed,
        first_closed_by=scribe.leader.user_id,
        second_closed_at=closed,
        opened_at=closed,
        waived_at=None,
        waived_by=None,
        waived_reason="",
    )
    journal = []
    for step, c in enumerate(chosen):
        first, revision = answers[c.code]
        criterion = scribe.texts.checklist.criterion(c.code)
        second = _operation(scribe, criterion, first, started + timedelta(hours=3, seconds=90 * step))
        bulk.add(
            DoubleRatedCriterion,
            double_rating_id=number,
            criterion=c.code,
            second_rater_id=scribe.member.user_id,
            why=c.why,
            first_author_id=scribe.leader.user_id,
            first_revision_id=revision,
            first_level=first.level,
            first_not_applicable=first.not_applicable,
            second_level=second.level,
            second_not_applicable=second.not_applicable,
        )
        bulk.add(
            SecondRating,
            id=bulk.next_id(SecondRating),
            op_id=second.op_id,
            double_rating_id=number,
            criterion=c.code,
            level=second.level,
            not_applicable=second.not_applicable,
            na_reason=second.na_reason,
            note=second.note,
            author_id=scribe.member.user_id,
            answered_at=second.answered_at,
            received_at=second.answered_at + timedelta(seconds=2),
            digest=second.digest,
            outcome="accepted",
        )
        journal.append({"op": second.op_id, "criterion": c.code, "digest": second.digest})
    scribe.record(scribe.member, "second_ratings.saved", started + timedelta(hours=5), operations=journal)
    scribe.record(scribe.member, "double_rating.second_closed", closed, opened=False)
    scribe.record(scribe.leader, "double_rating.first_closed", closed, opened=True)


def _operation(scribe: "Scribe", criterion: Criterion, first: Operation, at: datetime) -> Operation:
    visit = scribe.visit
    rng = random.Random(f"{visit.uid}/second/{criterion.code}")
    level = second_level(rng, visit.institution.province.region_code, criterion, first.level)
    language = visit.crew.member.language
    return Operation(
        op_id=str(uuid.uuid5(uuid.UUID(visit.uid), f"second/{criterion.code}")),
        criterion=criterion.code,
        level=level,
        not_applicable=level is None,
        na_reason="" if level is not None else notes.not_applicable(rng, language),
        note=notes.note(rng, criterion, level, language),
        measurements={},
        base_op_id=None,
        answered_at=at,
    )


def second_level(rng: random.Random, region: str, criterion: Criterion, first: int | None) -> int | None:
    """What the second rater finds, where the first found ``first`` (None: not applicable)."""
    may_not_apply = criterion.na_allowed and not criterion.critical
    if first is None:
        return None if rng.random() < 0.7 else 2
    if may_not_apply and rng.random() < 0.015:
        return None
    vague = criterion.domain in _VAGUE_DOMAINS or random.Random(f"vague/{criterion.code}").random() < 0.12
    strict = random.Random(f"strict/{region}").random() < 0.25
    level = first
    if rng.random() < (OFTEN if vague else SELDOM):
        level += rng.choice((-2, -1, 1, 2) if vague else (-1, 1))
    if strict and rng.random() < STRICT:
        level -= 1
    return min(3, max(0, level))
