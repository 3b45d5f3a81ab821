"""Who sees which institutions, and how they are found."""

import pytest
from flask import Flask

from inspect_app.domain.errors import NotVisibleError
from inspect_app.domain.registry import search_text
from inspect_app.models import Institution
from inspect_app.queries.institutions import NOT_EVALUATED, Filters, figures, page_of, visible
from inspect_app.services.institutions import particulars
from tests.factories.institutions import make_institution
from tests.factories.users import actor_of, make_person, make_user

pytestmark = pytest.mark.usefixtures("app")


def found(filters: Filters, **scope: object) -> list[str]:
    """Codes that a ministry officer finds in the whole country, or in the scope given."""
    actor = actor_of(make_user("ministry_officer", **(scope or {"national": True})))
    return [row.code for row in page_of(actor, filters)]


def named(code: str, **changes: object) -> Institution:
    """An institution with a true search text."""
    row = make_institution(code=code, **changes)
    row.search_text = search_text(code, particulars(row))
    return row


def test_chaimae_sees_her_region_and_nothing_beyond(app: Flask) -> None:
    make_institution(code="inside", province_code="04.421")
    outside = make_institution(code="outside", province_code="07.351")
    chaimae = actor_of(make_person("Chaimae", region="04"))
    assert [row.code for row in page_of(chaimae, Filters())] == ["inside"]
    assert figures(chaimae, Filters()).total == 1
    with pytest.raises(NotVisibleError):
        visible(chaimae, outside.id)


@pytest.mark.parametrize("typed", ["الاطفال", "الأَطْفَال", "أطفـــال", "maison", "MAISON étoile", "salé", "SALE", "٠١"])
def test_the_search_box_forgives_spelling(typed: str) -> None:
    named("S-01", name_ar="دار الأطفال", name_fr="Maison de l'Étoile", commune="Salé")
    named("S-X", name_ar="بيت", name_fr="Foyer")
    assert found(Filters(search=typed)) == ["S-01"]


@pytest.mark.parametrize("typed", ["%", "_", "دار%", "'; DROP TABLE"])
def test_signs_of_the_database_are_only_signs(typed: str) -> None:
    named("S-02", name_ar="بيت", name_fr="Foyer")
    assert found(Filters(search=typed)) in ([], ["S-02"])  # bare signs narrow nothing; none breaks the page


def test_each_filter_narrows_to_what_it_says() -> None:
    named("a", province_code="04.421", category="women", level="accredited", score=80)
    named("b", province_code="07.351", present_girls=100)
    named("c", authorised=False, authorisation_law="none", province_code="04.441")
    named("d", director_in_post=False, province_code="04.441")
    assert found(Filters(region="07")) == ["b"]
    assert found(Filters(province="04.421")) == ["a"]
    assert found(Filters(category="women")) == ["a"]
    assert found(Filters(level="accredited")) == ["a"]
    assert set(found(Filters(level=NOT_EVALUATED))) == {"b", "c", "d"}
    assert found(Filters(authorised=False)) == ["c"]
    assert set(found(Filters(authorised=True))) == {"a", "b", "d"}
    assert found(Filters(over_capacity=True)) == ["b"]
    assert found(Filters(no_director=True)) == ["d"]


def test_what_has_no_score_comes_last_upwards_and_downwards() -> None:
    named("low", score=10)
    named("high", score=90)
    named("none")
    assert found(Filters(sort="score")) == ["low", "high", "none"]
    assert found(Filters(sort="score", descending=True)) == ["high", "low", "none"]


def test_levels_sort_by_their_rank_and_not_by_their_letters() -> None:
    for level in ("distinction", "refused", "accredited", "conditional", "provisional"):
        named(level, level=level)
    assert found(Filters(sort="level")) == ["refused", "provisional", "conditional", "accredited", "distinction"]


def test_a_page_beyond_the_last_is_the_last() -> None:
    for number in range(30):
        named(f"p{number:02}", name_ar=f"{number:02}")
    actor = actor_of(make_person("Fatima", national=True))
    page = page_of(actor, Filters(), 99)
    assert (page.number, page.pages, page.total, len(page)) == (2, 2, 30, 5)
    assert page_of(actor, Filters(), -1).number == 1


def test_the_figures_count_each_problem() -> None:
    named("a", authorised=False, authorisation_law="none", present_girls=500)
    named("b", director_in_post=False, level="refused")
    counted = figures(actor_of(make_person("Fatima", national=True)), Filters())
    assert (counted.total, counted.not_authorised, counted.over_capacity) == (2, 1, 1)
    assert (counted.no_director, counted.not_evaluated, counted.capacity) == (1, 1, 120)
