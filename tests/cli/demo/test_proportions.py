"""The invented institutions stand in the proportions that were measured."""

import random
from collections import Counter
from datetime import date

import pytest
from flask import Flask

from inspect_app.cli.demo import figures
from inspect_app.cli.demo.institutions import MARK_AR, MARK_FR, Draft, draft_all, shared
from inspect_app.domain.registry import GROUPS, faults
from inspect_app.queries.territories import provinces

TODAY = date(2026, 11, 23)


@pytest.fixture
def drafts(app: Flask) -> list[Draft]:
    """All of them."""
    return draft_all(random.Random(1), figures.INSTITUTIONS, provinces(), TODAY)


def total(draft: Draft, kind: str) -> int:
    """All groups together."""
    return sum(draft.values[f"{kind}_{group}"] for group in GROUPS)


def near(count: int, share: float) -> bool:
    """Whether a count is the share of the whole, give or take one."""
    return abs(count - share * figures.INSTITUTIONS) <= 1


def test_the_regional_split_is_that_of_december_2017(drafts: list[Draft]) -> None:
    assert len(drafts) == 1092
    assert Counter(d.place.region for d in drafts) == figures.BY_REGION


def test_categories_and_places_are_those_of_the_sector(drafts: list[Draft]) -> None:
    counted = Counter(d.category for d in drafts)
    assert near(counted["schoolchildren"], 805 / 1051)
    others = 1092 - counted["schoolchildren"]
    for category, share in figures.OTHERS_BY_CATEGORY.items():
        assert abs(counted[category] - others * share / 100) <= 1
    assert abs(sum(total(d, "capacity") for d in drafts) - 96_490) < 300


def test_nothing_is_older_than_what_it_stands_in(drafts: list[Draft]) -> None:
    for draft in drafts:
        opened, on = draft.values["opened_year"], draft.values["authorisation_date"]
        assert draft.values["building_year"] <= opened
        assert opened < TODAY.year - 4  # before the first invented visit
        assert on is None or opened <= on.year


def test_problems_are_as_frequent_as_the_court_of_accounts_found(drafts: list[Draft]) -> None:
    over = [
        total(d, "present") / total(d, "capacity") - 1 for d in drafts if total(d, "present") > total(d, "capacity")
    ]
    assert near(len(over), 34 / 147)
    assert abs(sum(1 for ratio in over if ratio >= 1) - len(over) * 10 / 34) <= 2
    assert near(sum(not d.values["director_in_post"] for d in drafts), 34 / 147)
    assert near(sum(not d.values["committee_constituted"] for d in drafts), 13 / 147)
    assert near(sum(not d.values["authorised"] for d in drafts), 107 / 1100)
    assert near(sum(d.values["building_state"] != "good" for d in drafts), 0.44)
    under_14_05 = sum(d.values["authorisation_law"] == "14-05" for d in drafts)
    assert under_14_05 > 0.75 * len(drafts)


def test_every_invented_institution_could_stand_in_the_registry_and_says_that_it_is_invented(
    drafts: list[Draft],
) -> None:
    for draft in drafts:
        assert faults(draft.values, today=TODAY) == {}
        assert MARK_AR in draft.values["name_ar"]
        assert MARK_FR in draft.values["name_fr"]
    assert len({(d.values["name_ar"], d.category) for d in drafts}) == len(drafts)


def test_the_same_seed_gives_the_same_institutions(drafts: list[Draft]) -> None:
    again = draft_all(random.Random(1), figures.INSTITUTIONS, provinces(), TODAY)
    assert [d.values for d in again] == [d.values for d in drafts]


def test_a_share_out_never_loses_one() -> None:
    assert shared(10, {"a": 1, "b": 1, "c": 1}) == {"a": 4, "b": 3, "c": 3}
    assert sum(shared(1092, {k: float(v) for k, v in figures.BY_REGION.items()}).values()) == 1092
