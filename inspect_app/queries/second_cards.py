"""The cards of a finished visit beside each other: its own, in force, and those under newer rule-sets."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from inspect_app.domain.errors import NotVisibleError
from inspect_app.domain.scoring import RuleSet
from inspect_app.domain.scoring.difference import CardDifference, difference
from inspect_app.models import Inspection, RescoredCard, ScoreCard, db
from inspect_app.queries.frozen import checklist_of, rules_by_hash, rules_of


@dataclass(frozen=True)
class SecondCard:
    """What a newer rule-set gives for a visit."""

    card: RescoredCard
    rules: RuleSet


@dataclass(frozen=True)
class Comparison:
    """Two cards of one visit, and what is otherwise on the second."""

    own: ScoreCard
    own_rules: RuleSet
    second: SecondCard
    others: tuple[SecondCard, ...]  # under further rule-sets, oldest first
    difference: CardDifference


def second_cards(inspection_ids: Collection[int]) -> dict[int, list[SecondCard]]:
    """The second cards of some visits, by visit, newest first; visits without one are left out."""
    found: dict[int, list[SecondCard]] = {}
    if inspection_ids:
        for card in db.session.scalars(
            select(RescoredCard).where(RescoredCard.inspection_id.in_(inspection_ids)).order_by(RescoredCard.id.desc())
        ):
            found.setdefault(card.inspection_id, []).append(SecondCard(card, rules_by_hash(card.rules_sha256)))
    return found


def comparison(inspection: Inspection, rules_sha256: str = "") -> Comparison | None:
    """The visit's own final card beside the newest second card, or that under the given rule-set.

    None where there is no second card. Raises NotVisibleError for a rule-set under which there is none.
    """
    seconds = second_cards([inspection.id]).get(inspection.id, [])
    own = db.session.scalar(
        select(ScoreCard)
        .where(ScoreCard.inspection_id == inspection.id, ScoreCard.stage == "final")
        .order_by(ScoreCard.id.desc())
        .limit(1)
    )
    chosen = next((s for s in seconds if rules_sha256 in ("", s.rules.sha256)), None)
    if rules_sha256 and chosen is None:
        raise NotVisibleError("rules")
    if own is None or chosen is None:
        return None
    rules = rules_of(inspection)
    titles = {domain.code: domain.title for domain in checklist_of(inspection).domains}
    return Comparison(
        own=own,
        own_rules=rules,
        second=chosen,
        others=tuple(s for s in reversed(seconds) if s is not chosen),
        difference=difference(own.card, rules, chosen.card.card, chosen.rules, titles),
    )
