"""One review from its draft to its correction, as the people on both sides do it in the browser."""

import re
import time

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import figures
from tests.browser.chromium import download, settle
from tests.browser.pages import ADMINISTRATOR, HEAD, MANAGER, OWNER

UNIT, MONTH, WORDS = "customer-orders", "2026-06", "June 2026"
REVIEWS = "/t/larkmoor/reviews/"
EXPORTS = "/t/larkmoor/admin/exports/"
REVIEW = f"{REVIEWS}{UNIT}/{MONTH}/"
PROMISE = "Customers can place orders"
STOP = ("2026-06-17T10:00", "2026-06-17T10:30")
PATIENCE = 300


def test_a_review_is_drafted_issued_talked_about_and_corrected(person):
    manager, head, owner = person(MANAGER), person(HEAD), person(OWNER)

    draft(manager)
    assert head.goto(REVIEW).status == 404, "a draft is invisible to the business"
    edit_a_sentence(manager)
    issue(manager)
    comment(head, "Most of this was before breakfast.")
    dispute(head, "Orders were also refused on 17 June.")
    answer(owner, "Yes. The log of the order desk shows it.")
    settle_dispute(head)
    approve(manager, enter_the_stop(owner))
    restate(manager, "A stop of 30 minutes on 17 June was missing.")
    see_the_new_edition(head, "A stop of 30 minutes on 17 June was missing.")
    raise_an_improvement(head, "Watch the door of the order desk")

    paper = get_pdf(head)
    compare(head, paper, edition=2)
    export(person(ADMINISTRATOR), paper)
    for somebody in (manager, head, owner):
        assert somebody.goto(EXPORTS).status == 403


def draft(manager: Page) -> None:
    """The workers draft it when the manager asks."""
    manager.goto(REVIEWS)
    manager.get_by_text("Draft a review", exact=True).click()
    manager.get_by_label("Business unit").select_option(label="Customer Orders")
    manager.get_by_label("Month").fill(MONTH)
    manager.get_by_role("button", name="Draft it").click()
    expect(manager.get_by_text("The review is being drafted.")).to_be_visible()
    wait_for(manager, manager.get_by_role("link", name=f"Edit the review of Customer Orders, {WORDS}"))


def edit_a_sentence(manager: Page) -> None:
    """A typed number is refused; words are kept and the figures stay."""
    manager.get_by_role("link", name=f"Edit the review of Customer Orders, {WORDS}").click()
    manager.get_by_role("link", name="Change it").first.click()
    sentence = manager.get_by_label("Sentence")
    drafted = sentence.input_value()
    sentence.fill(f"{drafted} It took 3 hours.")
    manager.get_by_role("button", name="Save the sentence").click()
    expect(manager.get_by_role("alert")).to_contain_text("3")
    manager.get_by_label("Sentence").fill(f"{drafted} The web shop was new that month.")
    manager.get_by_role("button", name="Save the sentence").click()
    expect(manager.get_by_role("status").filter(has_text="The sentence is changed.")).to_be_visible()


def issue(manager: Page) -> None:
    """What was edited is what is issued."""
    manager.goto(f"{REVIEW}issue/")
    manager.get_by_role("button", name="Issue it now").click()
    manager.wait_for_url(f"**{REVIEW}")
    expect(manager.get_by_text("Edition 1, issued")).to_be_visible()
    expect(manager.get_by_text("The web shop was new that month.")).to_be_visible()


def comment(head: Page, words: str) -> None:
    """The reader says something about a figure; it stands beside the page."""
    head.goto(REVIEW)
    head.get_by_text("Comment", exact=True).click()
    head.get_by_label("About").select_option(index=1)
    head.get_by_label("What you want to say").first.fill(words)
    head.get_by_role("button", name="Send", exact=True).first.click()
    expect(head.get_by_role("complementary").get_by_text(words)).to_be_visible()


def dispute(head: Page, words: str) -> None:
    """The reader counts half an hour more, and both counts are on the page."""
    box = promise_of(head)
    box.get_by_text("Dispute this figure").click()
    box.get_by_label("What is wrong").fill(words)
    box.get_by_label("From, if time is missing").fill(STOP[0])
    box.get_by_label(re.compile("^To ")).fill(STOP[1])
    box.get_by_role("button", name="Send the dispute").click()
    expect(head.get_by_role("status").filter(has_text="Your dispute is with IT.")).to_be_visible()
    expect(head.get_by_role("complementary").get_by_text(words)).to_be_visible()
    expect(promise_of(head)).to_contain_text("Disputed. As we count: Missed by 16 min")
    expect(head.get_by_role("region", name="In short")).to_contain_text("you count 3 h 28")


def answer(owner: Page, words: str) -> None:
    """IT agrees."""
    owner.goto(REVIEW)
    owner.get_by_text("Answer the dispute").click()
    owner.get_by_label("Do you agree?").select_option(label="Yes, count it")
    owner.get_by_label("Why").fill(words)
    owner.locator("form", has=owner.get_by_label("Why")).get_by_role("button", name="Send").click()
    settle(owner)
    expect(owner.get_by_role("complementary").get_by_text(words)).to_be_visible()


