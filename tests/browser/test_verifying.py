"""A file of a review is compared in the browser without leaving it, and sent where no script runs."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import download
from tests.browser.pages import HEAD

EDITION = "/t/larkmoor/reviews/customer-orders/2026-10/editions/1/"


@pytest.mark.parametrize(
    ("runs_script", "files_sent"), [pytest.param(True, 0, id="with script"), pytest.param(False, 2, id="without")]
)
def test_a_pdf_is_confirmed_and_a_changed_one_is_not(person, runs_script, files_sent):
    """By somebody who has not signed in; with script no file is sent."""
    content, address = take_pdf(person(HEAD))
    guest, sent = person("", java_script_enabled=runs_script), []
    guest.on("request", lambda request: sent.append(request.method))
    guest.goto(address)

    compare(guest, content)
    expect(guest.get_by_role("heading", name="Your file is unchanged")).to_be_visible()
    compare(guest, content + b"\n")
    expect(guest.get_by_role("heading", name="Your file is not of this edition")).to_be_visible()
    assert sent.count("POST") == files_sent


def take_pdf(head: Page) -> tuple[bytes, str]:
    """The PDF as the head of the unit saves it, and the address that stands on its pages."""
    head.goto(EDITION)
    address = head.get_by_role("link", name="Verify a file of it").get_attribute("href")
    assert address is not None
    return download(head, head.get_by_role("button", name="PDF", exact=True)), address


def compare(guest: Page, content: bytes) -> None:
    file = {"name": "review.pdf", "mimeType": "application/pdf", "buffer": content}
    guest.get_by_role("button", name="Your file").set_input_files(file)
    guest.get_by_role("button", name="Compare", exact=True).click()
