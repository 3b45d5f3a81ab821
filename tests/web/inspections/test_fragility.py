"""Driss, the second reader, sees first the answers on which the level hangs."""

import re

from inspect_app.queries.fragility import fragility_of, to_read_with_care
from inspect_app.services import inspections as deeds
from tests.factories.inspections import Play, operation, play_until
from tests.factories.users import sign_in


def _submitted(**levels: int) -> Play:
    """A visit sent to Driss: everything fully met, but for some criteria."""
    play = play_until("under_way")
    operations = [operation(code, levels.get(code.replace("-", "_"), 3)) for code in play.codes()]
    deeds.apply_operations(play.actor("Amina"), inspection_id=play.id, operations=operations)
    deeds.submit(play.actor("Amina"), inspection_id=play.id)
    return play


def _sees(client, play: Play, address: str, who: str = "Driss") -> str:
    sign_in(client, play.people[who])
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_driss_is_shown_the_answers_on_which_the_level_hangs_before_all_others(client):
    play = _submitted(BLD_02=1)
    page = _sees(client, play, f"/inspections/{play.id}/review?lang=en")
    expected = fragility_of(play.inspection)
    assert expected.fragile
    assert "BLD-02" in expected.criteria
    told = page[page.index('id="fragile"') :].split("</section>")[0]
    assert re.findall(r'href="#c-([A-Z0-9-]+)"', told) == list(expected.criteria)
    assert "One level lower or higher for a single one of them" in told
    assert page.index('id="fragile"') < page.index('id="d-GOV"')
    row = page[page.index('id="c-BLD-02"') :].split("</h3>")[0]
    assert "The level hangs on it" in row


def test_driss_singles_them_out_with_the_filter(client):
    play = _submitted(BLD_02=1)
    page = _sees(client, play, f"/inspections/{play.id}/review?lang=en&show=fragile")
    assert set(re.findall(r'id="c-([A-Z0-9-]+)"', page)) == set(fragility_of(play.inspection).criteria)
    other = _sees(client, play, f"/inspections/{play.id}/review?lang=en&show=na")
    assert 'id="fragile"' not in other


def test_the_list_tells_driss_and_nobody_else_which_visit_asks_for_special_attention(client):
    play = _submitted(BLD_02=1)
    assert re.search(r"The level hangs on \d+ answer", _sees(client, play, "/inspections/?lang=en"))
    assert "The level hangs on" not in _sees(client, play, "/inspections/?lang=en", "Chaimae")
    assert to_read_with_care(play.actor("Driss"), [play.inspection]) == {
        play.id: len(fragility_of(play.inspection).criteria)
    }


def test_once_read_the_visit_asks_for_no_attention_any_more(client):
    play = play_until("accepted", _submitted(BLD_02=1))
    assert to_read_with_care(play.actor("Driss"), [play.inspection]) == {}