def settle_dispute(head: Page) -> None:
    """The reader accepts the answer."""
    head.goto(REVIEW)
    head.get_by_role("button", name=re.compile("^Accept")).click()
    expect(head.get_by_text("The dispute is settled.")).to_be_visible()


def enter_the_stop(owner: Page) -> str:
    """The stop that was missing is entered, with how it is known; returns where a second person decides."""
    owner.goto("/t/larkmoor/measures/orders/enter/")
    owner.get_by_label("Began").fill(f"{STOP[0]}:00")
    owner.get_by_label("Ended").fill(f"{STOP[1]}:00")
    owner.get_by_label("How you know").fill("The log of the order desk")
    owner.get_by_role("button", name="Send for approval").click()
    expect(owner.get_by_text("It counts when a second person approves it.")).to_be_visible()
    return owner.url


def approve(manager: Page, batch: str) -> None:
    """Nothing counts before a second person says so."""
    manager.goto(batch)
    expect(manager.get_by_role("heading", level=1)).to_contain_text("waits for a second person")
    manager.get_by_role("button", name="They count").click()
    expect(manager.get_by_role("heading", level=1)).to_contain_text(": counts")


def restate(manager: Page, reason: str) -> None:
    """A correction is a new edition with a reason; it is there when the workers have computed the figures anew."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        manager.goto(f"{REVIEW}restate/")
        manager.get_by_label("What is different, and why").fill(reason)
        manager.get_by_role("button", name="Issue the new edition").click()
        manager.wait_for_load_state()
        if manager.get_by_text("The new edition is issued").is_visible():
            return
        time.sleep(0.5)
    pytest.fail(f"no new edition after {PATIENCE} s: {manager.get_by_role('alert').text_content()}")


def see_the_new_edition(head: Page, reason: str) -> None:
    """The reader sees the newest edition and why; the old one stays readable and says that it was replaced."""
    head.goto(REVIEW)
    expect(head.get_by_text("Edition 2, issued")).to_be_visible()
    expect(head.get_by_text(reason)).to_be_visible()
    head.goto(f"{REVIEW}editions/1/")
    expect(head.get_by_text("Edition 1, issued")).to_be_visible()
    expect(head.get_by_role("main")).to_contain_text("edition 2")


def raise_an_improvement(head: Page, title: str) -> None:
    """From the figure into the register."""
    head.goto(REVIEW)
    promise_of(head).get_by_role("link", name="The events").click()
    box = head.locator("details").filter(has_text="Raise an improvement").last  # the figure's own, below its talk
    box.get_by_text("Raise an improvement").click()
    box.get_by_label("What could be better").fill(title)
    box.get_by_role("button", name="Put it into the register").click()
    expect(head.get_by_text("is in the register of improvements.")).to_be_visible()
    head.goto("/t/larkmoor/improvements/")
    expect(head.get_by_role("link", name=title).first).to_be_visible()


def get_pdf(head: Page) -> bytes:
    """The reader waits at the progress of the job, and takes the file."""
    head.goto(REVIEW)
    return download(head, head.get_by_role("button", name="PDF", exact=True))


def compare(head: Page, pdf: bytes, *, edition: int) -> None:
    """Page and paper show the complete list of the edition: the same figures, the same words, none more, none less."""
    address = f"{REVIEW}editions/{edition}/"
    listed = figures.listed(head.request, address)
    head.goto(address)

    assert len(listed) > 50
    assert figures.on_page(head) == {(row["figure"], row["printed"]) for row in listed}
    assert figures.on_paper(pdf) == {(row["number"], row["printed"]) for row in listed}


def export(administrator: Page, paper: bytes) -> None:
    """The reviews of chosen months in one file: each paper is the very file that its readers have."""
    administrator.goto(REVIEWS)
    administrator.get_by_role("link", name="Export reviews").click()
    administrator.get_by_label("October 2026").uncheck()
    administrator.get_by_label(WORDS).check()
    administrator.get_by_label("Customer Orders").check()
    content = download(administrator, administrator.get_by_role("button", name="Make the file"))

    own = "service-review-customer-orders-2026-06-edition-2.pdf"
    found = figures.files_in(content)
    assert list(found) == [own, "evidence-customer-orders-2026-06-edition-2.json", "files.csv"]
    assert found[own] == paper


def promise_of(page: Page) -> Locator:
    """The box of the promise that the story is about."""
    return page.get_by_role("article", name=PROMISE)


def wait_for(page: Page, thing: Locator) -> None:
    """Look again until the workers have made it."""
    end = time.monotonic() + PATIENCE
    while not thing.is_visible():
        assert time.monotonic() < end, f"not there after {PATIENCE} s: {thing}"
        page.wait_for_timeout(500)
        page.reload()
