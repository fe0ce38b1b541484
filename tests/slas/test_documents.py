"""Documents of an agreement: kept as they are once they are what they say, part of the text, and handed out safely."""

from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from django.conf import settings as conf
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog.importers.files import UnusableFile
from portal.audit.models import AuditEntry
from slas.actions.agreement_states import propose_agreement
from slas.actions.agreements import revise_agreement
from slas.actions.documents import Document
from slas.importers.documents import MOST_BYTES, read_document
from slas.models import Agreement, AgreementState
from slas.queries.agreement_paper import get_paper
from slas.queries.signed_text import fingerprint_of
from tests.slas import factories

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
PAGE = "/t/larkmoor/agreements/orders/v1/"
PDF = b"%PDF-1.7\nprices\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n....IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0....\xff\xd9"


@pytest.mark.parametrize(
    ("content", "name", "kept", "kind"),
    [
        pytest.param(PDF, "Prices 2027.PDF", "Prices 2027.pdf", "application/pdf", id="pdf"),
        pytest.param(PNG, "scan.png", "scan.png", "image/png", id="png"),
        pytest.param(JPEG, "scan.jpeg", "scan.jpg", "image/jpeg", id="jpeg"),
        pytest.param(PDF, "page.html", "page.html.pdf", "application/pdf", id="never by its name"),
        pytest.param(PDF, "C:\\Users\\ada\\..\\prices.pdf", "prices.pdf", "application/pdf", id="a path"),
        pytest.param(PDF, "../../etc/passwd", "passwd.pdf", "application/pdf", id="a way up"),
        pytest.param(PDF, "fdp\u202eexe.pdf\x00\n", "fdpexe.pdf", "application/pdf", id="signs that turn or hide"),
        pytest.param(PDF, "...", "document.pdf", "application/pdf", id="no name"),
        pytest.param(PDF, "x" * 300, f"{'x' * 116}.pdf", "application/pdf", id="a long name"),
    ],
)
def test_a_document_is_told_by_its_bytes(content, name, kept, kind):
    assert read_document(content, name=name) == Document(content, kept, kind)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "The file is empty. Choose", id="empty"),
        pytest.param(b"<svg onload=alert(1)>%%EOF", "This is a web page or XML. Save it as PDF", id="SVG"),
        pytest.param(b"<!doctype html>", "This is a web page or XML", id="HTML"),
        pytest.param(b"\n%PDF-1.7\n%%EOF", "This is no PDF, PNG or JPEG", id="not from the first byte"),
        pytest.param(b"PK\x03\x04", "This is an office document or archive", id="office"),
        pytest.param(b"MZ\x90", "This is a program", id="program"),
        pytest.param(b"GIF89a", "This is no PDF, PNG or JPEG", id="GIF"),
        pytest.param(PDF[:-6], "The end of the file is missing", id="half a PDF"),
        pytest.param(PNG[:-8], "The end of the file is missing", id="half a PNG"),
        pytest.param(JPEG[:-2], "The end of the file is missing", id="half a JPEG"),
        pytest.param(PDF + b" " * MOST_BYTES, "more than 10 MB", id="too much"),
    ],
)
def test_what_is_no_document_is_refused_with_what_to_do(content, words):
    with pytest.raises(UnusableFile, match=words):
        read_document(content, name="scan.pdf")


@pytest.fixture(autouse=True)
def today(monkeypatch, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


def attach(client, content=PDF, name="prices.pdf"):
    return client.post(f"{PAGE}documents/attach/", {"document": SimpleUploadedFile(name, content)})


def test_a_document_is_part_of_the_text_that_both_sides_sign(draft, people_of, client_of):
    manager = client_of(people_of["manager"])
    before = fingerprint_of(agreement=draft)

    answer = attach(manager)

    assert answer.status_code == 302
    kept = draft.documents.get()
    assert (kept.name, kept.size, kept.sha256) == ("prices.pdf", len(PDF), sha256(PDF).hexdigest())
    assert (conf.FILES_DIR / str(draft.tenant_id) / kept.sha256).read_bytes() == PDF
    assert fingerprint_of(agreement=draft) != before
    assert [annex.sha256 for annex in get_paper(agreement=draft).annexes] == [kept.sha256]
    assert "prices.pdf" in manager.get(f"{PAGE}text/").content.decode()
    assert "There is a document “prices.pdf” already" in attach(manager).content.decode()
    manager.post(f"{PAGE}documents/{kept.pk}/remove/")
    assert fingerprint_of(agreement=draft) == before


def test_what_is_proposed_gets_no_other_documents(draft, people_of, client_of):
    manager = client_of(people_of["manager"])
    attach(manager)
    propose_agreement(agreement=draft, by=people_of["manager"], now=NOW)

    refused = attach(manager, name="other.pdf")
    kept = draft.documents.get()
    page = manager.post(f"{PAGE}documents/{kept.pk}/remove/", follow=True)

    assert refused.status_code == 422
    assert "Withdraw it first" in refused.content.decode()
    assert "Withdraw it first" in page.content.decode()
    assert draft.documents.count() == 1


def test_the_next_version_begins_with_the_documents_of_this_one(draft, people_of, client_of):
    attach(client_of(people_of["manager"]))
    Agreement.objects.filter(pk=draft.pk).update(state=AgreementState.IN_FORCE)

    new = revise_agreement(agreement=draft, starts_on=date(2027, 12, 1), by=people_of["manager"], now=NOW)

    assert new.documents.get().sha256 == sha256(PDF).hexdigest()


def test_a_document_is_a_download_that_no_browser_runs(draft, people_of, client_of):
    attach(client_of(people_of["manager"]), content=PNG, name='a"b.html')
    propose_agreement(agreement=draft, by=people_of["manager"], now=NOW)
    kept = draft.documents.get()

    answer = client_of(people_of["head"]).get(f"{PAGE}documents/{kept.pk}/")

    assert (answer.status_code, answer.content) == (200, PNG)
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"] == 'attachment; filename="a\\"b.html.png"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert AuditEntry.objects.get(act="document.downloaded").actor == people_of["head"].user


def test_a_file_that_is_gone_or_changed_is_not_handed_out(draft, people_of, client_of):
    manager = client_of(people_of["manager"])
    attach(manager)
    kept = draft.documents.get()
    (conf.FILES_DIR / str(draft.tenant_id) / kept.sha256).write_bytes(b"%PDF-another%%EOF")

    assert manager.get(f"{PAGE}documents/{kept.pk}/").status_code == 404


def test_who_may_not_see_the_version_has_none_of_its_documents(draft, people_of, client_of):
    attach(client_of(people_of["manager"]))
    address = f"{PAGE}documents/{draft.documents.get().pk}/"

    for who in ("outsider", "head"):  # the head does not see a draft yet
        assert client_of(people_of[who]).get(address).status_code == 404
    other = factories.make_agreement(slug="other")
    assert client_of(people_of["manager"]).get(address.replace("/orders/", "/other/")).status_code == 404
    assert other.documents.count() == 0
