"""“As others would count it” on the page of a figure, for each kind of promise."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import Role
from portal.language.numbers import upper_first
from slas.calculation.outcomes.others import NEXT_OPENING, PAUSES, PLANNED_WORK, ROUNDING
from slas.models import Attainment
from slas.queries import as_others
from tests import factories as people
from tests.slas import factories
from tests.slas.factories import every_day, judged

pytestmark = pytest.mark.usefixtures("in_tenant")

TITLE = "As others would count it"
SAME = "The figure is the same."


@pytest.fixture
def reader(member, client_of):
    return client_of(member(Role.SERVICE_LEVEL_MANAGER))


def address_of(figure, query=""):
    return f"/t/larkmoor/attainments/{figure.pk}/{query}"


def said(convention):
    """How a convention is told: its name, and the rule on both sides."""
    return f"{upper_first(convention.name)} Here: {convention.ours} Others: {convention.theirs}"


def lines_of(page):
    """What the section says, line by line: name, rule, value and status."""
    text = page.content.decode().replace("\u00a0", " ")
    if TITLE not in text:
        return None
    section = text.partition('id="others"')[2].partition("</section>")[0]
    section = re.sub(r"<svg.*?</svg>", "", section, flags=re.DOTALL)
    items = re.findall(r"<li.*?>(.*?)</li>", section, flags=re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", item).split()) for item in items]


@pytest.fixture
def october():
    """Two hours of agreed work and five of a failure in a month of 310 hours, promised at 98.4 %."""
    target = factories.make_target(
        unit=people.make_unit(), service=factories.make_service(), threshold=Decimal("98.4"), decimals=1,
        service_hours=factories.make_hours(every_day(9, 19)), excluded_work=["planned"],
    )  # fmt: skip
    factories.add_outage(target.measure, "2026-10-07 10:00", "2026-10-07 15:00")
    factories.add_work(target.service, "2026-10-13 10:00", "2026-10-13 12:00", "2026-09-01 10:00", "2026-09-02 10:00")
    return target


def test_availability_is_told_with_planned_work_and_rounded(october, reader):
    figure = judged(october)

    assert (figure.value_words, figure.result["excluded_seconds"]) == ("98.3", 2 * 3600)
    assert lines_of(reader.get(address_of(figure))) == [
        f"{said(ROUNDING)} 98.4 % Missed",
        f"{said(PLANNED_WORK)} {SAME} 98.3 % Missed",
    ]


@pytest.fixture
def desk():
    """Eleven cases in time and one that was paused over a night, and late for it by Parley alone."""
    target = factories.make_target(
        "cases", unit=people.make_unit(), service_hours=factories.make_hours(every_day(9, 17)),
        pause_reasons=["Awaiting caller"],
    )  # fmt: skip
    for number in range(11):
        factories.add_case(target.measure, f"INC{number}", "2026-10-05 09:00", "2026-10-05 10:00")
    factories.add_case(target.measure, "INC11", "2026-10-06 16:00", "2026-10-07 12:00")
    factories.add_pause(target.measure, "INC11", "2026-10-06 16:30", "2026-10-07 09:00", "Awaiting caller")
    return target


IN_CLOCK_TIME = said(PAUSES)


def test_cases_are_told_with_pauses_on_the_clock_and_the_next_opening(desk, reader):
    assert lines_of(reader.get(address_of(judged(desk)))) == [
        f"{said(ROUNDING)} 92 % Close",
        f"{IN_CLOCK_TIME} 100 % Kept",
        f"{said(NEXT_OPENING)} {SAME} 91 % Close",
    ]


def test_what_is_read_with_the_figure_costs_no_question_more(desk, reader, monkeypatch):
    address, read = address_of(judged(desk)), []
    for limit, query in ((as_others.READ_AT_ONCE, ""), (10, ""), (10, "?others=1")):
        monkeypatch.setattr(as_others, "READ_AT_ONCE", limit)
        with CaptureQueriesContext(connection) as captured:
            read.append((len(lines_of(reader.get(address + query))), len(captured)))

    at_once, waiting, asked = read
    assert (at_once[0], waiting[0], asked[0]) == (3, 2, 3)
    assert (waiting[1] - at_once[1], asked[1] - at_once[1]) == (0, 1)


def test_many_records_are_counted_when_somebody_asks(desk, reader, monkeypatch):
    address = address_of(judged(desk))
    monkeypatch.setattr(as_others, "READ_AT_ONCE", 10)

    assert lines_of(reader.get(address)) == [
        f"{said(ROUNDING)} 92 % Close",
        "Count it from its records by the other conventions too",
    ]
    assert 'href="?others=1#others"' in reader.get(address).content.decode()
    assert f"{IN_CLOCK_TIME} 100 % Kept" in lines_of(reader.get(f"{address}?others=1"))


def test_inputs_that_cannot_be_read_are_said(desk, reader):
    figure = judged(desk)
    Attainment.objects.filter(pk=figure.pk).update(inputs='{"kind": "cases"}')

    lines = lines_of(reader.get(address_of(figure)))

    assert lines[0] == f"{said(ROUNDING)} 92 % Close"
    assert lines[1].startswith("It cannot be counted again from what was kept with it.")
    assert len(lines) == 2


@pytest.mark.parametrize("kind", ["volume", "readings", "satisfaction"])
def test_other_shares_are_rounded(kind, reader):
    """Two of three: 66.66 % and more."""
    target = factories.make_target(kind, unit=people.make_unit(), decimals=1)
    if kind == "volume":
        factories.add_volume(target.measure, date(2026, 10, 1), 300, 200)
    elif kind == "satisfaction":
        factories.add_survey(target.measure, date(2026, 10, 1), 400, 300, 200)
    else:
        for second in range(12):
            factories.add_reading(target.measure, f"2026-10-06 09:00:{second:02}", 100 if second < 8 else 900)
    figure = judged(target)

    assert figure.value_words == "66.6"
    assert lines_of(reader.get(address_of(figure))) == [f"{said(ROUNDING)} 66.7 % Missed"]


@pytest.mark.parametrize("kind", ["occasions", "reliability", "cases", "volume"])
def test_what_no_convention_applies_to_has_no_such_part(kind, reader):
    """Dates and interruptions are whole numbers; without cases or volumes there is no value."""
    target = factories.make_target(kind, unit=people.make_unit())
    if kind == "occasions":
        factories.add_occasion(target.measure, date(2026, 10, 1), factories.at("2026-10-01 03:20"))

    assert lines_of(reader.get(address_of(judged(target)))) is None


def test_a_gap_in_the_data_has_no_such_part(reader):
    target = factories.make_target(unit=people.make_unit(), measure=factories.make_measure(is_covered=False))
    figure = judged(target)

    assert figure.status == "data_gap"
    assert lines_of(reader.get(address_of(figure))) is None
