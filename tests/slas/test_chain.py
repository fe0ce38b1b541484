"""Can IT stand by it: from agreements of teams and suppliers to margins, in words, for everybody who signs."""

from datetime import date
from decimal import Decimal

import pytest

from slas.actions.agreements import revise_agreement
from slas.actions.supports import name_support
from slas.errors.chain import CannotStandUnder, StandsUnderAlready
from slas.models import AgreementKind, AgreementState, ClockStop, PartyKind, PeriodKind, ServiceLevelTarget, TargetKind
from slas.queries.agreements import list_agreement_targets
from slas.queries.chain import get_chain
from tests.catalog import factories as catalog
from tests.slas import factories
from tests.slas.factories import at, every_day

TODAY = date(2026, 11, 10)
NOW = at("2026-11-10 09:40")
HOUR = 3600


def under(who, *, kind=AgreementKind.OLA, agreement=None, of="availability", **fields):
    """What a team or a supplier promises to IT."""
    party = PartyKind.SUPPLIER if kind == AgreementKind.CONTRACT else PartyKind.TEAM
    made = factories.make_agreement(
        kind=kind,
        customer=factories.make_party(name=f"IT beside {who}"),
        provider=factories.make_party(kind=party, name=who),
        **agreement or {},
    )
    return factories.make_target(of, agreement=made, **fields)


def chain_of(agreement, today=TODAY):
    return get_chain(agreement=agreement, targets=list(list_agreement_targets(agreement=agreement)), today=today)


def promise(agreement, kind="cases", **fields):
    return factories.make_target(kind, agreement=agreement, **fields)


def plain(words):
    return words.replace("\u00a0", " ")


def stands(target, *below, step=1):
    for each in below:
        target.supports.create(by=each, step=step)


@pytest.fixture
def sla(unit):
    return factories.make_agreement(unit=unit, slug="orders")


def test_a_supplier_breaks_the_chain_and_is_named(sla):
    urgent = promise(sla, name="Urgent problems are solved within 2 hours", within_seconds=2 * HOUR)
    team = under("Ordering team", of="cases", name="Repair by the team", within_seconds=5400)
    phones = under(
        "Northline", kind=AgreementKind.CONTRACT, of="cases", name="Phone network is repaired", within_seconds=4 * HOUR
    )
    stands(urgent, team, phones)

    (found,) = chain_of(sla).checked

    assert {(link.name, link.spare.replace("\u00a0", " "), link.is_enough) for link in found.links} == {
        ("Phone network is repaired", "2 h too long", False),
        ("Repair by the team", "30 min to spare", True),
    }
    assert found.sentence.replace("\u00a0", " ") == (
        "This promise is 2 h tighter than what stands under it (Northline). What stands under it supports 4 h."
    )
    assert chain_of(sla).warnings == (f"{urgent.name}: {found.sentence}",)


def test_steps_one_after_the_other_add_up(sla):
    urgent = promise(sla, within_seconds=3 * HOUR)
    stands(urgent, under("Desk", of="cases", within_seconds=HOUR, threshold=Decimal(98)), step=1)
    stands(urgent, under("Team", of="cases", within_seconds=2 * HOUR, threshold=Decimal(94)), step=2)

    (found,) = chain_of(sla).checked

    assert found.is_enough
    assert found.whole.words.replace("\u00a0", " ") == (
        "Desk, then Team: 3 h at the worst start, this agreement 3 h. In time in each step: 92.0 % at least."
    )
    assert found.sentence == "It can be kept at every start: nothing to spare."


def test_shares_of_the_steps_may_be_too_little(sla):
    urgent = promise(sla, within_seconds=3 * HOUR)
    for step in (1, 2):
        stands(urgent, under(f"Team {step}", of="cases", within_seconds=HOUR, threshold=Decimal(94)), step=step)

    (found,) = chain_of(sla).checked

    assert not found.is_enough
    assert found.sentence == "What stands under it supports 88.0 % of cases in time, and 90 % are promised."


