"""What a coordinator reads of agreement: per criterion, domain and pair; what is too few says so; what divides is named."""

from fractions import Fraction as F

import pytest

from inspect_app.adapters.agreement_files import load_agreement_policy
from inspect_app.adapters.yaml_files import FaultyFilesError
from inspect_app.domain.agreement_report import BELOW, FEW, GOOD, NONE, ONE_LEVEL, Group, Rated, Topic, report

AMINA, YOUNES, SALMA = 1, 2, 3
POLICY = load_agreement_policy()
DOMAINS = {"GOV-01": "GOV", "GOV-02": "GOV", "FOD-01": "FOD"}


def rated(
    criterion: str, *levels: tuple[int | None, int | None], first: int = AMINA, second: int = YOUNES, count: int = 1
):
    return [Rated(criterion, first, second, a, b, count) for a, b in levels]


def test_the_policy_is_policy_and_says_so():
    assert (POLICY.threshold, POLICY.confidence, POLICY.minimum["criterion"]) == (F(3, 5), 95, 10)
    for name in ("threshold", "confidence", "shares", "topics"):
        assert POLICY.data[name]["status"] == "policy"
        assert POLICY.data[name]["source"] is None


def test_a_policy_that_calls_itself_law_must_name_its_text(tmp_path):
    path = tmp_path / "law" / "agreement.yaml"
    path.parent.mkdir()
    text = load_agreement_policy.__wrapped__.__globals__["FILE"].read_text()
    path.write_text(text.replace('{value: "0.60", status: "policy"', '{value: "0.60", status: "law"'))
    with pytest.raises(FaultyFilesError, match="law needs its source"):
        load_agreement_policy(path)


def test_a_pair_is_the_same_pair_whoever_rated_first():
    rows = rated("GOV-01", (0, 1)) + rated("GOV-01", (3, 2), first=YOUNES, second=AMINA)
    (pair,) = report(rows, POLICY, DOMAINS).pairs
    assert pair.key == (AMINA, YOUNES)
    assert pair.matrix[0][1] == 1
    assert pair.matrix[2][3] == 1  # Amina's 2 stands in the rows, too
    assert pair.pairs == 2


def test_each_pair_of_people_stands_alone():
    rows = rated("GOV-01", (3, 3)) + rated("GOV-01", (3, 2), second=SALMA)
    assert {g.key for g in report(rows, POLICY, DOMAINS).pairs} == {(AMINA, YOUNES), (AMINA, SALMA)}


def test_criteria_of_one_domain_are_read_together():
    rows = rated("GOV-01", (3, 3)) + rated("GOV-02", (0, 0)) + rated("FOD-01", (1, 1))
    found = report(rows, POLICY, DOMAINS)
    assert {g.key: g.pairs for g in found.domains} == {"GOV": 2, "FOD": 1}
    assert found.all.pairs == 3


def test_too_few_is_said_before_anything_else():
    nine = rated("GOV-01", (0, 3), (3, 0), (0, 3), (3, 0), (0, 3), (3, 0), (0, 3), (3, 0), (0, 3))
    (group,) = report(nine, POLICY, DOMAINS).criteria
    assert group.state == FEW
    (group,) = report(nine + rated("GOV-01", (3, 0)), POLICY, DOMAINS).criteria
    assert (group.state, group.kappa) == (BELOW, F(-1))


def test_everybody_at_one_level_is_full_agreement_without_a_kappa():
    (group,) = report(rated("GOV-01", (3, 3), count=12), POLICY, DOMAINS).criteria
    assert (group.state, group.kappa, group.interval, group.same_share) == (ONE_LEVEL, None, None, 1)
    assert not report(rated("GOV-01", (3, 3), count=12), POLICY, DOMAINS).meetings


def test_a_kappa_of_exactly_the_threshold_proposes_no_meeting():
    # 20 pairs, two levels: observed 0.8, expected 0.5, kappa 0.6
    exact = rated("GOV-01", (0, 0), (1, 1), count=8) + rated("GOV-01", (0, 1), (1, 0), count=2)
    (group,) = report(exact, POLICY, DOMAINS).criteria
    assert (group.kappa, group.state) == (F(3, 5), GOOD)
    (group,) = report(exact + rated("GOV-01", (0, 1)), POLICY, DOMAINS).criteria
    assert group.state == BELOW


def test_a_level_against_not_applicable_is_counted_apart_and_never_dropped():
    rows = rated("GOV-01", (3, 3), (None, 2), (1, None), (None, None), (0, 0))
    (group,) = report(rows, POLICY, DOMAINS).criteria
    assert (group.pairs, group.applicability, group.both_not_applicable, group.ratings) == (2, 2, 1, 5)
    assert group.applicability_share == F(2, 5)
    assert group.topics == (Topic("GOV-01", 0, None, 0, 2),)


def test_only_not_applicable_is_no_pair_of_levels():
    (group,) = report(rated("GOV-01", (None, None)), POLICY, DOMAINS).criteria
    assert (group.state, group.kappa, group.same_share) == (NONE, None, None)
    assert report([], POLICY, DOMAINS).all.state == NONE


def test_the_worst_stands_first_and_what_is_too_few_last():
    rows = rated("GOV-01", (0, 0), (3, 3), count=6) + rated("GOV-02", (0, 3), (3, 0), count=6) + rated("FOD-01", (0, 3))
    assert [g.key for g in report(rows, POLICY, DOMAINS).criteria] == ["GOV-02", "GOV-01", "FOD-01"]


def test_a_meeting_hears_what_divides_most_and_between_which_levels():
    rows = (
        rated("GOV-01", (1, 2), count=5)  # 5 steps of one
        + rated("GOV-01", (3, 1), count=2)  # 2 steps of two: 8
        + rated("GOV-02", (0, 3), count=1)  # 1 step of three: 9
        + rated("FOD-01", (2, 2), count=9)
    )
    topics = Group("", rows, POLICY, 1).topics
    assert [t.criterion for t in topics] == ["GOV-01", "GOV-02"]
    assert topics[0] == Topic("GOV-01", 13, (1, 3), 2, 0)
    assert topics[1].levels == (0, 3)


def test_a_meeting_talks_about_few_criteria():
    rows = [r for n in range(12) for r in rated(f"C-{n:02}", (0, 3), count=n + 1)]
    topics = Group("", rows, POLICY, 1).topics
    assert [t.criterion for t in topics] == ["C-11", "C-10", "C-09", "C-08", "C-07"]


def test_counted_together_or_one_by_one_is_the_same():
    one_by_one = [r for _ in range(7) for r in rated("GOV-01", (1, 2), (3, 3))]
    together = rated("GOV-01", (1, 2), (3, 3), count=7)
    a, b = (report(rows, POLICY, DOMAINS).all for rows in (one_by_one, together))
    assert (a.matrix, a.kappa, a.interval, a.topics) == (b.matrix, b.kappa, b.interval, b.topics)
