"""One service: its figures, its weak part, what its design gives, its levels, its purpose, and who may see which."""

from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from catalog.models import StageTransition
from portal.accounts.models import Role
from portal.language.numbers import NBSP
from portal.tenancy.scope import tenant_scope
from reporting.actions.disputes import answer_dispute, dispute_figure, settle_dispute
from reporting.models import GoalMeasure, ServiceThread
from reporting.queries.services_detail import get_service_page
from reporting.queries.services_hours import list_times
from reporting.queries.services_levels import get_levels
from reporting.queries.services_parts import value_words
from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period
from slas.models import Obligation, OfferedLevel, Outage, ServiceLevelTarget
from tests import factories
from tests.catalog import factories as catalog
from tests.reporting import factories as made
from tests.slas import factories as slas

pytestmark = pytest.mark.xdist_group("service page")  # one October for all that look at it
TODAY = date(2026, 11, 10)


def page_of(month, reader=None):
    service = month.targets["orders"].service
    return get_service_page(reader=reader or month.head, service=service, today=TODAY, currency="GBP")


def url_of(month, path=""):
    return f"/t/larkmoor/services/{month.targets['orders'].service.slug}/{path}"


def inside(kind):
    """An agreement between IT and one of its teams or suppliers."""
    return slas.make_agreement(kind=kind, customer=slas.make_party())


def said(words):
    return words.replace(NBSP, " ")


@pytest.fixture(scope="module")
def october(lasting):
    """October with a weak storage: a part under an agreement of its own, to which two outages are laid."""
    with tenant_scope(lasting.pk):
        month = made.make_month(months=0)
        service = month.targets["orders"].service
        storage = catalog.make_component(slug="storage", name="Order storage", design_availability=Decimal("99.9"))
        catalog.make_steps(service, "Enter", "Check", "Confirm")
        catalog.make_dependency(service, storage, first_step=1, last_step=3)
        promise = slas.make_target(component=storage, agreement=inside("ola"), name="Storage works")
        slas.add_outage(promise.measure, "2026-10-06 05:12", "2026-10-06 10:44")
        starts = [slas.at("2026-10-06 05:12"), slas.at("2026-10-14 11:20")]
        Outage.objects.filter(measure_id=month.targets["orders"].measure_id, started_at__in=starts).update(
            component_slug="storage"
        )
        compute_attainments(targets=[promise, month.targets["orders"]], periods=[Period(2026, 10)], now=made.ISSUED_AT)
    return SimpleNamespace(tenant=lasting, month=month)


@pytest.fixture
def month(october, in_tenant):
    """That October, as nobody has changed it yet."""
    return deepcopy(october.month)


@pytest.fixture
def edition(month):
    """Edition 1 of that October."""
    return made.make_edition(month)


def test_the_figures_at_the_top(month, edition):
    offering = catalog.make_offering(month.targets["orders"].service, name="Gold", price_minor=2140000)
    catalog.make_entitlement(offering, month.unit)

    assert [(kpi.status, kpi.value, kpi.label) for kpi in page_of(month).kpis] == [
        ("M", "1 of 7", "promises missed in October"),
        ("", "£21,400", "a month, Gold level"),
        ("", "04:00 to 22:00", "every day, London time"),
    ]


def test_the_part_that_missed_its_own_promise_is_weak_and_says_what_was_lost_by_it(month, edition):
    (part,) = page_of(month).composition.parts

    assert part.is_weak
    assert part.status.words == "99.2 %"
    assert part.status.loss_words == "Down for 150 of the 208 minutes lost in October."


def test_design_promise_and_measurement_stand_side_by_side(month, edition):
    design = page_of(month).design

    assert [said(each) for each in (design.predicted, design.promised, design.measured)] == [
        "99.9 %",
        "99.5 %",
        "99.3 %",
    ]
    assert [(loss.name, said(loss.time)) for loss in design.losses] == [
        ("Order storage", "2 h 30 min"),
        ("No part named", "58 min"),
    ]


