"""The checks and readings of a month that were taken away: nothing is counted without them until they are put back."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from portal.tenancy.scope import tenant_scope
from slas.actions.attainments import compute_attainments
from slas.actions.facts import apply_rows
from slas.calculation.periods import Period
from slas.errors import MonthAway
from slas.importers.rows.values import Surroundings
from slas.importers.uploads import check_file
from slas.models import Attainment, DirtyTarget, FactBatch, FactKind, Measurement
from slas.queries.cross_checks import cross_check
from slas.queries.rows import CheckRow
from slas.queries.verification import Finding, verify_figure
from tests.security.servers import as_owner
from tests.slas import factories

OPERATIONS = (Path(__file__).resolve().parents[2] / "docs" / "operations.md").read_text()
NOW = datetime.now(UTC)
MONTH = Period.containing(NOW.date()).previous()  # the database looks at its own clock
START = datetime(MONTH.first_on.year, MONTH.first_on.month, 1, tzinfo=UTC)
WORDS = f"The checks and readings of {MONTH.label} were taken away."
AROUND = Surroundings(START + timedelta(days=60), ZoneInfo("UTC"))
FILE = f"at,state\n{START + timedelta(hours=1)},up\n{START + timedelta(days=40)},down\n".encode()


def recipe(word):
    """The statements of the manual for another month: those that detach it, or those that attach it again."""
    (block,) = (each for each in re.findall(r"(?:^    ALTER .*\n)+", OPERATIONS, re.M) if f" {word} " in each)
    dates = {"2021_10": f"{MONTH.first_on:%Y_%m}", "2021-10-01": f"{MONTH.first_on}", "2021-11-01": f"{MONTH.end_on}"}
    for written, meant in dates.items():
        block = block.replace(written, meant)
    return block


def follow(word):
    with as_owner() as owner:
        owner.execute(recipe(word))


def bring(measure, *instants, state=0):
    batch = FactBatch.objects.create(measure=measure, fact="checks", origin="pushed", brought_at=NOW)
    return apply_rows(measure=measure, rows=[CheckRow(at, state, None) for at in instants], batch=batch, now=NOW)


@pytest.fixture
def figure(transactional_db, tenant):
    """A closed figure of checks; to be looked at inside a scope."""
    with tenant_scope(tenant.pk):
        measure = factories.make_measure(FactKind.CHECKS)
        target = factories.make_target(measure=measure, agreement=factories.make_agreement(time_zone="Etc/UTC"))
        bring(measure, *(START + timedelta(days=day) for day in range(28)))
        compute_attainments(targets=[target], periods=[MONTH], now=NOW)
        Attainment.objects.update(closed_at=NOW)
        return Attainment.objects.select_related("target__agreement", "target__measure").get()


def test_nothing_is_counted_without_what_was_taken_away_and_it_can_be_put_back(tenant, figure):
    measure, month_after = figure.target.measure, MONTH.next()
    with tenant_scope(tenant.pk):
        bring(measure, datetime(month_after.first_on.year, month_after.first_on.month, 1, tzinfo=UTC), state=2)
    follow("DETACH")
    try:
        with tenant_scope(tenant.pk), pytest.raises(MonthAway, match=WORDS):
            bring(measure, START + timedelta(hours=1))
        with tenant_scope(tenant.pk):
            checked = check_file(measure=measure, content=FILE, fact="checks", around=AROUND, is_whole=False)
            assert [row.at for row in checked.rows] == [START + timedelta(days=40)]
            (error,) = checked.outcome["errors"]
            assert (error["row"], error["field"], error["what"]) == (2, "at", WORDS.rstrip("."))
            assert error["to_do"].startswith("Leave it out, or have them put back")
        with tenant_scope(tenant.pk):
            computed = compute_attainments(targets=[figure.target], periods=[MONTH], now=NOW)
            assert (computed.written, computed.restated, computed.failed) == (0, 0, 1)
            assert DirtyTarget.objects.exclude(failure="").get().failure.startswith(WORDS)
            # What goes on in the month after began in it.
            assert compute_attainments(targets=[figure.target], periods=[month_after], now=NOW).failed == 1
            verified, checked = verify_figure(attainment=figure), cross_check(now=NOW)
            assert verified.finding is Finding.UNABLE
            assert verified.refusal.startswith(WORDS)
            assert (checked.compared, checked.changed, checked.contradictions) == (0, 1, ())
    finally:
        follow("ATTACH")

    with tenant_scope(tenant.pk):
        assert Measurement.objects.count() == 29
        assert verify_figure(attainment=figure).is_equal
        assert bring(measure, START + timedelta(hours=1)).new == 1
