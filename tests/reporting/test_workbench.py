"""IT's workbench: what will be missed, how far the month is closed, what is missing, owed and waiting; mine or all."""

from datetime import UTC, date, datetime, timedelta

import pytest

from catalog.actions.needs import raise_need
from portal.accounts.models import Role
from portal.language.numbers import NBSP
from portal.tenancy.scope import tenant_scope
from reporting.actions.answers import ask_question, reply_in_thread
from reporting.actions.disputes import answer_dispute, dispute_figure
from reporting.actions.follow_ups import ask_for_context
from reporting.queries.workbench import SHOWN, get_workbench
from reporting.queries.workbench_missing import days_words
from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period
from slas.models import BatchState, FactBatch, Obligation
from tests import factories
from tests.catalog import factories as catalog
from tests.reporting import factories as made
from tests.slas import factories as slas

TODAY = date(2026, 11, 10)
REVIEWS = "/t/larkmoor/reviews/"
MORNING = slas.at("2026-11-10 09:40")


def bench_of(reader, now=MORNING, is_mine=True):
    return get_workbench(reader=reader, now=now, is_mine=is_mine)


def said(words):
    return words.replace(NBSP, " ")


def run_november(*targets, now=MORNING):
    compute_attainments(targets=targets, periods=[Period(2026, 11)], now=now)


def risks_of(reader, **more):
    return [
        tuple(
            said(text)
            for text in (risk.status, risk.name, risk.used_words, risk.left, risk.so_far, risk.at_end, risk.why)
        )
        for risk in bench_of(reader, **more).risks
    ]


@pytest.fixture
def ordering(in_tenant):
    """Customers can place orders, 99.5 % of 04:00 to 22:00; 121 of 162 minutes are lost by the tenth of November."""
    unit = factories.make_unit(slug="customer-orders", name="Customer Orders")
    target = slas.make_target(
        unit=unit, service=catalog.make_service(), name="Customers can place orders",
        service_hours=slas.make_hours(slas.every_day(4, 22)),
    )  # fmt: skip
    slas.add_outage(target.measure, "2026-11-04 10:00", "2026-11-04 12:01")
    return target


def test_a_promise_at_risk_says_what_is_left_and_how_the_month_would_end(ordering, member):
    run_november(ordering)

    assert risks_of(member()) == [
        (
            "R",
            "Customers can place orders",
            "121 of 162 min",
            "41 min",
            "98.7 %",
            "99.6 %",
            "Room goes 2.4 times too fast",
        )
    ]
    (risk,) = bench_of(member()).risks
    assert said(risk.who) == "Customer Orders, 99.5 %"
    assert said(risk.bar_words) == "75 % of the room used, 31 % of the period gone"


def test_occasions_count_in_their_own_unit(in_tenant, member):
    target = slas.make_target("occasions", due_minute=210, unit_words="nights", name="Picking lists are ready by 03:30")
    for day in range(1, 11):
        late = day == 3
        slas.add_occasion(
            target.measure, date(2026, 11, day), slas.at(f"2026-11-{day:02} {'05:00' if late else '03:00'}")
        )
    run_november(target)

    assert risks_of(member()) == [
        ("R", "Picking lists are ready by 03:30", "1 of 1 night", "None", "9 of 10", "29 of 30", "Late on 3 Nov")
    ]


def test_interruptions_count_in_their_own_unit(in_tenant, member):
    target = slas.make_target("reliability", service=catalog.make_service(), name="Tills work", allowed_misses=2)
    slas.add_outage(target.measure, "2026-11-03 10:00", "2026-11-03 11:00")
    run_november(target)

    (risk,) = bench_of(member()).risks

    assert (said(risk.used_words), said(risk.left)) == ("1 of 2 interruptions", "1")
    assert said(risk.who).endswith("at most 2 interruptions of more than 10 min")


def test_what_is_missed_already_comes_first_and_what_is_well_does_not_come(ordering, member):
    lost = slas.make_target(service=catalog.make_service(), name="Lost", threshold="99.9")
    slas.add_outage(lost.measure, "2026-11-02 10:00", "2026-11-02 12:00")
    slas.make_target(service=catalog.make_service(), name="Well")
    run_november(ordering, lost, slas.make_target(service=catalog.make_service(), name="Well"))

    assert [(row[0], row[1], row[3]) for row in risks_of(member())] == [
        ("M", "Lost", "None"),
        ("R", "Customers can place orders", "41 min"),
    ]


def test_a_service_owner_sees_their_own_services_or_all_of_it(ordering, member):
    run_november(ordering)
    owner, other = member(Role.SERVICE_OWNER), member(Role.SERVICE_OWNER)
    ordering.service.it_owner = owner
    ordering.service.save()

    assert len(bench_of(owner).risks) == 1
    assert len(bench_of(other).risks) == 0
    assert len(bench_of(other, is_mine=False).risks) == 1
    assert len(bench_of(member(Role.AUDITOR)).risks) == 1


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([13, 14, 15], "13 to 15 Oct"),
        ([13, 14], "13 and 14 Oct"),
        ([2, 13, 14, 20], "2, 13, 14 and 20 Oct"),
        ([1, 29, 30, 31], "1 and 29 to 31 Oct"),
        ([], ""),
    ],
)
def test_missing_days_are_said_shortly(days, words):
    assert days_words([date(2026, 10, day) for day in days]) == words


