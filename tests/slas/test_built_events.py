"""What is built by the questions gives one figure on the same events, whoever counts them: the reference, the kernel,
SQL and the replay. Answers, hours, zones, what is left out and events are drawn.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from slas.calculation.periods import Period
from slas.forms.building import BuilderForm
from slas.models import Case, CasePause, DataGap, Measure, Measurement, Outage, ServiceLevelTarget, TargetKind
from slas.queries.cross_checks import cross_check
from slas.queries.replay import replay
from tests.slas import factories
from tests.slas.factories import AFTERWARDS, at, judged

pytestmark = pytest.mark.django_db
MONTHS = (Period(2026, 3), Period(2026, 10))  # clocks are moved in both
ZONES = ("Europe/London", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC")
# Edges that no clock is moved over, so that every way of reading a clock agrees about them.
WEEKS = (
    ({day: [(0, 1440)] for day in range(7)}, "always"),
    ({day: [(4 * 60, 22 * 60)] for day in range(7)}, "04:00 to 22:00, every day"),
    (
        {day: [(8 * 60, 12 * 60), (13 * 60, 18 * 60)] for day in range(5)},
        "Monday to Friday, 08:00 to 12:00 and 13:00 to 18:00",
    ),
    (
        {0: [(600, 1080)], 2: [(420, 1200)], 5: [(22 * 60, 29 * 60)]},
        "Monday 10:00 to 18:00, Wednesday 07:00 to 20:00, Saturday 22:00 to 05:00",
    ),
)
MINUTES = 31 * 24 * 60
FEW = settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
MANY = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])

spells = st.lists(st.tuples(st.integers(-600, MINUTES), st.integers(1, 900)), max_size=12)

HOURS = """
service AS (
    SELECT range_agg(tstzrange(
        (day::timestamp + make_interval(mins => opens_at)) AT TIME ZONE %(hours_zone)s,
        (day::timestamp + make_interval(mins => closes_at)) AT TIME ZONE %(hours_zone)s
    )) AS time
    FROM generate_series(%(first)s::date - 2, %(last)s::date + 60, interval '1 day') AS day
    JOIN slas_hourswindow ON weekday = extract(isodow FROM day)::int - 1 WHERE service_hours_id = %(hours)s
)"""
PERIOD = "tstzrange(%(first)s::timestamp AT TIME ZONE %(zone)s, %(last)s::timestamp AT TIME ZONE %(zone)s)"
SECONDS = "(SELECT coalesce(sum(extract(epoch FROM upper(p) - lower(p))), 0)::bigint FROM unnest({}) p)"


@dataclass(frozen=True)
class Drawn:
    """A promise that was built, the month of its figure, and its answers."""

    target: ServiceLevelTarget
    period: Period
    answers: dict[str, object]

    def first(self, minutes: int) -> datetime:
        """So many minutes after the month has begun."""
        return at(f"{self.period.first_on} 00:00", self.target.agreement.time_zone) + timedelta(minutes=minutes)

    def ask(self, sql: str, **more: object) -> tuple[int, ...]:
        """What PostgreSQL counts on the rows themselves."""
        hours = self.target.service_hours
        given = {
            "measure": self.target.measure_id, "first": self.period.first_on, "last": self.period.end_on,
            "zone": self.target.agreement.time_zone, "hours": hours.pk if hours else None,
            "hours_zone": hours.time_zone if hours else None,
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(sql, given | more)
            return tuple(int(value or 0) for value in cursor.fetchone())


def build(data, kind, *, has_hours=True, **answers):
    """The promise of these answers with drawn hours and zones, in force; refused answers are a mistake of the test."""
    period = data.draw(st.sampled_from(MONTHS), label="month")
    agreement = factories.make_agreement(time_zone=data.draw(st.sampled_from(ZONES), label="zone"))
    given = {
        "name": "A promise", "service": factories.make_service().pk, "period_kind": "month", "period_start_month": "1",
        "missing_policy": "exclude", "measure": factories.make_measure(factories.FACTS_OF[TargetKind(kind)]).pk,
    }  # fmt: skip
    if has_hours:
        (week, words), zone = (
            data.draw(st.sampled_from(WEEKS)),
            data.draw(st.sampled_from(ZONES), label="zone of hours"),
        )
        given["service_hours"] = factories.make_hours(week, time_zone=zone, words=words).pk
    form = BuilderForm(given | answers, target=ServiceLevelTarget(agreement=agreement, kind=kind), new=Measure())
    assert form.is_valid(), form.errors
    made = form.filled()
    made.slug = "built"
    made.save()
    return Drawn(ServiceLevelTarget.objects.get(pk=made.pk), period, answers)


def stored_and_replayed(drawn, reader):
    """The stored figure, which the replay of the present promise gives too, with the same inputs."""
    figure = judged(drawn.target, drawn.period)
    months = replay(reader=reader, target=drawn.target, now=AFTERWARDS).months
    (again,) = [month for month in months if month.period == drawn.period]
    assert (again.outcome.digest, again.outcome.status.value) == (figure.inputs_hash, figure.status)
    assert again.outcome.value == figure.value
    return figure


AVAILABILITY = f"""
WITH {HOURS},
own AS (SELECT time * tstzmultirange({PERIOD}) AS time FROM service),
work AS (
    SELECT coalesce(range_agg(time) FILTER (WHERE is_out), '{{}}') AS out,
           coalesce(range_agg(time) FILTER (WHERE NOT is_out), '{{}}') AS down
    FROM (
        SELECT tstzrange(starts_at, ends_at) AS time,
               kind = ANY (%(kinds)s) AND announced_at < starts_at - interval '20 days' AS is_out
        FROM slas_plannedwork
    ) AS told
),
state AS (
    SELECT coalesce(range_agg(tstzrange(started_at, ended_at)) FILTER (WHERE NOT is_degraded), '{{}}') AS down,
           coalesce(range_agg(tstzrange(started_at, ended_at)) FILTER (WHERE is_degraded), '{{}}') AS slow
    FROM slas_outage WHERE measure_id = %(measure)s
),
gap AS (
    SELECT coalesce(range_agg(tstzrange(started_at, ended_at)), '{{}}') AS time FROM slas_datagap
    WHERE measure_id = %(measure)s
),
parts AS (
    SELECT own.time AS service, own.time * work.out AS excluded,
           (own.time * (state.down + work.down)) - work.out AS down,
           (own.time * state.slow) - work.out - state.down - work.down AS slow,
           (own.time * gap.time) - work.out - state.down - work.down - state.slow AS silent
    FROM own, work, state, gap
)
SELECT {", ".join(SECONDS.format(name) for name in ("service", "excluded", "down", "slow", "silent"))} FROM parts
"""


def check_availability(data, reader):
    kinds = data.draw(st.lists(st.sampled_from(["planned", "supplier"]), unique=True), label="taken out")
    policy = data.draw(st.sampled_from(["exclude", "down", "up"]), label="without data")
    slow = data.draw(st.sampled_from(["0", "50", "12.5", "100"]), label="slow counts")
    answers = {"threshold": str(data.draw(st.decimals("90", "100", places=2))), "excluded_work": kinds}
    notice = {"planned_notice_days": "5"} if kinds else {}
    drawn = build(data, "availability", missing_policy=policy, degraded_percent=slow, **answers, **notice)
    measure_id = drawn.target.measure_id
    for start, length in data.draw(spells, label="outages"):
        begun = drawn.first(start)
        Outage.objects.create(
            measure_id=measure_id, started_at=begun, ended_at=begun + timedelta(minutes=length),
            is_degraded=data.draw(st.booleans()),
        )  # fmt: skip
    for start, length in data.draw(spells, label="gaps")[:3]:
        begun = drawn.first(start)
        DataGap.objects.create(measure_id=measure_id, started_at=begun, ended_at=begun + timedelta(minutes=length))
    for start, length in data.draw(spells, label="works")[:3]:
        begun, told = drawn.first(start), data.draw(st.sampled_from([30, 0]), label="days of notice")
        factories.PlannedWork.objects.create(
            service=drawn.target.service, title="Work", starts_at=begun, ends_at=begun + timedelta(minutes=length),
            kind=data.draw(st.sampled_from(["planned", "supplier"])), approved_at=begun - timedelta(minutes=30),
            announced_at=begun - timedelta(days=told, hours=1),
        )  # fmt: skip

    figure = stored_and_replayed(drawn, reader)
    found = cross_check(now=AFTERWARDS)
    service, excluded, down, slow_seconds, silent = drawn.ask(AVAILABILITY, kinds=kinds)

    assert (found.compared, found.contradictions) == (1, ())
    result = figure.result
    assert [result[name] for name in ("service_seconds", "excluded_seconds", "unknown_seconds")] == [
        *(service, excluded),
        silent,
    ]
    lost = down + Fraction(slow) / 100 * slow_seconds + (silent if policy == "down" else 0)
    assert Fraction(result["lost_seconds"]) == lost


RELIABILITY = f"""
WITH {HOURS}
SELECT count(*) FROM slas_outage, service
WHERE measure_id = %(measure)s AND started_at <@ ({PERIOD}) AND started_at <@ service.time
  AND {SECONDS.format("tstzmultirange(tstzrange(started_at, ended_at)) * service.time")} > %(longer)s * 60
