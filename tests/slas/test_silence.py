"""Times in which a source did not deliver: what they hide is unknown for counted things as well, by the agreed rule."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from portal.accounts.models import Role
from slas.actions.attainments import recompute_dirty
from slas.actions.batches import Arrival, count_rows
from slas.calculation.periods import Period
from slas.models import CoveredTime, DataGap, MissingPolicy, TargetKind
from slas.queries.measured_months import measured_months
from slas.queries.rows import GapRow
from tests.slas import factories
from tests.slas.factories import AFTERWARDS, OCTOBER, at, judged

pytestmark = pytest.mark.django_db


def gap(target, start, end):
    DataGap.objects.create(measure_id=target.measure_id, started_at=at(start), ended_at=at(end))


def cases(**fields):
    """Forty cases of October, one of them late."""
    target = factories.make_target(TargetKind.CASES, **fields)
    for number in range(40):
        day = f"2026-10-{number // 2 + 1:02}"
        factories.add_case(target.measure, f"INC{number}", f"{day} 09:00", f"{day} {12 if number == 7 else 10}:00")
    return target


def volumes(**fields):
    target = factories.make_target(TargetKind.VOLUME, threshold=Decimal(90), decimals=0, **fields)
    factories.add_volume(target.measure, date(2026, 10, 2), 40, 39)
    return target


def surveys(**fields):
    target = factories.make_target(TargetKind.SATISFACTION, **fields)
    factories.add_survey(target.measure, date(2026, 10, 30), 60, 40, 39)
    return target


COUNTED = pytest.mark.parametrize("make", [cases, volumes, surveys])


@COUNTED
def test_without_a_gap_all_is_known(in_tenant, make):
    attainment = judged(make())

    assert (attainment.status, attainment.value_words) == ("kept", "97")
    assert attainment.result["known_time"] == "1/1"
    assert "silent_time" not in [line["key"] for line in attainment.proof["lines"]]


@COUNTED
@pytest.mark.parametrize(
    ("policy", "words", "lost", "whole"),
    [
        pytest.param(MissingPolicy.EXCLUDE, "97", 1, 40, id="left out"),
        pytest.param(MissingPolicy.DOWN, "92", 3, 42, id="as many as usual are lost"),
        pytest.param(MissingPolicy.UP, "97", 1, 42, id="as many as usual are good"),
    ],
)
def test_a_short_gap_follows_the_agreed_rule(in_tenant, make, policy, words, lost, whole):
    target = make(missing_policy=policy)
    gap(target, "2026-10-20 00:00", "2026-10-21 07:00")

    attainment = judged(target)
    result = attainment.result

    assert (attainment.status, attainment.value_words) == ("kept", words)
    assert (result["late"], result.get("eligible") or result.get("total") or whole) == (lost, whole)
    assert Fraction(result["known_time"]) == Fraction(745 - 31, 745)
    assert result["certain"] is None
    assert [line["value"] for line in attainment.proof["lines"] if line["key"] == "silent_time"] == ["4.2 %"]


@COUNTED
@pytest.mark.parametrize("policy", [MissingPolicy.EXCLUDE, MissingPolicy.DOWN, MissingPolicy.UP])
def test_too_long_a_gap_cannot_be_judged(in_tenant, make, policy):
    target = make(missing_policy=policy)
    gap(target, "2026-10-20 00:00", "2026-10-24 00:00")

    attainment = judged(target)

    assert (attainment.status, attainment.result["certain"]) == ("data_gap", None)
    assert Fraction(attainment.result["coverage"]) == Fraction(745 - 96, 745)
    assert attainment.proof["evidence"]["closing"].count("no data for 12.9 % of the time") == 1


@COUNTED
def test_a_measure_that_began_later_knows_nothing_of_the_time_before(in_tenant, make):
    target = make()
    target.measure.starts_on = date(2026, 10, 20)
    target.measure.save()

    assert judged(target).status == "data_gap"


@pytest.mark.parametrize("kind", [TargetKind.CASES, TargetKind.VOLUME, TargetKind.SATISFACTION])
def test_nothing_came_because_nothing_was_delivered(in_tenant, kind):
    target = factories.make_target(kind)
    gap(target, "2026-09-20 00:00", "2026-11-24 00:00")

    assert (judged(target).status, judged(target).value_words) == ("data_gap", "–")


def test_only_the_service_hours_of_a_gap_count(in_tenant):
    target = cases(service_hours=factories.make_hours({day: [(480, 1080)] for day in range(7)}))
    gap(target, "2026-10-20 18:00", "2026-10-21 08:00")

    attainment = judged(target)

    assert (attainment.status, attainment.result["known_time"]) == ("kept", "1/1")


def test_a_gap_to_come_changes_nothing_before_it_comes(in_tenant):
    target = volumes()
    gap(target, "2026-10-20 00:00", "2026-10-28 00:00")

    assert judged(target, OCTOBER, at("2026-10-15 09:00")).result["known_time"] == "1/1"


def test_a_reported_gap_recomputes_the_cases_of_its_month(in_tenant):
    target = cases()
    assert judged(target).status == "kept"

    row = GapRow(at("2026-10-20 00:00"), at("2026-10-24 00:00"), "The feed stood still")
    count_rows(measure=target.measure, fact="gaps", rows=[row], arrival=Arrival("pushed"), now=AFTERWARDS)
    recompute_dirty(limit=10, now=AFTERWARDS)

    assert target.attainments.get(period_start=OCTOBER.first_on).status == "data_gap"


@pytest.mark.parametrize(
    ("policy", "missing", "status", "used"),
    [
        pytest.param(MissingPolicy.EXCLUDE, 1, "kept", "30/30", id="left out"),
        pytest.param(MissingPolicy.DOWN, 1, "missed", "30/31", id="counts as lost"),
        pytest.param(MissingPolicy.UP, 1, "kept", "31/31", id="counts as good"),
        pytest.param(MissingPolicy.UP, 2, "data_gap", "31/31", id="too many"),
    ],
)
def test_a_share_of_occasions_follows_the_rule_too(in_tenant, policy, missing, status, used):
    target = factories.make_target(
        TargetKind.OCCASIONS, allowed_misses=None, threshold=Decimal(98), missing_policy=policy
    )
    for day in range(1, 32 - missing):
        factories.add_occasion(target.measure, date(2026, 10, day), at(f"2026-10-{day:02} 03:00"))

    attainment = judged(target)

    share = Fraction(attainment.result["share"])
    assert attainment.status == status
    assert share == Fraction(*map(int, used.split("/")))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param(
            {"missing_policy": MissingPolicy.DOWN}, "What has no data counts as lost. Below 95 % of data we do not"
            " judge; where the result is certain all the same, we say so.", id="a share",
        ),
        pytest.param(
            {"allowed_misses": 1},
            "What has no record is not late. We judge as soon as it cannot change the result.", id="a number of misses",
        ),
    ],
)  # fmt: skip
def test_the_rule_is_told_as_it_is_applied(in_tenant, fields, words):
    target = factories.make_target(TargetKind.OCCASIONS, **{"allowed_misses": None, "threshold": Decimal(98)} | fields)

    assert judged(target).proof["missing_policy"] == words


def test_below_the_least_data_a_certain_result_is_said_and_not_judged(in_tenant):
    target = factories.make_target()
    factories.add_outage(target.measure, "2026-10-02 00:00", "2026-10-03 00:00")
    gap(target, "2026-10-20 00:00", "2026-10-24 00:00")

    attainment = judged(target)

    assert (attainment.status, attainment.result["certain"]) == ("data_gap", "missed")
    assert attainment.proof["missing_policy"].endswith("where the result is certain all the same, we say so.")


def test_a_month_of_which_too_little_is_known_is_no_ground_for_a_proposal(in_tenant, member):
    target = factories.make_target(is_trial=True, measure=factories.make_measure(is_covered=False))
    for start, end in (("2026-08-01", "2026-08-03"), ("2026-09-01", "2026-09-30")):
        CoveredTime.objects.create(
            measure_id=target.measure_id, started_at=at(f"{start} 00:00"), ended_at=at(f"{end} 00:00")
        )
    august, september = (judged(target, Period(2026, month)) for month in (8, 9))

    months = measured_months(reader=member(Role.SERVICE_LEVEL_MANAGER), target=target, until=date(2026, 11, 5))

    assert (august.result["agreed"], august.result["coverage"]) == ("1/1", "2/31")
    assert months == [september]
