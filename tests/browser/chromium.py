"""The browser of the machine, a person who signs in, and what goes wrong on a page while it is shown."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import APIResponse, ConsoleMessage, Download, Error, Locator, Page, Request, Response, expect

from demo.larkmoor.names import PASSWORD
from demo.larkmoor.people import email_of

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--force-color-profile=srgb", "--lang=en-GB"),
)
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
READER = {"viewport": WIDE, "locale": "en-GB", "reduced_motion": "reduce"}
THEMES = ("light", "dark")
PATIENCE = 90_000  # milliseconds until a page that does not come is a failure
WORK = 300_000  # and until the work of a worker is
LOOK = 500  # between two looks at whether it is done
SETTLED = "() => !document.querySelector('.htmx-request') && document.fonts.status === 'loaded'"


def executable() -> str | None:
    """The Chromium that CHROMIUM names, else the machine's own; None without any."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def launch_arguments() -> dict[str, Any]:
    """How Chromium is started, also as root and without a network."""
    return {"executable_path": executable(), "args": list(FLAGS), "timeout": 60_000}


def sign_in(page: Page, name: str) -> None:
    """Sign in as a person of the demo company, by the form; the page ends at their start page."""
    page.goto("/account/login/")
    page.get_by_label("Email").fill(email_of(name))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/t/**")


def visit(page: Page, path: str) -> Response | APIResponse | None:
    """The answer at an address: a page, which is then shown, or a file to keep."""
    try:
        return page.goto(path)
    except Error as error:
        if "Download is starting" not in error.message:
            raise
        return page.request.get(path)


def download(page: Page, press: Locator) -> bytes:
    """The file behind a link or button; while a worker makes it, its progress is shown and ends with the file."""
    arrived: list[Download] = []
    page.once("download", lambda file: arrived.append(file))
    press.click()
    for _ in range(WORK // LOOK):
        if arrived:
            return Path(arrived[0].path()).read_bytes()
        if "/jobs/" in page.url and page.get_by_role("link", name="Download").is_visible():
            expect(page.get_by_role("status").filter(has_text="%")).to_be_visible()
            page.get_by_role("link", name="Download").click()
        page.wait_for_timeout(LOOK)
    raise AssertionError(f"no file after {WORK} ms: {page.url}")


def settle(page: Page) -> None:
    """Wait until fonts are there and no fragment is under way."""
    page.wait_for_function(SETTLED, timeout=PATIENCE)


@dataclass
class Faults:
    """What a reader's browser complains about: scripts, refused content, answers that are errors."""

    found: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Listen to a page from now on."""
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.found.append(f"script: {error}"))
        page.on("response", self._answered)
        page.on("requestfailed", self._failed)

    def take(self) -> list[str]:
        """What was found since the last time."""
        found, self.found = self.found, []
        return found

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):  # the policy of the page speaks as an error
            self.found.append(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the reader went on, or the answer is a file to keep
            self.found.append(f"not loaded: {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.found.append(f"{response.status}: {response.url}")
