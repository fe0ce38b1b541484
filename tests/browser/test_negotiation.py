"""The next version of an agreement, from its draft to its day, as the people on both sides do it in the browser."""

from playwright.sync_api import Page, expect

from tests.browser.pages import MANAGER
from tests.browser.rows import TODAY

UNIT, HEAD, DAY_BEFORE = "depots-and-delivery", "Leona Farrow", "2026-03-02"
AFTER = "At most 2 late nights a month"
VAGUE = "99.5 % of all hours; faults are mended promptly"
AGREEMENT = f"/t/larkmoor/agreements/{UNIT}/"


def test_a_version_is_proposed_countered_clause_by_clause_and_comes_into_force_on_its_day(person):
    manager, head = person(MANAGER), person(HEAD)

    manager.goto(AGREEMENT)
    promise = manager.locator("article.p-box h2").first.inner_text()
    before = manager.locator("article.p-box .p-key").first.inner_text()
    draft(manager)
    build(manager)
    mend(manager)
    assert head.goto(f"{AGREEMENT}v2/clauses/").status == 404, "a draft is work on one side"
    manager.get_by_role("button", name="Propose it").click()
    counter(head, promise)
    manager.goto(f"{AGREEMENT}v2/clauses/")
    manager.get_by_role("button", name="Accept the proposal").click()
    expect(manager.get_by_text("Agreed by both", exact=True)).to_be_visible()
    for reader in (manager, head):
        accept(reader)

    expect(head.locator(".p-head").get_by_text("In force since 10 November 2026")).to_be_visible()
    expect(head.locator("article.p-box .p-key").first).to_have_text(AFTER)
    head.goto(f"{AGREEMENT}?on={DAY_BEFORE}")
    expect(head.locator("article.p-box .p-key").first).to_have_text(before)
    head.goto(f"{AGREEMENT}v2/against/v1/")
    expect(head.locator("ins").filter(has_text="nights").first).to_be_visible()


def draft(manager: Page) -> None:
    """The next version begins with what there is."""
    manager.get_by_role("link", name="New version").click()
    manager.get_by_label("In force from").fill(TODAY.isoformat())
    manager.get_by_role("button", name="Make the draft").click()
    expect(manager.get_by_role("status").filter(has_text="Version 2 is a draft now.")).to_be_visible()


def build(manager: Page) -> None:
    """One more promise, from a template that lacks only its service."""
    manager.get_by_role("link", name="Add a promise").click()
    manager.get_by_role("link", name="People rate our help as good").click()
    manager.get_by_role("combobox", name="Service").first.select_option(index=1)
    manager.get_by_role("button", name="Save the promise").click()
    expect(manager.get_by_role("heading", name="People rate our help as good")).to_be_visible()


def mend(manager: Page) -> None:
    """Words that two people read differently are found while they are written, and mended with the offered ones."""
    promise = manager.locator("article.p-box").filter(has_text="Picking devices work")
    promise.get_by_role("link", name="Edit").click()
    manager.get_by_label("Target in words").fill(VAGUE)
    expect(manager.get_by_text("“promptly” can be read in two ways.")).to_be_visible()
    manager.get_by_role("button", name="Save the promise").click()
    expect(promise.get_by_text("It could read:")).to_contain_text("at least 99.5")
    promise.get_by_role("button", name="Use this wording").click()
    expect(manager.locator(".p-finding")).to_have_count(0)


def counter(head: Page, promise: str) -> None:
    """The head of the unit proposes other words for one clause, and says why."""
    head.goto(f"{AGREEMENT}v2/clauses/?show=all")
    row = head.locator("article.p-clause").filter(has_text=promise).first
    row.get_by_role("link", name="Propose something else").click()
    head.get_by_label("Target in words").fill(AFTER)
    head.get_by_label("Or: how many may be late").fill("2")
    head.get_by_role("textbox", name="Why").fill("The depots open on Sundays now.")
    head.get_by_role("button", name="Propose it").click()
    expect(head.get_by_text("The depots open on Sundays now.")).to_be_visible()
    expect(head.get_by_role("button", name="Withdraw the proposal")).to_be_visible()


def accept(reader: Page) -> None:
    """Each side accepts the whole in the own name."""
    reader.goto(f"{AGREEMENT}v2/clauses/")
    reader.get_by_role("link", name="Accept this version").click()
    reader.get_by_role("button", name="Accept", exact=True).click()
    expect(reader.get_by_role("status").filter(has_text="Accepted for")).to_be_visible()
