"""Brahim tries out what would change the result, on his phone, and nothing of it is kept."""

import re

from inspect_app.domain.scoring.way import Way
from inspect_app.models import AnswerRevision, db
from inspect_app.queries.what_if import ground_of
from tests.factories.inspections import play_until
from tests.factories.institutions import make_institution
from tests.factories.reports import reported_play
from tests.factories.users import make_person, make_user, sign_in


def _ways(play) -> tuple[Way, ...]:
    found = ground_of(play.actor("Brahim"), play.institution.id)
    assert found is not None
    return found.stand.ways()


def _seen(client, address: str, **headers: str) -> str:
    answer = client.get(address, headers={k.replace("_", "-"): v for k, v in headers.items()})
    assert answer.status_code == 200, answer.status
    return answer.get_data(as_text=True)


def test_the_desk_tells_brahim_which_criteria_lead_to_the_next_level_and_what_each_is_worth(client):
    play = reported_play()
    sign_in(client, play.people["Brahim"])
    page = _seen(client, "/desk?lang=en")
    way = page[page.index('id="way"') : page.index('id="domains"')]
    first = _ways(play)[0]
    told = re.findall(rf"/desk/{play.institution.id}/criteria/([A-Z0-9-]+)", way)
    assert told[: len(first.changes)] == [change.criterion for change in first.changes]
    assert re.search(r"Mend (this|these) .{1,15} and the result would be “", way)
    assert f"Adds {first.changes[0].points} points to the whole" in way
    assert "only a new visit can establish the level" in way


def test_following_the_way_on_the_what_if_page_gives_the_level_that_was_told(client):
    play = reported_play()
    sign_in(client, play.people["Brahim"])
    way = _ways(play)[0]
    page = _seen(client, f"/desk/what-if?institution={play.institution.id}&way={way.level}&lang=en")
    bar = page[page.index('id="bar"') : page.index('id="outcome"')]
    assert re.findall(r"level level-(\w+)", bar) == ["conditional", way.reaches]
    assert f"{way.score} %" in bar.replace("&nbsp;", " ")
    assert "This is a simulation, not a promise." in page
    for change in way.changes:
        chosen = re.search(rf'name="{change.criterion}">.*?</select>', page, re.S)
        assert chosen
        assert f'<option value="{change.to_level}" selected>' in chosen[0]


def test_without_script_brahim_sends_the_form_and_with_it_only_the_result_comes_back(client):
    play = reported_play()
    sign_in(client, play.people["Brahim"])
    change = _ways(play)[-1].changes[0]
    address = f"/desk/what-if?{change.criterion}={change.to_level}&lang=en"
    whole, part = _seen(client, address), _seen(client, address, HX_Request="true")
    assert "<form" in whole
    assert "<form" not in part.split("<!doctype", 1)[0]
    assert 'id="outcome"' in part
    assert 'hx-swap-oob="true"' in part
    assert "With 1 change" in whole
    assert "With 1 change" in part
    assert client.get(address).headers["Vary"].count("HX-Request") == 1


def test_nothing_that_is_tried_out_is_kept(client):
    play = reported_play()
    sign_in(client, play.people["Brahim"])
    before = db.session.query(AnswerRevision).count(), _ways(play)
    _seen(client, "/desk/what-if?way=distinction")
    assert (db.session.query(AnswerRevision).count(), _ways(play)) == before


def test_levels_that_do_not_exist_and_criteria_that_were_not_asked_change_nothing(client):
    play = reported_play()
    sign_in(client, play.people["Brahim"])
    code = _ways(play)[0].changes[0].criterion
    for query in (f"{code}=9", f"{code}=-1", f"{code}=x", f"{code}=", "ZZZ-01=3", "way=moon"):
        page = _seen(client, f"/desk/what-if?lang=en&{query}")
        assert "With 1 change" not in page


def test_a_draft_is_not_played_with(client):
    play = reported_play("draft_sent", earlier=False, photos=0)
    sign_in(client, play.people["Brahim"])
    assert 'id="way"' not in _seen(client, "/desk?lang=en")
    assert "No final report yet" in _seen(client, "/desk/what-if?lang=en")


def test_while_a_second_visit_is_a_draft_the_way_starts_from_the_final_report_and_says_so(client):
    play = reported_play("draft_sent", photos=0)
    sign_in(client, play.people["Brahim"])
    page = _seen(client, "/desk?lang=en")
    way = page[page.index('id="way"') : page.index('id="domains"')] if 'id="way"' in page else ""
    found = ground_of(play.actor("Brahim"), play.institution.id)
    assert found is not None
    assert found.visit.inspection.id != play.id
    assert bool(way) == bool(found.stand.ways())
    assert not way or "the draft is not counted before it is final" in way


def test_a_director_of_another_institution_finds_nothing(client):
    play = reported_play()
    other = make_user("director", name="Rachid", institution=make_institution())
    sign_in(client, other)
    assert client.get(f"/desk/what-if?institution={play.institution.id}").status_code == 404


def test_chaimae_and_ilyas_try_it_out_for_an_institution_of_their_territory_only(client):
    play = reported_play()
    for who in (play.people["Chaimae"], make_person("Ilyas", province=play.institution.province_code)):
        sign_in(client, who)
        page = _seen(client, f"/institutions/{play.institution.id}/what-if?way=accredited&lang=en")
        assert re.search(r"With \d+ change", page)
    sign_in(client, make_user("support_officer", name="Imane", province="01.511"))
    assert client.get(f"/institutions/{play.institution.id}/what-if").status_code == 404


def test_whoever_declared_a_conflict_on_the_visit_does_not_read_it_through_what_if_either(client):
    play = reported_play()
    place = next(one for one in play.inspection.reviewers if one.user_id == play.people["Salma"].id)
    place.conflict = "declared"
    db.session.commit()
    sign_in(client, play.people["Salma"])
    assert client.get(f"/institutions/{play.institution.id}/what-if").status_code == 403


def test_hind_the_auditor_may_try_it_out_too(client):
    play = reported_play()
    sign_in(client, play.people["Hind"])
    page = _seen(client, f"/institutions/{play.institution.id}/what-if?way=accredited&lang=en")
    assert re.search(r"With \d+ change", page)


def test_an_institution_where_everything_is_met_is_told_that_nothing_is_left(client):
    play = play_until("final", level=3)
    play.institution.authorised = True
    sign_in(client, play.people["Brahim"])
    assert "nothing to try out" in _seen(client, "/desk/what-if?lang=en")
