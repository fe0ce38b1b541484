"""The layout of reviews is proposed by IT and accepted by the head of the unit; nobody's yes is invented."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from portal.audit.models import AuditEntry
from portal.language import dates
from reporting.actions.editions import restate_review
from reporting.actions.layouts import accept_layout, propose_layout
from reporting.errors import LayoutAccepted, LayoutNotProposed
from reporting.exports.pdf import paper_html
from reporting.layout import STANDARD
from reporting.models import Edition, ReportAgreement
from reporting.queries.page_parts import ReviewPage, from_json
from reporting.queries.shown import show_draft, show_edition
from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period
from tests import factories
from tests.reporting import factories as made
from tests.slas import factories as slas

REVIEW = "/t/larkmoor/reviews/customer-orders/2026-10/"
AGREED = "What this figure means, agreed by both sides"
OPEN = "Layout proposed by IT, not yet accepted by Customer Orders."


@pytest.fixture
def month(in_tenant):
    """October of a unit with which no layout was agreed."""
    month = made.make_month(months=0)
    ReportAgreement.objects.all().delete()
    return month


def layout():
    return ReportAgreement.objects.get()


def signed():
    return layout().agreed_by_it, layout().agreed_by_business, layout().agreed_on


def test_a_draft_is_laid_out_in_nobodys_name(month):
    made.make_draft(month)

    assert layout().version == 1
    assert signed() == ("", "", None)


def test_a_draft_claims_no_agreement_that_nobody_gave(month, client_of):
    review = made.make_draft(month)
    page = client_of(month.manager).get(REVIEW).content.decode()
    paper = paper_html(shown=show_draft(review=review, now=made.TODAY), tenant=review.tenant)

    for html in (page, paper):
        assert "Proposed by IT, report agreement version 1" in html
        assert "What this figure means" in html
        assert AGREED not in html
        assert "Rules used, as agreed" not in html
    assert "Accept this layout" not in page


def test_a_draft_in_an_accepted_layout_says_so(month):
    layout = propose_layout(unit=month.unit, by=month.manager, now=made.ISSUED_AT)
    accept_layout(layout=layout, by=month.head, now=made.ISSUED_AT)
    review = made.make_draft(month)

    paper = paper_html(shown=show_draft(review=review, now=made.TODAY), tenant=review.tenant)

    assert AGREED in paper
    assert "Rules used, as agreed" in paper


def test_whoever_issues_stands_behind_the_layout_and_nobody_else(month):
    edition = made.make_edition(month)
    page = from_json(ReviewPage, edition.page)

    assert signed() == ("Pavel Orsin", "", None)
    assert page.head.layout == OPEN
    assert "Agreed" not in page.rules_note
    assert {promise.meaning.agreed for promise in page.attention} == {"Proposed by IT, report agreement version 1"}
    assert AuditEntry.objects.filter(act="layout.proposed", actor=month.manager.user).count() == 1


def test_the_head_accepts_it_in_the_review(month, client_of):
    made.make_edition(month)
    client = client_of(month.head)
    before = client.get(REVIEW).content.decode()
    assert OPEN in before
    assert "agreed by both sides" not in before

    answer = client.post(f"{REVIEW}layout/", {"read": 1})

    page = client.get(answer.url).content.decode()
    assert "You have accepted the layout." in page
    assert "Accept this layout" not in page
    assert AGREED in page
    assert "Proposed by IT" not in page
    on = dates.day_year(layout().agreed_on)
    assert f"Agreed {on} by Ines Calder and Pavel Orsin, report agreement version 1" in page
    assert signed()[:2] == ("Pavel Orsin", "Ines Calder")
    shown = show_edition(edition=Edition.objects.get(), reader=month.head, now=made.TODAY)
    assert shown.page.head.layout.endswith("by both sides.")
    assert AuditEntry.objects.filter(act="layout.accepted", actor=month.head.user).count() == 1


def test_a_replaced_edition_goes_on_saying_what_was_agreed_then(month, client_of):
    first = made.make_edition(month)
    slas.add_outage(month.targets["phones"].measure, "2026-10-19 09:10", "2026-10-19 09:41")
    compute_attainments(targets=[month.targets["phones"]], periods=[Period(2026, 10)], now=made.TODAY)
    restate_review(review=first.review, reason="Calls were cut", by=month.manager, now=made.TODAY)
    accept_layout(layout=layout(), by=month.head, now=made.TODAY)
    client = client_of(month.head)

    newest, replaced = client.get(REVIEW).content.decode(), client.get(f"{REVIEW}editions/1/").content.decode()

    assert AGREED in newest
    assert "Proposed by IT" not in newest
    assert AGREED not in replaced
    assert "Proposed by IT, report agreement version 1" in replaced
    assert OPEN in replaced
    assert "Accept this layout" not in replaced


def test_others_read_who_has_not_accepted_it_and_are_offered_no_button(month, client_of):
    made.make_edition(month)

    for reader in (month.reader, month.manager):
        page = client_of(reader).get(REVIEW).content.decode()
        assert OPEN in page
        assert "Accept this layout" not in page


def test_who_may_accept_it(month, member, client_of):
    made.make_edition(month)
    outsider = member("business_unit_head", units=[factories.make_unit(slug="finance")])
    people = (month.reader, month.manager, month.owner, member("auditor"), outsider)

    assert [client_of(person).post(f"{REVIEW}layout/").status_code for person in people] == [403] * 4 + [404]
    assert signed()[1:] == ("", None)


def test_nobody_accepts_a_version_that_did_not_stand_on_their_page(month, client_of):
    made.make_edition(month)

    for sent in ({}, {"read": 2}, {"read": "x"}):
        page = client_of(month.head).post(f"{REVIEW}layout/", sent, follow=True).content.decode()
        assert "Version 1 was proposed meanwhile. Read and answer that one." in page
    assert signed()[1:] == ("", None)


def test_it_is_accepted_once(month, client_of):
    made.make_edition(month)
    accept_layout(layout=layout(), by=month.head, now=made.TODAY)

    with pytest.raises(LayoutAccepted, match="Ines Calder accepted this layout on 10"):
        accept_layout(layout=layout(), by=month.head, now=made.TODAY)
    page = client_of(month.head).post(f"{REVIEW}layout/", {"read": 1}, follow=True).content.decode()
    assert "Ines Calder accepted this layout on 10" in page


def test_what_it_has_not_proposed_cannot_be_accepted(month):
    made.make_draft(month)

    with pytest.raises(LayoutNotProposed):
        accept_layout(layout=layout(), by=month.head, now=made.TODAY)


def test_a_review_is_drafted_in_the_newest_layout_that_both_sides_accepted(month):
    first = propose_layout(unit=month.unit, by=month.manager, now=made.ISSUED_AT)
    accept_layout(layout=first, by=month.head, now=made.ISSUED_AT)
    later = replace(STANDARD, audience="the order desk")
    propose_layout(unit=month.unit, terms=later, reason="Say who reads it", by=month.manager, now=made.ISSUED_AT)

    assert made.make_draft(month).report_agreement == first


def test_the_database_keeps_no_acceptance_without_a_name(month):
    with pytest.raises(IntegrityError, match="report_agreement_accepted_by_name"), transaction.atomic():
        ReportAgreement.objects.create(business_unit=month.unit, agreed_on=date(2026, 11, 10), agreed_by_it="Pavel")
