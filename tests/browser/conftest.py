"""The portal as people meet it: web, worker and beat of the demo on servers of their own, and a real Chromium."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import environ
import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from portal.runner import demo, postgres, servers
from portal.tenancy.models import Tenant
from portal.tenancy.scope import tenant_scope
from tests.browser import chromium, rows
from tests.databases import fill_like_ours

HERE = Path(__file__).parent
OUTSIDE = ("DATABASE_URL", "OWNER_DATABASE_URL", "REDIS_URL", "SITE_URL", "ALLOWED_HOSTS", "FILES_DIR")
expect.set_options(timeout=chromium.PATIENCE)
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's loop runs in the thread that asks the database


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One portal serves all browser tests: they stay together in one process."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return chromium.launch_arguments()


@dataclass(frozen=True)
class Site:
    """A running portal."""

    url: str
    database_url: str


@pytest.fixture(scope="package")
def site(django_db_setup: None) -> Iterator[Site]:
    """The demo company on throw-away servers, on the day of the pictures; their tables are a copy of the tests' own."""
    if chromium.executable() is None:
        pytest.skip("The browser tests need Chromium: apt-get install chromium, or name one in CHROMIUM.")
    with pytest.MonkeyPatch.context() as patch, servers.thrown_away() as children:
        for name in OUTSIDE:
            patch.delenv(name, raising=False)
        patch.setenv("TODAY", rows.TODAY.isoformat())
        patch.setenv("SECRET_KEY", settings.SECRET_KEY)
        servers.call_whole(children.place)
        for name, address in servers.start(children, for_tests=True).items():
            patch.setenv(name, address)
        fill_like_ours(os.environ["OWNER_DATABASE_URL"], postgres.find_binaries(children.place))
        environment = demo.start(children, port=postgres.free_port(), for_tests=True, only=rows.SLUG)
        yield Site(environment["SITE_URL"], environment["DATABASE_URL"])


@pytest.fixture(scope="package")
def found(site: Site, django_db_blocker: Any) -> Mapping[str, Any]:
    """The rows that the pages are looked at with, read as the portal's own role."""
    with django_db_blocker.unblock(), database_of(site):
        tenant = Tenant.objects.get(slug=rows.SLUG)
        with tenant_scope(tenant.pk):
            rows.add_missing(tenant)
            return rows.rows()


@contextmanager
def database_of(site: Site) -> Iterator[None]:
    """Talk to the portal's database for a moment instead of the tests' own."""
    theirs = environ.Env.db_url_config(site.database_url)
    keys = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    usual = {key: connection.settings_dict[key] for key in keys}
    connection.close()
    connection.close_pool()  # after `close`, which would make the pool anew
    connection.settings_dict.update({key: theirs[key] for key in keys})
    try:
        yield
    finally:
        connection.close()
        connection.close_pool()
        connection.settings_dict.update(usual)


@pytest.fixture(scope="package")
def signed_in(site: Site, browser: Browser) -> Callable[[str], StorageState | None]:
    """The cookies of a person who has signed in, by the form, once; None for nobody."""
    known: dict[str, StorageState] = {}

    def cookies_of(name: str) -> StorageState | None:
        if name and name not in known:
            with browser.new_context(base_url=site.url) as context:
                chromium.sign_in(context.new_page(), name)
                known[name] = context.storage_state()
        return known.get(name)

    return cookies_of


@pytest.fixture(scope="package")
def tab(site: Site, browser: Browser, signed_in: Callable[[str], StorageState | None]) -> Iterator[Any]:
    """tab(name) is the one tab of that person and what goes wrong in it; for pages that are only looked at.

    A tab that goes on from page to page, as a reader's does, shows the next one in less than half the time.
    """
    opened: dict[str, tuple[Page, chromium.Faults]] = {}

    def make(name: str) -> tuple[Page, chromium.Faults]:
        if name not in opened:
            context = browser.new_context(storage_state=signed_in(name), **chromium.READER, base_url=site.url)
            context.set_default_timeout(chromium.PATIENCE)
            opened[name] = context.new_page(), chromium.Faults()
            opened[name][1].watch(opened[name][0])
        page, faults = opened[name]
        page.set_viewport_size(chromium.WIDE)
        page.emulate_media(color_scheme="light")
        faults.take()
        return page, faults

    yield make
    for page, _ in opened.values():
        page.context.close()


@pytest.fixture
def browser_of(site: Site, new_context: Any, signed_in: Callable[[str], StorageState | None]) -> Any:
    """browser_of(name) is the browser of that person of the demo company; without a name nobody has signed in."""

    def make(name: str, **options: Any) -> BrowserContext:
        settled = {**chromium.READER, "base_url": site.url}
        context: BrowserContext = new_context(storage_state=signed_in(name), **settled | options)
        context.set_default_timeout(chromium.PATIENCE)
        return context

    return make


@pytest.fixture
def person(browser_of: Any) -> Callable[..., Page]:
    """person(name) is a page in the browser of that person."""
    return lambda name, **options: browser_of(name, **options).new_page()
