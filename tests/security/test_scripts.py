"""Pages of a tenant whose every text is a script, in a real browser that would let it run: nothing runs."""

import os
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from portal.accounts.models import BusinessUnit, Role
from portal.tenancy.scope import tenant_scope
from tests.browser import chromium
from tests.reporting.factories import TODAY
from tests.security.hostile import SCRIPT, make_hostile
from tests.security.readers import make_reader
from tests.security.routes import Route, tenant_routes

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's loop runs in the thread that asks the database
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db(transaction=True)]
# What would have come from the attack, were it markup: its element, and what it does.
INJECTED = "document.querySelectorAll('[onerror], img[src=\"x\"]').length"
OPEN = "document.querySelectorAll('details').forEach(each => { each.open = true; })"
# The first that is let in looks at a page; each of them does in the long run.
READERS = (Role.BUSINESS_UNIT_HEAD, Role.SERVICE_LEVEL_MANAGER, Role.ADMINISTRATOR, Role.AUDITOR)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    if chromium.executable() is None:
        pytest.skip("The browser tests need Chromium: apt-get install chromium, or name one in CHROMIUM.")
    return chromium.launch_arguments()


@pytest.fixture
def hostile(tenant: Any, settings: Any, tmp_path: Any, monkeypatch: Any) -> Any:
    settings.FILES_DIR = tmp_path
    settings.SECURE_SSL_REDIRECT = False
    monkeypatch.setattr("portal.clock.now", lambda: TODAY)
    with tenant_scope(tenant.pk):
        rows, replaced = make_hostile()
    assert replaced > 100
    return rows


@pytest.fixture
def readers(tenant: Any, hostile: Any) -> dict[str, Any]:
    with tenant_scope(tenant.pk):
        return {role: make_reader(role, hostile.of(BusinessUnit)) for role in READERS}


@pytest.fixture
def page_of(browser: Any, live_server: Any, readers: dict[str, Any]) -> Iterator[Any]:
    """page_of(role) is a page of that reader, without the policy that would stop a script, and what ran on it."""
    opened = {}

    def make(role: str) -> tuple[Page, list[str]]:
        if role not in opened:
            context = browser.new_context(base_url=live_server.url, bypass_csp=True)
            session = readers[role].browser.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
            page = context.new_page()
            opened[role] = page, watch(page)
        return opened[role]

    yield make
    for page, _ in opened.values():
        page.context.close()


def watch(page: Page) -> list[str]:
    """What runs on a page from now on."""
    ran: list[str] = []

    def seen(dialog: Any) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", seen)
    return ran


def is_page(route: Route, answer: Any) -> bool:
    return answer.status_code == 200 and answer["Content-Type"].startswith("text/html")


def look(page: Page, ran: list[str], path: str) -> str:
    """What is wrong with a page: something ran, or an element came from a text."""
    page.goto(path)
    chromium.settle(page)
    page.evaluate(OPEN)
    number = page.evaluate(INJECTED)
    found = f"{number} elements, {len(ran)} dialogs" if number or ran else ""
    ran.clear()
    return found


def crawl(
    routes: Iterable[Route], hostile: Any, readers: dict[str, Any], page_of: Any, *, by_each: bool
) -> tuple[int, int, dict[str, str]]:
    """How many pages were looked at, how many of them show the text of the attack, and what was wrong."""
    looked, shown, wrong = 0, 0, {}
    for route in routes:
        path = route.path("larkmoor", dict.fromkeys(route.blanks, hostile))
        for role, reader in readers.items():
            if not is_page(route, reader.ask(route, "get", path)):
                continue
            if found := look(*page_of(role), path):
                wrong[path] = found
            looked, shown = looked + 1, shown + ("onerror=alert(1)" in page_of(role)[0].inner_text("body"))
            if not by_each:
                break
    return looked, shown, wrong


def test_the_attack_would_be_seen(browser: Any) -> None:
    """The check itself: as markup, the text runs and leaves its element."""
    page = browser.new_page()
    ran = watch(page)
    page.set_content(f"<p>{SCRIPT}</p>")
    page.wait_for_timeout(300)

    assert ran == ["1"]
    assert page.evaluate(INJECTED) == 1
    page.close()


def test_no_text_runs_on_a_tenth_of_the_pages(hostile: Any, readers: Any, page_of: Any) -> None:
    looked, shown, wrong = crawl(tenant_routes()[::10], hostile, readers, page_of, by_each=False)

    assert wrong == {}
    assert looked > 6
    assert shown > 2


@pytest.mark.long
def test_no_text_runs_on_any_page_of_any_reader(hostile: Any, readers: Any, page_of: Any) -> None:
    looked, shown, wrong = crawl(tenant_routes(), hostile, readers, page_of, by_each=True)

    assert wrong == {}
    assert looked > 200
    assert shown > 100
