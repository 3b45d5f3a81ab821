"""Score the visits on file again under another rule-set: to know what it would change, or to add a second card."""

from collections.abc import Iterator

from inspect_app.domain.rescoring import Report
from inspect_app.domain.scoring import RuleSet
from inspect_app.models import db
from inspect_app.queries import rescoring as questions
from inspect_app.queries.rescoring import Reach, Span
from inspect_app.services.rescoring.pool import Apart, Here, Portion, processors
from inspect_app.services.rescoring.scorer import Scorer
from inspect_app.services.rescoring.second_cards import SecondCards

__all__ = ["Reach", "add_cards", "institutions_in", "rules_on_file", "trial"]

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
    report = _report(rules, listing)
    for portion in _scored(rules, reach, cards=False, processes=processes):
        report.add_all(visit for visit, _ in portion)
    return report


def add_cards(rules: RuleSet, *, reach: Reach, listing: bool = False, processes: int = 0) -> Report:
    """Add to each final visit a second, dated card under the rule-set; from the server's console only.

    The visit's own card is not touched and stays in force. A visit whose own card, or whose second card, is under this
    rule-set already gets none: doing it twice adds nothing. Each portion is committed with its audit events, so that a
    country fits into the memory and what was interrupted can be begun again.

    Raises DomainError("rules-not-published") for a rule-set that may still change.
    """
    report = _report(rules, listing)
    cards = SecondCards(rules)
    for portion in _scored(rules, reach, cards=True, processes=processes):
        report.add_all(visit for visit, _ in portion)
        fresh = [(visit, card) for visit, card in portion if card is not None]
        added = cards.add(fresh)
        report.added += added
        report.already += len(fresh) - added
    return report


def _report(rules: RuleSet, listing: bool) -> Report:
    return Report(ladder=[level.code for level in rules.levels], listing=listing)


def _scored(rules: RuleSet, reach: Reach, *, cards: bool, processes: int) -> Iterator[Portion]:
    if not processes:
        processes = processors() if institutions_in(reach) >= _WORTH_DIVIDING else 1
    worker: Apart | Here = Here(Scorer(rules, reach, cards))
    if processes > 1:
        url = db.engine.url.render_as_string(hide_password=False)
        worker = Apart(url, rules.as_data(), reach, cards=cards, processes=processes)
    return worker.each(_spans(reach))


def _spans(reach: Reach) -> Iterator[Span]:
    span = questions.next_span(db.session.connection(), reach, 0)
    while span is not None:
        yield span
        span = questions.next_span(db.session.connection(), reach, span.last)
