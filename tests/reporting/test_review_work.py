"""Reviews by workers and from the command line: drafting, PDF, and the API."""

import json
from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from portal.accounts.actions.tokens import create_token
from portal.accounts.models import Role
from portal.tenancy.scope import tenant_scope
from reporting import tasks
from reporting.actions.answers import comment_on_anchor
from reporting.exports.figures import evidence_csv, evidence_json, figures_csv
from reporting.exports.pdf import build_draft_pdf, build_edition_pdf
from reporting.models import Edition, ServiceReview
from reporting.queries.editing import editing_page
from reporting.queries.reviews import list_due_units
from reporting.queries.working_days import calendar_of
from slas.models import Agreement
from tests import factories
from tests.reporting import factories as made
from tests.slas import factories as slas


def told():
    """A report that keeps what it is told."""
    said = []
    return said, lambda percent, message: said.append((percent, message))


def test_an_edition_is_made_by_a_job(edition):
    job = tasks.queue_edition_pdf(edition=edition, by=None, now=made.TODAY)
    said, report = told()

    result = build_edition_pdf(scope=nullcontext, arguments=job.arguments, report=report)

    assert result.content.startswith(b"%PDF-")
    assert result.download_name == "service-review-customer-orders-2026-10-edition-1.pdf"
    assert said == [(30, "The pages are laid out.")]


def test_the_same_edition_is_one_job_until_somebody_says_something(month, edition):
    first = tasks.queue_edition_pdf(edition=edition, by=month.head, now=made.TODAY)
    again = tasks.queue_edition_pdf(edition=edition, by=month.reader, now=made.TODAY + timedelta(minutes=5))
    comment_on_anchor(edition=edition, anchor="review", by=month.reader, text="Well done.", now=made.TODAY)
    later = tasks.queue_edition_pdf(edition=edition, by=month.head, now=made.TODAY + timedelta(minutes=10))

    assert first == again
    assert later != first


def test_a_draft_is_made_by_a_job(month):
    review = made.make_draft(month)
    job = tasks.queue_draft_pdf(review=review, by=month.manager, now=made.TODAY)

    result = build_draft_pdf(scope=nullcontext, arguments=job.arguments, report=told()[1])

    assert result.download_name == "service-review-customer-orders-2026-10-draft.pdf"


def test_units_whose_month_has_ended_are_due_until_they_are_drafted(month):
    assert [unit.slug for unit in list_due_units(month=made.OCTOBER)] == ["customer-orders"]

    made.make_draft(month)

    assert list(list_due_units(month=made.OCTOBER)) == []


@pytest.mark.parametrize(
    ("ends_on", "due"),
    [(None, ["customer-orders"]), (date(2026, 10, 2), ["customer-orders"]), (date(2026, 10, 1), [])],
    ids=["goes on", "ended within the month", "ended before"],
)
def test_a_unit_whose_agreement_has_ended_owes_no_review(month, ends_on, due):
    Agreement.objects.filter(pk=month.agreement.pk).update(ends_on=ends_on)

    assert [unit.slug for unit in list_due_units(month=made.OCTOBER)] == due


@pytest.mark.parametrize(
    ("zone", "drafted"), [("Europe/London", []), ("Pacific/Auckland", ["2026-10-01"])], ids=["still runs", "over"]
)
def test_reviews_are_drafted_when_the_month_has_ended_where_the_tenant_is(
    tenant, monkeypatch, zone, drafted, django_capture_on_commit_callbacks
):
    """Noon of 31 October in London is 1 November in Auckland; the unit's agreement begins in October."""
    tenant.time_zone = zone
    tenant.save()
    with tenant_scope(tenant.pk):
        slas.make_agreement(starts_on=made.OCTOBER)
    sent = []
    monkeypatch.setattr("portal.clock.now", lambda: slas.at("2026-10-31 12:30"))
    monkeypatch.setattr(tasks.draft_reviews, "delay", lambda **given: sent.append(given["month"]))

    with django_capture_on_commit_callbacks(execute=True):
        tasks.draft_due_reviews(tenant_id=tenant.pk)

    assert sent == drafted


