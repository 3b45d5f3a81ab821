"""The score of one visit, computed anew with all its explanations."""

from tests.bench.figures import middle, milliseconds, percentile, tell
from tests.bench.inside import inside
from tests.bench.place import Place

TIMES = 200


def measure(place: Place) -> None:
    """From checklist, rules, answers and facts to the card as JSON data with its hash; and the same with the reads."""
    from inspect_app.domain.checklists import Facts
    from inspect_app.domain.scoring import score
    from inspect_app.models import Inspection, db
    from inspect_app.queries.frozen import checklist_of, rules_of
    from inspect_app.queries.scorecards import answers_of, provisional

    site = place.site("many")
    with inside(site):
        visit = db.session.get_one(Inspection, site.world["inspection"])
        checklist, rules = checklist_of(visit), rules_of(visit)
        answers, facts = answers_of(visit.id), Facts.of(visit.facts)
        peer = "CISO Assistant 65 ms (1,189 criteria: 233 ms)"
        how = f"{len(answers)} criteria, explanations in three languages, in process, {TIMES} times"
        samples = milliseconds(lambda: score(checklist, rules, answers, facts).as_data(), TIMES, warm=20)
        tell("score of one visit, p50", middle(samples), "ms", at_most=30, how=how, peer=peer)
        tell("score of one visit, p95", percentile(samples, 0.95), "ms", at_most=30, how=how, peer=peer)
        samples = milliseconds(lambda: provisional(visit).as_data(), TIMES, warm=20)
        how = "the same, answers read from the database each time"
        tell("score of one visit with its reads, p95", percentile(samples, 0.95), "ms", at_most=30, how=how, peer=peer)
    _of_size(150)
    _of_size(400)


def _of_size(size: int) -> None:
    """One visit of so many criteria under the rules in force: the card, and every figure explained."""
    from inspect_app.adapters.rule_files import load_rules
    from inspect_app.domain.checklists import Facts
    from inspect_app.domain.scoring import AnswerInput, score
    from inspect_app.domain.scoring.program.checklist_form import explained
    from tests.factories.scoring import checklist, criterion

    rules, facts = load_rules(), Facts("children", capacity=40)
    domains = list(rules.domain_weights)
    classes = ["critical", *["standard"] * 6, *["developmental"] * 3]
    made: dict[str, list[dict[str, object]]] = {}
    for number in range(size):
        domain = domains[number % len(domains)]
        code = f"{domain}-{number:03}"
        made.setdefault(domain, []).append(criterion(code, criterion_class=classes[number % 10], weight=number % 3 + 1))
    asked = checklist(**made)
    answers = {c.code: AnswerInput(number % 4) for number, c in enumerate(asked)}
    samples = milliseconds(lambda: score(asked, rules, answers, facts).as_data(), TIMES, warm=10)
    how = f"explanations in three languages, in process, {TIMES} times"
    tell(f"score of one inspection, {size} criteria, p95", percentile(samples, 0.95), "ms", at_most=30, how=how)
    samples = milliseconds(lambda: explained(asked, rules, answers, facts).as_data(), 20, warm=2)
    how = "each figure with its inputs, arithmetic and binding constraint, by the general engine, in process, 20 times"
    tell(f"why of every figure, {size} criteria, p95", percentile(samples, 0.95), "ms", at_most=100, how=how)
