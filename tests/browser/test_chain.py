"""A supplier's contract breaks the chain under a promise, and whoever reads the agreement is told which one."""

from playwright.sync_api import expect

from tests.browser.pages import HEAD, MANAGER

AGREEMENT = "/t/larkmoor/agreements/customer-orders/v1/"
PROMISE = "Urgent problems are solved within 2 hours"
CONTRACT = "The phone network works again within 4 hours"
TOLD = "This promise is 2 h tighter than what stands under it (Northline Telecom). What stands under it supports 4 h."


def test_the_contract_that_breaks_the_chain_is_named_to_both_sides(person):
    head, manager = person(HEAD), person(MANAGER)

    head.goto(AGREEMENT)
    panel = head.get_by_role("region", name="Can IT stand by it?")
    expect(panel.get_by_role("row").filter(has_text=CONTRACT)).to_contain_text("Open, Dele Amundi")
    expect(panel).to_contain_text(TOLD)
    expect(panel.get_by_role("row").filter(has_text="all parts together").first).to_contain_text("points to spare")
    panel.get_by_role("link", name="Check each part").click()
    expect(head.get_by_role("region", name=PROMISE)).to_contain_text(TOLD)

    manager.goto(f"{AGREEMENT}chain/")
    manager.get_by_role("region", name=PROMISE).get_by_role("button", name=f"Take out {CONTRACT}").click()
    promise = manager.get_by_role("region", name=PROMISE)
    expect(promise).to_contain_text("It can be kept at every start: nothing to spare.")
    promise.get_by_role("link", name="Name more that stands under it").click()
    manager.get_by_label("Promise of a team or a supplier").select_option(label=f"{CONTRACT} (Northline Telecom)")
    manager.get_by_role("button", name="Name it").click()
    expect(manager.get_by_role("region", name=PROMISE)).to_contain_text(TOLD)
