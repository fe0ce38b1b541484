"""What the people of IT do with a review in the browser, step by step, by what they see there."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import settle
from tests.browser.walking import PATIENCE, go, open_meeting, open_review, review_row, wait_for

UNIT = "Customer Orders"
PROMISE = "Customers can place orders"


def draft(manager: Page, month: str, words: str) -> None:
    """The workers draft it when the manager asks."""
    go(manager, "Reviews")
    manager.get_by_text("Draft a review", exact=True).click()
    manager.get_by_label("Business unit").select_option(label=UNIT)
    manager.get_by_label("Month").fill(month)
    manager.get_by_role("button", name="Draft it").click()
    expect(manager.get_by_text("The review is being drafted.")).to_be_visible()
    wait_for(manager, review_row(manager, UNIT, words))


def edit(manager: Page, words: str) -> None:
    """To the sentences of a draft."""
    open_review(manager, UNIT, words)
    manager.get_by_role("link", name="Edit the sentences").click()


def write(manager: Page, prose: str, told: str) -> None:
    """Sentences are added to the first one; what readers stumble at is told before anything is saved."""
    manager.get_by_role("link", name="Change it").first.click()
    sentence = manager.get_by_label("Sentence")
    sentence.press("ControlOrMeta+End")
    sentence.press_sequentially(f" {prose}")
    expect(manager.get_by_text(told)).to_be_visible()
    save(manager)


def save(manager: Page) -> None:
    manager.get_by_role("button", name="Save the sentence").click()
    expect(manager.get_by_text("The sentence is changed.")).to_be_visible()


def type_a_number(manager: Page) -> None:
    """A typed number is refused; the figures stay what was computed."""
    manager.get_by_role("link", name="Change it").first.click()
    sentence = manager.get_by_label("Sentence")
    drafted = sentence.input_value()
    sentence.fill(f"{drafted} It took 3 hours.")
    manager.get_by_role("button", name="Save the sentence").click()
    expect(manager.get_by_role("alert")).to_contain_text("3")
    manager.get_by_role("link", name="Back to all sentences").click()


def try_to_issue(manager: Page) -> None:
    """From the page of the sentences, or from the review."""
    manager.get_by_role("link", name="Issue it").click()
    manager.get_by_role("button", name="Issue it now").click()


def is_refused(manager: Page, where: str) -> None:
    """Without a reason it is not issued; the page says which words and where, and leads back to them."""
    expect(manager.get_by_role("alert")).to_contain_text(where)
    manager.get_by_role("link", name="In short").first.click()
    expect(manager.get_by_role("heading", level=1)).to_have_text("Edit the sentences")


def reword_all(manager: Page) -> None:
    """Each offered phrase by its button; none is left."""
    offers = manager.get_by_role("button", name="instead of")
    for left in range(offers.count(), 0, -1):
        offers.first.click()
        expect(offers).to_have_count(left - 1)


def take_out(manager: Page, words: str) -> None:
    """What only IT knows has no plain phrase: the writer leaves it out."""
    manager.get_by_role("link", name="Change it").first.click()
    sentence = manager.get_by_label("Sentence")
    sentence.fill(sentence.input_value().replace(f"; {words}", ""))
    save(manager)
    manager.get_by_role("link", name="Back to all sentences").click()


def is_issued(manager: Page) -> None:
    expect(manager.get_by_text("The review is issued, and the head of the unit is told.")).to_be_visible()
    expect(manager.get_by_text("Edition 1, issued")).to_be_visible()


def issue_with_a_reason(manager: Page, reason: str) -> None:
    """Words stay that readers may not know: the reason is asked for where the words are named."""
    try_to_issue(manager)
    expect(manager.get_by_role("alert")).to_be_visible()
    manager.get_by_label("Why these words stay").fill(reason)
    manager.get_by_role("button", name="Issue it now").click()
    is_issued(manager)


def take_up(owner: Page, about: str) -> None:
    """What is owed stands at the workbench with its time, and leads to where it is answered."""
    go(owner, "Workbench")
    owed = owner.get_by_role("region", name="Answers you owe").get_by_role("listitem").filter(has_text=about)
    expect(owed).not_to_contain_text("late")
    owed.get_by_role("link").click()


def reply(owner: Page, said: str, words: str) -> None:
    """To a question beside the page."""
    thread = owner.get_by_role("complementary").get_by_role("article").filter(has_text=said)
    thread.get_by_text("Reply", exact=True).click()
    thread.get_by_label("What you want to say").fill(words)
    thread.get_by_role("button", name="Send").click()
    settle(owner)
    expect(thread).to_contain_text(words)


def agree_with_dispute(owner: Page, words: str) -> None:
    """IT agrees, and says why."""
    owner.get_by_text("Answer the dispute").click()
    owner.get_by_label("Do you agree?").select_option(label="Yes, count it")
    owner.get_by_label("Why").fill(words)
    owner.locator("form", has=owner.get_by_label("Why")).get_by_role("button", name="Send").click()
    settle(owner)
    expect(owner.get_by_role("complementary").get_by_text(words)).to_be_visible()


def enter_the_stop(owner: Page, began: str, ended: str) -> None:
    """The stop that was missing is entered, with how it is known."""
    go(owner, "Measures")
    owner.get_by_role("link", name=PROMISE, exact=True).click()
    owner.get_by_role("link", name="Enter a fact").click()
    owner.get_by_label("Began").fill(f"{began}:00")
    owner.get_by_label("Ended").fill(f"{ended}:00")
    owner.get_by_label("How you know").fill("The log of the order desk")
    owner.get_by_role("button", name="Send for approval").click()
    expect(owner.get_by_text("It counts when a second person approves it.")).to_be_visible()


def approve_the_stop(manager: Page) -> None:
    """Nothing counts before a second person says so; it waits at their workbench."""
    go(manager, "Workbench")
    waits = manager.get_by_role("region", name="Drafts waiting for you").get_by_role("listitem")
    waits.filter(has_text=PROMISE).get_by_role("link").click()
    expect(manager.get_by_role("heading", level=1)).to_contain_text("waits for a second person")
    manager.get_by_role("button", name="They count").click()
    expect(manager.get_by_role("heading", level=1)).to_contain_text(": counts")


def restate(manager: Page, words: str, reason: str) -> None:
    """A correction is a new edition with a reason; it is there when the workers have computed the figures anew."""
    open_review(manager, UNIT, words)
    manager.get_by_role("link", name="Issue a corrected edition").click()
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        manager.get_by_label("What is different, and why").fill(reason)
        manager.get_by_role("button", name="Issue the new edition").click()
        manager.wait_for_load_state()
        if manager.get_by_text("The new edition is issued").is_visible():
            return
        time.sleep(0.5)
    pytest.fail(f"no new edition after {PATIENCE} s: {manager.get_by_role('alert').text_content()}")


def plan_the_meeting(manager: Page, words: str, at: str) -> None:
    """The time is agreed; whoever is invited puts it into their calendar."""
    open_meeting(manager, UNIT, words)
    expect(manager.get_by_text("No time is agreed yet.")).to_be_visible()
    manager.get_by_role("link", name="Plan the time").click()
    manager.get_by_role("textbox", name="Review meeting").fill(at)
    manager.get_by_role("button", name="Save").click()
    expect(manager.get_by_text("The meeting is planned, and the unit is invited.")).to_be_visible()


def calendar_file(page: Page) -> list[str]:
    """The lines of the file that a calendar takes."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Add to your calendar").click()
    return Path(download.value.path()).read_text().replace("\r\n ", "").splitlines()


