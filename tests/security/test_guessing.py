"""Whoever guesses passwords or addresses learns nothing and is stopped; whoever owns the account gets in again."""

import re
import statistics
import time
import uuid

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from django.urls import reverse

from portal.tenancy.scope import tenant_scope
from tests import factories

PASSWORD = "seven green lorries"


@pytest.fixture
def email():
    """An address that no other test has tried: the limits are kept in the shared cache."""
    return f"dana.{uuid.uuid4().hex[:12]}@larkmoor.example"


@pytest.fixture
def address():
    """An origin that no other test has used."""
    number = uuid.uuid4().int
    return ".".join(["10", *(str(number >> shift & 255) for shift in (0, 8, 16))])


@pytest.fixture
def dana(tenant, email):
    with tenant_scope(tenant.pk):
        user = factories.make_user(email=email)
        user.set_password(PASSWORD)
        user.save()
        return factories.make_member(user=user)


def sign_in(email, password, address):
    client = Client(REMOTE_ADDR=address)
    return client.post(reverse("account_login"), {"login": email, "password": password})


@pytest.fixture
def reset(mailoutbox, django_capture_on_commit_callbacks):
    """reset(email, address) asks for a new password and is the path in the mail."""

    def ask(email, address):
        with django_capture_on_commit_callbacks(execute=True):
            Client(REMOTE_ADDR=address).post(reverse("account_reset_password"), {"email": email})
        return re.search(r"http://[^/]+(/account/password/reset/key/\S+)", mailoutbox[-1].body)[1]

    return ask


def is_in(answer):
    return answer.status_code == 302


class TestCredentialStuffing:
    def test_from_one_origin_the_sixth_guess_is_stopped_and_so_is_the_right_one(self, dana, email, address):
        answers = [sign_in(email, f"guess number {n}", address) for n in range(100)]

        assert [answer.status_code for answer in answers[:5]] == [200] * 5
        assert "Too many failed login attempts" in answers[5].content.decode()
        assert not any(is_in(answer) for answer in answers)
        assert not is_in(sign_in(email, PASSWORD, address))

    def test_from_many_origins_one_account_is_stopped_too(self, dana, email):
        answers = [sign_in(email, "guess", f"10.77.{uuid.uuid4().int % 250}.{n}") for n in range(10)]

        assert "Too many failed login attempts" in answers[-1].content.decode()
        assert not is_in(sign_in(email, PASSWORD, "10.78.1.1"))

    def test_from_one_origin_many_accounts_are_stopped(self, db, address):
        answers = [sign_in(f"{uuid.uuid4().hex}@larkmoor.example", "guess", address) for _ in range(15)]

        assert "Too many failed login attempts" in answers[-1].content.decode()

    def test_another_origin_and_account_are_not_touched(self, tenant, dana, address):
        for n in range(8):
            sign_in(f"other.{uuid.uuid4().hex}@larkmoor.example", f"guess {n}", address)

        assert is_in(sign_in(dana.user.email, PASSWORD, "10.79.2.2"))

    def test_the_owner_gets_in_again_by_mail_once_and_other_sessions_end(self, dana, email, address, reset, client_of):
        elsewhere = client_of(dana)
        for n in range(8):
            sign_in(email, f"guess {n}", address)
        path = reset(email, address)
        client = Client(REMOTE_ADDR=address)
        form = client.get(path, follow=True).redirect_chain[-1][0]

        client.post(form, {"password1": "nine yellow barges", "password2": "nine yellow barges"})

        dana.user.refresh_from_db()
        assert dana.user.check_password("nine yellow barges")
        assert "password1" not in Client(REMOTE_ADDR=address).get(path, follow=True).content.decode()
        assert elsewhere.get("/t/larkmoor/talk/").status_code == 302


class CountingHasher(PBKDF2PasswordHasher):
    """Counts how often a password is hashed: what takes the time."""

    algorithm = "counting"
    iterations = 10
    count = 0

    def encode(self, *args, **kwargs):
        type(self).count += 1
        return super().encode(*args, **kwargs)


class TestEnumeration:
    """An address with an account answers like one without: same words, same work, same time."""

    def test_the_answers_are_the_same(self, dana, email, address):
        answers = [sign_in(who, "wrong", address) for who in (email, f"no.{email}")]

        pages = [answer.content.decode().replace(f"no.{email}", "X").replace(email, "X") for answer in answers]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert without_tokens(pages[0]) == without_tokens(pages[1])

    def test_the_work_is_the_same(self, settings, tenant, email, address):
        settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
        user = factories.make_user(email=email)
        user.set_password(PASSWORD)
        user.save()
        counts = []
        for who in (email, f"no.{email}"):
            CountingHasher.count = 0
            sign_in(who, "wrong", address)
            counts.append(CountingHasher.count)

        assert counts == [1, 1]

    def test_a_reset_answers_the_same_and_writes_to_the_owner_only(
        self, dana, email, address, mailoutbox, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            answers = [
                Client(REMOTE_ADDR=address).post(reverse("account_reset_password"), {"email": who})
                for who in (email, f"no.{email}")
            ]

        assert [(answer.status_code, answer["Location"]) for answer in answers] == [
            (302, reverse("account_reset_password_done"))
        ] * 2
        about_an_account = [message for message in mailoutbox if "/password/reset/key/" in message.body]
        assert [message.to for message in about_an_account] == [[email]]

    @pytest.mark.long
    def test_the_time_is_the_same(self, settings, dana, email):
        settings.ACCOUNT_RATE_LIMITS = False
        times = {email: [], f"no.{email}": []}
        for n in range(200):
            for who, taken in times.items():
                began = time.perf_counter()
                sign_in(who, f"wrong {n}", "10.80.3.3")
                taken.append(time.perf_counter() - began)

        with_account, without = (statistics.median(taken) for taken in times.values())
        assert abs(with_account - without) / max(with_account, without) < 0.1


def without_tokens(page):
    return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]+"', r"\1", page)


class TestSessions:
    def test_signing_in_gives_a_new_session(self, dana, email, address):
        client = Client(REMOTE_ADDR=address)
        client.get(reverse("account_login"))
        session = client.session
        session["planted"] = "by somebody else"
        session.save()
        planted = session.session_key

        client.post(reverse("account_login"), {"login": email, "password": PASSWORD})

        assert client.session.session_key != planted

    def test_a_session_that_was_signed_out_is_worth_nothing(self, dana, client_of):
        client = client_of(dana)
        stolen = client.cookies["sessionid"].value
        client.post(reverse("account_logout"))

        thief = Client()
        thief.cookies["sessionid"] = stolen

        assert thief.get("/t/larkmoor/talk/").status_code == 302
