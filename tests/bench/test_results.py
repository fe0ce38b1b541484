"""The benchmarks at their least size: what is compared does the same work, or nothing would be timed."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench import agreements, attainment, ingest, pages, pdf, queue, rollup, scale
from bench.availability import LEAST_TARGETS, targets
from portal.tenancy.scope import tenant_scope
from slas.models import MeasurementRevision

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
def test_new_checks_come_in_once_and_corrections_are_kept(monkeypatch):
    monkeypatch.setattr(ingest, "ROWS_OF_TENANT", 400)
    loads = ingest.make_loads(800)

    assert ingest.ours(loads) == [800, 0, 0]
    assert ingest.totals("slas_measurement", loads) == ingest.expected(loads)
    assert ingest.ours(loads) == [0, 800, 0]
    changed = sum(len(range(7, len(read), 100)) for load in loads for read in load.read)
    assert ingest.ours(ingest.corrected([*loads])) == [0, 800 - changed, changed]
    assert kept_values(loads) == changed > 0


def kept_values(loads):
    found = 0
    for load in loads:
        with tenant_scope(load.tenant.pk):
            found += MeasurementRevision.objects.filter(fact="checks").count()
    return found


@pytest.mark.django_db
def test_four_ways_to_count_give_the_same_seconds_of_every_target():
    stored = attainment.store(targets(LEAST_TARGETS))
    attainment.lay_out_hours(stored)

    attainment.ours(stored)

    assert len(attainment.kept(stored)) == LEAST_TARGETS
    assert attainment.swept(stored) == attainment.kept(stored)
    attainment.by_ranges(stored)
    assert attainment.seconds_stored() == attainment.kept(stored)
    attainment.by_kernel(stored, attainment.lay_out(stored))
    assert attainment.seconds_stored() == attainment.kept(stored)


@pytest.mark.django_db
def test_three_ways_to_write_the_chart_give_the_same_bytes_with_their_queries():
    issued = pages.issue(pages.FEWEST)

    with tenant_scope(issued.tenant.pk):
        pages.check(issued, pages.ways_of(issued), pages.page_of(issued))


@pytest.mark.django_db
def test_the_list_of_agreements_asks_as_often_for_many_as_for_few():
    agreements.check((agreements.make_tenant("few", 4), agreements.make_tenant("many", 40)))


@pytest.mark.django_db
def test_hourly_counts_and_percentiles_equal_those_of_the_database():
    rollup.check(rollup.make_load(rows=2_000, measures=4))


@pytest.mark.django_db(transaction=True)
def test_a_worker_behind_the_broker_makes_the_same_figures(monkeypatch):
    monkeypatch.setattr(queue, "CHUNKS", (2,))
    stored = attainment.store(targets(3))

    with queue.working():
        queue.check(stored)


@pytest.mark.long
def test_a_document_has_its_pages_its_words_and_its_tags(monkeypatch):
    monkeypatch.setattr(pdf, "PROMISES", 6)  # which take one page of the six less
    monkeypatch.setattr(pdf, "PAGES", 5)
    monkeypatch.setattr(pdf, "TABLES", ((6, 4), (5, 3)))

    pdf.check(1)


def test_an_unknown_benchmark_is_answered_with_the_known_ones():
    done = subprocess.run(
        [sys.executable, "-m", "bench", "speed"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "agreements,all,availability,attainment,ingest,pages,pdf,queue,rollup,scale" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["ingest", "--rows", "30000"], "--rows must be a multiple of 20000", id="half a tenant"),
        pytest.param(["attainment", "--targets", "5"], "--targets must be at least 48", id="calendars without a turn"),
        pytest.param(["queue", "--targets", "5"], "--targets must be at least 48", id="a short queue"),
        pytest.param(["agreements", "--agreements", "50"], "must be at least 200", id="few against none"),
        pytest.param(["pages", "--promises", "1"], "must be at least 5", id="a chart of one"),
        pytest.param(["scale", "--few", "3", "--many", "3"], "less than --many", id="as few as many"),
        pytest.param(["rollup", "--rows", "99"], "at least a hundred for each measure", id="readings of a few"),
    ],
)
def test_a_size_that_proves_nothing_is_refused(arguments, said, capsys):
    named = {
        "agreements": agreements,
        "ingest": ingest,
        "attainment": attainment,
        "pages": pages,
        "queue": queue,
        "rollup": rollup,
        "scale": scale,
    }

    with pytest.raises(SystemExit):
        named[arguments[0]].main(arguments[1:])

    assert said in capsys.readouterr().err
