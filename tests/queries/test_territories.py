"""Regions and provinces as choices."""

import pytest
from flask import Flask

from inspect_app.queries.territories import province_in_scope, provinces, provinces_in_scope, regions
from tests.factories.users import actor_of, make_person

pytestmark = pytest.mark.usefixtures("app")


def test_there_are_twelve_regions_and_seventy_five_provinces() -> None:
    assert len(regions()) == 12
    assert len(provinces()) == 75
    assert sum(len(provinces(region.code)) for region in regions()) == 75


def test_a_place_is_named_in_the_script_of_the_reader() -> None:
    rabat = next(p for p in provinces() if p.code == "04.421")
    assert (rabat.name("ar"), rabat.name("fr"), rabat.name("en")) == ("الرباط", "Rabat", "Rabat")


@pytest.mark.parametrize(
    ("scope", "count"), [({"national": True}, 75), ({"region": "04"}, 7), ({"province": "04.421"}, 1)]
)
def test_a_person_registers_only_within_their_territory(app: Flask, scope: dict[str, object], count: int) -> None:
    actor = actor_of(make_person("Fatima", **scope))
    mine = provinces_in_scope(actor)
    assert len(mine) == count
    assert all(province_in_scope(actor, place.code) for place in mine)
    assert province_in_scope(actor, "07.351") is ("national" in scope)
    assert not province_in_scope(actor, "99.999")
