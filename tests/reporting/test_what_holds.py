"""What holds for a reader: the business reads what was issued to it, IT the newest, wherever a figure stands."""

from datetime import UTC, date, datetime

import pytest

from reporting.actions.editions import issue_review
from reporting.actions.reviews import draft_review
from reporting.queries.review_page import build_page
from reporting.queries.services_detail import get_service_page
from reporting.queries.services_marks import list_marks
from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period
from slas.models import Attainment
from slas.queries.attainments import held_attainments
from tests import factories
from tests.reporting import factories as made
from tests.slas import factories as slas

OCTOBER, NOVEMBER, DECEMBER = (Period(2026, month) for month in (10, 11, 12))
DECEMBER_7 = datetime(2026, 12, 7, 10, tzinfo=UTC)
JANUARY_8 = datetime(2027, 1, 8, 10, tzinfo=UTC)


@pytest.fixture
def corrected(month, edition):
    """October was issued with 99.8 % for the phones; half an hour more came to light, which nobody has issued."""
    slas.add_outage(month.targets["phones"].measure, "2026-10-19 09:10", "2026-10-19 09:41")
    compute_attainments(targets=[month.targets["phones"]], periods=[OCTOBER], now=made.TODAY)
    return month


def phones_of(month, reader):
    held = held_attainments(reader=reader).get(target=month.targets["phones"], period_start=made.OCTOBER)
    return held.status, held.revision


def test_a_correction_holds_for_the_business_once_it_is_issued(corrected):
    assert phones_of(corrected, corrected.head) == ("kept", 1)
    assert phones_of(corrected, corrected.manager) == ("missed", 2)


def test_a_month_holds_for_the_business_once_it_is_issued(month):
    assert not held_attainments(reader=month.head).exists()
    assert phones_of(month, month.manager) == ("kept", 1)


def test_figures_of_another_unit_never_hold(corrected, member):
    other = member("business_unit_head", units=[factories.make_unit(slug="finance")])

    assert not held_attainments(reader=other).exists()


def test_the_pages_of_a_service_show_what_holds(corrected):
    service = corrected.targets["phones"].service

    def seen_by(reader):
        page = get_service_page(reader=reader, service=service, today=made.TODAY.date(), currency="GBP")
        (line,) = [line for line in page.promises if line.name == "Order desk phones work"]
        return line.status, list_marks(reader=reader, month=made.OCTOBER)[service.pk].words

    assert seen_by(corrected.head) == ("K", "1 of 7 missed")
    assert seen_by(corrected.manager) == ("M", "2 of 7 missed")


def phones_row(page):
    (row,) = [row for row in page.chart if row.name == "Order desk phones work"]
    return [(cell.letter, cell.value.text) for cell in row.cells]


def draft_november(month):
    compute_attainments(targets=list(month.targets.values()), periods=[NOVEMBER], now=DECEMBER_7)
    return draft_review(unit=month.unit, month=NOVEMBER.first_on, by=month.manager, now=DECEMBER_7)


def test_the_next_chart_shows_a_month_as_it_was_issued(corrected):
    page = build_page(review=draft_november(corrected), now=DECEMBER_7)

    assert phones_row(page)[-2:] == [("K", "99.8"), ("K", "100")]


def test_the_next_chart_leaves_out_a_month_that_was_not_issued(corrected):
    review = draft_november(corrected)
    compute_attainments(targets=list(corrected.targets.values()), periods=[DECEMBER], now=JANUARY_8)

    def december():
        drafted = draft_review(unit=corrected.unit, month=DECEMBER.first_on, by=corrected.manager, now=JANUARY_8)
        return phones_row(build_page(review=drafted, now=JANUARY_8))[-3:]

    assert december() == [("K", "99.8"), ("N", "–"), ("K", "100")]
    issue_review(review=review, by=corrected.manager, now=JANUARY_8)
    assert december() == [("K", "99.8"), ("K", "100"), ("K", "100")]


def test_the_first_review_issues_the_months_before_it(in_tenant):
    month = made.make_month(months=1)
    september = month.targets["phones"].attainments.get(period_start=date(2026, 9, 1))
    assert phones_row(build_page(review=made.make_draft(month), now=made.ISSUED_AT))[-2:] == [
        ("K", "100"),
        ("K", "99.8"),
    ]

    made.make_edition(month)

    assert held_attainments(reader=month.head).get(pk=september.pk).closed_at == made.ISSUED_AT


def test_a_figure_that_still_runs_is_issued_as_it_stood(month):
    """A promise by the quarter is shown in October’s review; what November adds is read by IT alone."""
    quarterly = slas.make_target(agreement=month.agreement, name="By the quarter", period_kind="quarter")
    compute_attainments(targets=[quarterly], periods=[OCTOBER], now=made.ISSUED_AT)
    made.make_edition(month)
    slas.add_outage(quarterly.measure, "2026-11-08 00:00", "2026-11-09 12:00")
    compute_attainments(targets=[quarterly], periods=[OCTOBER], now=made.TODAY)

    values = {
        reader: held_attainments(reader=reader).get(target=quarterly).result["lost_seconds"]
        for reader in (month.head, month.manager)
    }

    assert values == {month.head: "0/1", month.manager: "129600/1"}


def test_every_figure_of_an_edition_is_closed(edition):
    assert not Attainment.objects.filter(closed_at=None).exists()
    assert edition.figures.exclude(attainment=None).exists()
