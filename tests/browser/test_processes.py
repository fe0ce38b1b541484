"""The business gives context: IT asks about a process, its owner fills it in on a phone, IT finds it at the service."""

from playwright.sync_api import Page, expect

from tests.browser.chromium import NARROW
from tests.browser.pages import HEAD, MANAGER

TELL = "/t/larkmoor/processes/order-to-cash/tell/"
SERVICE = "/t/larkmoor/services/customer-ordering/"
TITLE, PEAK = "Peak of the spring promotion", "Spring promotion"


def test_a_process_owner_gives_context_on_a_phone_and_it_sees_it_at_the_service(person):
    manager, owner = person(MANAGER), person(HEAD, viewport=NARROW)

    ask(manager)
    manager.goto(SERVICE)
    expect(manager.get_by_role("region", name="Not known yet")).to_contain_text(TITLE)
    fill_in(owner)
    answer(owner)

    manager.goto(SERVICE)
    expect(manager.get_by_role("region", name="Work that rests on it")).to_contain_text("1 March 2027 to 14 March 2027")
    expect(manager.get_by_text(TITLE)).to_have_count(0)
    manager.get_by_role("link", name="Order to cash").first.click()
    told = manager.get_by_role("region", name="What IT asked, and was told here")
    expect(told).to_contain_text(f"{PEAK}: 1 March 2027 to 14 March 2027")
    expect(told).to_contain_text(f"answered by {HEAD}")


def test_steps_are_added_by_keyboard_alone_and_without_script(person):
    owner = person(HEAD, java_script_enabled=False)
    owner.goto("/t/larkmoor/processes/")
    owner.get_by_role("link", name="Describe a process").first.click()
    owner.get_by_label("What you call it").fill("Complaints")
    owner.get_by_label("What it is for").fill("A customer who complains stays a customer.")
    owner.get_by_role("button", name="Save and go on").click()

    for step in ("The complaint is heard", "The cause is found", "The customer is told"):
        field = owner.get_by_label("What is done in this step").last
        expect(field).to_be_focused()  # the next one can be typed at once
        field.fill(step)
        owner.keyboard.press("Enter")

    expect(owner.get_by_role("region", name="2. Its steps")).to_contain_text("3. The customer is told")


def ask(manager: Page) -> None:
    """From the page of the process, so that the question names it."""
    manager.goto("/t/larkmoor/processes/order-to-cash/")
    manager.get_by_role("link", name="Ask the business").click()
    manager.get_by_label("What it is about").fill(TITLE)
    manager.get_by_label("Your question").fill("From when to when is the spring promotion?")
    manager.get_by_label("What it is for").fill("so that nobody works on the storage then")
    manager.get_by_label("Kind").select_option("When the peaks are")
    manager.get_by_label("Answer by").fill("2026-11-24")
    manager.get_by_role("button", name="Ask").click()
    expect(manager.get_by_role("heading", level=1)).to_have_text(TITLE)


def fill_in(owner: Page) -> None:
    """What is forgotten is said at its place; what was filled in stays."""
    owner.goto(TELL)
    assert owner.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    peaks = owner.get_by_role("region", name="3. When it is heavy")
    expect(peaks).to_contain_text("From when to when is the spring promotion?")
    peaks.get_by_text("Name a heavy time").click()
    peaks.get_by_label("On certain dates").check()
    peaks.get_by_label("What you call it").fill(PEAK)
    peaks.get_by_role("button", name="Add it").click()
    expect(peaks).to_contain_text("Say the first and the last day.")
    expect(peaks.get_by_label("What you call it")).to_have_value(PEAK)
    peaks.get_by_label("First day").fill("2027-03-01")
    peaks.get_by_label("Last day").fill("2027-03-14")
    peaks.get_by_role("button", name="Add it").click()
    expect(peaks.get_by_role("listitem").filter(has_text=PEAK)).to_contain_text("1 March 2027 to 14 March 2027")


def answer(owner: Page) -> None:
    """One button makes what stands there the answer."""
    owner.get_by_role("button", name=f"What stands here answers it {TITLE}").click()
    expect(owner.get_by_text("Sent to IT.")).to_be_visible()
    expect(owner.get_by_text("From when to when is the spring promotion?")).to_have_count(0)
