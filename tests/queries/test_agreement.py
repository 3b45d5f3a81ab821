"""Who reads whose agreement: the office that of its territory, an inspector their own, nobody that of two colleagues."""

import pytest
from flask import Flask

from inspect_app.adapters.agreement_files import load_agreement_policy
from inspect_app.domain.actors import Actor
from inspect_app.models import db
from inspect_app.queries.agreement import Agreement, Filters, agreement
from inspect_app.services import inspections as deeds
from tests.factories.double_ratings import both_closed, choose, chosen, play_twice, rate, rate_all
from tests.factories.inspections import Play, another_play, declare_all, operation
from tests.factories.users import actor_of, make_person, make_user


def read(actor: Actor, **filters: str) -> Agreement:
    return agreement(actor, Filters(**filters), load_agreement_policy())


def names(found: Agreement) -> set[frozenset[str]]:
    return {frozenset(found.people[user_id].name for user_id in g.key) for g in found.report.pairs}


@pytest.fixture
def play(app: Flask) -> Play:
    """Younes rated a tenth of what Amina rated, one level lower throughout."""
    return both_closed(play_twice(), first=3, second=2)


def test_the_coordinator_reads_criteria_domains_and_pairs_of_her_territory(play: Play) -> None:
    found = read(play.actor("Chaimae"))
    assert (found.visits, found.own, found.invented) == (1, False, False)
    assert {g.key for g in found.report.criteria} == set(chosen(play))
    assert {g.key for g in found.report.domains} == {found.criteria[code].domain for code in chosen(play)}
    assert names(found) == {frozenset({"Amina", "Younes"})}
    assert found.report.all.pairs == len(chosen(play))
    assert found.report.all.same == 0


def test_a_coordinator_of_elsewhere_reads_nothing(play: Play) -> None:
    elsewhere = make_user("coordinator", name="Najat", province="01.511")
    assert read(actor_of(elsewhere)).visits == 0


def test_the_auditor_and_the_ministry_read_the_whole_country(play: Play) -> None:
    fatima = make_person("Fatima", national=True)
    for actor in (play.actor("Hind"), actor_of(fatima)):
        assert read(actor).visits == 1


def test_both_of_a_pair_read_their_own_figures(play: Play) -> None:
    for name in ("Amina", "Younes"):
        found = read(play.actor(name))
        assert found.own
        assert names(found) == {frozenset({"Amina", "Younes"})}
        assert found.report.all.pairs == len(chosen(play))


def test_no_inspector_reads_how_two_colleagues_agree(play: Play) -> None:
    for name in ("Driss", "Salma"):  # they are on the file, but rated nothing
        found = read(play.actor(name))
        assert (found.visits, found.report.pairs, found.people) == (0, (), {})


def test_amina_does_not_read_what_another_member_rated_beside_younes(app: Flask) -> None:
    """Of one visit, on which Salma answered a part of the criteria, Amina reads only those that she answered herself."""
    first = play_twice("under_way")
    visit = another_play(first)
    team = [("Amina", True), ("Younes", False), ("Salma", False)]
    deeds.change_team(
        visit.actor("Chaimae"),
        inspection_id=visit.id,
        team=[deeds.MemberInput(visit.people[name].id, leader=leads) for name, leads in team],
        second_reader=visit.people["Driss"].id,
        responder=visit.people["Driss"].id,
        reason="Trois personnes.",
    )
    db.session.refresh(visit.inspection)
    choose(visit, share=20)
    declare_all(visit)
    deeds.start(visit.actor("Amina"), inspection_id=visit.id)
    codes = chosen(visit)
    salmas = codes[:3]
    visit.answer("Salma", codes=salmas)
    visit.answer("Amina", codes=[c for c in visit.codes() if c not in salmas])
    rate_all(visit)
    deeds.close_second_side(visit.actor("Younes"), inspection_id=visit.id)
    deeds.close_first_side(visit.actor("Amina"), inspection_id=visit.id)
    amina, salma, younes = (read(visit.actor(name)) for name in ("Amina", "Salma", "Younes"))
    assert names(amina) == {frozenset({"Amina", "Younes"})}
    assert names(salma) == {frozenset({"Salma", "Younes"})}
    assert names(younes) == names(amina) | names(salma)
    assert {g.key for g in salma.report.criteria} == set(salmas)


def test_what_is_not_opened_is_not_measured(app: Flask) -> None:
    play = play_twice()
    play.answer()
    rate_all(play)
    assert read(play.actor("Chaimae")).visits == 0
    deeds.close_second_side(play.actor("Younes"), inspection_id=play.id)
    assert read(play.actor("Chaimae")).visits == 0
    deeds.waive_double_rating(play.actor("Chaimae"), inspection_id=play.id, reason="Interrompue.")
    assert read(play.actor("Chaimae")).visits == 0


def test_agreement_is_that_of_the_blind_ratings_whatever_was_agreed_on_later(play: Play) -> None:
    before = read(play.actor("Chaimae")).report.all.matrix
    for code in chosen(play):
        deeds.save_answer(play.actor("Amina"), inspection_id=play.id, criterion=code, level=2)
    assert read(play.actor("Chaimae")).report.all.matrix == before


def test_a_criterion_that_one_finds_not_applicable_is_counted_apart(app: Flask) -> None:
    play = play_twice(share=30)
    play.answer(level=3)
    row_codes = chosen(play)
    from inspect_app.queries.frozen import checklist_of

    checklist = checklist_of(play.inspection)
    apart = next(c for c in row_codes if checklist.criterion(c).na_allowed and not checklist.criterion(c).critical)
    rate_all(play, 3)
    rate(play, operation(apart, None, not_applicable=True, na_reason="Pas de cuisine"))
    deeds.close_second_side(play.actor("Younes"), inspection_id=play.id)
    deeds.close_first_side(play.actor("Amina"), inspection_id=play.id)
    found = read(play.actor("Chaimae")).report
    assert (found.all.pairs, found.all.applicability) == (len(row_codes) - 1, 1)
    assert next(g for g in found.criteria if g.key == apart).state == "none"


def test_filters_narrow_to_a_region_and_a_category(play: Play) -> None:
    hind = play.actor("Hind")
    assert read(hind, region="04", category="children").visits == 1
    assert read(hind, region="01").visits == 0
    assert read(hind, category="women").visits == 0
