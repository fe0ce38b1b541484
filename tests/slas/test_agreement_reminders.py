"""Both sides are reminded in time, each of them once."""

from datetime import UTC, date, datetime

import pytest

from portal.conversations.models import Notification, OutboxMessage
from slas import tasks
from slas.actions.agreement_reminders import remind_of_agreements
from slas.actions.agreement_states import end_agreement, propose_agreement
from slas.models import AgreementState
from tests.slas import factories

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
PAGE = "/t/larkmoor/agreements/orders/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


def told():
    """Who was told what, in the order of the words."""
    found = Notification.objects.order_by("text", "member__role").values_list("text", "member__role")
    return [(text.replace("\u00a0", " "), role) for text, role in found]


def both(words):
    return [(words, "business_unit_head"), (words, "service_level_manager")]


NAME = "“Customer Orders and Larkmoor IT”"
COMING = [
    pytest.param(
        {"ends_on": date(2027, 1, 9)},
        [f"{NAME} ends on 8 January 2027. A new version that both sides accept lets it go on."],
        id="an end in 60 days",
    ),
    pytest.param({"ends_on": date(2027, 1, 10)}, [], id="an end in 61 days"),
    pytest.param(
        {"ends_on": date(2027, 3, 10), "notice_days": 90},
        [f"{NAME}: say whether it ends as agreed, or a new version follows, by 10 December 2026."],
        id="the last day for notice before a fixed end",
    ),
    pytest.param(
        {"renews_months": 12, "notice_days": 30, "starts_on": date(2025, 1, 9)},
        [f"{NAME}: it goes on by itself, unless one side gives notice by 10 December 2026."],
        id="the last day for notice before it goes on",
    ),
    pytest.param({"renews_months": 12, "notice_days": 29, "starts_on": date(2025, 1, 9)}, [], id="a day too early"),
    pytest.param(
        {"review_months": 3, "starts_on": date(2026, 8, 24)},
        [f"{NAME}: both sides look at it together on 24 November 2026."],
        id="a look at it together",
    ),
    pytest.param({"ends_on": date(2027, 1, 9), "state": "draft"}, [], id="a draft"),
]


@pytest.mark.parametrize(("terms", "lines"), COMING)
def test_both_sides_are_reminded_once(agreement, people_of, terms, lines):
    for name, value in terms.items():
        setattr(agreement, name, value)
    agreement.save()

    for _ in range(2):
        tasks.remind_of_agreements(tenant_id=agreement.tenant_id)

    assert told() == [pair for line in lines for pair in both(line)]
    assert OutboxMessage.objects.count() == 2 * len(lines)


def test_nobody_is_reminded_of_an_end_that_a_next_version_follows(agreement, people_of):
    type(agreement).objects.filter(pk=agreement.pk).update(ends_on=date(2026, 12, 1))
    factories.make_agreement(
        unit=agreement.customer.business_unit, slug="orders", version=2, state=AgreementState.AGREED,
        starts_on=date(2026, 12, 1),
    )  # fmt: skip

    remind_of_agreements(now=NOW)

    assert told() == []


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        pytest.param(date(2026, 11, 24), "“Calendar” is due on 24 November 2026.", id="due in two weeks"),
        pytest.param(date(2026, 11, 25), None, id="due later"),
        pytest.param(date(2026, 11, 9), "“Calendar” has been due since 9 November 2026.", id="late"),
    ],
)
@pytest.mark.parametrize(("owner", "role"), [("business", "business_member"), (None, "business_unit_head")])
def test_who_has_a_duty_is_reminded_of_it(agreement, people_of, due_on, words, owner, role):
    agreement.obligations.create(
        slug="calendar", text="Send it", short_text="Calendar", due_on=due_on, owner=people_of.get(owner)
    )

    for _ in range(2):
        remind_of_agreements(now=NOW)

    assert told() == ([(f"{words} It belongs to {NAME}.", role)] if words else [])


def test_each_step_is_told_to_whom_it_concerns(draft, people_of):
    propose_agreement(agreement=draft, by=people_of["manager"], now=NOW)

    assert told() == [
        (f"{NAME}, version 1, is proposed to Customer Orders: read it, and accept it.", "business_unit_head")
    ]


@pytest.mark.parametrize(
    ("terms", "ends_on", "words"),
    [
        pytest.param({"notice_days": 90}, "2027-02-07", "can end on 8 Feb 2027 at the earliest", id="too short"),
        pytest.param({"notice_days": 90}, "2027-02-08", None, id="in time"),
        pytest.param(
            {"notice_days": 90, "renews_months": 12}, "2028-06-01", "ends on 1 Jan 2029; choose that", id="in a term"
        ),
        pytest.param({"notice_days": 90, "renews_months": 12}, "2028-01-01", None, id="with a term"),
    ],
)
def test_notice_keeps_the_agreed_time(agreement, people_of, client_of, terms, ends_on, words):
    type(agreement).objects.filter(pk=agreement.pk).update(**terms)

    answer = client_of(people_of["head"]).post(f"{PAGE}v1/end/", {"ends_on": ends_on, "reason": "We buy it elsewhere."})

    agreement.refresh_from_db()
    if words:
        assert words in answer.content.decode().replace("\u00a0", " ")
        assert (agreement.ends_on, agreement.notice_given_on) == (None, None)
    else:
        assert (agreement.ends_on, agreement.notice_given_on) == (date.fromisoformat(ends_on), NOW.date())
        assert {role for _, role in told()} == {"business_unit_head", "service_level_manager"}
        assert "We buy it elsewhere." in told()[0][0]


def test_notice_is_given_once(agreement, people_of):
    given = {"agreement": agreement, "reason": "Sold", "by": people_of["manager"], "now": NOW}
    end_agreement(ends_on=date(2027, 1, 1), **given)

    with pytest.raises(Exception, match="Notice was given on 10\u00a0Nov\u00a02026 already"):
        end_agreement(ends_on=date(2026, 12, 1), **given)
