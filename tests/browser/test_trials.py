"""What was only measured becomes a promise: proposed, answered with something else, agreed on, in force, judged."""

import time

from playwright.sync_api import Page, expect

from tests.browser.pages import MANAGER
from tests.browser.rows import TODAY

HEAD, AGREEMENT = "Oskar Winterbourne", "/t/larkmoor/agreements/buying-and-supply/"
TRIAL = "Buyers can see what suppliers have"
PATIENCE = 300  # seconds until the workers have counted


def test_a_trial_target_becomes_a_promise(person):
    manager, head = person(MANAGER), person(HEAD)

    manager.goto(AGREEMENT)
    expect(manager.get_by_role("article", name=TRIAL)).to_contain_text("Nothing is red meanwhile")
    manager.get_by_role("article", name=TRIAL).get_by_role("link", name="Propose a level").click()
    manager.get_by_label("Percent to promise").fill("99.9")
    manager.get_by_label("Answer by").fill("2026-11-20")
    manager.get_by_role("button", name="Propose it").click()
    answer(head, "Propose something else", "Two more months with the new line first.", more="2")
    answer(manager, "Propose something else", "The new line is there. We can promise this now.", level="99.5")
    head.goto(AGREEMENT)
    open_proposal(head)
    expect(head.locator(".p-key")).to_have_text("If we had promised 99.5 %, we would have kept it in 12 of 12 months.")
    head.get_by_label("Accept it").check()
    head.get_by_role("button", name="Answer").click()
    expect(head.get_by_text("Answered. Thank you.")).to_be_visible()

    start_today(manager)
    for reader in (head, manager):
        accept(reader)
    promise = head.get_by_role("article", name=TRIAL)
    see_it_judged(head, promise)
    expect(promise).to_contain_text("99.5 % of all hours")


def open_proposal(reader: Page) -> None:
    reader.goto(AGREEMENT)
    reader.get_by_role("article", name=TRIAL).get_by_role("link", name="is proposed for this promise").click()


def answer(reader: Page, decision: str, words: str, *, level: str = "", more: str = "") -> None:
    """One side wants something else, and says what and why."""
    open_proposal(reader)
    reader.get_by_label(decision).check()
    reader.get_by_label("Your words").fill(words)
    reader.get_by_label("Percent to promise").fill(level)
    reader.get_by_label("Or: measure so many more months").fill(more)
    reader.get_by_label("The other side answers by").fill("2026-11-20")
    reader.get_by_role("button", name="Answer").click()
    expect(reader.get_by_text("Proposed instead.")).to_be_visible()


def start_today(manager: Page) -> None:
    """The level is in the draft of the next version, which IT lays before the business."""
    manager.goto(f"{AGREEMENT}v2/")
    expect(manager.get_by_role("article", name=TRIAL)).to_contain_text("Promised: 99.5 %")
    manager.get_by_role("link", name="Name, parties, dates").click()
    manager.get_by_label("In force from").fill(TODAY.isoformat())
    manager.get_by_role("button", name="Save").click()
    manager.get_by_role("button", name="Propose it").click()


def accept(reader: Page) -> None:
    """Each side reads what the trial said, and accepts the whole in the own name."""
    reader.goto(f"{AGREEMENT}v2/clauses/")
    clause = reader.locator("article.p-clause").filter(has_text="Trial ends")
    expect(clause).to_contain_text("we would have kept it in 12 of 12 months")
    reader.get_by_role("link", name="Accept this version").click()
    reader.get_by_role("button", name="Accept", exact=True).click()
    expect(reader.get_by_role("status").filter(has_text="Accepted for")).to_be_visible()


def see_it_judged(reader: Page, promise: object) -> None:
    """The workers count the running month of the version in force."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        reader.goto(f"{AGREEMENT}v2/")
        expect(reader.get_by_text("In force since 10 November 2026").first).to_be_visible()
        if reader.get_by_role("article", name=TRIAL).get_by_text("Kept").count():
            return
        reader.wait_for_timeout(1000)
    raise AssertionError(f"No figure of “{TRIAL}” within {PATIENCE} seconds")
