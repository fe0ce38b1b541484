"""What the head of a business unit does with a review on a phone, step by step, by what is seen there."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.it_side import PROMISE, UNIT
from tests.browser.walking import go, open_meeting, open_review, review_row

COMMENTS = "complementary"


def finds_no_review(head: Page, words: str) -> None:
    """A draft is invisible to the business."""
    go(head, "Reviews")
    expect(review_row(head, UNIT, words)).to_have_count(0)


def read_from_home(head: Page, words: str) -> None:
    """What was issued waits at the start page, and leads to the review; no page is wider than the phone."""
    go(head, "Home")
    ask = head.get_by_role("region", name="Needs your answer").get_by_role("listitem")
    month = words.partition(" ")[0]
    ask.filter(has_text=f"{month} service review is ready").get_by_role("link", name="Read the review").click()
    expect(head.get_by_role("heading", level=1)).to_have_text(f"{words} service review")
    assert head.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def promise_of(page: Page) -> Locator:
    """The box of the promise that the story is about."""
    return page.get_by_role("article", name=PROMISE, exact=True)


def said_beside(head: Page, words: str) -> Locator:
    """What stands beside the page (on a phone under the section that it is about)."""
    return head.get_by_role(COMMENTS).get_by_role("article").filter(has_text=words)


def comment(head: Page, figure: str, words: str) -> None:
    """On a figure that is named as the page prints it."""
    head.get_by_text("Comment", exact=True).click()
    about = head.get_by_label("About")
    option = about.locator("option", has_text=figure).first.get_attribute("value")
    about.select_option(option)
    form = head.locator("form", has=about)
    form.get_by_label("What you want to say").fill(words)
    form.get_by_role("button", name="Send", exact=True).click()
    expect(said_beside(head, words)).to_be_visible()


def ask(head: Page, words: str) -> None:
    """A question about the figure of a promise; IT owes an answer by a time that is said."""
    box = promise_of(head)
    box.get_by_text("Ask a question").click()
    box.get_by_label("What you want to say").fill(words)
    box.get_by_role("button", name="Send the question").click()
    expect(said_beside(head, words)).to_contain_text("IT answers by")


def dispute(head: Page, words: str, began: str, ended: str) -> None:
    """The reader counts more; both counts are on the page, and IT owes an answer by a time that is said."""
    box = promise_of(head)
    box.get_by_text("Dispute this figure").click()
    box.get_by_label("What is wrong").fill(words)
    box.get_by_label("From, if time is missing").fill(began)
    box.get_by_label(re.compile("^To ")).fill(ended)
    box.get_by_role("button", name="Send the dispute").click()
    expect(head.get_by_role("status").filter(has_text="Your dispute is with IT.")).to_be_visible()
    expect(said_beside(head, words)).to_contain_text("IT answers by")


def settle_dispute(head: Page, answer: str) -> None:
    """What IT answered waits at the start page; the reader accepts it."""
    go(head, "Home")
    waits = head.get_by_role("region", name="Needs your answer").get_by_role("listitem")
    waits.filter(has_text=answer).get_by_role("link", name="See IT’s answer").click()
    head.get_by_role("button", name=re.compile("^Accept")).click()
    expect(head.get_by_text("The dispute is settled.")).to_be_visible()


def raise_an_improvement(head: Page, words: str, title: str) -> None:
    """From the figure into the register."""
    open_review(head, UNIT, words)
    with head.expect_navigation():  # both pages have such a form
        promise_of(head).get_by_role("link", name="The events").click()
    box = head.locator("details").filter(has_text="Raise an improvement").last  # the figure's own, below its talk
    box.get_by_text("Raise an improvement").click()
    box.get_by_label("What could be better").fill(title)
    box.get_by_role("button", name="Put it into the register").click()
    expect(head.get_by_text("is in the register of improvements.")).to_be_visible()
    go(head, "Improvements")
    expect(head.get_by_role("link", name=title).first).to_be_visible()


def put_on_the_agenda(head: Page, words: str, topic: str) -> None:
    open_meeting(head, UNIT, words)
    head.get_by_label("What should be talked about").fill(topic)
    head.get_by_role("button", name="Put it on the agenda").click()
    expect(head.get_by_role("region", name="Agenda")).to_contain_text(topic)


def confirm_minutes(head: Page, words: str) -> None:
    open_meeting(head, UNIT, words)
    head.get_by_role("button", name="Confirm the minutes").click()
    expect(head.get_by_role("region", name="Minutes")).to_contain_text("Confirmed by Ines Calder")


def sign(head: Page, words: str) -> None:
    """The unit accepts how the month was counted."""
    open_review(head, UNIT, words)
    head.get_by_role("button", name="Acknowledge the review").click()
    expect(head.get_by_text("Acknowledged by Ines Calder on")).to_be_visible()
    expect(head.get_by_role("button", name="Acknowledge the review")).to_have_count(0)
