"""One whole month between both sides in two browsers: IT at its desk, the head of the unit on a phone.

From the draft to the signature, and what the next month takes over; every page is reached by clicking.
"""

import re

from playwright.sync_api import Page, expect

from portal.language.jargon.check import find_jargon
from tests.browser import business_side, figures, it_side
from tests.browser.business_side import promise_of, said_beside
from tests.browser.chromium import NARROW, download
from tests.browser.pages import ADMINISTRATOR, HEAD, MANAGER, OWNER
from tests.browser.walking import go, open_review

UNIT, MONTH, WORDS = "Customer Orders", "2026-06", "June 2026"
NEXT, NEXT_WORDS = "2026-07", "July 2026"
REVIEW = "/t/larkmoor/reviews/customer-orders/2026-06/"
STOP = ("2026-06-17T10:00", "2026-06-17T10:30")
PROSE = "We rolled back the hypervisor; see max_conn_age."
COMMENT, QUESTION = "Most of this was before breakfast.", "Does this hold for orders by phone?"
CLAIM, AGREED = "Orders were also refused on 17 June.", "Yes. The log of the order desk shows it."
REASON = "A stop of 30 minutes on 17 June was missing."
KEPT, DONE = "Test ordering with twice the usual load", "Tell the desk whom to call at night"
TOPIC, DECISION = "Who speaks for the depots?", "Stops are told to the desk within ten minutes"


def test_a_month_of_both_sides(person):
    manager, owner, head = person(MANAGER), person(OWNER), person(HEAD, viewport=NARROW)
    for somebody in (manager, owner, head):
        somebody.goto("/t/larkmoor/")

    it_writes_and_issues(manager, head)
    printed = the_head_reads_and_answers(head)
    it_answers_in_time(owner, head)
    it_corrects(owner, manager)
    the_head_reads_the_correction(head, printed)
    business_side.raise_an_improvement(head, WORDS, "Watch the door of the order desk")
    both_meet(manager, head)
    business_side.sign(head, WORDS)
    the_next_month_takes_over(manager, head)

    paper = take_pdf(head)
    compare(head, paper)
    export(person(ADMINISTRATOR), paper, strangers=(manager, owner, head))


def it_writes_and_issues(manager: Page, head: Page) -> None:
    """Words of IT are refused and said plainly with the tools of the editor alone; then the review goes out."""
    it_side.draft(manager, MONTH, WORDS)
    business_side.finds_no_review(head, WORDS)
    it_side.edit(manager, WORDS)
    it_side.type_a_number(manager)
    it_side.write(manager, PROSE, "Say “returned to the previous version”")
    manager.get_by_role("link", name="Back to all sentences").click()
    it_side.try_to_issue(manager)
    it_side.is_refused(manager, "In short: “rolled back”")
    it_side.reword_all(manager)
    it_side.take_out(manager, "see max_conn_age")
    it_side.try_to_issue(manager)
    it_side.is_issued(manager)
    expect(manager.get_by_text("Words that stay as they are")).to_have_count(0)
    cover = manager.get_by_role("region", name="In short").inner_text()
    assert [each.words for each in find_jargon(cover) if not each.is_hint] == []
    assert "previous version" in cover


def the_head_reads_and_answers(head: Page) -> str:
    """A comment, a question and a dispute; returns the result that the head counts, as the page prints it."""
    business_side.read_from_home(head, WORDS)
    listed = figures.listed(head.request, f"{REVIEW}editions/1/")
    assert figures.on_page(head) == {(row["figure"], row["printed"]) for row in listed}
    felt = next(row["printed"] for row in listed if row["figure"] == "orders.experienced")
    business_side.comment(head, felt, COMMENT)
    business_side.ask(head, QUESTION)
    business_side.dispute(head, CLAIM, *STOP)
    expect(promise_of(head)).to_contain_text("Disputed. As we count: Missed by 16 min")
    claimed = re.search(r"you count (\d+\sh\s\d+)", head.get_by_role("region", name="In short").inner_text())
    assert claimed
    return claimed[1]


def it_answers_in_time(owner: Page, head: Page) -> None:
    """The owner of the service finds both at the workbench, before their time has passed."""
    it_side.take_up(owner, "question on June")
    it_side.reply(owner, QUESTION, "It does: the desk saves them the same way.")
    it_side.take_up(owner, "dispute on June")
    it_side.agree_with_dispute(owner, AGREED)
    business_side.settle_dispute(head, "17 June")
    expect(said_beside(head, QUESTION)).not_to_contain_text("IT answers by")


def it_corrects(owner: Page, manager: Page) -> None:
    """Two people enter what was missing, and the review is issued again with the reason."""
    it_side.enter_the_stop(owner, *STOP)
    it_side.approve_the_stop(manager)
    it_side.restate(manager, WORDS, REASON)


