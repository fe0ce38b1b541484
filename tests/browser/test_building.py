"""A promise is built from a template, with what the last twelve months would have given beside the questions."""

from playwright.sync_api import Page, expect

from tests.browser.pages import MANAGER

STORAGE, TEAM = ("/t/larkmoor/agreements/storage-team/", "/t/larkmoor/agreements/ordering-team/")
NAME = "Order storage can be used"


def test_minutes_misses_and_credits_are_shown_while_the_questions_are_answered(person):
    page = person(MANAGER)
    draft(page, STORAGE)
    page.get_by_role("link", name="A platform, server or network can be used").click()
    page.get_by_label("Promise", exact=True).fill(NAME)
    page.get_by_label("Service", exact=True).select_option(label="Customer ordering")
    page.get_by_label("Service hours").select_option(label="Ordering hours")
    preview = page.get_by_role("region", name="The promise in one sentence")
    expect(preview).to_contain_text("Its measure is new")

    page.get_by_label("Measure (optional)", exact=True).select_option(label=NAME)

    expect(preview).to_contain_text("Customer ordering: it can be used for at least 99.9 % of its service hours")
    expect(preview).to_contain_text("This would have been kept in 11 of the last 12 months.")
    october = preview.get_by_role("row").filter(has_text="October 2026")
    for said in ("Missed", "99.5", "2 h 30 min / 33 min", "£45"):
        expect(october).to_contain_text(said)
    expect(preview).to_contain_text("By those for “Order storage works” it would have cost £45 in credits.")
    page.get_by_label("Percent promised").fill("99.99")
    page.get_by_label("Percent promised").blur()
    expect(preview).to_contain_text("This would have been kept in 0 of the last 12 months.")
    expect(preview).to_contain_text("it would have cost £540 in credits.")
    page.get_by_role("button", name="Save the promise").click()

    saved = page.get_by_role("article", name=NAME)
    expect(saved).to_contain_text("Customer ordering: it can be used for at least 99.99 % of its service hours")
    expect(saved.locator("mark")).to_have_count(0)
    expect(saved.get_by_text("Unclear")).to_have_count(0)


def test_a_template_of_their_own_becomes_a_promise_without_script(person):
    page = person(MANAGER, java_script_enabled=False)
    draft(page, TEAM)
    page.get_by_role("link", name="What stops the order desk is solved", exact=True).click()
    page.get_by_label("Service", exact=True).select_option(label="Customer ordering")
    page.get_by_label("Measure (optional)", exact=True).select_option(label="Urgent problems are solved within 2 hours")
    page.get_by_label("Service hours").select_option(label="Always")
    page.get_by_role("button", name="Show what it would have given").click()

    preview = page.get_by_role("region", name="The promise in one sentence")
    expect(preview).to_contain_text("problems with priority Urgent are solved within 2 hours of service time")
    expect(preview).to_contain_text("This would have been kept in 11 of the last 12 months.")
    page.get_by_role("button", name="Save the promise").click()
    expect(page.get_by_role("article", name="What stops the order desk is solved")).to_be_visible()


def draft(page: Page, agreement: str) -> None:
    """The next version, and the choice of what to start a promise from."""
    page.goto(f"{agreement}v1/revise/")
    page.get_by_label("In force from").fill("2027-01-01")
    page.get_by_role("button", name="Make the draft").click()
    page.get_by_role("link", name="Add a promise").click()
