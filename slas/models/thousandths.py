"""Exact numbers of at most three decimals."""

from decimal import Decimal
from typing import Any

from django.db import models


class ThousandthsField(models.BigIntegerField):
    """An exact number of at most three decimals, kept as whole thousandths of its unit."""

    _pyi_private_set_type: Decimal | int  # type: ignore[assignment]
    _pyi_private_get_type: Decimal  # type: ignore[assignment]

    def from_db_value(self, value: int | None, *_: Any) -> Decimal | None:
        """As people write it: 21500 is 21.5."""
        return None if value is None else Decimal(value).scaleb(-3)

    def get_prep_value(self, value: Decimal | int | None) -> int | None:
        """Whole thousandths. Raises ValueError for a finer number, which would be another one."""
        if value is None:
            return None
        scaled = Decimal(value).scaleb(3)
        if scaled != int(scaled):
            raise ValueError(f"{value} has more than three decimals")
        return int(scaled)
