"""Whoever holds a file of a review asks by its code whether it is as it was issued, and learns nothing else."""

import re
from contextlib import nullcontext
from hashlib import sha256
from importlib import import_module
from itertools import count

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from redis.exceptions import ConnectionError as NoStore

from portal.pdf import Variant
from portal.tenancy.scope import tenant_scope
from reporting import tasks
from reporting.actions.editions import keep_file, restate_review
from reporting.exports.pdf import build_edition_pdf
from reporting.forms import verification
from reporting.models import Edition, EditionFile
from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period
from tests.reporting import factories as made
from tests.security.servers import as_owner
from tests.slas import factories as slas

CODE = re.compile(r"[0-9a-f]{32}")
_origins = count(1)


@pytest.fixture(autouse=True)
def guarded(settings, tmp_path):
    """Nothing that is sent may touch the disk."""
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    yield
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def guest():
    """Somebody without an account, from an origin of their own."""
    return Client(REMOTE_ADDR=f"10.78.{next(_origins)}.1")


@pytest.fixture
def address(edition):
    return f"/t/larkmoor/verify/{edition.verify_code}/"


def make_pdf(edition, variant=Variant.READING):
    """The file as a worker makes it."""
    job = tasks.queue_edition_pdf(edition=edition, by=None, now=made.TODAY, variant=variant)
    return build_edition_pdf(scope=nullcontext, arguments=job.arguments, report=lambda *_: None)


def keep(edition, content=b"%PDF-1.7 of another hand"):
    """A file that is known to be of the edition, as those are that a worker made."""
    keep_file(edition=edition, content=content, now=made.TODAY)
    return content


def words_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode().partition("<main")[2]).split())


def send(guest, address, content, **others):
    """The answer to a file that is sent without script, after its redirect."""
    return guest.post(address, {"file": SimpleUploadedFile("review.pdf", content), **others}, follow=True)


def test_a_code_says_that_an_edition_was_issued_and_no_more(guest, address, edition, month):
    answer = guest.get(address)

    words = words_of(answer)
    assert answer.status_code == 200
    assert "State Issued Edition 1 Date 6 November 2026" in words
    assert edition.page_hash in words
    page = answer.content.decode()
    hidden = ("Larkmoor", "Customer Orders", "October", "Pavel Orsin", edition.check_code)
    assert [name for name in hidden if name in page] == []
    assert (answer["X-Robots-Tag"], "no-store" in answer["Cache-Control"]) == ("noindex", True)


@pytest.mark.xdist_group("paper")
@pytest.mark.parametrize("variant", list(Variant))
def test_an_untouched_file_is_confirmed_and_a_changed_one_is_not(guest, address, edition, drawn, variant):
    content = keep(edition, drawn[variant])
    changed = content[:-200] + bytes([content[-200] ^ 1]) + content[-199:]

    same, other = send(guest, address, content), send(guest, address, changed)

    assert "Your file is unchanged" in words_of(same)
    assert "byte for byte" in words_of(same)
    assert "Your file is not of this edition" in words_of(other)
    assert sha256(changed).hexdigest() in words_of(other)
    assert same.redirect_chain == [(f"{address}?sha256={sha256(content).hexdigest()}", 302)]


@pytest.mark.xdist_group("paper")
def test_each_file_that_a_worker_makes_is_known_and_is_known_once(edition):
    first, again, kept = make_pdf(edition), make_pdf(edition), make_pdf(edition, Variant.ARCHIVE)

    assert first.content == again.content
    assert kept.download_name == "service-review-customer-orders-2026-10-edition-1-archive.pdf"
    wanted = {sha256(each.content).hexdigest() for each in (first, kept)}
    assert set(edition.files.values_list("sha256", flat=True)) == wanted


def test_a_fingerprint_that_was_taken_elsewhere_will_do(guest, address, edition):
    digest = sha256(keep(edition)).hexdigest()

    assert "Your file is unchanged" in words_of(guest.get(address, {"sha256": digest.upper()}))
    assert "not of this edition" in words_of(guest.get(address, {"sha256": edition.page_hash}))
    for odd in ("", "x" * 64, digest[:-1], "\u0661" * 64):
        answer = guest.get(address, {"sha256": odd})
        assert answer.status_code == 422
        assert b"h-verdict" not in answer.content


def test_where_no_file_was_ever_kept_nothing_is_called_changed(guest, address, edition):
    """Of what was issued before files were kept, and of what nobody has asked a PDF of."""
    words = words_of(send(guest, address, b"%PDF-1.7 of that time"))

    assert "There is nothing to compare your file with" in words
    assert "not of this edition" not in words