def test_levels_say_the_longest_time_without_the_service(in_tenant):
    service = catalog.make_service()
    gold, standard = (catalog.make_offering(service, name=name) for name in ("Gold", "Standard"))
    for offering, share, words in ((gold, "99.5", ""), (standard, "99", "05:00 to 20:00")):
        OfferedLevel.objects.create(
            offering=offering, name="Place orders", threshold=Decimal(share), shows_allowed_time=True
        )
        OfferedLevel.objects.create(
            offering=offering, name="A person answers", words=words or "04:00 to 22:00", position=1
        )
    OfferedLevel.objects.create(
        offering=gold, name="Urgent problems", threshold=Decimal(90), within_seconds=7200, position=2
    )

    table = get_levels(offerings=[gold, standard], own=gold, currency="GBP", counted=str(33_420 * 60))

    assert [[said(f"{cell.words} {cell.under}".strip()) for cell in row.cells] for row in table.rows] == [
        ["99.5 % 2 h 47 min", "99.0 % 5 h 34 min"],
        ["04:00 to 22:00", "05:00 to 20:00"],
        ["in 2 h, 90 %", "–"],
    ]
    assert [(column.name, column.is_yours) for column in table.columns] == [("Gold", True), ("Standard", False)]


@pytest.mark.parametrize(
    ("kind", "windows", "fields", "words"),
    [
        ("availability", slas.every_day(4, 22), {}, "Every day, 04:00 to 22:00"),
        ("availability", {day: [(300, 1200)] for day in range(6)}, {}, "Mon to Sat, 05:00 to 20:00"),
        ("availability", {day: [(0, 1440)] for day in range(7)}, {}, "Always"),
        ("availability", None, {}, "Always"),
        ("availability", {0: [(480, 720), (780, 1020)]}, {}, "Mon, 08:00 to 12:00 and 13:00 to 17:00"),
        ("availability", {0: [(480, 720)], 2: [(480, 720)]}, {}, "Mon and Wed, 08:00 to 12:00"),
        ("availability", {0: [(480, 720)], 2: [(480, 780)]}, {}, "as agreed"),
        ("cases", {day: [(480, 1080)] for day in range(5)}, {"within_working_days": 10}, "Working days"),
        ("occasions", None, {"due_minute": 240}, "Every night, by 04:00"),
        ("occasions", None, {"due_minute": 420}, "Every day, by 07:00"),
        (
            "occasions", {day: [(480, 1080)] for day in range(5)}, {"schedule": "working_days", "due_minute": 420},
            "Working days, by 07:00",
        ),
        ("occasions", None, {"schedule": "monthly", "due_day": 25, "due_minute": 720}, "Each month by day 25, 12:00"),
    ],
)  # fmt: skip
def test_when_a_service_can_be_used_is_said_from_its_promise(in_tenant, kind, windows, fields, words):
    region = "GB-ENG" if windows and set(windows) == set(range(5)) else ""
    hours = slas.make_hours(windows, words="as agreed", holiday_region=region) if windows else None
    service = catalog.make_service()
    slas.make_target(kind, service=service, service_hours=hours, **fields)

    times = list_times(targets=ServiceLevelTarget.objects.select_related("agreement", "service_hours"), on=TODAY)

    assert times[service.pk].words == words


def test_the_times_of_a_service_are_those_of_the_version_that_holds(in_tenant):
    hours = slas.make_hours(slas.every_day(9, 17))
    longer = slas.make_hours(slas.every_day(8, 20), version=2, replaces=hours, starts_on=TODAY)
    service = catalog.make_service()
    slas.make_target(service=service, service_hours=longer)
    targets = ServiceLevelTarget.objects.select_related("agreement", "service_hours__replaces")

    said = [list_times(targets=targets, on=on)[service.pk].when for on in (TODAY - timedelta(days=1), TODAY)]

    assert said == ["09:00 to 17:00", "08:00 to 20:00"]


@pytest.mark.parametrize(
    ("kind", "fields", "value", "words"),
    [
        ("availability", {}, "99.9", "99.9 %"),
        ("availability", {}, "–", "–"),
        ("occasions", {"unit_words": "nights"}, "31/31", "31 of 31 nights"),
        ("occasions", {"unit_words": "days", "good_words": "staffed"}, "31/31", "Staffed 31 of 31 days"),
        ("volume", {"good_words": "within 30 min"}, "97", "97 % within 30 min"),
        ("reliability", {}, "2×", "2 interruptions"),
        ("reliability", {}, "1×", "1 interruption"),
        ("reliability", {}, "–", "–"),
    ],
)
def test_a_value_says_what_it_counts(in_tenant, kind, fields, value, words):
    assert value_words(slas.make_target(kind, **fields), value) == words