def write_down(manager: Page, decision: str) -> None:
    manager.get_by_label("What was decided").fill(decision)
    manager.get_by_role("button", name="Write it down").click()
    expect(manager.get_by_role("region", name="Decided").first).to_contain_text(decision)


def add_follow_up(manager: Page, words: str, what: str, owner: str, by: str) -> None:
    """What, who, by when; it stands in the review at once."""
    open_meeting(manager, UNIT, words)
    manager.get_by_role("link", name="Add a follow-up").click()
    manager.get_by_label("What was agreed").fill(what)
    manager.get_by_label("Who").select_option(label=owner)
    manager.get_by_label("By", exact=True).fill(by)
    manager.get_by_role("button", name="Add it").click()
    expect(manager.get_by_role("row").filter(has_text=what)).to_contain_text(owner)


def keep_minutes(manager: Page, said: str) -> None:
    manager.get_by_role("link", name="Write them").click()
    manager.get_by_label("Who was there").fill("Ines Calder, Pavel Orsin")
    manager.get_by_label("What was said").fill(said)
    manager.get_by_role("button", name="Keep the minutes").click()
    expect(manager.get_by_role("region", name="Minutes")).to_contain_text("Not confirmed by the unit yet.")


def finish(manager: Page, words: str, what: str) -> None:
    """A follow-up is done."""
    open_review(manager, UNIT, words)
    manager.get_by_role("button", name=f"Done {what}").click()
    expect(manager.get_by_text(f"Done: {what}")).to_be_visible()