def test_missing_data_names_source_days_and_what_it_touches(month):
    (missing,) = bench_of(month.manager).missing

    assert (missing.name, missing.days) == (month.targets["sales"].measure.name, "12 to 14 Oct")
    assert said(missing.coverage) == "Coverage 86 %, 95 % agreed"
    assert said(missing.touches) == "1 promise, Customer Orders. Result could be kept or missed."


def test_figures_that_cannot_be_calculated_come_with_the_reason(simple, member, client_of):
    target = slas.make_target("volume", name="Orders are confirmed")
    slas.add_volume(target.measure, date(2026, 10, 1), 10, -3)
    client = client_of(member())
    assert "cannot be calculated" not in client.get("/t/larkmoor/workbench/").content.decode()

    compute_attainments(targets=[target], periods=[Period(2026, 10)], now=made.ISSUED_AT)

    (stuck,) = bench_of(simple.manager, is_mine=False).stuck
    assert (stuck.promise, stuck.period, stuck.measure_slug) == (target.name, "October 2026", target.measure.slug)
    assert stuck.why.startswith("-3 of 10 is not a share")
    assert "Figures that cannot be calculated" in client.get("/t/larkmoor/workbench/").content.decode()


def test_questions_disputes_and_needs_are_owed_until_they_are_answered(month, edition):
    figure = edition.figures.get(anchor="phones.result")
    question = ask_question(figure=figure, by=month.head, text="Does it weigh the early hours?", now=made.ISSUED_AT)
    dispute = dispute_figure(figure=figure, by=month.head, reason="Calls were cut", now=made.ISSUED_AT)
    raise_need(
        business_unit=month.unit, service=None, text="A list on the phone", by=month.head, now=made.ISSUED_AT,
        time_zone="Europe/London",
    )  # fmt: skip

    answers = bench_of(month.manager).answers
    assert sorted(said(answer.words) for answer in answers) == [
        "Ines Calder, Customer Orders needs something",
        "Ines Calder, dispute on October",
        "Ines Calder, question on October",
    ]
    assert all(answer.clock.words and answer.url for answer in answers)

    answer_dispute(dispute=dispute, by=month.manager, is_agreed=False, text="They were not", now=made.TODAY)
    reply_in_thread(thread=question, by=month.manager, text="Not yet", now=made.TODAY)
    assert [said(answer.words) for answer in bench_of(month.manager).answers] == [
        "Ines Calder, Customer Orders needs something"
    ]


def test_what_the_business_owes_is_said_with_its_delay(month):
    ask_for_context(
        business_unit=month.unit, title="Orders an hour", question="?", purpose="needed to order capacity",
        due_on=date(2026, 11, 16), by=month.manager, now=made.TODAY,
    )  # fmt: skip
    Obligation.objects.create(
        agreement=month.agreement, text="Send next year’s promotion calendar", short_text="Promotion calendar",
        due_on=date(2026, 10, 30), owner=month.reader,
    )  # fmt: skip

    assert [(row.title, row.who, said(row.clock.words), row.clock.state) for row in bench_of(month.manager).owed] == [
        ("Promotion calendar", "Rowan Tessaly", "11 days late", "late"),
        ("Orders an hour", "Customer Orders", "By Mon 16 Nov", ""),
    ]


def test_drafts_wait_for_those_who_can_finish_them(month, member):
    made.make_draft(month)
    FactBatch.objects.create(
        measure=month.targets["confirm"].measure, origin="uploaded", state=BatchState.WAITING, row_count=31,
        brought_by=month.owner, brought_at=made.TODAY - timedelta(days=5),
    )  # fmt: skip
    slas.make_agreement(name="Picking", state="draft", version=2)

    def drafts_of(reader):
        return [(draft.title, said(draft.words), draft.days) for draft in bench_of(reader).drafts]

    measure = month.targets["confirm"].measure.name
    assert drafts_of(month.manager) == [
        ("Customers can track deliveries", "Trial is over: propose a level", "588 d"),
        (measure, "31 rows to approve, from Maia Lindqvar", "5 d"),
        ("Customer Orders, October", "Review to write and issue", "4 d"),
        ("Picking, version 2", "Agreement to write and propose", ""),
    ]
    assert drafts_of(month.owner) == []  # nobody approves what they brought themselves
    assert drafts_of(member(Role.SERVICE_OWNER)) == [(measure, "31 rows to approve, from Maia Lindqvar", "5 d")]
    assert drafts_of(member(Role.AUDITOR)) == []


@pytest.fixture
def stranger(other_tenant):
    """A manager in another tenant; made before the tenant under test is entered."""
    with tenant_scope(other_tenant.pk):
        return factories.make_member(role=Role.SERVICE_LEVEL_MANAGER)


