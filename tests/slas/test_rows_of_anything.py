"""Whatever comes as a row of facts is read, or refused in words; and what is kept is read again as it was."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slas.importers.rows.kinds import SCHEMAS
from slas.importers.rows.values import Surroundings
from slas.queries.rows import CaseRow, OutageRow, PauseRow, as_plain, from_plain

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
AROUND = Surroundings(NOW)
IN_LONDON = Surroundings(NOW, ZoneInfo("Europe/London"))
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.datetimes() | st.dates()
VALUES = SCALARS | st.lists(SCALARS, max_size=3) | st.dictionaries(st.text(max_size=8), SCALARS, max_size=3)


@pytest.mark.parametrize("fact", SCHEMAS)
@given(data=st.data())
def test_anything_is_read_or_refused_in_words(fact, data):
    names = list(SCHEMAS[fact].by_name)
    values = data.draw(st.dictionaries(st.sampled_from([*names, "unknown"]), VALUES))
    around = data.draw(st.sampled_from([AROUND, IN_LONDON]))

    row, complaints = SCHEMAS[fact].read(values, around)

    assert (row is None) == bool(complaints)
    assert all(each.what and each.to_do for each in complaints)


INSTANTS = st.datetimes(datetime(1990, 1, 2), datetime(2026, 11, 1), timezones=st.just(UTC))  # noqa: DTZ001
INSTANTS = INSTANTS.map(lambda at: at.replace(microsecond=0))
TEXTS = st.text(st.characters(exclude_categories=["C"]), max_size=60).map(str.strip)


@given(
    starts=st.lists(INSTANTS, min_size=2, max_size=2, unique=True), what=TEXTS, is_degraded=st.booleans(),
    affected=st.none() | st.decimals(0, 100, places=2),
)  # fmt: skip
def test_what_is_kept_is_read_again(starts, what, is_degraded, affected):
    first, last = sorted(starts)
    row = OutageRow(first, last, is_degraded=is_degraded, what=what, affected_percent=affected)

    assert from_plain("outages", as_plain(row)) == row


@given(opened=INSTANTS, pauses=st.lists(st.tuples(INSTANTS, TEXTS), max_size=4))
def test_a_case_keeps_its_pauses_in_order(opened, pauses):
    row = CaseRow("1", opened, pauses=tuple(PauseRow(start, None, reason) for start, reason in pauses))

    assert from_plain("cases", as_plain(row)) == row
    assert list(row.pauses) == sorted(set(row.pauses), key=lambda pause: (pause.started_at, pause.reason))