def test_why_it_exists_and_what_an_hour_without_it_costs(month, edition):
    service = month.targets["orders"].service
    goal = catalog.make_goal(service, name="Take 68 % of orders online", business_unit=month.unit)
    catalog.make_goal(service, name="Hidden", business_unit=factories.make_unit())
    measure = slas.make_measure("volumes")
    GoalMeasure.objects.create(goal=goal, measure=measure)
    slas.add_volume(measure, date(2026, 10, 1), 96412, 61801)
    slas.add_volume(measure, date(2026, 9, 30), 1, 0)

    purpose = page_of(month).purpose

    assert [(line.name, said(line.progress)) for line in purpose.goals] == [
        ("take 68 % of orders online", "October: 64.1 %.")
    ]
    assert [said(cost) for cost in purpose.costs] == [
        "costs 150 orders at noon and 610 at 06:00. Your figures, confirmed June 2026."
    ]


def test_what_the_unit_does_for_it_is_done_late_or_still_to_come(month, edition):
    service, agreement = month.targets["orders"].service, slas.make_agreement(unit=month.unit)
    for place, (text, due_on, done_on) in enumerate(
        (
            ("Name one person", None, None),
            ("Promotion calendar", date(2026, 10, 30), None),
            ("Price list", date(2026, 10, 30), date(2026, 10, 29)),
            ("Peak figures", date(2026, 11, 16), None),
        )
    ):
        duty = {"text": text, "short_text": text, "due_on": due_on, "done_on": done_on}
        Obligation.objects.create(agreement=agreement, service=service, slug=f"duty-{place}", **duty)

    assert [(duty.state, said(duty.words)) for duty in page_of(month).duties] == [
        ("done", "Name one person"),
        ("late", "Promotion calendar: 11 days late"),
        ("done", "Price list"),
        ("soon", "Peak figures: by Mon 16 Nov"),
    ]


def test_a_disputed_figure_shows_as_disputed_until_it_is_settled(month, edition):
    def phones():
        return next(line.status for line in page_of(month).promises if line.name == "Order desk phones work")

    figure = edition.figures.get(anchor="phones.result")
    assert phones() == "K"
    dispute = dispute_figure(figure=figure, by=month.head, reason="Calls were cut", now=made.ISSUED_AT)
    assert phones() == "D"
    dispute = answer_dispute(
        dispute=dispute, by=month.manager, is_agreed=False, text="They were not", now=made.ISSUED_AT
    )
    settle_dispute(dispute=dispute, by=month.head, is_accepted=True, now=made.TODAY)
    assert phones() == "K"


def test_a_reader_of_another_unit_sees_the_service_without_the_figures_of_this_one(month, edition, member):
    other = member(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit(slug="finance")])
    Obligation.objects.create(
        agreement=month.agreement, service=month.targets["orders"].service, text="Theirs", short_text="Theirs"
    )

    page = page_of(month, other)

    assert (page.promises, page.duties, page.purpose.costs, page.agreement_slug) == ((), (), (), "")
    assert page.design is None or page.design.measured == ""


def test_it_sees_the_promises_to_every_unit_with_their_names(month):
    slas.make_target(
        unit=factories.make_unit(name="Finance"), service=month.targets["orders"].service, name="For Finance"
    )
    compute_attainments(targets=ServiceLevelTarget.objects.all(), periods=[Period(2026, 10)], now=made.ISSUED_AT)

    details = {line.name: line.detail for line in page_of(month, month.manager).promises}

    assert details["For Finance"].startswith("Finance: ")
    assert details["Customers can place orders"].startswith("Customer Orders: ")


@pytest.mark.parametrize("show", ["map", "list"])
def test_map_and_list_hold_the_same_facts(month, edition, client_of, show):
    page = client_of(month.head).get(url_of(month, f"?show={show}")).content.decode()

    for fact in ("Order storage", "Down for 150 of the 208 minutes lost in October.", "99.2", "1 of 7"):
        assert fact in page


def test_htmx_swaps_the_map_alone(month, edition, client_of):
    answer = client_of(month.head).get(url_of(month, "?show=list"), headers={"HX-Request": "true"})

    assert answer.content.decode().strip().startswith('<section class="p-box mb-4" id="made-of"')


def test_the_difference_is_explained(month, edition, client_of):
    page = said(client_of(month.head).get(url_of(month, "difference/")).content.decode())

    for fact in ("assumes independence", "99.9 %", "99.5 %", "99.3 %", "2 h 30 min", "Order storage"):
        assert fact in page


def test_a_talk_about_a_service_is_known_to_be_about_it(month, edition, client_of):
    form = {"business_unit": month.unit.pk, "level": "operational", "subject": "Fridays", "text": "They change."}

    client_of(month.head).post(url_of(month, "talk/"), form)

    thread = ServiceThread.objects.get()
    assert (thread.service, thread.conversation.subject) == (month.targets["orders"].service, "Fridays")


