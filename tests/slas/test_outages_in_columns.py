"""Outages are read as columns, in whatever order the database has them: each keeps what is said of it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from slas.calculation.intervals import Interval
from slas.models import FactKind, Outage
from slas.queries.bulk import ALL_USERS, read_outages
from tests.slas.factories import make_measure

NOON = datetime(2026, 10, 6, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
# In which order they are stored; what is said of the one that begins so many hours after noon.
SAID = {
    7: {},
    3: {"is_degraded": True},
    5: {"left_out_reason": "Both sides said so."},
    0: {"affected_percent": Decimal("12.5")},
    2: {"is_degraded": True, "affected_percent": Decimal(40), "left_out_reason": "Agreed."},
    4: {},
}


def test_each_outage_keeps_what_is_said_of_it(in_tenant):
    measures = [make_measure(FactKind.OUTAGES).pk for _ in range(2)]
    for measure_id in measures:
        for after, said in SAID.items():
            start = NOON + after * HOUR
            Outage.objects.create(measure_id=measure_id, started_at=start, ended_at=start + HOUR / 2, **said)

    noon = int(NOON.timestamp())
    log = read_outages(measure_ids=measures, span=Interval(noon, noon + 24 * 3600))

    read = zip(log.measure, log.start, log.is_degraded, log.counts, log.affected, strict=True)
    assert sorted(tuple(map(int, row)) for row in read) == [
        (
            measure_id,
            noon + after * 3600,
            "is_degraded" in SAID[after],
            "left_out_reason" not in SAID[after],
            SAID[after].get("affected_percent", 100) * ALL_USERS // 100,
        )
        for measure_id in sorted(measures)
        for after in sorted(SAID)
    ]