def test_a_limit_is_supported_in_so_many_cases_and_without_what_nobody_keeps(sla):
    urgent = promise(sla, within_seconds=HOUR)
    for step in (1, 2):
        stands(urgent, under(f"Team {step}", of="cases", within_seconds=HOUR, threshold=Decimal(94)), step=step)
    left = under("Team 3", of="cases", name="Parts are fetched", within_seconds=HOUR)
    stands(urgent, left, step=3)
    left.agreement.state, left.agreement.ends_on = AgreementState.TERMINATED, date(2026, 11, 1)
    left.agreement.save()

    (found,) = chain_of(sla).checked

    assert found.sentence.replace("\u00a0", " ") == (
        "This promise is 1 h tighter than what stands under it (Team 1, then Team 2). What stands under it supports 2 h"
        " in 88.0 % of cases. What stands under it is not enough: Parts are fetched."
    )


def test_each_party_counts_in_its_own_hours(sla):
    office = factories.make_hours({day: [(540, 1020)] for day in range(5)}, words="09:00 to 17:00, Mon to Fri")
    urgent = promise(sla, within_seconds=48 * HOUR)
    stands(urgent, under("Office", of="cases", within_seconds=HOUR, service_hours=office))

    (found,) = chain_of(sla).checked

    assert not found.is_enough
    assert "At the worst start it takes 66 h in the hours of this promise." in found.links[0].words.replace(
        "\u00a0", " "
    )
    assert found.links[0].hours == "09:00 to 17:00, Mon to Fri, London time"
    assert found.worst.replace("\u00a0", " ").startswith("At the worst start: received Fri ")


def test_parts_whose_keepers_are_not_in_the_path_are_named(sla):
    service = factories.make_service()
    storage, shop, desk = (catalog.make_component(name=name) for name in ("Storage", "Shop", "Desk"))
    for component in (storage, shop, desk):
        catalog.make_dependency(service, component)
    urgent = promise(sla, service=service)
    team = under("Shop team", component=shop)
    under("Storage team", component=storage)
    stands(urgent, factories.make_target("cases", agreement=team.agreement, within_seconds=HOUR))

    (found,) = chain_of(sla).checked

    assert [(link.name, link.words) for link in found.links[1:]] == [
        (
            "Storage",
            "Storage team keeps it and is not in the path of this promise. Nothing stands under this part.",
        ),
        ("Desk", "Whoever keeps it is not in the path of this promise. Nothing stands under this part."),
    ]
    assert found.sentence == "What stands under it is not enough: Storage and Desk."


@pytest.fixture
def ordering(sla):
    """Two needed parts and one of two ways in, each promised by a team."""
    service = factories.make_service()
    hours = factories.make_hours(every_day(4, 22), words="04:00 to 22:00, every day")
    for name, percent in (("Sign-in", "99.9"), ("Storage", "99.8")):
        component = catalog.make_component(name=name)
        catalog.make_dependency(service, component)
        under(f"{name} team", component=component, threshold=Decimal(percent), service_hours=hours)
    group = catalog.make_group(service)
    for name, percent in (("Shop", "99.7"), ("Desk", "99.8")):
        component = catalog.make_component(name=name)
        catalog.make_dependency(service, component, group=group)
        under(f"{name} team", component=component, threshold=Decimal(percent), service_hours=hours)
    catalog.make_dependency(service, catalog.make_component(name="Maps"), requirement="helps")
    return promise(sla, "availability", service=service, service_hours=hours, name="Orders", decimals=2)


def test_parts_are_put_together_by_their_structure(sla, ordering):
    (found,) = chain_of(sla).checked

    assert found.whole.words == "Its parts give 99.69 % if they fail independently of each other, and 99.50 % at worst."
    assert (found.whole.spare, found.is_enough) == ("0.19 points to spare", True)
    assert [link.name for link in found.links] == ["Sign-in", "Storage", "Shop", "Desk"]
    assert found.sentence == "It can be kept whatever fails, as long as what is promised about each part is kept."


def test_a_promise_tighter_than_its_parts_says_by_how_much_and_what_they_support(sla, ordering):
    ordering.threshold = Decimal("99.75")
    ordering.save()

    (found,) = chain_of(sla).checked

    assert found.sentence == (
        "This promise is 0.06 points tighter than what stands under it; its weakest part is Storage."
        " What stands under it supports 99.69 %, if parts fail independently of each other."
    )
    assert found.whole.spare == "0.06 points too little"

    catalog.make_dependency(ordering.service, catalog.make_component(name="Price list"))
    (gap,) = chain_of(sla).checked
    assert gap.sentence == f"{found.sentence} What stands under it is not enough: Price list."
    assert gap.whole.words.startswith("The parts that something is promised about give 99.69 %")


