"""The count of a country: who would go up or down, by region and category."""

from datetime import date
from decimal import Decimal

from inspect_app.domain.rescoring import Outcome, Report, Rescored

LADDER = ["refused", "provisional", "conditional", "accredited"]


def visit(institution: int, before: str | None, after: str | None, **changes: object) -> Rescored:
    values: dict[str, object] = {
        "institution_id": institution,
        "institution": f"T-{institution}",
        "name": "",
        "region": "04",
        "category": "children",
        "inspection_id": institution * 10,
        "reference": f"V-{institution}",
        "on": date(2026, 3, 1),
        "outcome": Outcome.SCORED,
        "before": before,
        "score_before": Decimal(70),
        "after": after,
        "score_after": Decimal(70),
    }
    return Rescored(**{**values, **changes})  # type: ignore[arg-type]


def test_the_latest_visit_speaks_for_the_institution_however_many_it_has() -> None:
    report = Report(LADDER)
    report.add_all(
        [
            visit(1, "refused", "accredited", inspection_id=11, on=date(2026, 5, 1)),
            visit(1, "refused", "provisional", inspection_id=12, on=date(2025, 5, 1)),
            visit(2, "conditional", "conditional"),
        ]
    )
    assert (report.total.institutions, report.total.changed, report.visits_changed) == (2, 1, 2)
    assert report.matrix == {("refused", "accredited"): 1, ("conditional", "conditional"): 1}


def test_up_and_down_follow_the_ladder_of_the_rule_set_on_trial() -> None:
    report = Report(LADDER)
    report.add_all(
        [
            visit(1, "refused", "provisional"),
            visit(2, "accredited", "conditional", region="05"),
            visit(3, None, "refused", category="women"),
            visit(4, "distinction", "accredited"),
        ]
    )
    assert (report.total.up, report.total.down, report.total.other) == (1, 1, 2)
    assert report.total.share == Decimal("100.00")
    assert report.regions["05"].down == 1
    assert report.categories["women"].other == 1


def test_a_visit_that_cannot_be_scored_changes_nothing_and_is_said() -> None:
    report = Report(LADDER)
    report.add_all(
        [visit(1, "refused", None, outcome=Outcome.REFUSED, reason="not-scorable"), visit(2, "refused", "refused")]
    )
    assert (report.total.changed, report.total.refused) == (0, 1)
    assert report.reasons == {"not-scorable": 1}
    assert report.in_order


def test_a_card_that_does_not_come_out_again_is_an_error() -> None:
    report = Report(LADDER)
    report.add_all([visit(1, "refused", "refused", outcome=Outcome.DIFFERENT, reason="other-result")])
    assert not report.in_order


def test_what_is_kept_does_not_grow_with_the_country_unless_a_list_is_asked_for() -> None:
    short, long = Report(LADDER), Report(LADDER, listing=True)
    for report in (short, long):
        report.add_all(
            visit(n, "refused", None, outcome=Outcome.REFUSED, reason="not-scorable") for n in range(2 * Report.KEPT)
        )
        report.add_all([visit(10_000, "refused", "provisional")])
    assert (len(short.faults), len(short.moved)) == (Report.KEPT, 0)
    assert (len(long.faults), len(long.moved)) == (2 * Report.KEPT, 1)
    assert short.reasons == long.reasons