def test_unknown_codes_are_all_told_the_same(guest, issued, tenant, other_tenant):
    code = issued.edition.verify_code
    answers, questions = [], set()
    addresses = [
        f"/t/larkmoor/verify/{code[:-1]}{'0' if code[-1] != '0' else '1'}/",
        f"/t/larkmoor/verify/{'x' * 400}/",
        f"/t/harbour/verify/{code}/",  # another tenant's
        f"/t/nowhere/verify/{code}/",
    ]
    for each in addresses:
        with CaptureQueriesContext(connection) as asked:
            answers.append(guest.get(each))
        questions.add(len(asked))

    bodies = {re.sub(rb'"X-CSRFToken": "[^"]+"', b"", answer.content) for answer in answers}
    assert {answer.status_code for answer in answers} == {404}
    assert len(bodies) == len(questions) == 1
    assert "No edition has this code" in words_of(answers[0])
    assert {send(guest, each, b"x").status_code for each in addresses} == {404}
    assert guest.get(f"/t/larkmoor/verify/{code}/").status_code == 200


def test_a_member_is_told_what_everybody_is(client_of, issued, tenant, other_tenant):
    address = f"/t/larkmoor/verify/{issued.edition.verify_code}/"
    with tenant_scope(tenant.pk):
        inside = client_of(issued.month.manager)

    assert words_of(inside.get(address)) == words_of(Client(REMOTE_ADDR="10.79.0.1").get(address))
    assert inside.get(address.replace("larkmoor", "harbour")).status_code == 404


def test_each_edition_has_a_code_and_files_of_its_own(guest, address, month, edition):
    old = keep(edition, b"%PDF-1.7 of the first edition")
    slas.add_outage(month.targets["orders"].measure, "2026-10-30 09:00", "2026-10-30 09:10")
    compute_attainments(targets=[month.targets["orders"]], periods=[Period(2026, 10)], now=made.TODAY)
    newer = restate_review(review=edition.review, reason="An outage was missing", by=month.manager, now=made.TODAY)

    assert CODE.fullmatch(edition.verify_code)
    assert CODE.fullmatch(newer.verify_code)
    assert newer.verify_code != edition.verify_code
    assert "Your file is unchanged" in words_of(send(guest, address, old))
    assert "not of this edition" in words_of(send(guest, address, keep(newer)))


def test_what_is_known_of_files_is_kept_by_the_database(edition):
    keep(edition)

    for model, change in ((EditionFile, {"sha256": "0" * 64}), (Edition, {"verify_code": "0" * 32})):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            model.objects.update(**change)
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        EditionFile.objects.all()._raw_delete("default")


@pytest.mark.parametrize("by", ["announced", "sent"])
def test_a_file_that_is_too_large_is_not_read(guest, address, edition, monkeypatch, by):
    """Whether its size is announced, or it turns out to be too large."""
    monkeypatch.setattr(verification, "MOST_BYTES", 3_000_000)
    if by == "sent":
        monkeypatch.setattr(verification, "AROUND", 4_000_000)

    answer = send(guest, address, b"x" * 3_200_000)

    assert answer.status_code == 413
    assert "more than 20 MB" in words_of(answer)
    keep(edition)
    assert "not of this edition" in words_of(send(guest, address, b"x" * 2_900_000))


def test_without_a_file_there_is_nothing_to_compare(guest, address):
    for sent in ({}, {"file": SimpleUploadedFile("review.pdf", b"")}, {"file": "review.pdf"}):
        assert guest.post(address, sent).status_code == 422


def test_a_file_from_another_site_is_not_taken(address):
    strict = Client(enforce_csrf_checks=True, REMOTE_ADDR="10.79.0.2")

    assert send(strict, address, b"x").status_code == 403
    assert strict.put(address).status_code == 405


def test_guessing_is_limited_by_origin(guest, tenant):
    codes = [guest.get(f"/t/larkmoor/verify/{number:032}/").status_code for number in range(62)]
    last = guest.get("/t/larkmoor/verify/x/")

    assert codes == [404] * 60 + [429] * 2
    assert 0 < int(last["Retry-After"]) <= 60
    assert "Too many requests" in words_of(last)
    assert Client(REMOTE_ADDR="10.79.0.3").get("/t/larkmoor/verify/x/").status_code == 404


def test_without_the_store_of_limits_reading_goes_on_and_sending_waits(guest, address, monkeypatch):
    def lost(*_args, **_kwargs):
        raise NoStore

    monkeypatch.setattr("rest_framework.throttling.SimpleRateThrottle.allow_request", lost)

    assert guest.get(address).status_code == 200
    assert send(guest, address, b"x").status_code == 429


def test_what_was_issued_before_gets_its_code(issued):
    """As the owner does it in the migration; taken back afterwards."""
    migration = import_module("reporting.migrations.0005_editions_are_verified_by_a_code")
    with as_owner() as owner:
        owner.execute(migration.GIVE_CODES)
        codes = [code for (code,) in owner.execute("SELECT verify_code FROM reporting_edition")]
        owner.rollback()

    assert issued.edition.verify_code not in codes
    assert all(CODE.fullmatch(code) for code in codes)
    assert codes
