"""A third calculation, by PostgreSQL's multiranges, gives the seconds of the kernel."""

from dataclasses import replace

import numpy as np
import pytest
from django.db import connection

from slas.calculation.kernel import count_seconds
from slas.calculation.missing import UnknownPolicy
from tests.slas.calculation.many import bulk_of, in_force, random_targets

# Of several states the one with the lowest number wins; no state wins over the time out of service.
SECONDS_OF_STATES = """
WITH known AS (
    SELECT owner, state, range_agg(int8range(start, until)) AS time
    FROM unnest(%(owner)s::int[], %(state)s::int[], %(start)s::bigint[], %(until)s::bigint[])
        AS piece (owner, state, start, until)
    WHERE start < until GROUP BY owner, state
), won AS (
    SELECT owner, state, time - coalesce(range_agg(time) OVER better, '{}') AS time
    FROM known WINDOW better AS (PARTITION BY owner ORDER BY state ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT owner, state, (SELECT sum(upper(piece) - lower(piece)) FROM unnest(won.time * service) piece)
FROM won JOIN unnest(%(service)s::int8multirange[]) WITH ORDINALITY AS hours (service, place) ON place = owner + 1
"""


@pytest.mark.django_db
@pytest.mark.parametrize("count", [200, pytest.param(10_000, marks=pytest.mark.long)])
def test_multiranges_count_the_same_seconds(count):
    asked = [plain(each) for each in random_targets(count)]
    bulk = bulk_of(asked)
    counted = count_seconds(bulk)

    states = np.array([counted.excluded, counted.planned_down, *counted.by_level.values(), counted.unknown])
    assert np.array_equal(by_multiranges(asked, bulk, len(states)), states)


def plain(each):
    """A target whose figure is a matter of sets alone: nothing is merged, capped, weighed by users, or carried on."""
    planned = replace(each.terms.planned_work, cap=None)
    carried = each.terms.unknown is UnknownPolicy.CARRY
    return each._replace(
        terms=replace(
            each.terms,
            planned_work=planned,
            minimum_outage=0,
            flap_gap=0,
            by_users=False,
            unknown=UnknownPolicy.EXCLUDE if carried else each.terms.unknown,
        )
    )


def by_multiranges(asked, bulk, states):
    spells = bulk.outages.where(bulk.outages.counts)
    parts = [
        (bulk.taken_out, 0),
        (bulk.away, 1),
        (spells, spells.level + 2),
        (bulk.unknown, states - 1),
    ]
    columns = [(each.owner, np.broadcast_to(state, each.owner.shape), each.start, each.end) for each, state in parts]
    names = ("owner", "state", "start", "until")
    given = {name: np.concatenate(some).tolist() for name, some in zip(names, zip(*columns, strict=True), strict=True)}
    given["service"] = [multirange(each.terms.hours.working(in_force(each))) for each in asked]
    found = np.zeros((states, len(asked)), dtype=np.int64)
    with connection.cursor() as cursor:
        cursor.execute(SECONDS_OF_STATES, given)
        for owner, state, seconds in cursor:
            found[state, owner] = seconds or 0
    return found


def multirange(pieces):
    return "{" + ",".join(f"[{start},{end})" for start, end in pieces) + "}"
