"""The main paths with script switched off: comment, dispute, answer, upload."""

from playwright.sync_api import Page, expect

from tests.browser.pages import HEAD, OWNER

REVIEW = "/t/larkmoor/reviews/buying-and-supply/2026-10/"
BUYER = "Oskar Winterbourne"
FILE = (
    b"started_at,ended_at,what\n2026-11-03 10:00,2026-11-03 10:12,Orders were refused\n2026-11-03 12:00,soon,No end\n"
)


def test_the_browser_runs_no_script(person):
    """Otherwise the tests below would show nothing."""
    page = person(HEAD, java_script_enabled=False)
    page.goto("/t/larkmoor/")

    assert page.locator("html").get_attribute("data-bs-theme") is None


def test_a_comment_stands_beside_the_page(person):
    page = person(BUYER, java_script_enabled=False)
    page.goto(REVIEW)
    page.get_by_text("Comment", exact=True).click()
    page.get_by_label("What you want to say").first.fill("Suppliers asked about the new dates.")
    page.get_by_role("button", name="Send", exact=True).first.click()

    expect(page.get_by_role("complementary").get_by_text("Suppliers asked about the new dates.")).to_be_visible()


def test_a_figure_is_disputed_and_answered(person):
    head, owner = person(BUYER, java_script_enabled=False), person(OWNER, java_script_enabled=False)

    dispute(head, "   ")
    expect(head.get_by_role("alert").first).to_contain_text("What is wrong: This field is required.")
    dispute(head, "Two orders of the 14th are missing.")
    expect(head.get_by_role("complementary").get_by_text("Two orders of the 14th are missing.")).to_be_visible()
    answer(owner, "They came a day later, and are in the next month.")
    expect(owner.get_by_role("complementary").get_by_text("They came a day later")).to_be_visible()


def test_a_file_is_checked_and_sent(person):
    page = person(OWNER, java_script_enabled=False)
    page.goto("/t/larkmoor/measures/orders/upload/")
    page.get_by_label("File", exact=True).set_input_files({"name": "stops.csv", "mimeType": "text/csv", "buffer": FILE})
    page.get_by_label("Time zone of the file").select_option("Europe/London")
    page.get_by_label("Where the file comes from").fill("The log of the order desk")
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("region", name="Left out: rows that cannot count")).to_contain_text("soon")
    page.get_by_role("button", name="Send for approval").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("waits for a second person")


def dispute(head: Page, words: str) -> None:
    """A promise that was kept is disputed on the page of its figure."""
    head.goto(REVIEW)
    head.get_by_role("link", name="Prices are right").last.click()
    head.get_by_text("Dispute this figure").click()
    head.get_by_label("What is wrong").fill(words)
    head.get_by_role("button", name="Send the dispute").click()


def answer(owner: Page, words: str) -> None:
    owner.goto(REVIEW)
    owner.get_by_text("Answer the dispute").click()
    owner.get_by_label("Do you agree?").select_option(label="No, as explained below")
    owner.get_by_label("Why").fill(words)
    owner.locator("form", has=owner.get_by_label("Why")).get_by_role("button", name="Send").click()
