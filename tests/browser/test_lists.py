"""Lists in the hand: filters that leave room for them, and links that a finger hits."""

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.browser.person import DESKTOP, PHONE, People
from tests.browser.server import Server
from tests.factories.institutions import make_institution
from tests.factories.users import make_user

pytestmark = pytest.mark.browser

_LISTS = ("/institutions/", "/inspections/")
_LOW = """least => [...document.querySelectorAll('.table a, .breadcrumb a, .filters summary')]
  .filter(a => a.offsetParent && a.getBoundingClientRect().height < least - 0.5).map(a => a.outerHTML)"""


def test_on_a_phone_filters_are_folded_until_somebody_opens_them(people: People, server: Server, live: Flask) -> None:
    make_institution(province_code="04.421")
    chaimae = make_user("coordinator", region="04")
    phone = people.comes_signed_in(chaimae, PHONE, "fr")
    desk = people.comes_signed_in(chaimae, DESKTOP, "fr")
    phone.opens("/institutions/?category=children")
    category = phone.page.locator("select[name=category]")
    expect(category).to_be_hidden()
    expect(phone.page.locator("input[name=q]")).to_be_visible()
    expect(phone.page.locator(".filters summary .tag")).to_be_visible()
    phone.page.locator(".filters summary").tap()
    expect(category).to_be_visible()
    desk.opens("/institutions/")
    expect(desk.page.locator("select[name=category]")).to_be_visible()
    expect(desk.page.locator(".filters summary")).to_be_hidden()


@pytest.mark.parametrize("finger", [True, False])
def test_links_of_lists_are_high_enough_for_a_finger_or_a_mouse(
    chromium: Browser, people: People, server: Server, live: Flask, finger: bool
) -> None:
    home = make_institution(province_code="04.421")
    fatima = make_user("ministry_officer", national=True)
    person = people.comes_signed_in(fatima, DESKTOP, "fr")
    cookies = person.context.cookies()
    context = chromium.new_context(viewport={"width": 800, "height": 1000}, has_touch=finger, is_mobile=finger)
    context.add_cookies([{"name": c["name"], "value": c["value"], "url": server.url} for c in cookies])
    page = context.new_page()
    low = []
    for path in (*_LISTS, f"/institutions/{home.id}"):
        page.goto(server.url + path)
        low += page.evaluate(_LOW, 44 if finger else 24)
    context.close()
    assert low == []


def test_without_scripts_filters_are_there_for_everybody(
    chromium: Browser, people: People, server: Server, live: Flask
) -> None:
    ilyas = make_user("support_officer", region="04")
    cookies = people.comes_signed_in(ilyas, DESKTOP, "fr").context.cookies()
    for width in (390, 1280):
        context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
        context.add_cookies([{"name": c["name"], "value": c["value"], "url": server.url} for c in cookies])
        page = context.new_page()
        page.goto(f"{server.url}/institutions/")
        if width < 576:
            page.locator(".filters summary").click()
        page.locator("select[name=category]").select_option("children")
        page.locator(".filters [type=submit]").click()
        assert "category=children" in page.url
        context.close()
