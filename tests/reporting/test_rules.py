"""How we count is said for each promise as it was agreed: no rule of one promise is printed for all."""

from datetime import date
from decimal import Decimal

import pytest

from portal.accounts.models import BusinessUnit
from portal.language.numbers import NBSP
from reporting.queries.reviews import why_no_draft
from reporting.queries.rules import rule_sentences
from tests.reporting import factories as made
from tests.slas import factories

OCTOBER = date(2026, 10, 1)


def said(*targets):
    return " ".join(rule_sentences(targets, OCTOBER, "Europe/London")).replace(NBSP, " ")


def promise(name, coverage, zone="Europe/London"):
    agreement = factories.make_agreement(time_zone=zone)
    return factories.make_target(agreement=agreement, name=name, minimum_coverage=Decimal(coverage))


def test_one_least_coverage_is_said_once(in_tenant):
    words = said(promise("Orders", 95), promise("Phones", 95))

    assert words.count("we do not judge") == 1
    assert "Below 95 % of data we do not judge, unless the result is certain." in words


def test_different_coverages_are_said_with_their_promises(in_tenant):
    words = said(promise("Orders", 95), promise("Phones", 90))

    assert "Below 90 % of data we do not judge “Phones”, unless the result is certain." in words
    assert "Below 95 % of data we do not judge “Orders”, unless the result is certain." in words


def test_where_cases_count_is_said_unless_by_their_due_date(in_tenant):
    cases = [factories.make_target("cases", name=name, attribution=rule) for name, rule in
             (("Urgent", "due"), ("High", "stopped"), ("Low", "stopped"))]  # fmt: skip

    words = said(*cases)

    assert "in which its clock stops; what is open is in none. This holds for “High” and “Low”." in words
    assert "it is due" not in words


def test_different_zones_are_said_with_their_promises(in_tenant):
    words = said(promise("Orders", 95), promise("Phones", 95, zone="America/New_York"))

    assert "London time. October had 745 hours" in words
    assert "because the clocks went back on the 25th. This holds for “Orders”." in words
    assert "New York time. This holds for “Phones”." in words


@pytest.mark.parametrize(
    ("when", "words"),
    [
        pytest.param(date(2027, 1, 1), "January 2027 has not begun", id="to come"),
        pytest.param(date(2019, 1, 1), "Nothing was promised to Customer Orders in January 2019", id="no agreement"),
        pytest.param(OCTOBER, "This review was issued already", id="issued"),
        pytest.param(date(2026, 11, 1), "", id="the running month"),
    ],
)
def test_a_review_that_cannot_be_drafted_is_refused_where_it_is_asked_for(month, edition, client_of, when, words):
    unit = BusinessUnit.objects.get(slug="customer-orders")

    assert words in why_no_draft(unit=unit, month=when, today=made.TODAY.date())
    sent = {"draft-unit": unit.slug, "draft-month": f"{when:%Y-%m}"}
    answer = client_of(month.manager).post("/t/larkmoor/reviews/draft/", sent)
    assert answer.status_code == (422 if words else 302)