def test_a_part_nobody_promises_anything_about_is_named_and_an_alternative_may_be_missing(sla, ordering):
    catalog.make_dependency(ordering.service, catalog.make_component(name="Price list"))
    shop = ServiceLevelTarget.objects.get(component__name="Shop")
    shop.is_trial, shop.threshold = True, None
    shop.save()

    (found,) = chain_of(sla).checked

    missing = [link for link in found.links if link.target is None]
    assert [(link.name, link.words, link.is_enough) for link in missing] == [
        ("Price list", "Nothing stands under this part.", False),
        ("Shop", "Nothing stands under this part.", True),
    ]
    assert "99.50 %" in found.whole.words
    assert not found.is_enough


def test_of_two_promises_about_a_part_the_better_one_counts_unless_another_is_named(sla, ordering):
    storage = ordering.service.dependencies.get(component__name="Storage").component
    better = under("Second team", component=storage, threshold=Decimal("99.95"))

    assert better in [link.target for link in chain_of(sla).checked[0].links]

    worse = under("Third team", component=storage, threshold=Decimal(99))
    stands(ordering, worse)

    assert worse in [link.target for link in chain_of(sla).checked[0].links]


def test_what_was_named_and_is_no_part_of_the_service_is_needed_besides(sla):
    phones = promise(sla, "availability", threshold=Decimal("99.8"))
    contract = under("Northline", kind=AgreementKind.CONTRACT, threshold=Decimal("99.7"), name="Network")
    stands(phones, contract)

    (found,) = chain_of(sla).checked

    assert [(link.name, link.spare, link.support.by) for link in found.links] == [
        ("Network", "0.1 points too little", contract)
    ]
    assert not found.is_enough


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({"clock_stop": ClockStop.ANSWERED}, "It promises a first answer, and", id="only an answer"),
        pytest.param({"threshold": Decimal(80)}, "It is in time in 80 % of cases, and 90 % are promised.", id="share"),
    ],
)
def test_what_cannot_carry_a_promise_whatever_its_margin(sla, fields, words):
    urgent = promise(sla)
    stands(urgent, under("Team", of="cases", **{"within_seconds": HOUR} | fields))

    (link,) = chain_of(sla).checked[0].links

    assert not link.is_enough
    assert link.notes[0].replace("\u00a0", " ").startswith(words)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"excluded_work": ["planned"]}, "Announced planned work is taken out of it, and counts here."),
        ({"minimum_outage_seconds": 300}, "Outages shorter than 5 min do not count in it."),
        ({"degraded_share": Decimal(1)}, "Slow or partly usable time costs less in it than here."),
    ],
)
def test_what_counts_in_one_of_the_two_is_said(sla, fields, words):
    orders = promise(sla, "availability", degraded_share=Decimal("0.5"))
    stands(orders, under("Team", threshold=Decimal("99.9"), **{"degraded_share": Decimal("0.5")} | fields))

    (link,) = chain_of(sla).checked[0].links

    assert link.is_enough
    assert [note.replace("\u00a0", " ") for note in link.notes] == [words]


def test_pauses_and_cases_of_another_kind_are_said(sla):
    urgent = promise(sla, pause_reasons=["Waiting for the customer"], priorities=["Urgent"])
    other = {"pause_reasons": ["Waiting for a part"], "priorities": ["High"], "within_seconds": HOUR}
    stands(urgent, under("Team", of="cases", **other))

    assert chain_of(sla).checked[0].links[0].notes == (
        "Its clock also stands still for: Waiting for a part.",
        "It counts other cases: High.",
    )


def test_the_next_version_of_what_stands_under_it_takes_its_place(sla):
    urgent = promise(sla)
    old = under("Team", of="cases", slug="repair", within_seconds=HOUR)
    stands(urgent, old)
    agreement = old.agreement
    agreement.state, agreement.ends_on = AgreementState.SUPERSEDED, date(2026, 11, 1)
    agreement.save()
    assert chain_of(sla).checked[0].links[0].words == "Team does not promise this any more when it is needed."

    newer = factories.make_agreement(
        slug=agreement.slug,
        kind=agreement.kind,
        version=2,
        customer=agreement.customer,
        provider=agreement.provider,
        starts_on=date(2026, 11, 1),
    )
    now = factories.make_target("cases", agreement=newer, slug="repair", within_seconds=2 * HOUR)

    assert chain_of(sla).checked[0].links[0].target == now


