"""Each figure of a card says why it is what it is, and says the same as the card."""

from inspect_app.queries.reports import answers_at
from inspect_app.queries.scorecards import latest_card
from inspect_app.queries.why import why
from tests.factories.reports import reported_play


def test_what_is_explained_is_what_stands_on_the_card(app):
    play = reported_play()
    inspection = play.inspection
    card = latest_card(inspection.id)
    whys = why(inspection, answers_at(inspection, "final"))
    assert whys.node("score").shown == str(card.card["score"])
    assert whys.node("level").shown == card.level
    figures = {code: f"{group.rounded:f}" for code, group in whys.domains.items() if group.rounded is not None}
    assert figures == {d["code"]: d["score"] for d in card.card["domains"] if d["score"] is not None}


def test_the_figure_of_a_domain_is_made_of_its_criteria_and_nothing_else(app):
    play = reported_play()
    whys = why(play.inspection, answers_at(play.inspection, "final"))
    parts = [part for _, _, rows in whys.parts("FOD") for part in rows]
    assert {part.criterion.domain for part in parts} == {"FOD"}
    scored = [part for part in parts if part.answer not in (None, "na")]
    top = sum(int(part.answer) * part.criterion.weight for part in scored)
    bottom = sum(3 * part.criterion.weight for part in scored)
    assert whys.domains["FOD"].exact * bottom == 100 * top


def test_an_answer_that_the_reader_must_not_see_yet_stands_nowhere(app):
    play = reported_play()
    answers = answers_at(play.inspection, "final")
    code = next(code for code, answer in answers.items() if answer.level is not None)
    whys = why(play.inspection, answers, without=[code])
    part = next(p for _, _, rows in whys.parts(code[:3]) for p in rows if p.criterion.code == code)
    assert part.answer is None
    assert code not in whys.domains[code[:3]].binding


def test_a_visit_without_an_answer_explains_nothing(app):
    whys = why(reported_play().inspection, {})
    assert whys.node("level") is None
    assert whys.weighed == []