"""


def check_interruptions(data, reader):
    """Single ones: how those are counted that touch closing hours or the month's edge has tests of its own."""
    longer = data.draw(st.integers(0, 40), label="longer than")
    allowed = data.draw(st.integers(0, 9), label="allowed")
    drawn = build(data, "reliability", allowed_misses=str(allowed), longer_than=str(longer))
    whole = drawn.target.service_hours.windows.order_by("pk")[0]
    for day in data.draw(st.lists(st.integers(2, 27), unique=True), label="days"):
        on = date(drawn.period.first_on.year, drawn.period.first_on.month, day)
        if on.weekday() != whole.weekday:
            continue
        opens = at(f"{on} {whole.opens_at // 60:02}:{whole.opens_at % 60:02}", drawn.target.service_hours.time_zone)
        begun = opens + timedelta(minutes=data.draw(st.integers(30, 90)))
        length = data.draw(st.integers(1, 60), label="minutes")
        Outage.objects.create(
            measure_id=drawn.target.measure_id, started_at=begun, ended_at=begun + timedelta(minutes=length)
        )

    figure = stored_and_replayed(drawn, reader)

    assert (figure.result["late"],) == drawn.ask(RELIABILITY, longer=longer)


# Service time of a case from its receipt to an instant; none to one before it.
UNTIL = SECONDS.format("time * tstzmultirange(tstzrange(opened_at, greatest(opened_at, {})))")
CASES = f"""
WITH {HOURS},
own AS (
    SELECT slas_case.*, service.time - coalesce((
        SELECT range_agg(tstzrange(started_at, ended_at)) FROM slas_casepause AS pause
        WHERE pause.measure_id = slas_case.measure_id AND case_key = key AND reason = 'Waiting for the caller'
    ), '{{}}') AS time
    FROM slas_case, service WHERE slas_case.measure_id = %(measure)s
),
used AS (
    SELECT own.*, {UNTIL.format("lower(" + PERIOD + ") - interval '1 s'")} AS before,
           {UNTIL.format("upper(" + PERIOD + ") - interval '1 s'")} AS within, {UNTIL.format("resolved_at")} AS took
    FROM own
)
SELECT count(*), count(*) FILTER (WHERE resolved_at IS NOT NULL AND took <= %(limit)s)
FROM used WHERE within >= %(limit)s AND before < %(limit)s
"""


