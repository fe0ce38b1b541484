"""A promise stands on what holds on each day of the year: what begins, ends and changes in it is told with its day."""

from datetime import date

import pytest

from slas.models import AgreementKind, AgreementState
from tests.slas import factories
from tests.slas.test_chain import HOUR, TODAY, chain_of, followed, plain, promise, stands, under


@pytest.fixture
def sla(unit):
    return factories.make_agreement(unit=unit, slug="orders")


def test_a_version_to_come_that_breaks_the_chain_is_named_with_its_day(sla):
    urgent = promise(sla, name="Urgent problems", within_seconds=2 * HOUR)
    repair = under("Team", of="cases", slug="repair", name="Repair", within_seconds=HOUR)
    stands(urgent, repair)
    later = followed(repair, starts_on=date(2027, 3, 1), within_seconds=4 * HOUR)

    (found,) = chain_of(sla).checked

    assert (found.is_enough, found.is_enough_throughout) == (True, False)
    assert found.told.replace("\u00a0", " ") == ("Until 28 February 2027: It can be kept at every start: 1 h to spare.")
    assert plain(found.links[0].coming) == "Its next version holds from 1 March 2027; this is the one before."
    (broken,) = found.later
    assert (broken.links[0].target, broken.links[0].is_enough) == (later, False)
    told = (
        "From 1 March 2027: This promise is 2 h tighter than what stands under it (Team)."
        " What stands under it supports 4 h."
    )
    assert [*map(plain, chain_of(sla).warnings)] == [f"Urgent problems: {told}"]
    assert [plain(row.name) for row in found.rows] == ["Repair", "Repair, from 1 March 2027"]
    assert "From" not in "".join(chain_of(sla, today=date(2027, 3, 1)).warnings)
    assert chain_of(sla, today=date(2027, 3, 1)).checked[0].later == ()
    assert chain_of(sla, today=date(2026, 2, 1)).checked[0].later == ()  # more than a year before


def test_each_day_has_the_version_that_holds_on_it_also_for_a_few_days(sla):
    """Worse for a while, then better than before."""
    urgent = promise(sla, within_seconds=2 * HOUR)
    repair = under("Team", of="cases", slug="repair", within_seconds=HOUR)
    stands(urgent, repair)
    repair.agreement.ends_on = date(2026, 12, 24)
    repair.agreement.save()
    again = factories.make_agreement(
        slug=repair.agreement.slug, kind="ola", version=2, starts_on=date(2026, 12, 27), state=AgreementState.AGREED,
        customer=repair.agreement.customer, provider=repair.agreement.provider,
    )  # fmt: skip
    factories.make_target("cases", agreement=again, slug="repair", name="Repair", within_seconds=HOUR)

    (found,) = chain_of(sla).checked

    assert [(plain(each.days), each.is_enough) for each in (found, *found.later)] == [
        ("until 23 December 2026", True),
        ("from 24 December 2026 to 26 December 2026", False),
        ("from 27 December 2026", True),
    ]
    assert plain(found.later[0].links[0].words) == "Team promises this only from 27 December 2026."


def test_a_next_version_that_promises_the_same_changes_nothing(sla):
    urgent = promise(sla, within_seconds=2 * HOUR)
    repair = under("Team", of="cases", slug="repair", within_seconds=HOUR)
    stands(urgent, repair)
    followed(repair, starts_on=date(2027, 3, 1))

    (found,) = chain_of(sla).checked

    assert (found.later, found.days, found.is_enough_throughout) == ((), "", True)


def test_what_ends_with_nothing_after_it_supports_until_then(sla):
    urgent = promise(sla)
    stands(urgent, under("Team", of="cases", name="Repair", within_seconds=HOUR, ends_on=date(2027, 3, 1)))

    (found,) = chain_of(sla).checked

    assert plain(found.links[0].coming) == "It ends on 28 February 2027, and nothing follows it."
    (gone,) = found.later
    assert plain(gone.told) == "From 1 March 2027: Nothing stands under it."
    assert gone.links[0].words == "Team does not promise this any more when it is needed."
    sla.ends_on = date(2027, 3, 1)  # the promise itself holds no longer either
    sla.save()
    assert chain_of(sla).checked[0].later == ()


def test_nothing_is_said_of_what_has_ended_nor_of_a_contract(sla):
    promise(sla)
    contract = under("Northline", kind=AgreementKind.CONTRACT)

    assert not chain_of(contract.agreement).is_shown
    sla.ends_on = TODAY
    assert not chain_of(sla).is_shown
