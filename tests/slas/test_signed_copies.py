"""A party signs on paper that IT brings; and what the database holds of each signature, whoever writes."""

from datetime import date
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, ProgrammingError, transaction

from portal.audit.models import AuditEntry
from slas.calculation.proof import check_code
from slas.models import Acceptance, AgreementState, SignedHow
from slas.queries.signed_text import fingerprint_of
from tests.slas import factories
from tests.slas.contracts import NOW, PAGE, words_of

PDF = b"%PDF-1.7\nsigned by hand\n%%EOF\n"


@pytest.fixture(autouse=True)
def today(monkeypatch, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


class TestSignedCopy:
    """What a party signed on paper is brought by IT: the scan, who signed, in which role, on which day."""

    def send(self, client, contract, **instead):
        given = {
            "name": "Ada Quill", "role": "Managing director", "signed_on": "2026-11-09",
            "code": check_code(fingerprint_of(agreement=contract)),
            "copy": SimpleUploadedFile("scan.pdf", PDF, content_type="text/html"),
        }  # fmt: skip
        return client.post(f"{PAGE}copy/{contract.provider_id}/", given | instead)

    def test_it_is_the_signature_of_the_party(self, contract, manager, client_of, ask, guest):
        link = ask()

        answer = self.send(client_of(manager), contract)

        assert answer.status_code == 302
        signed = Acceptance.objects.get(party=contract.provider)
        assert (signed.how, signed.name, signed.role) == (SignedHow.COPY, "Ada Quill", "Managing director")
        assert (signed.signed_on, signed.member, signed.accepted_at) == (date(2026, 11, 9), manager, NOW)
        assert (signed.document.sha256, signed.document.size) == (sha256(PDF).hexdigest(), len(PDF))
        contract.refresh_from_db()
        assert contract.state == AgreementState.AGREED
        assert guest.get(link).status_code == 410  # nobody signs a second time
        page = client_of(manager).get(PAGE).content.decode().replace("\u00a0", " ")
        assert "On paper: scan.pdf, brought by" in page
        assert "9 November 2026" in page

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            pytest.param({"code": "0000-0000"}, "The copy is of another text", id="copy of another text"),
            pytest.param({"signed_on": "2026-11-11"}, "cannot have been signed after today", id="future"),
            pytest.param({"name": ""}, "This field is required.", id="nobody"),
            pytest.param({"role": ""}, "This field is required.", id="no role"),
            pytest.param({"signed_on": "9 Nov"}, "Enter a valid date.", id="no day"),
            pytest.param({"copy": ""}, "This field is required.", id="no copy"),
            pytest.param(
                {"copy": SimpleUploadedFile("scan.pdf", b"<html>%PDF-%%EOF")}, "This is a web page", id="no document"
            ),
        ],
    )
    def test_what_is_missing_or_wrong_is_said(self, contract, manager, client_of, given, words):
        answer = self.send(client_of(manager), contract, **given)

        assert answer.status_code == 422
        assert words in words_of(answer)
        assert not Acceptance.objects.filter(how=SignedHow.COPY).exists()

    def test_a_copy_is_no_annex_that_is_taken_off(self, contract, manager, client_of):
        self.send(client_of(manager), contract)
        document = contract.documents.get()

        assert client_of(manager).post(f"{PAGE}documents/{document.pk}/remove/").status_code == 404
        assert not AuditEntry.objects.filter(act="document.removed").exists()

    def test_the_code_may_be_typed_as_people_type(self, contract, manager, client_of):
        code = check_code(fingerprint_of(agreement=contract)).lower().replace("-", " ")

        assert self.send(client_of(manager), contract, code=code).status_code == 302


class TestDatabase:
    """What was signed names its text and stays, whoever writes."""

    def test_a_fingerprint_is_that_of_the_kept_text(self, contract):
        with pytest.raises(IntegrityError, match="acceptance_names_its_text"), transaction.atomic():
            factories.sign(contract, contract.provider, fingerprint="0" * 64)
        with pytest.raises(IntegrityError, match="acceptance_names_its_text"), transaction.atomic():
            factories.sign(contract, contract.provider, written="{}")

    def test_a_signature_is_never_changed(self, contract):
        for change in ({"name": "Somebody"}, {"written": "{}", "fingerprint": sha256(b"{}").hexdigest()}):
            with pytest.raises(ProgrammingError, match="Cannot update rows"), transaction.atomic():
                contract.acceptances.update(**change)

    @pytest.mark.parametrize(
        ("fields", "rule"),
        [
            ({"how": "link"}, "acceptance_by_link_has_an_address"),
            ({"sent_to": "a@b.example"}, "acceptance_by_link_has_an_address"),
            ({"how": "copy"}, "acceptance_on_paper_has_its_copy"),
            ({"signed_on": date(2026, 11, 9)}, "acceptance_on_paper_has_its_copy"),
            ({"how": "shouts"}, "acceptance_how_known"),
        ],
    )
    def test_each_way_to_sign_has_what_shows_it(self, contract, fields, rule):
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            factories.sign(contract, contract.provider, **fields)
