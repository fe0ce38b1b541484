"""How often something failed and how long it took to bring back, on the page of a figure, and as a promise."""

import pytest

from slas.calculation.periods import Period
from slas.queries.attainment_page import reliability_of
from tests.slas import factories
from tests.slas.factories import judged

pytestmark = pytest.mark.django_db
SEPTEMBER = Period(2026, 9)


def said(target):
    told = reliability_of(target, judged(target, SEPTEMBER).result)
    return [value.replace("\u00a0", " ") for value in (told.words, *(value for _, value in told.numbers)) if value]


def test_failures_and_their_mean_times_stand_with_an_availability(in_tenant):
    target = factories.make_target()
    for day in range(1, 5):
        factories.add_outage(target.measure, f"2026-09-0{day} 10:00", f"2026-09-0{day} 10:30")

    assert said(target) == ["4", "30 min", "179 h 30 min", "180 h"]


@pytest.mark.parametrize(
    ("outages", "fields", "sentence"),
    [
        pytest.param([], {}, "No failure in 720 h of service time that counts. With 95 % confidence there is less than"
                     " one in 240 h.", id="none"),
        pytest.param([("2026-08-31 23:00", "2026-09-01 00:58", {})], {}, "None began; 58 min from one that began in"
                     " August 2026.", id="from the month before"),
        pytest.param([("2026-09-03 10:00", "2026-09-03 11:00", {"is_degraded": True})], {}, "No failure in 720 h of"
                     " service time that counts. With 95 % confidence there is less than one in 240 h.",
                     id="slow, which costs nothing"),
    ],
)  # fmt: skip
def test_without_a_failure_it_is_said_in_words(in_tenant, outages, fields, sentence):
    target = factories.make_target(**fields)
    for start, end, what in outages:
        factories.add_outage(target.measure, start, end, **what)

    assert said(target) == [sentence]


def test_what_has_no_data_is_no_ground_to_say_that_nothing_failed(in_tenant):
    target = factories.make_target(measure=factories.make_measure(is_covered=False))

    assert said(target) == ["No failure is known in 720 h of service time that counts."]


def test_the_page_of_a_figure_shows_them(in_tenant, member, client_of):
    target = factories.make_target()
    factories.add_outage(target.measure, "2026-10-05 10:00", "2026-10-05 10:30")

    page = client_of(member()).get(f"/t/larkmoor/attainments/{judged(target).pk}/").content.decode()

    assert "Failures that began" in page
    assert "From start to start, on average" in page
