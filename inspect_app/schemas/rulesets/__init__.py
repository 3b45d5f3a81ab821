"""The shape of rule-sets as programs (``docs/rules.md``): ``checklists/regulators/*.yaml``."""

from inspect_app.schemas.rulesets.books import RuleBookSchema

__all__ = ["RuleBookSchema"]
