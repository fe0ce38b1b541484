"""Every page of the URLconf: shown, accessible in both themes, narrow enough for a phone, and without complaints."""

import pytest
from django.test import RequestFactory

from tests.browser import axe, chromium, pages

OPEN = "document.querySelectorAll('details:not(.p-menu)').forEach(each => { each.open = true; })"
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
    .filter(each => each.getBoundingClientRect().right > innerWidth + 1).slice(0, 5)
    .map(each => `${each.tagName.toLowerCase()}.${each.className}`)"""
CUT_OFF = """() => [...document.querySelectorAll('.p-box *')].filter(each => {
    const box = each.closest('.p-box'), edge = box.getBoundingClientRect().right, own = each.getBoundingClientRect();
    const scrolls = getComputedStyle(box).overflowX === 'auto' || each.closest('.p-scroll, .p-map');
    return own.width && own.right > edge + 1 && !scrolls && !each.closest('svg, .visually-hidden');
}).slice(0, 5).map(each => `${each.tagName.toLowerCase()}.${each.className}`)"""
PAGES = [pytest.param(each, id=each.name) for each in pages.pages() if pages.is_offered(each)]
# Every third page in each run, light and dark in turn; the long run looks at each page in both.
IN_TURN = [
    pytest.param(*page.values, chromium.THEMES[number % 2], id=f"{page.id}-{chromium.THEMES[number % 2]}")
    for number, page in enumerate(PAGES[::3])
]
HIDDEN = [pytest.param(each, id=each.name) for each in pages.pages() if not pages.is_offered(each)]
POSTED = [pytest.param(each, id=each.name) for each in pages.addresses() if not pages.answers_get(each.view)]


def look_at(address, theme, found, tab):
    """The page is there for its reader, keeps every rule, fits on a phone, and complains of nothing."""
    page, faults = tab(address.reader)
    page.emulate_media(color_scheme=theme)
    response = chromium.visit(page, address.path(found))
    assert response.status == 200
    assert address.name == "account_login" or "/account/login/" not in page.url
    if "text/html" not in response.headers["content-type"]:
        return
    chromium.settle(page)
    page.evaluate(OPEN)

    assert axe.violations(page) == []
    page.set_viewport_size(chromium.NARROW)
    assert page.evaluate(TOO_WIDE) == [], "a phone scrolls sideways"
    assert page.evaluate(CUT_OFF) == [], "a phone cuts it off"
    assert faults.take() == []


@pytest.mark.parametrize(("address", "theme"), IN_TURN)
def test_a_page_is_shown_to_everybody(address, theme, found, tab):
    look_at(address, theme, found, tab)


@pytest.mark.long
@pytest.mark.parametrize("theme", chromium.THEMES)
@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_shown_in_both_themes(address, theme, found, tab):
    look_at(address, theme, found, tab)


@pytest.mark.parametrize("address", HIDDEN)
def test_what_is_not_offered_is_not_there(address, found, browser_of):
    response = browser_of(address.reader).request.get(address.path(found))

    assert response.status == 404 or response.url.endswith("/account/login/")


@pytest.mark.parametrize("address", POSTED)
def test_what_is_no_page_refuses_to_be_looked_at(address):
    assert address.view(RequestFactory().get("/")).status_code == 405
