"""The catalogue as readers see it: for whom, what was kept, what it costs; filters count and live in the address."""

from datetime import date

import pytest

from catalog.models import Category, Service, ServiceCategory, ServiceClass, Stage, Taxonomy
from portal.accounts.models import Role
from reporting.models import ServiceReview
from reporting.queries.services import Wanted, get_catalogue
from reporting.queries.services_months import get_shown_month, summarise
from slas.models import Attainment
from tests import factories
from tests.catalog import factories as catalog
from tests.reporting import factories as made
from tests.slas import factories as slas

TODAY = date(2026, 11, 10)


def catalogue_of(reader, **wanted):
    return get_catalogue(reader=reader, wanted=Wanted(**wanted), today=TODAY, currency="GBP")


def names(page):
    return [entry.name for heading in page.headings for entry in heading.entries]


def counts(page, name):
    (group,) = [group for group in page.groups if group.name == name]
    return {choice.label: choice.count for choice in group.choices if choice.count}


@pytest.mark.parametrize(
    ("letters", "letter", "words"),
    [
        ("KCM", "M", "1 of 3 missed"),
        ("MDG", "M", "1 of 3 missed"),
        ("GDK", "G", "Data gap"),
        ("DKC", "D", "Disputed"),
        ("KC", "K", "All kept"),
        ("KTN", "K", "All kept"),
        ("TN", "T", "Trial"),
        ("N", "N", "No cases"),
        ("", "", "No promise yet"),
    ],
)
def test_several_promises_become_one_mark(letters, letter, words):
    mark = summarise(letters)

    assert (mark.letter, mark.words) == (letter, words)


@pytest.fixture
def units(in_tenant):
    return {name: factories.make_unit(slug=name.lower(), name=name) for name in ("Orders", "Finance")}


@pytest.fixture
def services(units):
    """Four services: taken by Orders, offered to Orders, for everyone, of Finance."""
    line = catalog.make_line(name="Sell")

    def service(name, price, unit, **fields):
        entitlement = {"is_subscribed": fields.pop("taken", True)}
        found = catalog.make_service(name=name, line_of_service=line, **fields)
        catalog.make_entitlement(catalog.make_offering(found, name="Gold", price_minor=price), unit, **entitlement)
        return found

    return [
        service("Ordering", 2140000, units["Orders"]),
        service("Accounts", 220000, units["Orders"], taken=False),
        service("Mail", 0, None, service_class=ServiceClass.END_USER),
        service("Ledger", 540000, units["Finance"]),
    ]


def test_a_business_reader_begins_with_what_is_for_them(services, units, member):
    page = catalogue_of(member(Role.BUSINESS_UNIT_HEAD, units=[units["Orders"]]))

    assert names(page) == ["Accounts", "Mail", "Ordering"]
    assert [label for _name, _value, label in page.chosen] == ["Orders", "Everyone"]
    assert {entry.name: entry.is_yours for heading in page.headings for entry in heading.entries} == {
        "Accounts": False, "Mail": False, "Ordering": True,
    }  # fmt: skip


def test_the_whole_catalogue_is_one_choice_away(services, units, member):
    page = catalogue_of(member(Role.BUSINESS_UNIT_HEAD, units=[units["Orders"]]), whom=frozenset())

    assert names(page) == ["Accounts", "Ledger", "Mail", "Ordering"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"whom": frozenset({"finance"})}, ["Ledger"]),
        ({"kinds": frozenset({"end_user"})}, ["Mail"]),
        ({"kinds": frozenset({"professional"})}, []),
        ({"words": "ordring"}, ["Ordering"]),
        ({"sort": "cost"}, ["Ordering", "Ledger", "Accounts", "Mail"]),
        ({"whom": frozenset({"no-such-unit"})}, []),
    ],
)
def test_filters_narrow_and_sorting_orders(services, member, wanted, found):
    assert names(catalogue_of(member(Role.SERVICE_OWNER), **wanted)) == found


def test_each_filter_counts_what_it_would_show_with_the_others_as_they_are(services, units, member):
    reader = member(Role.BUSINESS_UNIT_HEAD, units=[units["Orders"]])
    page = catalogue_of(reader, kinds=frozenset({"business"}))

    assert counts(page, "for") == {"Orders": 2, "Finance": 1}  # what is for everyone is no business service here
    assert counts(page, "kind") == {"Business": 2, "End-user": 1}


def test_each_taxonomy_is_a_filter(services, member):
    places = Taxonomy.objects.create(slug="places", name="Place")
    makers = Taxonomy.objects.create(slug="makers", name="Organisation")
    for taxonomy, name, own in (
        (places, "Harbour", services[:3]),
        (places, "Market", services[2:]),
        (makers, "Us", services[:1]),
    ):
        category = Category.objects.create(taxonomy=taxonomy, name=name)
        ServiceCategory.objects.bulk_create(ServiceCategory(service=each, category=category) for each in own)
    harbour, us = (str(Category.objects.get(name=name).pk) for name in ("Harbour", "Us"))
    page = catalogue_of(member(Role.SERVICE_OWNER), categories=frozenset({harbour}))

    shown = {group.legend: {each.label: each.count for each in group.choices} for group in page.groups}
    assert names(page) == ["Accounts", "Mail", "Ordering"]
    assert (shown["Place"], shown["Organisation"]) == ({"Harbour": 3, "Market": 2}, {"Us": 1})
    assert names(catalogue_of(member(Role.SERVICE_OWNER), categories=frozenset({harbour, us}))) == ["Ordering"]


