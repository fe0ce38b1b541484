"""What a hostile page, link or form can make a signed-in browser do: nothing."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from portal.accounts.models import Role
from portal.tenancy.scope import tenant_scope
from tests import factories

PASSWORD = "seven green lorries"
RARE = ("put", "patch", "delete")


@pytest.fixture
def dana(tenant):
    with tenant_scope(tenant.pk):
        user = factories.make_user(email="dana@larkmoor.example")
        user.set_password(PASSWORD)
        user.save()
        return factories.make_member(user=user, role=Role.SERVICE_LEVEL_MANAGER)


def url(name):
    return reverse(name, kwargs={"tenant": "larkmoor"})


class TestCrossSiteRequests:
    """Each unsafe request without our token is refused before any view runs."""

    @pytest.fixture
    def signed_in(self, dana):
        client = Client(enforce_csrf_checks=True)
        client.force_login(dana.user)
        return client

    def routes(self, resolver=None, prefix=""):
        for entry in (resolver or get_resolver()).url_patterns:
            route = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from self.routes(entry, route)
            elif isinstance(entry, URLPattern):
                yield route, entry

    def test_every_route_refuses_an_unsafe_request_without_a_token(self, signed_in, dana, settings):
        settings.NAVIGATION = "tests.portal.menus.get_no_menu"
        refused, open_to_programs = [], []
        for number, (route, entry) in enumerate(self.routes()):
            if getattr(entry.callback, "csrf_exempt", False):
                open_to_programs.append(route)
                continue
            path = "/" + fill(route)
            # The token is looked for before the view and whatever the method: the rarer ones at each sixth address.
            for method in ("post", *RARE[number // 6 % 3 :][: number % 6 == 0]):
                answer = getattr(signed_in, method)(path)
                assert answer.status_code == 403, (method, path)
                assert b"CSRF" in answer.content, (method, path)
            refused.append(route)

        assert len(refused) > 60
        asks_itself = "t/<slug:tenant>/verify/<str:code>/"  # once nothing of its file can be kept
        assert signed_in.post("/" + fill(asks_itself)).status_code == 403
        one_click = "t/<slug:tenant>/mail/<str:token>/"  # mail programs send it without a page; its token is the secret
        known = (asks_itself, one_click)
        assert all("/api/" in route or route in known for route in open_to_programs), open_to_programs

    @pytest.mark.parametrize("path", ["/account/login/", "/t/larkmoor/notices/read/"])
    def test_a_stale_page_says_in_our_words_what_to_do(self, signed_in, dana, path):
        answer = signed_in.post(path)

        page = answer.content.decode()
        assert answer.status_code == 403
        assert "Go back, load that page anew and send it again." in page
        assert "/static/parley.css" in page

    def test_the_same_request_with_the_token_goes_on(self, signed_in):
        signed_in.get(url("conversation_list"))
        token = signed_in.cookies["csrftoken"].value

        answer = signed_in.post(url("notification_read_all"), headers={"X-CSRFToken": token})

        assert answer.status_code == 302

    def test_another_sessions_token_does_not_help(self, signed_in):
        other = Client(enforce_csrf_checks=True)
        other.get("/account/login/")

        answer = signed_in.post(url("notification_read_all"), headers={"X-CSRFToken": other.cookies["csrftoken"].value})

        assert answer.status_code == 403

    def test_the_cookies_do_not_travel_with_other_sites_and_scripts_do_not_read_the_session(self, dana):
        client = Client()
        client.post("/account/login/", {"login": dana.user.email, "password": PASSWORD}, REMOTE_ADDR="10.9.0.1")

        session, token = client.cookies["sessionid"], client.cookies["csrftoken"]
        assert (session["samesite"], session["httponly"]) == ("Lax", True)
        assert token["samesite"] == "Lax"


def fill(route):
    """A path of that route: the parts in angle brackets become values that fit."""
    values = {"int": "1", "slug": "larkmoor", "str": "x", "path": "x", "uuid": "0" * 8 + "-0000" * 3 + "-" + "0" * 12}
    plain = re.sub(r"\(\?P<\w+>[^)]+\)", "x", route).translate({ord(sign): None for sign in "^$\\"})
    return re.sub(r"<(?:(\w+):)?(\w+)>", lambda part: values.get(part[1] or "str", "x"), plain)


PAGES = ["/account/login/", "/t/larkmoor/talk/", "/t/larkmoor/admin/people/", "/t/larkmoor/talk/999999/", "/healthz"]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_forbids_frames_foreign_code_and_guessing_of_types(dana, client_of, path):
    answer = client_of(dana).get(path)

    policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "https:evil.example",
    "https:///evil.example",
    "http://127.0.0.1@evil.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "/%09/evil.example/",
    "\t//evil.example/",
    "https://testserver.evil.example/",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_signing_in_leads_nowhere_else(dana, address):
    answer = Client(REMOTE_ADDR="10.9.0.2").post(
        "/account/login/", {"login": dana.user.email, "password": PASSWORD, "next": address}
    )

    assert answer.status_code == 302
    assert is_ours(answer["Location"]), answer["Location"]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_signing_out_leads_nowhere_else(dana, client_of, address):
    answer = client_of(dana).post("/account/logout/", {"next": address})

    assert answer.status_code == 302
    assert is_ours(answer["Location"]), answer["Location"]


def is_ours(location):
    return (
        location.startswith("/")
        and not location.startswith(("//", "/\\"))
        and "evil" not in location.split("?")[0].split("/")[1:2]
    )


def test_after_signing_in_one_comes_to_the_page_that_was_asked(dana):
    client = Client(REMOTE_ADDR="10.9.0.3")
    asked = client.get("/t/larkmoor/talk/?level=tactical")
    assert asked["Location"] == "/account/login/?next=/t/larkmoor/talk/%3Flevel%3Dtactical"

    answer = client.post(
        "/account/login/",
        {"login": dana.user.email, "password": PASSWORD, "next": "/t/larkmoor/talk/?level=tactical"},
    )

    assert answer["Location"] == "/t/larkmoor/talk/?level=tactical"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost:80@evil.example"])
def test_a_foreign_host_is_refused(settings, dana, client_of, host):
    settings.ALLOWED_HOSTS = ["testserver"]

    assert client_of(dana).get("/account/login/", headers={"Host": host}).status_code == 400


def test_links_in_mails_are_made_from_the_settings_not_from_the_request(
    settings, dana, mailoutbox, django_capture_on_commit_callbacks
):
    settings.SITE_URL = "https://parley.example"
    with django_capture_on_commit_callbacks(execute=True):
        Client(REMOTE_ADDR="10.9.0.4").post("/account/password/reset/", {"email": dana.user.email})

    assert "https://parley.example/account/password/reset/key/" in mailoutbox[0].body


@pytest.mark.parametrize("slug", ["larkmoor", "no-such-tenant"])
def test_without_signing_in_a_tenant_cannot_be_told_from_none(tenant, slug):
    answer = Client().get(f"/t/{slug}/talk/")

    assert (answer.status_code, answer["Location"]) == (302, f"/account/login/?next=/t/{slug}/talk/")


def test_a_forbidden_tenant_cannot_be_told_from_none(tenant, other_tenant, dana, client_of):
    client = client_of(dana)
    answers = [client.get(f"/t/{slug}/talk/") for slug in ("harbour", "no-such-tenant")]

    assert [answer.status_code for answer in answers] == [404, 404]
    pages = {
        re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]+"', r"\1", answer.content.decode())
        for answer in answers
    }
    assert len(pages) == 1


class TestWhatIsKept:
    """Nobody keeps what was answered to a person; of the pages of the tenant `test_access.py` asks each one."""

    @pytest.mark.parametrize(
        "path", ["/", "/account/login/", "/t/larkmoor/", "/t/nowhere/", "/no-such-page", "/readyz"]
    )
    def test_no_page_is_kept_whoever_asks(self, dana, path):
        signed_in = Client()
        signed_in.force_login(dana.user)

        for browser in (Client(), signed_in):
            kept = set(browser.get(path).headers["Cache-Control"].split(", "))
            assert {"private", "no-store"} <= kept

    def test_files_of_the_interface_are_kept(self, db):
        answer = Client().get("/static/parley.css")
        kept = answer.headers["Cache-Control"]
        answer.close()

        assert "public" in kept
        assert "no-store" not in kept
