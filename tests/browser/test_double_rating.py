"""Two inspectors rate the same criteria, each on a tablet of their own, and see each other only when both are done."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from inspect_app.adapters import clock
from inspect_app.models import db
from inspect_app.queries import inspections as questions
from inspect_app.services import inspections as deeds
from tests.browser.cast import PROVINCE, make_cast
from tests.browser.pages import press
from tests.browser.person import TABLET, People, Person
from tests.browser.test_accessibility import LANGUAGES, plain_faults, violations
from tests.factories.double_ratings import both_closed, chosen, play_twice
from tests.factories.inspections import Play
from tests.factories.users import actor_of, make_user

pytestmark = pytest.mark.browser


@pytest.fixture
def play(live: Flask) -> Play:
    """A visit under way, of people of its own, on which Younes rates a part apart."""
    cast = make_cast(live)
    younes = make_user("inspector", name="Younes", name_ar="يونس", province=PROVINCE, body="health")
    people = {"Chaimae": cast.chaimae, "Amina": cast.amina, "Younes": younes, "Driss": cast.driss, "Salma": cast.salma}
    inspection = deeds.plan_inspection(
        actor_of(cast.chaimae),
        institution_id=cast.institution.id,
        kind="periodic",
        planned_on=clock.today(),
        team=[deeds.MemberInput(cast.amina.id, leader=True), deeds.MemberInput(younes.id)],
        second_reader=cast.driss.id,
        responder=cast.salma.id,
    )
    return play_twice("under_way", Play(cast.institution, inspection, people))


def ratings(play: Play) -> dict[str, str | None]:
    """What the database holds of Younes's ratings."""
    db.session.rollback()
    row = questions.double_rating_of(play.id)
    assert row is not None
    return {code: r.code for code, r in questions.second_ratings(row.id).items()}


def tap(younes: Person, code: str, answer: str) -> None:
    """Tap a level and wait until it is saved."""
    card = younes.page.locator(f"#c-{code}")
    with younes.page.expect_response(lambda r: "/second-rating/" in r.url and r.status == 200):
        card.locator(f"input[name=answer][value='{answer}']").check(force=True)
    expect(card.locator(".save-saved")).to_be_visible()


def test_younes_rates_apart_and_both_compare_when_both_are_closed(people: People, play: Play) -> None:
    codes = chosen(play)
    play.answer(level=3)
    younes = people.comes_signed_in(play.people["Younes"], TABLET, "ar", "Younes")
    younes.opens(f"/inspections/{play.id}")
    younes.page.locator("main a[href$='/second-rating']").first.click()
    younes.page.locator(f"#c-{codes[0]}").wait_for()
    for code in codes:
        tap(younes, code, "1")
    tap(younes, codes[0], "3")
    younes.page.locator(f"#note-{codes[0]}").fill("السجل محين")
    with younes.page.expect_response(lambda r: "/second-rating/" in r.url):
        younes.page.locator(f"#note-{codes[0]}").blur()
    assert ratings(play) == {code: "3" if code == codes[0] else "1" for code in codes}
    younes.page.reload()
    expect(younes.page.locator(f"#c-{codes[0]} input[value='3']")).to_be_checked()
    expect(younes.page.locator(f"#note-{codes[0]}")).to_have_value("السجل محين")
    press(younes.page, younes.page.locator("form[action$='/second-rating/close'] [type=submit]"))
    assert younes.page.locator("main article").count() == 0  # the other side is still open

    amina = people.comes_signed_in(play.people["Amina"], TABLET, "ar", "Amina")
    amina.opens(f"/inspections/{play.id}/double-rating")
    assert codes[1] not in amina.reads()
    press(amina.page, amina.page.locator("form[action$='/double-rating/close'] [type=submit]"))
    assert amina.page.locator("main article").count() == len(codes) - 1
    for person in (younes, amina):
        person.opens(f"/inspections/{play.id}/double-rating")
        assert codes[1] in person.reads()


def test_a_tap_without_a_line_says_so_and_is_sent_again(people: People, play: Play) -> None:
    code = chosen(play)[0]
    younes = people.comes_signed_in(play.people["Younes"], TABLET, "fr", "Younes")
    younes.opens(f"/inspections/{play.id}/second-rating")
    card = younes.page.locator(f"#c-{code}")
    younes.page.wait_for_load_state("networkidle")
    younes.context.set_offline(True)
    card.locator("input[name=answer][value='2']").check(force=True)
    expect(card.locator("[data-not-saved]")).to_be_visible()
    expect(card.locator("input[value='2']")).to_be_checked()
    assert ratings(play) == {}
    younes.context.set_offline(False)
    card.locator("[data-not-saved] [type=submit]").click()
    expect(card.locator(".save-saved")).to_be_visible()
    expect(card.locator("[data-not-saved]")).to_be_hidden()
    assert ratings(play) == {code: "2"}
    younes.faults.clear()  # the console complains of the cut line, as it should


def test_quick_taps_end_with_the_last_one(people: People, play: Play) -> None:
    code = chosen(play)[0]
    younes = people.comes_signed_in(play.people["Younes"], TABLET, "fr", "Younes")
    younes.opens(f"/inspections/{play.id}/second-rating")
    younes.page.wait_for_load_state("networkidle")
    for answer in "0132":
        younes.page.locator(f"#r-{code}-{answer}").evaluate("radio => radio.click()")
    younes.page.wait_for_load_state("networkidle")
    expect(younes.page.locator(f"#c-{code} .save-saved")).to_be_visible()
    younes.page.wait_for_timeout(500)
    assert ratings(play) == {code: "2"}


def test_without_scripts_younes_saves_with_a_button(people: People, play: Play) -> None:
    code = chosen(play)[0]
    plain = people.comes_signed_in(play.people["Younes"], TABLET, "fr", "Younes")
    cookies = plain.context.cookies()
    context = people.browser.new_context(java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(f"{people.server.url}/inspections/{play.id}/second-rating")
    page.locator(f"#r-{code}-1").check(force=True)
    page.locator(f"#c-{code} noscript button, #c-{code} form > button").first.click()
    page.wait_for_load_state()
    context.close()
    assert ratings(play) == {code: "1"}


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_pages_of_double_rating_are_for_everybody(people: People, play: Play, language: str) -> None:
    wrong = []

    def look(person: Person, path: str) -> None:
        person.opens(f"{path}?lang={language}")
        found = plain_faults(person.page, language) + violations(person.page)
        wrong.extend(f"{path} as {person.name}: {fault}" for fault in found)

    younes = people.comes_signed_in(play.people["Younes"], TABLET, language, "Younes")
    amina = people.comes_signed_in(play.people["Amina"], TABLET, language, "Amina")
    chaimae = people.comes_signed_in(play.people["Chaimae"], (1280, 800), language, "Chaimae")
    for person in (younes, amina, chaimae):
        look(person, f"/inspections/{play.id}/double-rating")
    look(younes, f"/inspections/{play.id}/second-rating")
    both_closed(play)
    look(amina, f"/inspections/{play.id}/double-rating")
    look(amina, "/agreement/")
    look(chaimae, "/agreement/")
    assert not wrong, "\n" + "\n".join(wrong)
