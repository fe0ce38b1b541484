"""The clauses of a version: in order, with keys that stay, and nothing of the text left out."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from slas.models import HoursException, HoursWindow, Obligation
from slas.queries.agreement_rows import rows_of
from slas.queries.agreement_text import agreement_text, terms_values
from slas.queries.clauses import clauses_of
from slas.queries.signed_text import written_text
from tests.slas import factories
from tests.slas.factories import every_day

# Which clauses say what a part of the text says; the rest of it are the terms.
SAID_BY = {"targets": "target:", "obligations": "duty:", "scope": "scope", "review_months": "reviews"}


def by_key(agreement):
    return {clause.key: clause for clause in clauses_of(agreement=agreement)}


def test_each_part_of_the_text_has_its_clauses(agreement):
    agreement.review_months = 6
    agreement.save()
    agreement.scope.create(service=factories.make_service(), business_unit=agreement.customer.business_unit)
    text = agreement_text(rows=rows_of(agreement=agreement))

    assert set(text) - set(terms_values(agreement)) == set(SAID_BY)


def test_notice_renewal_review_and_what_is_covered_are_said(agreement):
    assert by_key(agreement)["reviews"].text == "No notice, no renewal and no review together are agreed."
    agreement.notice_days, agreement.renews_months, agreement.review_months = 90, 12, 6
    agreement.save()
    unit, service = agreement.customer.business_unit, factories.make_service(name="Online ordering")
    agreement.scope.create(service=service, business_unit=unit, covered_words="the depots")
    clauses = by_key(agreement)

    said = (clauses["reviews"].text, *clauses["reviews"].lines)
    assert [line.replace("\u00a0", " ") for line in said] == [
        "Without notice it goes on for 12 months, again and again.",
        "Either side gives notice at least 90 days before its end.",
        "Both sides look at it together every 6 months.",
    ]
    assert clauses["scope"].text == "It covers Online ordering."
    assert clauses["scope"].lines == ("Online ordering, each level of it, for Customer Orders: the depots",)


def test_the_text_of_many_promises_takes_as_many_questions_as_that_of_one(agreement):
    questions = []
    agreement.targets.update(service_hours=factories.make_hours(every_day(8, 18)))
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            written_text(agreement=agreement)
        questions.append(len(asked))
        for number in range(8):
            hours = factories.make_hours(every_day(9, 17))
            factories.make_target(agreement=agreement, slug=f"more-{len(questions)}-{number}", service_hours=hours)

    assert questions[0] == questions[1]


def test_clauses_stand_in_their_order_with_their_numbers(agreement):
    factories.make_target(agreement=agreement, slug="solve", name="Problems are solved", position=9)
    for text in ("Send the calendar", "Name a contact"):
        Obligation.objects.create(agreement=agreement, slug=text.lower().replace(" ", "-"), text=text, short_text=text)

    found = clauses_of(agreement=agreement)

    assert [(clause.number, clause.title) for clause in found] == [
        ("1", "Parties and dates"),
        ("3.1", "Customers can place orders"),
        ("3.2", "Problems are solved"),
        ("5.1", "Send the calendar"),
        ("5.2", "Name a contact"),
        ("6", "Reviews, notice and end"),
    ]
    assert [clause.key for clause in found[:3]] == ["terms", "target:place-orders", "target:solve"]
    assert found[1].section == "Promises"
    assert "Customers can place orders: What is promised" in found[1].words


def test_a_duty_says_by_when(agreement):
    duty = Obligation.objects.create(
        agreement=agreement, slug="calendar", text="Send the calendar", short_text="Calendar"
    )
    before = by_key(agreement)["duty:calendar"]
    duty.due_on = date(2027, 3, 1)
    duty.save()
    after = by_key(agreement)["duty:calendar"]

    assert after.lines == ("By 1\u00a0March 2027.",)
    assert (before.key, before.text) == (after.key, after.text)
    assert before.fingerprint != after.fingerprint


def test_service_hours_are_said_day_by_day_with_the_dates_that_differ(orders):
    hours = orders.service_hours
    hours.holiday_region = "GB-ENG"
    hours.save()
    before = clauses_of(agreement=orders.agreement)[1]
    HoursWindow.objects.filter(service_hours=hours, weekday=6).delete()
    HoursException.objects.create(service_hours=hours, on=date(2026, 12, 24), opens_at=240, closes_at=780)
    HoursException.objects.create(service_hours=hours, on=date(2026, 12, 25))
    after = clauses_of(agreement=orders.agreement)[1]

    assert "Hours, Europe/London: Monday to Sunday 04:00 to 22:00." in before.lines
    assert "Closed on public holidays of GB-ENG." in before.lines
    assert "Hours, Europe/London: Monday to Saturday 04:00 to 22:00, Sunday closed." in after.lines
    assert "Dates that differ: 24\u00a0December 2026 04:00 to 13:00; 25\u00a0December 2026 closed." in after.lines
    assert before.fingerprint != after.fingerprint


def test_hours_that_changed_say_what_held_before(orders):
    later = factories.make_hours(
        every_day(5, 20), name="Later", version=2, replaces=orders.service_hours, starts_on=date(2026, 9, 1)
    )
    orders.service_hours = later
    orders.save()
    lines = clauses_of(agreement=orders.agreement)[1].lines

    assert "Hours (version 2), Europe/London: Monday to Sunday 05:00 to 20:00." in lines
    assert "These hours hold from 1\u00a0September 2026; until then 04:00 to 22:00, every day." in lines
    assert "Hours, Europe/London: Monday to Sunday 04:00 to 22:00." in lines


def test_the_same_values_have_the_same_fingerprint_in_each_version(agreement):
    later = factories.make_agreement(
        customer=agreement.customer, provider=agreement.provider, slug="orders", version=2, starts_on=date(2030, 1, 1),
        state="draft",
    )  # fmt: skip
    target = agreement.targets.get()
    factories.make_target(
        agreement=later, slug=target.slug, name=target.name, meaning=target.meaning, sentence=target.sentence,
        measure=target.measure,
    )  # fmt: skip

    assert by_key(agreement)["target:place-orders"].fingerprint == by_key(later)["target:place-orders"].fingerprint
    assert by_key(agreement)["terms"].fingerprint != by_key(later)["terms"].fingerprint
