"""Keep a text for ever as it is today. Called inside other deeds (planning a visit); no commit of its own."""

from typing import Any

from sqlalchemy import select

from inspect_app.adapters import clock
from inspect_app.adapters.checklist_files import load_checklist
from inspect_app.adapters.decision_files import load_decision_policy
from inspect_app.adapters.rule_files import load_policy, load_rules
from inspect_app.domain.scoring import RuleSet
from inspect_app.models import FrozenVersion, db


def freeze_checklist(category: str) -> FrozenVersion:
    """The latest checklist of the category, stored once under its hash. Raises FaultyFilesError."""
    checklist = load_checklist(category=category)
    return _freeze("checklist", checklist.code, checklist.version, checklist.sha256, checklist.as_data())


def freeze_rules() -> FrozenVersion:
    """The default rule-set in force, stored once under its hash. Raises FaultyFilesError."""
    return freeze_rule_set(load_rules())


def freeze_rule_set(rules: RuleSet) -> FrozenVersion:
    """A rule-set, stored once under its hash."""
    return _freeze("rules", rules.code, rules.version, rules.sha256, rules.as_data())


def freeze_policy() -> FrozenVersion:
    """The policy (clocks, validity) in force, stored once under its hash. Raises FaultyFilesError."""
    policy = load_policy()
    return _freeze("policy", policy.code, policy.version, policy.sha256, policy.as_data())


def freeze_decisions() -> FrozenVersion:
    """The policy of decisions in force, stored once under its hash. Raises FaultyFilesError."""
    policy = load_decision_policy()
    return _freeze("decisions", policy.code, policy.version, policy.sha256, policy.as_data())


def _freeze(kind: str, code: str, version: str, sha256: str, content: dict[str, Any]) -> FrozenVersion:
    found = db.session.scalar(select(FrozenVersion).where(FrozenVersion.kind == kind, FrozenVersion.sha256 == sha256))
    if found is None:
        found = FrozenVersion(
            kind=kind, code=code, version=version, sha256=sha256, content=content, created_at=clock.now()
        )
        db.session.add(found)
        db.session.flush()  # the visit that freezes it needs its id
    return found