def check_cases(data, reader):
    limit = data.draw(st.integers(1, 40), label="hours")
    drawn = build(
        data, "cases", threshold="90", limit=str(limit), limit_unit="hours", clock_stop="solved", unit_words="problems",
        pause_reasons="Waiting for the caller",
    )  # fmt: skip
    for number, (start, length) in enumerate(data.draw(spells, label="cases")):
        begun, is_open = drawn.first(start), data.draw(st.booleans(), label="open")
        solved = None if is_open else begun + timedelta(minutes=length * 7)
        same = {"measure_id": drawn.target.measure_id}
        Case.objects.create(key=f"C{number}", opened_at=begun, resolved_at=solved, **same)
        if data.draw(st.booleans(), label="paused"):
            reason = data.draw(st.sampled_from(["Waiting for the caller", "Lunch"]))
            halted = begun + timedelta(minutes=length)
            CasePause.objects.create(
                case_key=f"C{number}", started_at=halted, ended_at=halted + timedelta(minutes=length * 2),
                reason=reason, **same,
            )  # fmt: skip

    figure = stored_and_replayed(drawn, reader)

    assert (figure.result["eligible"], figure.result["met"]) == drawn.ask(CASES, limit=limit * 3600)


def check_volumes(data, reader):
    drawn = build(data, "volume", has_hours=False, threshold="98", unit_words="orders", good_words="confirmed")
    days = data.draw(st.lists(st.integers(-3, 33), unique=True), label="days")
    for day in days:
        total = data.draw(st.integers(0, 500))
        met = data.draw(st.integers(0, total))
        factories.add_volume(drawn.target.measure, drawn.period.first_on + timedelta(days=day), total, met)

    figure = stored_and_replayed(drawn, reader)

    assert (figure.result["total"], figure.result["met"]) == drawn.ask(
        """SELECT sum(total), sum(met) FROM slas_volume
        WHERE measure_id = %(measure)s AND "on" >= %(first)s AND "on" < %(last)s"""
    )


