"""A review that was written as somebody of IT would write it is made readable with the tools of its editor alone."""

from playwright.sync_api import Page, expect

from portal.language.jargon.check import find_jargon
from tests.browser.pages import MANAGER
from tests.browser.test_review import REVIEWS, wait_for

UNIT, MONTH, WORDS = "customer-orders", "2026-05", "May 2026"
REVIEW = f"{REVIEWS}{UNIT}/{MONTH}/"
PROSE = "We rolled back the hypervisor of the API server; see max_conn_age."


def test_words_of_it_are_said_plainly_before_the_review_is_issued(person):
    manager = person(MANAGER)
    draft(manager)
    write(manager, PROSE)
    refused(manager)
    reword_all(manager)
    take_out(manager, "see max_conn_age")

    issue(manager)

    expect(manager.get_by_text("Words that stay as they are")).to_have_count(0)
    cover = manager.locator("#in-short").inner_text()
    assert [each.words for each in find_jargon(cover) if not each.is_hint] == []
    assert "previous version" in cover


def draft(manager: Page) -> None:
    manager.goto(REVIEWS)
    manager.get_by_text("Draft a review", exact=True).click()
    manager.get_by_label("Business unit").select_option(label="Customer Orders")
    manager.get_by_label("Month").fill(MONTH)
    manager.get_by_role("button", name="Draft it").click()
    wait_for(manager, manager.get_by_role("link", name=f"Edit the review of Customer Orders, {WORDS}"))


def write(manager: Page, prose: str) -> None:
    """The words are told in the box while one writes, before anything is saved."""
    manager.goto(f"{REVIEW}edit/")
    manager.get_by_role("link", name="Change it").first.click()
    sentence = manager.get_by_label("Sentence")
    sentence.press("End")
    sentence.press_sequentially(f" {prose}")
    expect(manager.get_by_role("button", name="Say “returned to the previous version”")).to_be_visible()
    manager.get_by_role("button", name="Save the sentence").click()
    expect(manager.get_by_text("The sentence is changed.")).to_be_visible()


def refused(manager: Page) -> None:
    """Without a reason it is not issued, and the page says which words and where."""
    manager.goto(f"{REVIEW}issue/")
    manager.get_by_role("button", name="Issue it now").click()
    expect(manager.get_by_role("alert")).to_contain_text("In short: “rolled back”")


def reword_all(manager: Page) -> None:
    """Each offered phrase by its button; none is left."""
    manager.goto(f"{REVIEW}edit/")
    offers = manager.get_by_role("button", name="instead of")
    for left in range(offers.count(), 0, -1):
        offers.first.click()
        expect(offers).to_have_count(left - 1)


def take_out(manager: Page, words: str) -> None:
    """What only IT knows has no plain phrase: the writer leaves it out."""
    manager.get_by_role("link", name="Change it").first.click()
    sentence = manager.get_by_label("Sentence")
    sentence.fill(sentence.input_value().replace(f"; {words}", ""))
    manager.get_by_role("button", name="Save the sentence").click()
    expect(manager.get_by_text("The sentence is changed.")).to_be_visible()


def issue(manager: Page) -> None:
    manager.goto(f"{REVIEW}issue/")
    manager.get_by_role("button", name="Issue it now").click()
    manager.wait_for_url(f"**{REVIEW}")
