"""How compliant is the institution, and why: the scoring engine. Rules are data; the code knows no framework."""

from inspect_app.domain.scoring.card import ScoreCard
from inspect_app.domain.scoring.engine import ENGINE, AnswerInput, score
from inspect_app.domain.scoring.rules import RuleSet

__all__ = ["ENGINE", "AnswerInput", "RuleSet", "ScoreCard", "score"]
