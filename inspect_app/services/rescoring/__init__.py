"""Score the visits on file again under another rule-set: to know what it would change, or to add a second card."""

from inspect_app.domain.rescoring import Report
from inspect_app.domain.scoring import RuleSet
from inspect_app.models import db
from inspect_app.queries import rescoring as questions
from inspect_app.queries.rescoring import Reach, spans
from inspect_app.services.rescoring.pool import Apart, Here, processors
from inspect_app.services.rescoring.scorer import Scorer

__all__ = ["Reach", "institutions_in", "rules_on_file", "trial"]

#: Below so many institutions other processes would take longer to start than the work takes.
_WORTH_DIVIDING = 300


def institutions_in(reach: Reach) -> int:
    """How many institutions are in reach; 0 for a code that nobody has."""
    return questions.institutions(db.session.connection(), reach)


def rules_on_file(code: str, version: str) -> list[RuleSet]:
    """The rule-sets of that code and version that visits froze; more than one where a draft was in use."""
    return [RuleSet.of(data) for data in questions.frozen_rules(db.session.connection(), code, version)]


def trial(rules: RuleSet, *, reach: Reach, listing: bool = False, processes: int = 0) -> Report:
    """What the rule-set would change, and whether it gives again the cards made under it. Nothing is written.

    ``processes``: how many to divide the work among (0: all processors; 1: no other than this one, on the
    session's own connection). The report does not depend on it.
    """
    report = Report(ladder=[level.code for level in rules.levels], listing=listing)
    worker = _worker(rules, reach, cards=False, processes=processes)
    for portion in worker.each(spans(db.session.connection(), reach)):
        report.add_all(visit for visit, _ in portion)
    return report


def _worker(rules: RuleSet, reach: Reach, *, cards: bool, processes: int) -> Apart | Here:
    if not processes:
        processes = processors() if institutions_in(reach) >= _WORTH_DIVIDING else 1
    if processes == 1:
        return Here(db.session.connection(), Scorer(rules, reach, cards))
    url = db.engine.url.render_as_string(hide_password=False)
    return Apart(url, rules.as_data(), reach, cards=cards, processes=processes)
