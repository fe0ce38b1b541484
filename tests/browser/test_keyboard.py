"""Everything by keyboard: in reach, in sight, and usable."""

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import NARROW, WIDE, settle
from tests.browser.pages import HEAD, MANAGER

REVIEW = "/t/larkmoor/reviews/customer-orders/2026-10/"
MOST_STOPS = 400
# Where the focus is: its words, the width of its ring (its own, or of the frame around it), and whether it is seen.
FOCUS = """() => {
    const element = document.activeElement;
    const width = each => {
        const style = getComputedStyle(each);
        return style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth);
    };
    const box = element.getClientRects()[0] || element.getBoundingClientRect();
    const shown = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const label = element.labels && element.labels[0];
    const said = element.getAttribute('aria-label') || element.textContent;
    const words = said || (label && label.textContent) || element.name;
    return {
        words: (words || '').replace(/\\s+/g, ' ').trim().slice(0, 60),
        at_start: element === document.body,
        ring: Math.max(width(element), width(element.parentElement || element)),
        in_sight: shown !== null && element.contains(shown),
    };
}"""


def tab_through(page):
    """Each stop of the Tab key until the page ends."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["at_start"]:
            return
        yield stop
    pytest.fail(f"Tab does not come to the end of the page in {MOST_STOPS} stops")


def tab_to(page, words):
    """Press Tab until the focus is on what bears these words."""
    for stop in tab_through(page):
        if stop["words"].startswith(words):
            return
    pytest.fail(f"Tab never reaches “{words}”")


@pytest.mark.parametrize(
    "size", [pytest.param(WIDE, id="wide"), pytest.param(NARROW, id="phone", marks=pytest.mark.long)]
)
@pytest.mark.parametrize(
    ("name", "path"),
    [
        pytest.param(HEAD, "/t/larkmoor/", id="home"),
        pytest.param(HEAD, REVIEW, id="review"),
        pytest.param(HEAD, "/t/larkmoor/services/", id="catalogue"),
        pytest.param(MANAGER, "/t/larkmoor/workbench/", id="workbench"),
    ],
)
def test_the_focus_is_seen_at_every_stop(person, name, path, size):
    page = person(name, viewport=size)
    page.goto(path)
    settle(page)

    stops = list(tab_through(page))

    assert len(stops) > 10
    assert [stop for stop in stops if stop["ring"] < 2] == [], "no ring"
    assert [stop for stop in stops if not stop["in_sight"]] == [], "out of sight"


def test_the_first_stop_leads_past_the_menu(person):
    page = person(HEAD)
    page.goto(REVIEW)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_a_figure_is_questioned_by_keyboard_alone(person):
    page = person(HEAD)
    page.goto(REVIEW)
    settle(page)
    tab_to(page, "Acknowledge")
    tab_to(page, "Ask a question")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Which orders came back later?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    settle(page)

    expect(page.get_by_role("status").get_by_text("Your question is with IT.")).to_be_visible()
    expect(page.get_by_role("complementary").get_by_text("Which orders came back later?")).to_be_visible()
