"""Many facts at once, read as columns of whole numbers: nothing is turned into text and back, row by row."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import psycopg
from django.db import connection

from slas.calculation.kernel import Ints

_MICROSECONDS, _YEAR_2000 = 1_000_000, 946_684_800


def read_rows(statement: str, asked: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Rows of an owner's number and of columns of its facts, each column one value, made of eight bytes a fact."""
    # Bytes come as they are: Django's own cursor would have them written as text.
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(statement, asked, binary=True).fetchall()


def as_array(numbers: Iterable[int]) -> str:
    """The numbers as PostgreSQL reads them: the driver would look at each for signs that it has to escape."""
    return f"{{{','.join(map(str, numbers))}}}"


def whole_numbers(parts: Iterable[bytes]) -> Ints:
    """One column of all rows."""
    return np.frombuffer(b"".join(parts), ">i8").astype(np.int64)


def owners(rows: Sequence[tuple[Any, ...]]) -> Ints:
    """The owner of each fact of the rows."""
    return np.repeat(
        *(np.array(each, dtype=np.int64) for each in ([row[0] for row in rows], [len(row[1]) >> 3 for row in rows]))
    )


def seconds_of(since_2000: Ints) -> Ints:
    """UTC seconds of instants as the server sends them; what is finer is cut off."""
    return since_2000 // _MICROSECONDS + _YEAR_2000
