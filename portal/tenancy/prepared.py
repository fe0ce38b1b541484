"""Questions that each page asks: written once in a process, then asked with the numbers of whoever reads.

Django takes several times as long to write a large question as PostgreSQL takes to answer it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from portal.tenancy.scope import TENANT, scope_to_write

# No row has these numbers; where they stand in the text, those of the tenant and of the reader are put.
READER, USER = TENANT - 1, TENANT - 2
LASTING = (int, str)  # a day or an instant is another one at the next asking


class PassingValue(TypeError):
    """A question that is written once may not hold what changes from one asking to the next: a mistake in our code."""

    def __init__(self, value: object) -> None:
        super().__init__(f"{value!r} would stay in a question that is written once; ask this one anew each time.")


@dataclass(frozen=True, slots=True)
class Prepared:
    """The text of a question and its values, with the numbers that stand for tenant and reader among them."""

    text: str
    values: tuple[int | str, ...]

    def ask(self, numbers: Mapping[int, int]) -> tuple[Any, ...]:
        """Its one row, with these numbers in the place of those that stand for them."""
        values = [numbers.get(value, value) if isinstance(value, int) else value for value in self.values]
        with connection.cursor() as cursor:
            cursor.execute(self.text, values)
            row: tuple[Any, ...] = cursor.fetchone()
        return row


def prepare(write: Callable[[], QuerySet[Any, Any]]) -> Prepared:
    """Write a question that has one row. Raises PassingValue where it holds a value that does not last."""
    with scope_to_write():
        text, values = write().query.sql_with_params()
    for value in values:
        if not isinstance(value, LASTING):
            raise PassingValue(value)
    return Prepared(text, tuple(values))