def test_the_command_writes_a_draft_and_then_the_edition(month, tmp_path, capsys, tenant):
    file = tmp_path / "october.pdf"
    arguments = {"tenant": "larkmoor", "unit": "customer-orders", "month": "2026-10", "pdf": str(file)}

    call_command("review", **arguments)
    assert "Customer Orders, 2026-10: draft," in capsys.readouterr().out
    assert file.read_bytes().startswith(b"%PDF-")

    edition = made.make_edition(month)
    call_command("review", **arguments)
    assert f"edition 1, check code {edition.check_code}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"tenant": "nobody"}, "There is no tenant “nobody”"),
        ({"unit": "nobody"}, "There is no business unit “nobody”. Units: customer-orders"),
        ({"month": "October"}, "“October” is no month. Write it as 2026-10"),
        ({"month": "2099-01"}, "January 2099 has not begun. Choose a month that has"),
        ({"month": "2019-01"}, "Nothing was promised to Customer Orders in January 2019"),
    ],
)
def test_the_command_says_what_is_wrong(month, tmp_path, changed, said):
    arguments = {"tenant": "larkmoor", "unit": "customer-orders", "month": "2026-10", "pdf": str(tmp_path / "x.pdf")}

    with pytest.raises(CommandError, match=said):
        call_command("review", **arguments | changed)

    assert ServiceReview.objects.count() == 0


def test_the_command_says_that_its_file_cannot_be_written(simple, tmp_path):
    file = tmp_path / "no-such-folder" / "october.pdf"

    with pytest.raises(CommandError, match=f"{file} cannot be written: No such file or directory. Name a file"):
        call_command("review", tenant="larkmoor", unit="customer-orders", month="2026-10", pdf=str(file))


def test_the_table_of_figures_holds_every_figure(edition):
    lines = figures_csv(edition=edition).splitlines()

    assert len(lines) == edition.figures.count() + 1
    assert lines[0].startswith('"figure","name","printed","status"')
    assert any(line.startswith('"orders.result",') and edition.check_code in line for line in lines)


def test_evidence_can_be_taken_away(figure):
    lost = figure("orders.result")

    assert '"lost_seconds": "12480/1"' in evidence_json(figure=lost)
    assert evidence_csv(figure=lost).count('\r\n"event",') == 4


def test_the_evidence_holds_each_record_that_was_judged(month, figure):
    """Sales figures: 19 working days with a record, three without one."""
    sales, score = figure("sales.result"), figure("score.kept")
    document = json.loads(evidence_json(figure=sales))

    assert [record["state"] for record in document["records"]].count("met") == 19
    assert len(document["records"]) == 22
    dates = [line for line in evidence_csv(figure=sales).splitlines() if line.startswith('"date",')]
    assert len(dates) == 22
    assert '"date","2026-10-01","In time","2026-10-01T06:00:00+00:00 to 2026-10-01T05:30:00+00:00"' in dates[0]
    assert sum('"No record"' in line for line in dates) == 3
    assert json.loads(evidence_json(figure=score))["records"] == []
    assert '"date",' not in evidence_csv(figure=score)


def test_the_editor_sees_each_sentence_as_written_and_as_read(month):
    editing = editing_page(review=made.make_draft(month))

    assert [title for title, _ in editing.sections] == ["In short", "Promises in detail", "What it was worth"]
    assert editing.missing == []
    assert "{figure:orders.result}" in [figure.binding for figure in editing.figures]


def test_the_api_gives_the_very_page_that_was_issued(month, edition, client):
    _, key = create_token(
        membership=month.reader, name="Reports", scopes=["results.read"], days=3650,
        by=factories.make_member(role=Role.ADMINISTRATOR), now=made.TODAY,
    )  # fmt: skip
    headers = {"Authorization": f"Bearer {key}"}

    listed = client.get("/t/larkmoor/api/v1/reviews/", headers=headers)
    answer = client.get("/t/larkmoor/api/v1/reviews/customer-orders/2026-10/editions/1/", headers=headers)

    assert [row["month"] for row in listed.json()["results"]] == ["2026-10"]
    assert answer.json()["page"] == Edition.objects.get().page
    assert answer.json()["check_code"] == edition.check_code
    assert client.get("/t/larkmoor/api/v1/reviews/").status_code == 401
    missing = client.get("/t/larkmoor/api/v1/reviews/finance/2026-10/editions/1/", headers=headers)
    assert missing.status_code == 404


def test_working_days_skip_the_weekend_and_holidays(month):
    hours = month.targets["orders"].service_hours
    hours.holiday_region = "GB-ENG"
    hours.save()
    calendar = calendar_of(unit=month.unit, now=made.TODAY)

    assert calendar.day_after(date(2026, 12, 24), 1) == date(2026, 12, 29)  # Christmas, its substitute, a weekend
    assert calendar.days_until(date(2026, 11, 10), date(2026, 11, 13)) == 3


def test_a_review_is_of_a_month_that_is_named_by_its_first_day(month):
    review = made.make_draft(month)

    with pytest.raises(IntegrityError, match="review_month_by_its_first"), transaction.atomic():
        ServiceReview.objects.filter(pk=review.pk).update(month=date(2026, 10, 2))
