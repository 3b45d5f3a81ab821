"""Put second cards on file, a portion at a time: cards, one event in the journal of each visit, one commit."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, update

from inspect_app.adapters import clock
from inspect_app.adapters.rule_versions import is_published
from inspect_app.domain.errors import DomainError
from inspect_app.domain.rescoring import Rescored
from inspect_app.domain.scoring import RuleSet
from inspect_app.models import AuditHead, RescoredCard, db
from inspect_app.queries.rescoring import with_card_under
from inspect_app.services.audit_many import record_each
from inspect_app.services.frozen import freeze_rule_set
from inspect_app.services.inspections.common import chain


class SecondCards:
    """The file cabinet, for one rule-set. Raises DomainError("rules-not-published")."""

    def __init__(self, rules: RuleSet) -> None:
        if not is_published(rules):
            raise DomainError("rules-not-published", name=f"{rules.code}@{rules.version}")
        self.rules = rules

    def add(self, portion: Sequence[tuple[Rescored, Mapping[str, Any]]]) -> int:
        """File the cards of those visits that have none under the rule-set yet; how many that were."""
        if not portion:
            return 0
        # whoever adds cards to the same visits at the same moment waits here, and then sees ours
        chains = [chain(visit.inspection_id) for visit, _ in portion]
        db.session.execute(update(AuditHead).where(AuditHead.chain.in_(chains)).values(seq=AuditHead.seq))
        there = with_card_under([visit.inspection_id for visit, _ in portion], self.rules.sha256)
        fresh = [(visit, card) for visit, card in portion if visit.inspection_id not in there]
        if fresh:
            freeze_rule_set(self.rules)
            db.session.execute(insert(RescoredCard), [_row(visit, card) for visit, card in fresh])
            record_each(None, "scorecard.rescored", {chain(v.inspection_id): self._event(v, c) for v, c in fresh})
        db.session.commit()
        return len(fresh)

    def _event(self, visit: Rescored, card: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "ruleset": f"{self.rules.code}@{self.rules.version}",
            "rules": self.rules.sha256,
            "sha256": visit.sha256,
            "level": card["level"],
            "level_own": visit.before,
        }


def _row(visit: Rescored, card: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "inspection_id": visit.inspection_id,
        "kind": "rescored",
        "stage": "final",
        "level": visit.after,
        "score": visit.score_after,
        "card": card,
        "sha256": visit.sha256,
        "checklist_sha256": card["checklist_sha256"],
        "rules_sha256": card["rules_sha256"],
        "engine_version": card["engine"],
        "input_digest": card["input_digest"],
        "created_at": clock.now(),
    }
