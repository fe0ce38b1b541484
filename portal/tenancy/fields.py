"""References between rows of one tenant."""

from typing import Any

from django.db import models


class TenantForeignKey(models.ForeignKey):
    """A foreign key whose constraint is made by `ProtectTenantTable` over (tenant_id, id).

    PostgreSQL checks foreign keys without the row policies, so that a plain one would accept another tenant's row.
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        super().__init__(to, on_delete, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_constraint", None)
        return name, path, args, kwargs
