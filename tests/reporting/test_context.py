"""What IT asks of the business: reminders on both sides, answers that stay with their date, and what is poorer."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.accounts.models import Role
from portal.conversations.models import Notification, OutboxMessage
from reporting.actions.follow_ups import answer_context, ask_for_context, remind_of_context
from reporting.models import ContextKind, ContextRequest
from reporting.queries.context import POORER
from tests import factories
from tests.reporting import factories as made

DUE = date(2026, 11, 16)  # Monday
REVIEW = "/t/larkmoor/reviews/customer-orders/2026-10/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: made.TODAY)


def ask(month, **fields):
    wanted = {
        "title": "Christmas peak", "question": "How many orders an hour?", "purpose": "so that capacity can be ordered",
        "due_on": DUE, "kind": ContextKind.PEAKS,
    }  # fmt: skip
    return ask_for_context(business_unit=month.unit, by=month.manager, now=made.TODAY, **wanted | fields)


def told(member):
    return list(Notification.objects.filter(member=member).order_by("pk").values_list("text", flat=True))


def test_the_people_of_the_unit_are_told_what_is_asked_and_the_asker_what_was_answered(simple, member):
    outsider = member(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit(name="Finance")])
    request = ask(simple)
    assert (
        told(simple.head)
        == told(simple.reader)
        == ["Pavel Orsin asks Customer Orders: Christmas peak, by 16 November."]
    )
    assert told(outsider) == told(simple.owner) == []

    answer_context(request=request, answer="900", by=simple.reader, now=made.TODAY)

    assert told(simple.manager) == ["Rowan Tessaly answered “Christmas peak”."]


@pytest.mark.parametrize(
    ("days", "head", "manager"),
    [
        pytest.param([-4], 0, 0, id="not yet"),
        pytest.param([-3], 1, 0, id="soon"),
        pytest.param([-3, -2, -1, 0], 1, 0, id="soon is said once"),
        pytest.param([1], 1, 1, id="late"),
        pytest.param([1, 2, 6], 1, 1, id="late is said once a week"),
        pytest.param([1, 8, 15], 3, 3, id="each week that it is late"),
    ],
)
def test_reminders_come_on_their_days_and_once(simple, days, head, manager):
    ask(simple)
    before = len(told(simple.head))
    for after in days:
        for hour in (5, 6):  # the timetable may run twice
            remind_of_context(now=datetime(2026, 11, 16, hour, tzinfo=UTC) + timedelta(days=after))

    assert (len(told(simple.head)) - before, len(told(simple.manager))) == (head, manager)
    assert OutboxMessage.objects.filter(to=simple.head.user.email).count() == head + before


def test_the_day_is_that_of_the_tenant_across_the_change_of_its_clocks(simple):
    """At 23:30 UTC on 24 October it is past midnight in summer time: the answer of the 24th is a day late."""
    tenant = simple.unit.tenant
    tenant.time_zone = "Europe/Berlin"
    tenant.save()
    ask(simple, due_on=date(2026, 10, 24))
    before = len(told(simple.manager))

    remind_of_context(now=datetime(2026, 10, 24, 21, 30, tzinfo=UTC))
    assert len(told(simple.manager)) == before
    remind_of_context(now=datetime(2026, 10, 24, 22, 30, tzinfo=UTC))
    assert told(simple.manager)[before:] == ["The answer to “Christmas peak” has been due since 24 October."]


def test_nobody_is_reminded_of_what_was_answered(simple):
    answer_context(request=ask(simple), answer="900", by=simple.head, now=made.TODAY)
    before = Notification.objects.count()

    remind_of_context(now=made.TODAY + timedelta(days=30))

    assert Notification.objects.count() == before


def test_what_is_poorer_is_said_where_it_is_missing(month, edition, client_of):
    service = month.targets["orders"].service
    request = ask(month, service=service, kind=ContextKind.HOUR)
    own = ask(month, service=service, title="Who calls", poorer="Until then nobody is called at night.")
    client = client_of(month.head)
    pages = [f"/t/larkmoor/services/{service.slug}/", f"/t/larkmoor/services/{service.slug}/impact/", REVIEW]

    for page in pages:
        shown = client.get(page).content.decode()
        assert str(POORER[ContextKind.HOUR]) in shown
        assert own.poorer in shown
    for each in (request, own):
        answer_context(request=each, answer="Said.", by=month.head, now=made.TODAY)
    for page in pages:
        shown = client.get(page).content.decode()
        assert str(POORER[ContextKind.HOUR]) not in shown
        assert own.poorer not in shown


def test_what_is_missing_is_not_said_to_other_units(simple, member, client_of):
    outsider = member(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit(name="Finance")])
    service = simple.targets["orders"].service
    ask(simple, service=service)

    assert "Christmas peak" not in client_of(outsider).get(f"/t/larkmoor/services/{service.slug}/").content.decode()


def test_answers_stay_with_their_dates_and_the_question_is_asked_again(simple, member, client_of):
    first = answer_context(request=ask(simple), answer="900 an hour", by=simple.reader, now=made.TODAY)
    manager = client_of(simple.manager)
    page = manager.get(f"/t/larkmoor/asks/{first.pk}/").content.decode()
    assert f"/t/larkmoor/asks/new/?again={first.pk}" in page

    form = manager.get(f"/t/larkmoor/asks/new/?again={first.pk}").content.decode()
    assert 'value="Christmas peak"' in form
    assert '<option value="peaks" selected>' in form
    again = ask(simple)
    answer_context(request=again, answer="1200 an hour", by=simple.head, now=made.TODAY + timedelta(days=1))

    told_page = client_of(simple.head).get("/t/larkmoor/asks/").content.decode()
    assert told_page.index("1200 an hour") < told_page.index("900 an hour")
    assert "10 Nov 2026" in told_page
    assert "11 Nov 2026" in told_page
    outsider = member(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit(name="Finance")])
    assert "900 an hour" not in client_of(outsider).get("/t/larkmoor/asks/").content.decode()
    assert ContextRequest.objects.count() == 2


@pytest.mark.parametrize("again", ["x", "-1", "9" * 30, "²"])
def test_a_question_that_is_none_is_asked_from_nothing(simple, client_of, again):
    assert client_of(simple.manager).get(f"/t/larkmoor/asks/new/?again={again}").status_code == 200
