"""Taking a line out of a draft: it is asked first, on a page that needs no script, and then it is gone."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from slas.actions.agreement_states import propose_agreement
from slas.models import CreditBand, CreditScheme
from tests.slas import factories

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
PAGE = "/t/larkmoor/agreements/orders/v1/"
LINES = ("targets", "obligations", "scope", "credit_schemes", "documents")


@pytest.fixture(autouse=True)
def today(monkeypatch, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


@pytest.fixture
def addresses(draft, unit, people_of, client_of):
    """Where each kind of line of a draft is taken out, by the relation that holds it."""
    factories.make_target(agreement=draft, slug="more", name="More")
    draft.scope.create(service=factories.make_service(slug="phones", name="Phones"), business_unit=unit)
    draft.obligations.create(slug="list", text="We send the list", short_text="The list")
    scheme = CreditScheme.objects.create(
        agreement=draft, slug="credits", name="Credits for orders", basis="amount", currency="GBP",
        approver_role="service_level_manager",
    )  # fmt: skip
    CreditBand.objects.create(scheme=scheme, target=draft.targets.get(slug="place-orders"), low=0, high=None, credit=5)
    file = {"document": SimpleUploadedFile("prices.pdf", b"%PDF-1.7\nprices\n%%EOF\n")}
    client_of(people_of["manager"]).post(f"{PAGE}documents/attach/", file)
    return {
        "targets": (f"{PAGE}targets/more/remove/", "More"),
        "obligations": (f"{PAGE}duties/{draft.obligations.get().pk}/remove/", "The list"),
        "scope": (f"{PAGE}scope/{draft.scope.get().pk}/remove/", "Phones"),
        "credit_schemes": (f"{PAGE}credits/credits/remove/", "Credits for orders"),
        "documents": (f"{PAGE}documents/{draft.documents.get().pk}/remove/", "prices.pdf"),
    }


def test_each_line_is_asked_about_before_it_is_taken_out(draft, addresses, people_of, client_of):
    manager = client_of(people_of["manager"])
    counts = {line: getattr(draft, line).count() for line in LINES}
    page = manager.get(PAGE).text

    for line, (address, name) in addresses.items():
        assert f'href="{address}"' in page
        asked = manager.get(address)
        assert f"Take “{name}” out of the draft?" in asked.text
        assert getattr(draft, line).count() == counts[line]
        done = manager.post(address, follow=True)
        assert done.redirect_chain == [(PAGE, 302)]
        assert f"“{name}” is taken out." in done.text
        assert getattr(draft, line).count() == counts[line] - 1
        assert manager.get(address).status_code == 404


def test_what_is_proposed_keeps_its_lines_and_says_so(draft, addresses, people_of, client_of):
    propose_agreement(agreement=draft, by=people_of["manager"], now=NOW)
    manager = client_of(people_of["manager"])

    for line, (address, _name) in addresses.items():
        assert "Withdraw it first" in manager.post(address, follow=True).text
        assert getattr(draft, line).exists()


def test_an_anchor_of_a_promise_is_no_anchor_of_a_section(draft, people_of, client_of):
    """A promise may be called as a part of the page is."""
    factories.make_target(agreement=draft, slug="terms", name="Terms of payment are met")
    page = client_of(people_of["manager"]).get(reverse("agreement_version", args=["larkmoor", "orders", 1])).text

    assert (page.count('id="terms"'), page.count('id="promise-terms"')) == (1, 1)
    assert 'href="#promise-terms"' in page
