"""The catalogue in two browsers: a misspelt word leads to a demand and its answer; two people write one entry."""

from playwright.sync_api import expect

from tests.browser.pages import HEAD, MANAGER, OWNER

ENTRY = "/t/larkmoor/services/order-desk-phones/versions/edit/"


def test_a_misspelt_everyday_word_leads_to_a_service_a_demand_and_its_answer(person):
    head, owner = person(HEAD), person(OWNER)
    head.goto("/t/larkmoor/services/")
    head.get_by_role("searchbox", name="Search").fill("hedset")
    head.get_by_role("searchbox", name="Search").press("Enter")
    expect(head.get_by_role("heading", name="Best fit first")).to_be_visible()
    head.get_by_role("link", name="Order desk phones").click()
    expect(head.get_by_role("region", name="What you should know")).to_contain_text("Ask your team leader")

    head.get_by_role("link", name="Ask for a change").click()
    head.get_by_label("What you need, and what for").fill("Four more headsets by June")
    head.get_by_role("button", name="Send it to IT").click()
    owner.goto(head.url)
    owner.get_by_label("Your answer").fill("They are ordered for May.")
    owner.get_by_role("button", name="Send the answer").click()

    head.reload()
    expect(head.get_by_role("main")).to_contain_text("They are ordered for May.")


def test_two_people_write_one_entry_and_neither_loses_words(person):
    first, second = person(OWNER), person(MANAGER)
    for page in (first, second):
        page.goto(ENTRY)
    first.get_by_label("Hours").fill("05:00 to 21:00, every day")
    first.get_by_role("button", name="Save the draft").click()
    expect(first.get_by_role("region", name="Version 3")).to_contain_text("21:00")

    second.get_by_label("How to ask").fill("Ask the help desk for a headset.")
    second.get_by_role("button", name="Save the draft").click()
    theirs = second.get_by_role("region", name="Theirs, and how yours differs")
    expect(theirs).to_contain_text("(taken out: 21:00)")
    expect(second.get_by_label("How to ask")).to_have_value("Ask the help desk for a headset.")
    second.get_by_label("Hours").fill("05:00 to 21:00, every day")
    second.get_by_role("button", name="Save the draft").click()

    merged = second.get_by_role("region", name="Version 3")
    expect(merged).to_contain_text("(added: the help desk)")
    expect(merged).to_contain_text("(added: 21:00)")