def followed(old, *, starts_on, **fields):
    """The next version of what a team promises, agreed and still to come; `old` ends on its first day."""
    agreement = old.agreement
    agreement.ends_on = starts_on
    agreement.save()
    newer = factories.make_agreement(
        slug=agreement.slug, kind=agreement.kind, version=2, state=AgreementState.AGREED, starts_on=starts_on,
        customer=agreement.customer, provider=agreement.provider,
    )  # fmt: skip
    same = {"slug": old.slug, "name": old.name, "within_seconds": old.within_seconds, "threshold": old.threshold}
    return factories.make_target(old.kind, agreement=newer, component=old.component, **same | fields)


def test_a_part_that_is_promised_less_from_a_day_on_is_named_by_structure(sla, ordering):
    old = ServiceLevelTarget.objects.get(component__name="Storage")
    followed(old, starts_on=date(2027, 3, 15), threshold=Decimal("98.5"), service_hours=old.service_hours)

    (found,) = chain_of(sla).checked

    assert found.whole.words.startswith("Its parts give 99.69 %")
    (later,) = found.later
    assert plain(later.told).startswith("From 15 March 2027: This promise is")
    assert "its weakest part is Storage" in later.told
    assert later.whole.words.startswith("Its parts give 98.40 %")


def test_a_part_that_somebody_promises_only_for_some_days_of_a_month_is_judged_by_them(sla, ordering):
    old = ServiceLevelTarget.objects.get(component__name="Storage")
    old.ends_on = date(2026, 11, 20)
    old.save()
    (found,) = chain_of(sla).checked

    assert (plain(found.days), found.is_enough) == ("until 19 November 2026", True)
    assert [(plain(each.days), each.is_enough) for each in found.later] == [("from 20 November 2026", False)]
    assert "Storage" in found.later[0].sentence


def test_what_is_not_calculated_is_said_so(sla):
    factories.make_target(TargetKind.VOLUME, agreement=sla, name="Orders are confirmed")
    lonely = promise(sla, name="Nobody stands under it")
    never = promise(sla, service_hours=factories.make_hours({}, words="never"))
    stands(never, under("Team", of="cases", within_seconds=HOUR))

    found = chain_of(sla)

    assert [target.name for target in found.uncounted] == ["Orders are confirmed"]
    assert found.unsupported == (lonely,)
    assert "do not open again" in found.checked[0].sentence
    assert not found.checked[0].is_enough


def test_a_year_under_a_month_and_a_month_under_a_year(sla):
    monthly = promise(sla, "availability", threshold=Decimal("99.5"))
    stands(monthly, under("Team", threshold=Decimal("99.9"), period_kind=PeriodKind.YEAR))
    yearly = promise(sla, "availability", threshold=Decimal("99.5"), period_kind=PeriodKind.YEAR)
    stands(yearly, under("Other", threshold=Decimal("99.9")))

    by_month, by_year = chain_of(sla).checked

    assert "98.6 % at worst" in by_month.whole.words
    assert "99.9 % at worst" in by_year.whole.words


def test_only_what_a_team_or_supplier_agreed_to_can_stand_under_a_promise(sla, member):
    urgent, manager = promise(sla), member()
    agreed = under("Team", of="cases")
    draft = under("Draft team", of="cases", agreement={"state": AgreementState.DRAFT})
    for refused in (draft, under("Shop", component=None), promise(factories.make_agreement()), promise(sla)):
        with pytest.raises(CannotStandUnder, match="Choose a promise of the same kind"):
            name_support(target=urgent, under=refused, step=1, by=manager, now=NOW)

    name_support(target=urgent, under=agreed, step=2, by=manager, now=NOW)

    with pytest.raises(StandsUnderAlready, match="Take it out first"):
        name_support(target=urgent, under=agreed, step=1, by=manager, now=NOW)


def test_the_next_version_of_an_agreement_stands_on_the_same(sla, member):
    urgent = promise(sla, slug="urgent")
    team = under("Team", of="cases")
    stands(urgent, team, step=3)

    draft = revise_agreement(agreement=sla, starts_on=date(2027, 1, 1), by=member(), now=NOW)

    assert list(draft.targets.get(slug="urgent").supports.values_list("by", "step")) == [(team.pk, 3)]