def the_head_reads_the_correction(head: Page, claimed: str) -> None:
    """What the head counted is what the new edition prints; it says why and what changed, and keeps what was said."""
    open_review(head, UNIT, WORDS)
    expect(head.get_by_text(REASON)).to_be_visible()
    expect(promise_of(head)).to_contain_text("Missed by 46 min")
    changes = head.locator("details", has_text="differ from the edition before")
    changes.locator("summary").click()
    expect(changes.locator("tr", has_text="time lost").first).to_contain_text(claimed)
    for words in (COMMENT, QUESTION, CLAIM):
        expect(said_beside(head, words)).to_be_visible()
    head.get_by_role("link", name="Read the edition before").click()
    expect(head.get_by_text("Edition 1 was replaced by edition 2.")).to_be_visible()


def both_meet(manager: Page, head: Page) -> None:
    """The agenda is built from what is open; what is agreed has an owner and a day."""
    it_side.plan_the_meeting(manager, WORDS, "2026-11-16T10:00")
    business_side.put_on_the_agenda(head, WORDS, TOPIC)
    manager.reload()
    agenda = manager.get_by_role("region", name="Agenda")
    for words in (TOPIC, "Promises that were missed", it_side.PROMISE):
        expect(agenda).to_contain_text(words)
    calendar = it_side.calendar_file(head)
    assert "DTSTART:20261116T100000Z" in calendar
    assert any(line.startswith("SUMMARY") and WORDS in line for line in calendar)
    it_side.write_down(manager, DECISION)
    it_side.add_follow_up(manager, WORDS, KEPT, OWNER, "2026-11-27")
    it_side.add_follow_up(manager, WORDS, DONE, MANAGER, "2026-11-20")
    it_side.finish(manager, WORDS, DONE)
    manager.get_by_role("link", name="The meeting: agenda, decisions and minutes").click()
    it_side.keep_minutes(manager, "Both sides went through the stops of ordering.")
    business_side.confirm_minutes(head, WORDS)


def the_next_month_takes_over(manager: Page, head: Page) -> None:
    """The end of the dispute and each follow-up with its state; words that stay are printed with their reason."""
    it_side.draft(manager, NEXT, NEXT_WORDS)
    it_side.edit(manager, NEXT_WORDS)
    it_side.write(manager, "The hypervisor was replaced.", "Say “software that makes one machine act as many”")
    manager.get_by_role("link", name="Back to all sentences").click()
    it_side.issue_with_a_reason(manager, "The people of the order desk know it by this name.")

    business_side.read_from_home(head, NEXT_WORDS)
    agreed = head.get_by_role("region", name="Decisions and follow-ups")
    expect(agreed.locator("tr", has_text="Dispute about June")).to_contain_text("Corrected")
    expect(agreed.locator("tr", has_text=KEPT)).to_contain_text("Open")
    expect(agreed.locator("tr", has_text=DONE)).to_contain_text("Done 10")
    kept = head.get_by_role("region", name="How we count")
    expect(kept).to_contain_text("The people of the order desk know it by this name.")
    head.get_by_role("link", name="The meeting: agenda, decisions and minutes").click()
    agenda = head.get_by_role("region", name="Agenda")
    for words in (TOPIC, KEPT):
        expect(agenda).to_contain_text(words)
    expect(head.get_by_role("region", name="Decided last time")).to_contain_text(DECISION)


def take_pdf(head: Page) -> bytes:
    """The reader waits at the progress of the job, and takes the file."""
    open_review(head, UNIT, WORDS)
    files = head.get_by_role("region", name="Take it with you")
    return download(head, files.get_by_role("button", name="PDF", exact=True))


def compare(head: Page, pdf: bytes) -> None:
    """Page and paper show the complete list of the edition: the same figures, the same words, none more, none less."""
    open_review(head, UNIT, WORDS)
    listed = figures.listed(head.request, f"{REVIEW}editions/2/")

    assert len(listed) > 50
    assert figures.on_page(head) == {(row["figure"], row["printed"]) for row in listed}
    assert figures.on_paper(pdf) == {(row["number"], row["printed"]) for row in listed}


def export(administrator: Page, paper: bytes, strangers: tuple[Page, ...]) -> None:
    """The reviews of chosen months in one file, with progress: each paper is the very file that its readers have.

    Nobody else may start one, and nobody else finds the one that is made.
    """
    administrator.goto("/t/larkmoor/")
    go(administrator, "Reviews")
    administrator.get_by_role("link", name="Export reviews").click()
    administrator.get_by_label("October 2026").uncheck()
    administrator.get_by_label(WORDS).check()
    administrator.get_by_label(UNIT).check()
    exports = administrator.url
    content = download(administrator, administrator.get_by_role("button", name="Make the file"))

    own = "service-review-customer-orders-2026-06-edition-2.pdf"
    found = figures.files_in(content)
    assert list(found) == [own, "evidence-customer-orders-2026-06-edition-2.json", "files.csv"]
    assert found[own] == paper
    for somebody in strangers:
        assert somebody.goto(exports).status == 403
        assert somebody.goto(administrator.url).status == 404
