"""How a person gets to a page: by the menu and by the links of the pages before, never by its address."""

import time

from playwright.sync_api import Locator, Page, expect

from tests.browser.chromium import NARROW

PATIENCE = 300


def go(page: Page, entry: str) -> None:
    """To a page of the menu; on a phone the menu is opened first, and elsewhere “More” where the bar has no room."""
    if page.viewport_size == NARROW:
        page.locator("summary", has_text="Your menu").click()
    menu = page.get_by_role("navigation", name="Main")
    expect(menu).to_be_visible()
    link = menu.get_by_role("link", name=entry)
    if not link.count():
        menu.locator("summary", has_text="More").click()
    with page.expect_navigation():
        link.click()


def review_row(page: Page, unit: str, words: str) -> Locator:
    """The line of a unit's review in the list of all reviews."""
    return page.locator("tr", has_text=words).filter(has_text=unit)


def open_review(page: Page, unit: str, words: str) -> None:
    """From the menu to the newest edition, or to the draft."""
    go(page, "Reviews")
    review_row(page, unit, words).get_by_role("link", name=words, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{words} service review")


def open_meeting(page: Page, unit: str, words: str) -> None:
    """From the review to its meeting."""
    open_review(page, unit, words)
    page.get_by_role("link", name="The meeting: agenda, decisions and minutes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review meeting")


def wait_for(page: Page, thing: Locator) -> None:
    """Look again until the workers have made it."""
    end = time.monotonic() + PATIENCE
    while not thing.is_visible():
        assert time.monotonic() < end, f"not there after {PATIENCE} s: {thing}"
        page.wait_for_timeout(500)
        page.reload()