def check_answers(data, reader):
    drawn = build(
        data, "satisfaction", has_hours=False, threshold="80", unit_words="answers",
        good_words="4 or 5 on a scale from 1 to 5",
    )  # fmt: skip
    for day in data.draw(st.lists(st.integers(-3, 33), unique=True, min_size=1), label="days"):
        answers = data.draw(st.integers(5, 50))
        good = data.draw(st.integers(0, answers))
        factories.add_survey(drawn.target.measure, drawn.period.first_on + timedelta(days=day), 60, answers, good)

    figure = stored_and_replayed(drawn, reader)

    counted = drawn.ask(
        """SELECT sum(answers), sum(good) FROM slas_surveycount
        WHERE measure_id = %(measure)s AND "on" >= %(first)s AND "on" < %(last)s"""
    )
    assert (figure.result["answers"] or 0, figure.result["good"] or 0) == counted


OCCASIONS = """
SELECT count(*), count(*) FILTER (WHERE completed_at <= due), count(*) FILTER (WHERE completed_at > due)
FROM (
    SELECT day::date AS day, (day::timestamp + make_interval(mins => %(minute)s)) AT TIME ZONE %(zone)s AS due
    FROM generate_series(%(first)s::date, %(last)s::date - 1, interval '1 day') AS day
) AS days LEFT JOIN slas_occasion ON measure_id = %(measure)s AND "on" = day
"""


def check_occasions(data, reader):
    minute = data.draw(st.integers(4 * 60, 23 * 60), label="due")
    drawn = build(
        data, "occasions", has_hours=False, allowed_misses="3", schedule="daily", unit_words="price lists",
        good_words="ready", due_minute=f"{minute // 60:02}:{minute % 60:02}",
    )  # fmt: skip
    for day in data.draw(st.lists(st.integers(0, 30), unique=True), label="days"):
        on = drawn.period.first_on + timedelta(days=day)
        done = data.draw(st.integers(0, 1439))
        zone = drawn.target.agreement.time_zone
        factories.add_occasion(drawn.target.measure, on, at(f"{on} {done // 60:02}:{done % 60:02}", zone))

    figure = stored_and_replayed(drawn, reader)

    result = figure.result
    assert (result["due"], result["on_time"], result["late"]) == drawn.ask(OCCASIONS, minute=minute)


READINGS = f"""
WITH {HOURS}
SELECT count(*), count(*) FILTER (WHERE value <= %(limit)s) FROM slas_measurement, service
WHERE measure_id = %(measure)s AND at <@ service.time AND at <@ ({PERIOD})
"""


def check_readings(data, reader):
    limit = data.draw(st.integers(1, 900), label="limit")
    drawn = build(data, "readings", threshold="95", reading_limit=str(limit), unit_words="response times")
    step, salt = data.draw(st.integers(97, 240), label="every"), data.draw(st.integers(0, 999))
    Measurement.objects.bulk_create(
        Measurement(measure_id=drawn.target.measure_id, at=drawn.first(minute), value=(minute * 7919 + salt) % 1000)
        for minute in range(-300, MINUTES + 300, step)
    )

    figure = stored_and_replayed(drawn, reader)

    assert (figure.result["total"], figure.result["met"]) == drawn.ask(READINGS, limit=limit * 1000)


CHECKS = {
    "availability": check_availability,
    "reliability": check_interruptions,
    "cases": check_cases,
    "volume": check_volumes,
    "satisfaction": check_answers,
    "occasions": check_occasions,
    "readings": check_readings,
}


def check_and_undo(kind, data, reader):
    """One example; it leaves nothing behind for the next."""
    with transaction.atomic():
        CHECKS[kind](data, reader)
        transaction.set_rollback(True)


@pytest.fixture
def reader(in_tenant, member):
    return member()


def test_each_kind_of_promise_has_its_events():
    assert set(CHECKS) == set(TargetKind.values)


@pytest.mark.parametrize("kind", CHECKS)
@given(data=st.data())
@FEW
def test_one_figure_whoever_counts(reader, kind, data):
    check_and_undo(kind, data, reader)


@pytest.mark.long
@pytest.mark.parametrize("kind", CHECKS)
@given(data=st.data())
@MANY
def test_one_figure_whoever_counts_many_events(reader, kind, data):
    check_and_undo(kind, data, reader)
