"""A period that still runs, or is promised in part: what is certain of it, and which part is counted."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from portal.language.numbers import NBSP
from slas.calculation.availability import AvailabilityFacts, AvailabilityTerms
from slas.calculation.missing import UnknownPolicy
from slas.calculation.occasions import Completion, OccasionSchedule, Rhythm
from slas.calculation.outcomes import AvailabilityInputs, OccasionsInputs, VolumeInputs, attain
from slas.calculation.outcomes.counts import VolumeRow
from slas.calculation.outcomes.frame import Frame, Promise
from slas.calculation.service_hours import ServiceHours
from tests.slas.calculation.builders import LONDON, at, between, month, outage

OCTOBER = month("2026-10")
ALWAYS = ServiceHours.always(LONDON)
DOWN = UnknownPolicy.DOWN


def frame(threshold, now, **promise):
    return Frame(Promise(Decimal(threshold), **promise), OCTOBER, OCTOBER, at(now), LONDON, "round the clock")


def standing(inputs):
    outcome = attain(inputs)
    return outcome.status.value, outcome.result["certain"]


def available(*outages, unknown=(), now="2026-10-03 00:00", policy=UnknownPolicy.EXCLUDE):
    terms = AvailabilityTerms(ALWAYS, unknown=policy)
    facts = AvailabilityFacts(tuple(outages), (), tuple(unknown))
    return AvailabilityInputs(frame("99.5", now, unknown=policy), terms, facts, {}, {})


FOUR_HOURS = between("2026-10-02 10:00", "2026-10-02 14:00")


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        pytest.param(
            available(outage("2026-10-01 10:00", "2026-10-01 11:00"), unknown=[FOUR_HOURS]),
            ("data_gap", None),
            id="one hour of 3.7 lost",
        ),
        pytest.param(
            available(outage("2026-10-01 10:00", "2026-10-01 11:00"), unknown=[FOUR_HOURS], policy=DOWN),
            ("data_gap", None),
            id="what counts as lost may have been up",
        ),
        pytest.param(
            available(unknown=[FOUR_HOURS], now="2026-10-25 00:00", policy=DOWN),
            ("at_risk", None),
            id="what counts as lost is more than the month allows, and may have been up",
        ),
        pytest.param(available(), ("kept", None), id="all well so far"),
        pytest.param(
            available(outage("2026-10-01 10:00", "2026-10-01 14:00"), unknown=[FOUR_HOURS]),
            ("missed", "missed"),
            id="known losses are more than the month allows",
        ),
    ],
)
def test_time(inputs, expected):
    assert standing(inputs) == expected


def occasions(late, missing, now, **promise):
    """Ready by 07:00 each day, from the first of October until yesterday."""
    days = range(1, date.fromisoformat(now).day)
    records = tuple(
        Completion(f"{day}", date(2026, 10, day), at(f"2026-10-{day:02} {'08' if day <= late else '06'}:00"))
        for day in days
        if day <= len(days) - missing
    )
    schedule = OccasionSchedule(ALWAYS, Rhythm.DAILY, 7 * 3600, zone=LONDON)
    return OccasionsInputs(frame("90", f"{now} 00:00", **promise), schedule, records)


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        pytest.param(occasions(1, 3, "2026-10-06"), ("data_gap", None), id="one late of the three that may be"),
        pytest.param(occasions(4, 3, "2026-10-10"), ("data_gap", "missed"), id="more late than the month allows"),
        pytest.param(occasions(0, 0, "2026-10-06"), ("kept", None), id="all in time so far"),
        pytest.param(occasions(4, 0, "2026-10-06"), ("missed", "missed"), id="too many late, all known"),
        pytest.param(
            occasions(0, 4, "2026-10-21", unknown=DOWN, minimum_coverage=Fraction(3, 4)),
            ("at_risk", None),
            id="what counts as late may have been in time",
        ),
    ],
)
def test_occasions(inputs, expected):
    assert standing(inputs) == expected


def volume(threshold, total, met, unknown=0):
    rows = [VolumeRow(date(2026, 10, 1), total, met)]
    if unknown:
        rows.append(VolumeRow(date(2026, 10, 2), unknown, None))
    return VolumeInputs(frame(threshold, "2026-10-06 00:00"), tuple(rows), False, ALWAYS)


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        pytest.param(volume("80", 100, 100, 10), ("data_gap", None), id="a gap, and most is to come"),
        pytest.param(volume("80", 100, 100), ("kept", None), id="all good so far"),
        pytest.param(volume("80", 100, 50), ("at_risk", None), id="too many late so far"),
        pytest.param(volume("100", 100, 99), ("missed", "missed"), id="no room was agreed"),
    ],
)
def test_shares(inputs, expected):
    assert standing(inputs) == expected


def test_after_the_end_it_is_certain():
    running = volume("80", 100, 100)

    assert standing(replace(running, frame=frame("80", "2026-11-02 09:00"))) == ("kept", "kept")


@pytest.mark.parametrize("inputs", [available(), volume("80", 100, 90), occasions(0, 0, "2026-10-31")])
@pytest.mark.parametrize(
    ("span", "part"),
    [
        pytest.param(("2026-10-12", "2026-11-01"), "from 12 Oct", id="begins later"),
        pytest.param(("2026-10-01", "2026-10-21"), "until 20 Oct", id="ends earlier"),
        pytest.param(("2026-10-12", "2026-10-21"), "from 12 Oct until 20 Oct", id="both"),
        pytest.param(("2026-10-01", "2026-11-01"), "", id="all of it"),
    ],
)
def test_the_part_of_the_period_that_is_promised_is_said(inputs, span, part):
    start, end = span
    frame = replace(inputs.frame, span=between(f"{start} 00:00", f"{end} 00:00"), now=at("2026-11-02 09:00"))

    outcome = attain(replace(inputs, frame=frame))
    closing = outcome.proof["evidence"]["closing"].replace(NBSP, " ")

    assert outcome.result["part"].replace(NBSP, " ") == part
    assert closing.startswith(f"Counted {part}. ") if part else not closing.startswith("Counted")