@pytest.fixture
def stranger(other_tenant):
    """A head in another tenant; made before the tenant under test is entered."""
    with tenant_scope(other_tenant.pk):
        return factories.make_member(role=Role.BUSINESS_UNIT_HEAD)


PAGES = [
    *("services/", "services/{service}/", "services/{service}/difference/"),
    *("components/storage/status/", "goals/reach/progress/"),
]


@pytest.mark.parametrize("path", PAGES)
def test_everybody_of_the_tenant_reads_and_strangers_find_nothing(stranger, month, member, client_of, path):
    catalog.make_goal(slug="reach")
    url = f"/t/larkmoor/{path.format(service=month.targets['orders'].service.slug)}"

    for role in Role:
        assert client_of(member(role, units=[month.unit])).get(url).status_code == 200, role
    assert client_of(stranger).get(url).status_code == 404


@pytest.mark.parametrize("role", Role)
def test_only_those_who_talk_start_a_talk(month, member, client_of, role):
    answer = client_of(member(role, units=[month.unit])).get(url_of(month, "talk/"))

    assert answer.status_code == (403 if role == Role.AUDITOR else 200)


def test_a_goal_shows_how_far_it_is_month_by_month(in_tenant, member, client_of, monkeypatch):
    goal, measure = catalog.make_goal(slug="reach"), slas.make_measure("volumes", name="Orders taken online")
    client = client_of(member(Role.SERVICE_OWNER))
    assert "Not counted yet" in client.get("/t/larkmoor/goals/reach/progress/").content.decode()

    GoalMeasure.objects.create(goal=goal, measure=measure, baseline_month=date(2026, 4, 1))
    slas.add_volume(measure, date(2026, 4, 1), 92000, 55384)
    slas.add_volume(measure, date(2026, 10, 1), 96412, 61801)
    monkeypatch.setenv("TODAY", "2026-11-10")
    page = said(client.get("/t/larkmoor/goals/reach/progress/").content.decode())

    for fact in ("October 2026: 64.1 %", "April 2026: 60.2 %", "61,801 of 96,412", "Orders taken online"):
        assert fact in page


def test_a_component_shows_its_own_promises(month, edition, client_of):
    page = said(client_of(month.head).get("/t/larkmoor/components/storage/status/").content.decode())

    assert "Storage works" in page
    assert '<span class="p-status p-is-M">99.2 %</span>' in page


def test_of_a_part_the_business_reads_promises_of_teams_and_those_to_its_own_units(month, edition, member, client_of):
    """Scales are promised to Finance alone, who lost a whole day: that is theirs to read."""
    scales = catalog.make_component(slug="scales", name="Scales")
    catalog.make_dependency(month.targets["orders"].service, scales, first_step=1, last_step=3)
    finance = factories.make_unit(slug="finance")
    theirs = slas.make_target(component=scales, unit=finance, name="Scales for Finance")
    slas.add_outage(theirs.measure, "2026-10-07 00:00", "2026-10-08 00:00")
    compute_attainments(targets=[theirs], periods=[Period(2026, 10)], now=made.ISSUED_AT)

    def seen_by(reader):
        parts = page_of(month, reader).composition.parts
        page = client_of(reader).get("/t/larkmoor/components/scales/status/").content.decode()
        return [part.status and part.status.words for part in parts], "Scales for Finance" in page

    assert seen_by(month.head) == (["99.2 %", None], False)
    assert seen_by(month.manager) == (["99.2 %", "96.7 %"], True)


def test_before_its_first_issued_month_the_business_reads_no_figure_of_a_part(month, client_of):
    page = client_of(month.head).get("/t/larkmoor/components/storage/status/").content.decode()

    assert "99.2" not in page
    assert page_of(month).composition.parts[0].status is None


def test_how_a_service_moved_is_told_with_its_reasons(month, client_of):
    service = month.targets["orders"].service
    for from_stage, to_stage, on, reason in (
        ("", "pipeline", date(2025, 1, 10), "Asked for by the order desk"),
        ("pipeline", "catalogue", date(2025, 3, 1), "The trial went well"),
    ):
        StageTransition.objects.create(
            service=service, from_stage=from_stage, to_stage=to_stage, on=on, reason=reason, decided_by=month.manager
        )

    page = client_of(month.head).get(url_of(month)).content.decode()

    assert page.index("The trial went well") < page.index("Asked for by the order desk")
    assert "Pipeline to live" in page
    assert "1 Mar 2025, Pavel Orsin" in page