@pytest.mark.parametrize("role", Role)
def test_the_workbench_is_its(stranger, in_tenant, member, client_of, role):
    is_business = role in (Role.BUSINESS_UNIT_HEAD, Role.BUSINESS_MEMBER)

    assert client_of(member(role)).get("/t/larkmoor/workbench/").status_code == (403 if is_business else 200)
    assert client_of(stranger).get("/t/larkmoor/workbench/").status_code == 404


def test_an_empty_workbench_says_what_comes_where(member, client_of):
    page = client_of(member()).get("/t/larkmoor/workbench/").content.decode()

    for words in (
        "No promise is at risk",
        "Nothing to close",
        "No data is missing",
        "No answer is owed",
        "Nothing waits",
    ):
        assert words in page


def test_the_page_leads_to_where_each_thing_is_done(month, client_of):
    made.make_draft(month)
    page = client_of(month.manager).get("/t/larkmoor/workbench/").content.decode()

    for url in (
        "reviews/customer-orders/2026-10/edit/",
        f"measures/{month.targets['sales'].measure.slug}/enter/",
        "services/new/",
        "agreements/new/",
        "improvements/new/",
    ):
        assert f'href="/t/larkmoor/{url}"' in page, url


def test_pauses_that_nobody_approved_lead_to_their_page(month, client_of):
    cases = slas.make_measure("cases", name="Requests")
    slas.add_case(cases, "INC1", "2026-10-05 09:00", None)
    for reason, clock in (("Awaiting caller", "10:00"), ("Awaiting supplier", "11:00")):
        slas.add_pause(cases, "INC1", f"2026-10-05 {clock}", None, reason)
    slas.add_pause(cases, "INC1", "2026-09-05 11:00", None, "Of a month that is closed")
    slas.CasePause.objects.update(entered_at=made.TODAY - timedelta(days=2))

    page = client_of(month.manager).get("/t/larkmoor/workbench/").content.decode()

    assert f'href="/t/larkmoor/measures/{cases.slug}/pauses/">Requests</a>' in page
    assert "2\u00a0pauses entered afterwards, approved by nobody" in page


@pytest.mark.parametrize("rows", [1, 30])
def test_the_workbench_asks_as_often_for_thirty_rows_as_for_one(
    settings, monkeypatch, simple, member, client_of, django_assert_num_queries, rows
):
    settings.NAVIGATION = "tests.portal.menus.get_no_menu"
    monkeypatch.setenv("TODAY", "2026-11-10")
    for number in range(rows):
        unit = factories.make_unit(name=f"Unit {number:02}")
        target = slas.make_target(unit=unit, service=catalog.make_service())
        gap = slas.make_target("occasions", agreement=target.agreement)
        slas.add_outage(target.measure, "2026-11-04 10:00", "2026-11-04 12:01")
        run_november(target)
        compute_attainments(targets=[gap], periods=[Period(2026, 10)], now=made.ISSUED_AT)
        raise_need(
            business_unit=unit, service=None, text="A list", by=simple.head, now=made.TODAY, time_zone="Europe/London"
        )
        ask_for_context(
            business_unit=unit, title="Peak", question="?", purpose="!", due_on=TODAY, by=simple.manager, now=made.TODAY
        )
    client = client_of(simple.manager)

    with django_assert_num_queries(35):
        assert client.get("/t/larkmoor/workbench/").status_code == 200


def test_the_clock_is_the_tenants(in_tenant, member):
    late_in_london = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)

    bench = bench_of(member(), now=late_in_london)

    assert (said(bench.day), bench.clock, bench.closing_month) == ("Saturday 31 October 2026", "23:30", "September")


def test_a_review_that_nobody_drafted_is_one_press_away(simple, client_of):
    client = client_of(simple.manager)
    address = f"{REVIEWS}?unit=customer-orders&amp;month=2026-10#draft"
    assert f'href="{address}"' in client.get("/t/larkmoor/workbench/").content.decode()

    page = client.get(f"{REVIEWS}?unit=customer-orders&month=2026-10").content.decode()

    assert '<details class="p-unfold mt-4" id="draft" open>' in page
    assert '<option value="customer-orders" selected>' in page
    assert 'name="draft-month" value="2026-10"' in page


def test_a_list_that_is_cut_says_so(simple, client_of):
    """One more than fits, of what the business owes; nothing is said of a list that is whole."""
    for number in range(SHOWN + 1):
        ask_for_context(
            business_unit=simple.unit, title=f"Ask {number}", question="?", purpose="needed", due_on=TODAY,
            by=simple.manager, now=made.TODAY,
        )  # fmt: skip

    bench = bench_of(simple.manager)
    page = client_of(simple.manager).get("/t/larkmoor/workbench/").content.decode()

    assert (len(bench.owed), bench.cut) == (SHOWN, {"owed": SHOWN + 1})
    assert page.count(f"{SHOWN} of {SHOWN + 1}</div>") == 1