def test_pipeline_and_retired_are_for_it_and_only_when_asked_for(services, member):
    catalog.make_service(name="Phone app", stage=Stage.PIPELINE)
    owner, head = member(Role.SERVICE_OWNER), member(Role.BUSINESS_UNIT_HEAD)

    assert "Phone app" not in names(catalogue_of(owner))
    assert names(catalogue_of(owner, stages=frozenset({"pipeline"}))) == ["Phone app"]
    assert "Phone app" not in names(catalogue_of(head, stages=frozenset({"pipeline"})))


def test_technical_services_stand_in_the_supporting_view(services, member):
    catalog.make_service(name="Network", service_class=ServiceClass.TECHNICAL)
    owner = member(Role.SERVICE_OWNER)

    assert "Network" not in names(catalogue_of(owner))
    assert names(catalogue_of(owner, is_supporting=True)) == ["Network"]


def test_prices_are_those_of_the_readers_level(services, units, member):
    catalog.make_offering(services[0], name="Platinum", price_minor=9900000)

    def price(reader):
        page = catalogue_of(reader, words="ordering", whom=frozenset())
        (entry,) = [entry for heading in page.headings for entry in heading.entries]
        return entry.price, entry.level

    assert price(member(Role.BUSINESS_MEMBER, units=[units["Orders"]])) == ("£21,400", "Gold")
    assert price(member(Role.BUSINESS_MEMBER, units=[units["Finance"]])) == ("from £21,400", "2\u00a0levels")


def test_a_page_holds_fifty_and_headings_count_all(member):
    line = catalog.make_line(name="Sell")
    for number in range(60):
        catalog.make_service(name=f"Service {number:02}", line_of_service=line)

    page = catalogue_of(member(Role.SERVICE_OWNER), page="2")

    assert names(page) == [f"Service {number:02}" for number in range(50, 60)]
    assert [(heading.name, heading.count) for heading in page.headings] == [("Sell", 60)]


def test_the_business_gets_figures_of_issued_months_only(month, member):
    assert get_shown_month(reader=month.head, today=TODAY) is None
    assert get_shown_month(reader=month.manager, today=TODAY) == made.OCTOBER
    (before,) = catalogue_of(month.head, whom=frozenset()).headings
    assert before.entries[0].mark.words == "No promise yet"

    made.make_edition(month)

    (after,) = catalogue_of(month.head, whom=frozenset()).headings
    assert get_shown_month(reader=month.head, today=TODAY) == made.OCTOBER
    assert after.entries[0].mark.words == "1 of 7 missed"


def test_another_units_promises_do_not_colour_a_service(month, edition, member):
    finance = factories.make_unit(slug="finance")
    promise = slas.make_target(unit=finance, service=month.targets["orders"].service)
    Attainment.objects.create(
        target=promise, period_start=made.OCTOBER, period_end=date(2026, 11, 1), status="kept", value_words="100",
        result={}, proof={}, inputs_hash="", computed_at=made.TODAY, changed_at=made.TODAY, closed_at=made.TODAY,
    )  # fmt: skip
    layout = made.make_layout(finance, agreed_on=TODAY, agreed_by_business="Sunniva Hale", agreed_by_it="Pavel Orsin")
    ServiceReview.objects.create(business_unit=finance, month=made.OCTOBER, state="issued", report_agreement=layout)

    def words_for(reader):
        (heading,) = catalogue_of(reader, whom=frozenset()).headings
        return heading.entries[0].mark.words

    assert words_for(month.head) == "1 of 7 missed"
    assert words_for(member(Role.BUSINESS_UNIT_HEAD, units=[finance])) == "All kept"
    assert words_for(month.manager) == "1 of 8 missed"


def test_the_business_reads_the_goals_of_its_own_units_and_of_the_company(services, units, member, client_of):
    ordering = Service.objects.get(name="Ordering")
    for name, unit in (("ours", units["Orders"]), ("of-all", None), ("hidden", units["Finance"])):
        catalog.make_goal(ordering, name=name, short_name=name, slug=name, business_unit=unit)

    def goals_of(reader):
        page = client_of(reader).get("/t/larkmoor/services/?for=").context["catalogue"]
        (group,) = [group for group in page.groups if group.name == "goal"]
        (entry,) = [entry for heading in page.headings for entry in heading.entries if entry.name == "Ordering"]
        return {choice.label for choice in group.choices}, set(entry.goals)

    own = {"ours", "of-all"}
    assert goals_of(member(Role.BUSINESS_UNIT_HEAD, units=[units["Orders"]])) == (own, own)
    assert goals_of(member(Role.SERVICE_OWNER)) == (own | {"hidden"}, own | {"hidden"})


def test_filters_live_in_the_address_and_each_chip_takes_one_away(services, units, member, client_of):
    client = client_of(member(Role.BUSINESS_UNIT_HEAD, units=[units["Orders"]]))

    answer = client.get("/t/larkmoor/services/?for=orders&for=finance&kind=business&sort=cost&q=")
    chips = {chip["label"]: chip["url"] for chip in answer.context["chips"]}

    assert list(chips) == ["Orders", "Finance", "Business"]
    assert chips["Finance"] == "?for=&stage=&for=orders&kind=business&sort=cost&view=business"
    assert answer.context["clear_url"] == "?for=&stage=&sort=cost&view=business"
    assert names(client.get(f"/t/larkmoor/services/{chips['Finance']}").context["catalogue"]) == [
        "Ordering",
        "Accounts",
    ]


def test_htmx_gets_the_list_alone(services, member, client_of):
    answer = client_of(member(Role.SERVICE_OWNER)).get("/t/larkmoor/services/?q=ledger", headers={"HX-Request": "true"})
    page = answer.content.decode()

    assert page.strip().startswith('<div id="services">')
    assert "Ledger" in page
