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
