"""What a service is made of, edited by keyboard alone and without script: nothing is dragged."""

from playwright.sync_api import Page, expect

from tests.browser.pages import OWNER
from tests.browser.test_keyboard import tab_to

PAYROLL, ACCOUNTS = "/t/larkmoor/services/payroll/map/", "/t/larkmoor/services/customer-accounts/map/"
MOST_STOPS = 60


def test_a_composite_is_edited_by_keyboard_alone(person):
    page = person(OWNER, java_script_enabled=False)
    page.goto(PAYROLL)
    for name in ("Web shop", "Desk screens", "Stock check"):
        add(page, "component", name)
    add(page, "on_service", "Customer accounts")

    move_up(page)
    press(page, "Add alternatives")
    tab_to_field(page, "name")
    page.keyboard.type("Ways to see a pay slip")
    for name in ("Web shop", "Desk screens"):
        tab_to_choice(page, name)
        page.keyboard.press("Space")
    press(page, "Save")
    expect(page.get_by_role("region", name="Parts that can stand in for each other")).to_contain_text(
        "One of these two is enough"
    )

    press(page, "Change Web shop")
    tab_to_field(page, "requirement")
    page.keyboard.type("Helps")
    press(page, "Save")
    expect(page.get_by_role("row", name="Web shop")).to_contain_text("Helps, not needed")

    press(page, "Remove Stock check")
    expect(page.get_by_role("heading", level=1)).to_have_text("Remove “Stock check” from “Payroll”?")
    press(page, "Remove")
    expect(page.get_by_role("row", name="Stock check")).to_have_count(0)

    page.goto(ACCOUNTS)
    add(page, "on_service", "Payroll")

    expect(page.get_by_role("alert").first).to_contain_text(
        "Customer accounts stands on Payroll, Payroll on Customer accounts."
    )


def move_up(page: Page) -> None:
    press(page, "Up: Stock check")
    expect(page.get_by_role("status")).to_contain_text("“Stock check” is now number 2 of 4.")
    assert page.evaluate("document.activeElement.id").startswith("up-"), "the focus stays where it was"
    enter(page)
    expect(page.get_by_role("status")).to_contain_text("“Stock check” is now number 1 of 4.")


def add(page: Page, field: str, name: str) -> None:
    press(page, "Add a part")
    tab_to_field(page, field)
    page.keyboard.type(name)
    press(page, "Save")


def press(page: Page, words: str) -> None:
    tab_to(page, words)
    enter(page)


def enter(page: Page) -> None:
    """What has the focus leads to another page."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def tab_to_field(page: Page, name: str) -> None:
    tab_until(page, f"document.activeElement.name === '{name}'")


def tab_to_choice(page: Page, name: str) -> None:
    said = "[...(document.activeElement.labels || [])].map(each => each.textContent.trim())"
    tab_until(page, f"document.activeElement.name === 'parts' && {said}.includes('{name}')")


def tab_until(page: Page, condition: str) -> None:
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate(condition):
            return
    raise AssertionError(f"Tab never comes to where {condition}")
