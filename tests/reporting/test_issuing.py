"""Issuing freezes: the month is closed, the page and its figures never change, a correction is a new edition."""

from datetime import date, datetime

import pytest
from django.db import DatabaseError, transaction

from portal.audit.models import AuditEntry
from portal.conversations.models import Notification
from portal.language.sentences import plain
from reporting.actions.editions import issue_review, restate_review
from reporting.actions.reviews import draft_review
from reporting.errors import (
    FiguresMissing,
    NothingToRestate,
    NothingToReview,
    ReasonMissing,
    ReviewIssued,
    ReviewNotIssued,
)
from reporting.models import Edition, Figure, ReviewState, ServiceReview
from reporting.queries.page_parts import ReviewPage, from_json, hash_of
from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period
from slas.calculation.proof import check_code
from slas.errors import MonthStillRuns
from slas.models import Agreement, Attainment, MonthClose
from tests.reporting import factories as made
from tests.slas import factories as slas


def test_issuing_closes_the_month_and_starts_the_clock_of_the_answer(month):
    review = made.make_draft(month)

    edition = issue_review(review=review, by=month.manager, now=made.ISSUED_AT)

    review.refresh_from_db()
    assert review.state == ReviewState.ISSUED
    assert review.answer_due_on == date(2026, 11, 13)  # five working days after Friday the 6th
    assert MonthClose.objects.filter(business_unit=month.unit, month=made.OCTOBER).exists()
    assert not Attainment.objects.filter(period_start=made.OCTOBER, closed_at=None).exists()
    assert edition.number == 1
    assert AuditEntry.objects.filter(act="review.issued", actor=month.manager.user).count() == 1


def test_the_head_of_the_unit_is_told(month, edition):
    told = Notification.objects.get(key=f"edition-{edition.pk}")

    assert told.member == month.head
    assert "answer by Fri" in told.text
    assert told.url == "/t/larkmoor/reviews/customer-orders/2026-10/"


def test_the_check_code_is_the_start_of_the_pages_fingerprint(edition):
    assert edition.page_hash == hash_of(edition.page)
    assert edition.check_code == check_code(edition.page_hash)
    assert edition.check_code == f"{edition.page_hash[:4]}-{edition.page_hash[4:8]}".upper()


@pytest.mark.parametrize(
    ("model", "change"),
    [(Edition, {"check_code": "0000-0000"}), (Edition, {"page": {}}), (Figure, {"printed": "0 min"})],
)
def test_the_database_refuses_to_change_what_was_issued(edition, model, change):
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        model.objects.all().update(**change)


@pytest.mark.parametrize("model", [Figure, Edition])
def test_the_database_refuses_to_remove_what_was_issued(edition, model):
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        model.objects.all()._raw_delete("default")


def test_each_figure_keeps_its_proof(edition, figure):
    lost = figure("orders.result")

    assert lost.printed == "3\u00a0h\u00a028\u00a0min"
    assert lost.status == "missed"
    assert [line["key"] for line in lost.proof["lines"]][-1] == "result"
    assert lost.proof["evidence"]["events"] == 4
    assert lost.attainment.result["lost_seconds"] == "12480/1"


def test_an_issued_review_is_issued_and_drafted_once(month, edition):
    with pytest.raises(ReviewIssued, match="issued on 6"):
        issue_review(review=edition.review, by=month.manager, now=made.TODAY)
    with pytest.raises(ReviewIssued):
        made.make_draft(month)


def test_a_month_that_runs_cannot_be_issued(month):
    during = datetime.fromisoformat("2026-10-20T10:00:00+00:00")
    review = made.make_draft(month, now=during)

    with pytest.raises(MonthStillRuns):
        issue_review(review=review, by=month.manager, now=during)


def test_a_review_without_promises_is_not_drafted(in_tenant, member):
    unit = made.factories.make_unit(name="Transport")

    with pytest.raises(NothingToReview, match="Nothing was promised to Transport in October 2026"):
        draft_review(unit=unit, month=made.OCTOBER, by=member(), now=made.ISSUED_AT)

    assert not ServiceReview.objects.exists()


def test_a_review_whose_agreement_ended_meanwhile_cannot_be_issued(month):
    review = made.make_draft(month)
    Agreement.objects.update(ends_on=date(2026, 9, 1))

    with pytest.raises(FiguresMissing, match="Customer Orders"):
        issue_review(review=review, by=month.manager, now=made.ISSUED_AT)


def correct_the_phones(month):
    """Late facts: the lines were dead for half an hour more."""
    slas.add_outage(month.targets["phones"].measure, "2026-10-19 09:10", "2026-10-19 09:41")
    compute_attainments(targets=[month.targets["phones"]], periods=[Period(2026, 10)], now=made.TODAY)


def test_a_correction_is_a_new_edition_with_a_reason(month, edition, figure):
    before = dict(edition.figures.values_list("anchor", "printed"))
    correct_the_phones(month)

    newest = restate_review(
        review=edition.review, reason="Calls were cut on 19 October", by=month.manager, now=made.TODAY
    )

    assert newest.number == 2
    assert newest.reason == "Calls were cut on 19 October"
    assert newest.figures.get(anchor="phones.result").printed == "1\u00a0h\u00a005\u00a0min"
    assert newest.figures.get(anchor="phones.2026-10").status == "missed"
    assert dict(edition.figures.values_list("anchor", "printed")) == before
    assert newest.check_code != edition.check_code


def test_the_sentences_of_a_correction_say_what_its_figures_say(month, edition):
    correct_the_phones(month)

    newest = restate_review(review=edition.review, reason="Calls were cut", by=month.manager, now=made.TODAY)

    page = from_json(ReviewPage, newest.page)
    (phones,) = [promise for promise in page.promises if promise.name == "Order desk phones work"]
    assert "missed" in plain(phones.key)
    assert any(item.mark == "M" and "Lines were dead" in plain(item.sentence) for item in page.cover)


def test_a_correction_says_why(month, edition):
    correct_the_phones(month)

    with pytest.raises(ReasonMissing):
        restate_review(review=edition.review, reason="  ", by=month.manager, now=made.TODAY)


def test_a_correction_says_something_new(month, edition):
    with pytest.raises(NothingToRestate, match="edition 1"):
        restate_review(review=edition.review, reason="Again", by=month.manager, now=made.TODAY)


def test_a_draft_is_not_corrected_by_an_edition(month):
    review = made.make_draft(month)

    with pytest.raises(ReviewNotIssued):
        restate_review(review=review, reason="Too early", by=month.manager, now=made.TODAY)
