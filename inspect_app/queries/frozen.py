"""The checklist, rules and policy that a visit froze, rebuilt once per process and hash."""

from functools import lru_cache

from sqlalchemy import select

from inspect_app.domain.checklists import Checklist
from inspect_app.domain.policy import Policy
from inspect_app.domain.scoring import RuleSet
from inspect_app.models import FrozenVersion, Inspection, db


def checklist_of(inspection: Inspection) -> Checklist:
    """The checklist frozen when the visit was planned."""
    return _checklist(inspection.checklist_id)


def rules_of(inspection: Inspection) -> RuleSet:
    """The rule-set frozen when the visit was planned."""
    return _rules(inspection.rules_id)


def rules_by_hash(sha256: str) -> RuleSet:
    """A rule-set on file by its hash. Raises NoResultFound."""
    return _rules_by_hash(sha256)


def policy_of(inspection: Inspection) -> Policy:
    """The clocks frozen when the visit was planned."""
    return _policy(inspection.policy_id)


def _row(version_id: int) -> FrozenVersion:
    return db.session.scalars(select(FrozenVersion).where(FrozenVersion.id == version_id)).one()


# Rows never change (a trigger sees to it), so an id is as good a key as the hash and needs no query.
@lru_cache(maxsize=64)
def _checklist(version_id: int) -> Checklist:
    return Checklist.of(_row(version_id).content)


@lru_cache(maxsize=16)
def _rules(version_id: int) -> RuleSet:
    return RuleSet.of(_row(version_id).content)


@lru_cache(maxsize=16)
def _rules_by_hash(sha256: str) -> RuleSet:
    statement = select(FrozenVersion.content).where(FrozenVersion.kind == "rules", FrozenVersion.sha256 == sha256)
    return RuleSet.of(db.session.scalars(statement).one())


@lru_cache(maxsize=16)
def _policy(version_id: int) -> Policy:
    return Policy.of(_row(version_id).content)


def forget() -> None:
    """Empty the caches: another database may use the same ids (tests, demonstration data)."""
    for cache in (_checklist, _rules, _rules_by_hash, _policy):
        cache.cache_clear()
