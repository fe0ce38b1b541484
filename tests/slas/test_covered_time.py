"""A log of outages holds what went wrong; that nothing else did must be said: until then the time is unknown."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from portal.accounts.models import Role
from slas.actions.attainments import recompute_dirty
from slas.actions.batches import Arrival, approve_batch, count_rows, enter_fact
from slas.errors import WrongFacts
from slas.models import CoveredTime, FactKind, MissingPolicy
from slas.queries.rows import CoveredRow
from tests import factories as people
from tests.slas import factories
from tests.slas.api.programs import Program, make_key
from tests.slas.factories import AFTERWARDS, OCTOBER, at, judged

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
HOURS = 745  # of October in London


@pytest.fixture(autouse=True)
def _frame(monkeypatch, settings):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)
    settings.NAVIGATION = "tests.portal.menus.get_no_menu"


@pytest.fixture
def unit(in_tenant):
    return people.make_unit()


@pytest.fixture
def log(unit):
    """log(policy) is a promise on a log of outages that nobody has called complete."""

    def make(policy=MissingPolicy.EXCLUDE):
        measure = factories.make_measure(is_covered=False, slug="orders")
        return factories.make_target(unit=unit, measure=measure, missing_policy=policy)

    return make


def cover(target, start, end):
    row = CoveredRow(at(start), at(end))
    count_rows(measure=target.measure, fact="covered", rows=[row], arrival=Arrival("pushed"), now=AFTERWARDS)


def test_a_log_that_says_nothing_proves_nothing(log):
    attainment = judged(log())

    assert (attainment.status, attainment.value_words) == ("data_gap", "–")
    assert attainment.result["unknown_seconds"] == HOURS * 3600


@pytest.mark.parametrize(
    ("covered", "status", "unknown"),
    [
        pytest.param([("2026-10-01 00:00", "2026-11-01 00:00")], "kept", 0, id="all of the month"),
        pytest.param([("2026-09-01 00:00", "2026-12-01 00:00")], "kept", 0, id="more than the month"),
        pytest.param([("2026-10-02 00:00", "2026-11-01 00:00")], "kept", 24, id="from the second day on"),
        pytest.param([("2026-10-01 00:00", "2026-10-28 00:00")], "data_gap", 96, id="silent before the end"),
        pytest.param(
            [("2026-10-20 00:00", "2026-11-01 00:00"), ("2026-10-01 00:00", "2026-10-21 00:00")], "kept", 0,
            id="by pieces in any order",
        ),
    ],
)  # fmt: skip
def test_only_what_was_called_complete_is_known(log, covered, status, unknown):
    target = log()
    for start, end in covered:
        cover(target, start, end)

    attainment = judged(target)

    assert (attainment.status, attainment.result["unknown_seconds"]) == (status, unknown * 3600)


def test_an_outage_counts_where_nothing_else_is_known(log):
    target = log()
    cover(target, "2026-10-02 00:00", "2026-11-01 00:00")
    factories.add_outage(target.measure, "2026-10-01 10:00", "2026-10-01 12:00")

    result = judged(target).result

    assert Fraction(result["lost_seconds"]) == 7200
    assert result["unknown_seconds"] == 22 * 3600


@pytest.mark.parametrize(
    ("policy", "words"), [(MissingPolicy.EXCLUDE, "100"), (MissingPolicy.DOWN, "96.7"), (MissingPolicy.UP, "100")]
)
def test_what_it_leaves_open_follows_the_agreed_rule(log, policy, words):
    target = log(policy)
    cover(target, "2026-10-02 00:00", "2026-11-01 00:00")

    assert judged(target).value_words == words


def test_a_running_month_is_known_as_far_as_the_log_is(log):
    target = log()
    cover(target, "2026-10-01 00:00", "2026-10-14 12:00")

    known, gap = (judged(target, OCTOBER, at(now)) for now in ("2026-10-14 18:00", "2026-10-20 00:00"))

    assert (known.status, gap.status) == ("kept", "data_gap")


def test_a_piece_that_comes_late_recomputes_its_month(log):
    target = log()
    assert judged(target).status == "data_gap"

    cover(target, "2026-10-01 00:00", "2026-11-01 00:00")
    recompute_dirty(limit=10, now=AFTERWARDS)

    assert target.attainments.get(period_start=OCTOBER.first_on).status == "kept"


def test_checks_speak_for_themselves(unit):
    measure = factories.make_measure(FactKind.CHECKS)
    row = CoveredRow(at("2026-10-01 00:00"), at("2026-11-01 00:00"))

    with pytest.raises(WrongFacts):
        count_rows(measure=measure, fact="covered", rows=[row], arrival=Arrival("pushed"), now=AFTERWARDS)


def test_a_second_person_lets_it_count(log, unit, member):
    target, bringer, second = log(), member(Role.BUSINESS_MEMBER, units=[unit]), member(Role.SERVICE_OWNER)
    row = CoveredRow(at("2026-10-01 00:00"), at("2026-11-01 00:00"), "Read through with the team")

    batch = enter_fact(measure=target.measure, row=row, by=bringer, reason="Month end", now=NOW)
    assert not CoveredTime.objects.filter(measure_id=target.measure_id).exists()
    approve_batch(batch=batch, by=second, now=NOW)

    assert CoveredTime.objects.get(measure_id=target.measure_id).note == "Read through with the team"


def test_in_the_browser(log, member, client_of):
    target, client = log(), client_of(member(Role.SERVICE_OWNER))
    address = f"/t/larkmoor/measures/{target.measure.slug}/"
    told = {"started_at": "2026-10-01T00:00", "ended_at": "2026-11-01T00:00", "zone": "Europe/London", "why": "Read"}

    sent = client.post(f"{address}enter/covered/", told)
    cover(target, "2026-10-01 00:00", "2026-11-01 00:00")

    assert sent.status_code == 302
    assert "Say that the log is complete" in client.get(address).content.decode()
    assert "1 Nov 2026" in client.get(f"{address}covered/").content.decode()
    assert b"started_at" in client.get(f"{address}template-covered.csv").content


def test_only_a_log_of_outages_can_be_called_complete(unit, member, client_of):
    cases = factories.make_target("cases", unit=unit).measure
    client = client_of(member(Role.SERVICE_OWNER))

    for page in ("covered/", "enter/covered/", "template-covered.csv"):
        assert client.get(f"/t/larkmoor/measures/{cases.slug}/{page}").status_code == 404


@pytest.mark.parametrize(
    ("row", "code"),
    [
        pytest.param({"started_at": "2026-10-01T00:00Z", "ended_at": "2026-11-01T00:00Z"}, 200, id="past"),
        pytest.param({"started_at": "2026-10-01T00:00Z", "ended_at": "2026-12-01T00:00Z"}, 422, id="not yet known"),
        pytest.param({"started_at": "2026-10-01T00:00Z"}, 422, id="without an end"),
    ],
)
def test_a_program_calls_its_log_complete(log, tenant, row, code):
    target = log()
    program = Program(make_key()[1], tenant.slug)

    answer = program.push(target.measure.slug, row, name="api_covered")

    assert answer.status_code == code
    assert CoveredTime.objects.filter(measure_id=target.measure_id).exists() is (code == 200)
