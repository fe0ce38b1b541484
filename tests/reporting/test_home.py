"""The business's home: what needs an answer, the month at a glance, talk, dates, and what the unit gets."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.accounts.models import Role
from portal.conversations.actions import add_comment, start_conversation
from portal.language.numbers import NBSP
from portal.tenancy.scope import tenant_scope
from reporting.actions.disputes import answer_dispute, dispute_figure
from reporting.actions.editions import issue_review
from reporting.actions.follow_ups import ask_for_context
from reporting.actions.reviews import draft_review
from reporting.models import ReviewState, ServiceReview
from reporting.queries.home import get_home
from slas.models import Agreement, PlannedWork, TargetProposal
from tests import factories
from tests.catalog import factories as catalog
from tests.reporting import factories as made
from tests.slas import factories as slas

TODAY = date(2026, 11, 10)


def home_of(reader, now=made.TODAY, unit=""):
    return get_home(reader=reader, unit_slug=unit, now=now, currency="GBP")


def said(words):
    return words.replace(NBSP, " ")


def asks_of(reader, **more):
    return [
        (ask.about, said(ask.words), said(ask.clock.words), ask.clock.state) for ask in home_of(reader, **more).asks
    ]


@pytest.fixture
def dispute(month, edition):
    return dispute_figure(
        figure=edition.figures.get(anchor="phones.result"), by=month.head, reason="Calls were cut",
        now=slas.at("2026-11-09 09:00"),
        claimed_from=slas.at("2026-10-19 09:10"), claimed_until=slas.at("2026-10-19 09:41"),
    )  # fmt: skip


def test_an_issued_review_waits_for_the_head(month, edition):
    (review,) = asks_of(month.head)

    assert review[0] == "October service review"
    assert review[1].endswith("minutes to read, 1 promise missed.")
    assert review[2:] == ("By Fri 13 Nov, 3 working days left", "")


def test_the_review_that_is_due_first_comes_first(month, edition):
    september = draft_review(unit=month.unit, month=date(2026, 9, 1), by=month.manager, now=made.TODAY)
    issue_review(review=september, by=month.manager, now=made.TODAY)

    assert [(ask[0], ask[2]) for ask in asks_of(month.head)] == [
        ("October service review", "By Fri 13 Nov, 3 working days left"),
        ("September service review", "By Tue 17 Nov, 5 working days left"),
    ]


def test_a_draft_is_invisible_to_the_business(month):
    made.make_draft(month)

    assert (home_of(month.head).asks, home_of(month.head).glance) == ((), None)


def test_a_dispute_waits_for_it_first_and_then_for_the_head(month, dispute):
    assert len(asks_of(month.head)) == 1  # the review

    answer_dispute(
        dispute=dispute, by=month.manager, is_agreed=True, text="You are right", now=slas.at("2026-11-09 17:00")
    )

    _review, answered = asks_of(month.head)
    assert answered == (
        "Your dispute about “Phones”.",
        " IT agrees that 31 minutes on 19 October were not counted.",
        "By Wed 11 Nov, 17:00".replace("Wed 11 Nov", "tomorrow"),
        "soon",
    )


def test_questions_of_it_wait_for_everybody_of_the_unit(month, edition):
    ask_for_context(
        business_unit=month.unit, title="Christmas peak", question="IT asks how many orders you expect.",
        purpose="So that capacity can be ordered", due_on=date(2026, 11, 16), by=month.manager, now=made.TODAY,
    )  # fmt: skip
    expected = (
        "Christmas peak.",
        " IT asks how many orders you expect.",
        "By Mon 16 Nov, so that capacity can be ordered",
        "",
    )

    assert asks_of(month.head)[-1] == expected
    assert asks_of(month.reader) == [expected]


def test_a_proposed_promise_waits_for_the_head_until_it_is_answered(month, edition):
    proposal = TargetProposal.objects.create(
        target=month.targets["track"], threshold="99.5", proposed_by=month.manager, proposed_at=made.TODAY,
        answer_due_on=date(2026, 11, 20),
    )  # fmt: skip

    assert asks_of(month.head)[-1][:2] == (
        "New promise proposed:",
        " customers can track deliveries 99.5 % of the time.",
    )
    proposal.is_accepted = True
    proposal.save()
    assert len(asks_of(month.head)) == 1


@pytest.mark.parametrize(
    ("now", "words", "state"),
    [
        (datetime(2026, 11, 10, 9, tzinfo=UTC), "By Fri 13 Nov, 3 working days left", ""),
        (datetime(2026, 11, 12, 9, tzinfo=UTC), "By Fri 13 Nov, 1 working day left", "soon"),
        (datetime(2026, 11, 13, 9, tzinfo=UTC), "By Fri 13 Nov, last day today", "soon"),
        (datetime(2026, 11, 16, 9, tzinfo=UTC), "By Fri 13 Nov, 1 working day late", "late"),
    ],
)
def test_a_clock_turns_amber_and_red(month, edition, now, words, state):
    assert asks_of(month.head, now=now)[0][2:] == (words, state)


def test_nothing_of_another_unit_waits_for_a_reader(month, dispute, member):
    outsider = member(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit(name="Finance")])
    ask_for_context(
        business_unit=month.unit,
        title="Peak",
        question="?",
        purpose="!",
        due_on=TODAY,
        by=month.manager,
        now=made.TODAY,
    )

    home = home_of(outsider)

    assert (home.asks, home.glance, home.talks, home.services.rows) == ((), None, (), ())


def test_the_month_at_a_glance_counts_what_was_kept_and_says_what_was_missed(month, edition):
    glance = home_of(month.head).glance
    sentence = said("".join(span.text for span in glance.sentence))

    assert sentence == (
        "IT kept 4 of 6 promises. One was missed: customers could not place orders for 3 h 28 min,"
        " and the limit was 2 h 47 min. One cannot be judged yet."
    )
    assert {said(span.text) for span in glance.sentence if span.figure_id} == {"3 h 28 min", "2 h 47 min"}
    assert [row.status for row in glance.rows] == ["M", "G", "C", "K", "K", "K", "T"]
    assert said(glance.rows[0].detail) == "Not possible for 3 h 28 min. Allowed: 2 h 47 min."
    assert glance.months == "November 2025 to October 2026"


def test_a_disputed_promise_counts_in_neither_and_shows_both_figures(month, dispute):
    glance = home_of(month.head).glance
    phones = next(row for row in glance.rows if row.status == "D")

    assert "IT kept 3 of 6 promises" in said("".join(span.text for span in glance.sentence))
    assert "One is disputed and one cannot be judged yet." in "".join(span.text for span in glance.sentence)
    assert said(phones.detail).startswith("IT counts 34 min, you count 65 min.")


def test_what_it_was_worth_comes_with_the_best_evidence_first(month, edition):
    worth = home_of(month.head).glance.worth

    assert [(row.grade, row.is_loss) for row in worth] == [("A", False), ("B", False), ("C", True)]
    assert said(worth[1].value) == "250 to 340 hours"
    assert worth[0].words.endswith("Confirmed by Finance.")


def test_the_last_word_of_each_talk_is_shown(month, edition):
    talk = start_conversation(
        business_unit=month.unit, subject="Why did orders stop?", level="operational", by=month.head,
        text="It was on a Tuesday.", now=made.TODAY - timedelta(days=3),
    )  # fmt: skip
    add_comment(
        conversation=talk, by=month.owner, text="The storage is larger now.", now=made.TODAY - timedelta(days=1)
    )

    (shown,) = home_of(month.head).talks

    assert (shown.subject, shown.said, shown.is_it) == ("Why did orders stop?", "The storage is larger now.", True)
    assert shown.who == "Maia Lindqvar, IT, yesterday. Day to day"


def test_meetings_work_and_ends_come_up(month, edition):
    review = edition.review
    ServiceReview.objects.filter(pk=review.pk).update(meeting_at=slas.at("2026-11-12 10:00"), meeting_minutes=45)
    work = slas.add_work(
        month.targets["orders"].service, "2026-11-15 20:00", "2026-11-15 21:00", "2026-11-01 10:00", "2026-11-02 10:00",
        title="Planned work on ordering", approved_by=month.reader,
    )  # fmt: skip
    PlannedWork.objects.create(
        service=catalog.make_service(), title="Not ours", starts_at=work.starts_at, ends_at=work.ends_at,
        announced_at=work.announced_at,
    )  # fmt: skip
    slas.make_agreement(
        name="Payment contract", kind="contract", customer=slas.make_party(), underpins=month.agreement,
        ends_on=date(2027, 2, 1), provider=slas.make_party(name="Payments Ltd"),
    )  # fmt: skip

    assert [(each.title, said(each.words)) for each in home_of(month.head).coming] == [
        ("Review meeting", "Thu 12 Nov, 10:00, 45 minutes"),
        ("Planned work on ordering", "Sun 15 Nov, 20:00 to 21:00. Approved by Rowan Tessaly."),
        (f"Payment contract ends 31{NBSP}January", "With Payments Ltd."),
    ]


def test_the_services_of_a_unit_and_what_they_cost_together(month, edition):
    orders = month.targets["orders"].service
    gold = catalog.make_offering(orders, name="Gold", price_minor=2140000)
    catalog.make_entitlement(gold, month.unit, covered_words="All 64 people")
    by_day = catalog.make_offering(catalog.make_service(name="Project lead"), price_minor=64000, price_unit="a day")
    catalog.make_entitlement(by_day, month.unit, level_words="By project")
    phones = catalog.make_offering(catalog.make_service(name="Phones"), name="Gold", price_minor=630000)
    catalog.make_entitlement(phones, month.unit)
    catalog.make_entitlement(
        catalog.make_offering(catalog.make_service(name="Offered")), month.unit, is_subscribed=False
    )
    catalog.make_entitlement(catalog.make_offering(catalog.make_service(name="Over")), month.unit, ends_on=TODAY)
    catalog.make_entitlement(catalog.make_offering(catalog.make_service(name="For everyone")), None)

    services = home_of(month.head).services

    rows = {row.name: (row.level, row.covered, row.times, row.cost) for row in services.rows}
    assert rows == {
        "Customer ordering": ("Gold", "All 64 people", "Every day, 04:00 to 22:00", "£21,400"),
        "Phones": ("Gold", "", "", "£6,300"),
        "Project lead": ("By project", "", "", "£640 a day"),
    }
    assert (said(services.count), services.total) == ("3 services", "£27,700 a month")


@pytest.mark.parametrize(
    ("level_words", "covered"),
    [("6 days a month", "4 used in October"), ("", "4 days used in October")],
    ids=["the level names the unit", "the level does not"],
)
def test_how_much_of_peoples_work_was_used_is_counted(month, edition, level_words, covered):
    analysis = catalog.make_service(name="Business analysis", service_class="professional")
    catalog.make_entitlement(catalog.make_offering(analysis, name="6 days"), month.unit, level_words=level_words)
    measure = slas.make_measure("volumes", service=analysis, unit_words="days")
    slas.add_volume(measure, date(2026, 10, 5), 3, None)
    slas.add_volume(measure, date(2026, 10, 19), 1, None)
    slas.add_volume(measure, date(2026, 11, 2), 2, None)

    (row,) = home_of(month.head).services.rows

    assert said(row.covered) == covered


def test_a_reader_of_several_units_chooses_one(month, edition, member):
    finance = factories.make_unit(slug="finance", name="Finance")
    both = member(Role.BUSINESS_UNIT_HEAD, units=[month.unit, finance])

    assert home_of(both).unit == month.unit
    assert home_of(both, unit="finance").unit == finance
    assert home_of(both, unit="no-such-unit").unit == month.unit
    assert len(home_of(both, unit="finance").asks) == 1  # what waits, waits whichever unit is looked at


@pytest.fixture
def stranger(other_tenant):
    """A head in another tenant; made before the tenant under test is entered."""
    with tenant_scope(other_tenant.pk):
        return factories.make_member(role=Role.BUSINESS_UNIT_HEAD)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.BUSINESS_UNIT_HEAD, 200),
        (Role.BUSINESS_MEMBER, 200),
        (Role.AUDITOR, 200),
        (Role.SERVICE_LEVEL_MANAGER, 302),
        (Role.SERVICE_OWNER, 302),
        (Role.ADMINISTRATOR, 302),
    ],
)
def test_each_role_begins_where_it_works(month, edition, member, client_of, role, status):
    answer = client_of(member(role, units=[month.unit])).get("/t/larkmoor/")

    assert answer.status_code == status
    assert getattr(answer, "url", "/t/larkmoor/workbench/") == "/t/larkmoor/workbench/"


def test_a_stranger_does_not_get_in(stranger, month, client_of):
    assert client_of(stranger).get("/t/larkmoor/").status_code == 404


def test_an_auditor_reads_and_presses_nothing(month, edition, member, client_of):
    page = client_of(member(Role.AUDITOR)).get("/t/larkmoor/?unit=customer-orders").content.decode()

    assert "October at a glance" in page
    assert "Needs your answer" not in page
    assert "/t/larkmoor/needs/new/" not in page
    assert "/t/larkmoor/talk/new/" not in page


def test_an_empty_tenant_teaches(member, client_of):
    head = client_of(member(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit(name="Customer Orders")]))

    page = head.get("/t/larkmoor/").content.decode()

    for words in ("Nothing waits for you", "No month was reviewed yet", "Nothing was said yet", "No services yet"):
        assert words in page
    lone = client_of(member(Role.BUSINESS_UNIT_HEAD)).get("/t/larkmoor/").content.decode()
    assert "You belong to no business unit yet" in lone


def test_the_figures_of_the_glance_open_their_proof(month, edition, client_of):
    page = client_of(month.head).get("/t/larkmoor/").content.decode()

    figure = edition.figures.get(anchor="orders.result")
    assert f'<a class="p-fig p-nowrap" href="/t/larkmoor/figures/{figure.pk}/">3{NBSP}h{NBSP}28{NBSP}min</a>' in page
    assert "/t/larkmoor/reviews/customer-orders/2026-10/" in page


@pytest.mark.parametrize("rows", [1, 30])
def test_home_asks_as_often_for_thirty_rows_as_for_one(
    settings, month, edition, client_of, django_assert_num_queries, rows
):
    settings.NAVIGATION = "tests.portal.menus.get_no_menu"
    for number in range(rows):
        offering = catalog.make_offering(catalog.make_service(name=f"Service {number}"))
        catalog.make_entitlement(offering, month.unit)
        ask_for_context(
            business_unit=month.unit, title="Peak", question="?", purpose="!", due_on=TODAY, by=month.manager,
            now=made.TODAY,
        )  # fmt: skip
        start_conversation(
            business_unit=month.unit, subject="Talk", level="tactical", by=month.head, text="Said", now=made.TODAY
        )
    client = client_of(month.head)
    client.get("/t/larkmoor/")  # what of an issued review never changes is read once in a process

    with django_assert_num_queries(39):
        assert client.get("/t/larkmoor/").status_code == 200


def test_an_acknowledged_review_no_longer_waits(month, edition):
    ServiceReview.objects.update(state=ReviewState.SIGNED)

    assert asks_of(month.head) == []
    assert home_of(month.head).glance is not None
    assert Agreement.objects.exists()
