"""Brahim, the director, reads in one minute where his institution stands and what to do first."""

import re
from datetime import timedelta

import pytest

from inspect_app.adapters import clock
from tests.factories.inspections import play_until
from tests.factories.institutions import make_institution
from tests.factories.reports import NOTE_AR, reported_play
from tests.factories.users import make_person, make_user, sign_in


def headings(page: str) -> list[str]:
    return re.findall(r'<h2 id="(\w+)"', page)


def brahim_sees(client, play, address: str = "/desk?lang=en") -> str:
    sign_in(client, play.people["Brahim"])
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_before_the_first_report_brahim_is_told_what_will_come(client):
    play = play_until("accepted")
    page = brahim_sees(client, play)
    assert "No visit has been reported yet" in page
    assert "/standards/children" in page
    assert "score-card" not in page


def test_brahim_reads_standing_first_things_domains_report_and_history_in_this_order(client):
    play = reported_play()
    page = brahim_sees(client, play)
    assert headings(page) == ["stand", "first", "way", "plan", "domains", "report", "history"]
    assert "Conditional" in page
    assert "At this level since" in page
    assert "not a decision on accreditation" in page
    assert page.count("<svg viewBox") == 1
    assert f"/reports/{play.id}/final.ar.pdf" in page
    assert f"/reports/{play.id}/final.fr.pdf" in page
    assert "style=" not in page


def test_brahim_asks_why_of_the_level_the_score_and_each_domain(client):
    page = brahim_sees(client, reported_play())
    assert page.count('class="why-box"') == 2 + page.count('class="row-head"')
    assert "reaches the threshold of" in page
    assert "Each level is multiplied by the weight of its criterion" in page


def test_brahim_reads_which_criterion_holds_the_level_down_and_each_level_as_the_number_it_counts_as(client):
    play = reported_play()
    page = brahim_sees(client, play, "/desk?lang=fr")
    stand = page[page.index('id="stand"') : page.index('id="first"')]
    assert re.search(r'class="limits">.*BLD-02</span> <bdi[^>]*>Prévention de l', stand, re.S)
    assert re.search(r'<span class="number">2</span> · Largement satisfait', page)
    assert re.search(r'class="muted mb-0 arithmetic" dir="ltr">100 × \(.* = \d+,\d+', page)


def test_what_limits_the_level_comes_first_with_what_was_seen_who_helps_and_by_when(client):
    play = reported_play()
    page = brahim_sees(client, play)
    first = page[page.index('id="first"') :].split("<li", 2)[1]
    assert "BLD-02" in first
    assert "Limits the level" in first
    assert NOTE_AR in first
    assert "Equipment" in first
    assert "By " in first
    assert re.search(r"Show \d+ more", page)


def test_a_draft_that_waits_shows_the_days_left_and_the_way_to_observe(client):
    play = reported_play("draft_sent", earlier=False, photos=0)
    page = brahim_sees(client, play)
    assert "A draft report waits for your observations" in page
    assert "days are left" in page
    assert "Draft, not final" in page
    assert f"/inspections/{play.id}/observations" in page
    assert f"/reports/{play.id}/draft.ar.pdf" in page
    assert f"/reports/{play.id}/final.ar.pdf" not in page


def test_after_the_delay_nothing_can_be_observed_any_more(client):
    play = reported_play("draft_sent", earlier=False, photos=0)
    play.inspection.observations_due_on = clock.today() - timedelta(days=1)
    page = brahim_sees(client, play)
    assert "waits for your observations" not in page
    assert "The delay for observations is over" in page


def test_while_a_second_visit_is_a_draft_the_level_of_the_first_still_holds(client):
    play = reported_play("draft_sent", photos=0)
    page = brahim_sees(client, play)
    assert "the level of the last one holds" in page


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_pages_speak_the_language_of_the_reader(client, language):
    play = reported_play()
    for address in ("/desk", "/desk/visits", f"/desk/{play.institution.id}/criteria/BLD-02"):
        page = brahim_sees(client, play, f"{address}?lang={language}")
        assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in page
        assert page.count("<h1") == 1


def test_brahim_follows_one_criterion_over_the_visits(client):
    play = reported_play()
    page = brahim_sees(client, play, f"/desk/{play.institution.id}/criteria/BLD-02?lang=en")
    assert page.count('<th scope="row">') == 2
    assert "Begun" in page  # after the observation
    assert "Mostly met" in page  # on the visit before
    assert NOTE_AR in page


def test_what_is_still_being_answered_is_not_told_before_the_final_report(client):
    from inspect_app.models import Observation, db
    from inspect_app.services import inspections as deeds

    play = reported_play("responding", earlier=False, photos=0)
    observation = db.session.query(Observation).filter_by(inspection_id=play.id, criterion="BLD-02").one()
    deeds.respond(
        play.actor("Salma"),
        inspection_id=play.id,
        observation_id=observation.id,
        outcome="accepted",
        reasons="صحيح.",
        new_level=3,
    )
    page = brahim_sees(client, play, f"/desk/{play.institution.id}/criteria/BLD-02?lang=en")
    assert "Not met" in page
    assert "Fully met" not in page.split("What each visit found")[-1]


def test_a_director_of_two_institutions_chooses(client):
    play = play_until("final")
    second = make_institution(name_fr="Dar Taliba Second")
    from inspect_app.models import UserScope

    play.people["Brahim"].scopes.append(UserScope(institution_id=second.id))
    page = brahim_sees(client, play)
    assert "My institutions" in page
    assert "Dar Taliba Second" in page
    page = brahim_sees(client, play, f"/desk?lang=en&institution={play.institution.id}")
    assert "Where we stand" in page
    assert "Another institution" in page


def test_a_director_without_institution_is_told_whom_to_ask(client):
    sign_in(client, make_person("Brahim"))
    assert "tell them the name of your institution" in client.get("/desk?lang=en").get_data(as_text=True)


def test_another_institution_is_not_found(client):
    play = play_until("final")
    other = make_institution()
    sign_in(client, play.people["Brahim"])
    assert client.get(f"/desk?institution={other.id}").status_code == 404
    assert client.get("/desk?institution=abc").status_code == 404
    assert client.get(f"/desk/visits?institution={other.id}").status_code == 404
    assert client.get(f"/desk/{other.id}/criteria/BLD-02").status_code == 404
    assert client.get(f"/desk/{play.institution.id}/criteria/XXX-99").status_code == 404


def test_nobody_but_directors_has_a_desk(client):
    for role in ("inspector", "coordinator", "ministry_officer", "auditor", "administrator"):
        sign_in(client, make_user(role, national=True))
        assert client.get("/desk").status_code == 403
