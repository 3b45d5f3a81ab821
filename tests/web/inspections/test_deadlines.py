"""The list and the file say what is due by when, and what is late."""

from datetime import timedelta

import pytest

from inspect_app.adapters import clock
from inspect_app.queries import inspections as questions
from tests.factories.inspections import play_until
from tests.factories.users import sign_in


@pytest.mark.parametrize(
    ("state", "days", "late"),
    [
        ("under_way", 400, False),
        ("submitted", 9, False),
        ("submitted", 30, True),
        ("draft_sent", 30, True),
        ("responding", 30, False),
        ("responding", 70, True),
        ("final", 400, False),
    ],
)
def test_chaimae_finds_what_is_late_by_the_same_rule_as_the_file(app, state, days, late) -> None:
    play = play_until(state)
    with clock.frozen(clock.now() + timedelta(days=days)):
        found = questions.page_of(play.actor("Chaimae"), questions.Filters(late=True)).items
        assert [row.id for row in found] == ([play.id] if late else [])
        assert any(d.late for d in questions.deadlines_of(play.inspection)) == late


def test_late_is_said_in_words_on_the_list_and_in_the_file(app, client) -> None:
    play = play_until("submitted")
    for days, late in ((0, False), (40, True)):
        with clock.frozen(clock.now() + timedelta(days=days)):
            sign_in(client, play.people["Chaimae"])
            for address in ("/inspections/", f"/inspections/{play.id}"):
                page = client.get(f"{address}?lang=en").text
                assert "Draft report sent to the director:" in page
                assert ("Late</span>" in page) == late, address
            assert (play.inspection.reference in client.get("/inspections/?late=yes").text) == late
