"""A supplier signs the next version of its contract by a one-time link, in two browsers."""

from playwright.sync_api import Page, expect

from tests.browser.pages import MANAGER

CONTRACT = "/t/larkmoor/agreements/northline-telecom/"


def test_a_supplier_signs_by_one_time_link(person):
    manager, supplier = person(MANAGER), person("")
    propose_the_next_version(manager)
    link = ask(manager, "Joss Arden, Account manager")

    supplier.goto(link)
    code = supplier.get_by_label("I have read this text").locator("xpath=ancestor::label").inner_text()
    sign(supplier, name="Joss Arden", role="Commercial director")

    expect(supplier.get_by_role("heading", name="This is signed")).to_be_visible()
    manager.goto(f"{CONTRACT}v2/")
    signed = manager.get_by_role("region", name="Signatures")
    expect(signed).to_contain_text("Commercial director, for Northline Telecom")
    expect(signed).to_contain_text("By one-time link, sent to joss.arden@northline.example")
    assert signed.get_by_text("check code").inner_text().split("check code ")[1][:9] in code
    expect(manager.get_by_text("Both sides have agreed.")).to_be_visible()


def propose_the_next_version(manager: Page) -> None:
    """It begins with the promises of the version in force; the provider signs first."""
    manager.goto(f"{CONTRACT}v1/revise/")
    manager.get_by_label("In force from").fill("2027-01-01")
    manager.get_by_role("button", name="Make the draft").click()
    manager.get_by_role("button", name="Propose it").click()
    manager.get_by_role("link", name="Accept this version for Larkmoor IT").click()
    manager.get_by_role("button", name="Accept").click()


def ask(manager: Page, contact: str) -> str:
    """The link is shown once, and opens the text without an account."""
    manager.get_by_role("link", name="Ask to sign by link").click()
    manager.get_by_label("Contact").select_option(label=contact)
    manager.get_by_role("button", name="Send the link").click()
    return manager.get_by_label("Link").input_value()


def sign(supplier: Page, name: str, role: str) -> None:
    """Without the tick nothing is signed."""
    supplier.get_by_label("Your name").fill(name)
    supplier.get_by_label("Your role").fill(role)
    supplier.get_by_label("I have read this text").check()
    supplier.get_by_role("button", name="Sign", exact=True).click()
