"""The connection that each process uses; Django finds it by the name of this file."""

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError
from django.db.backends.postgresql import base

from portal.tenancy.scope import TenantMissing, current_tenant_id

UNKNOWN_SETTING, UNREADABLE_NUMBER = "42704", "22P02"


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, where raw SQL that asks for a tenant's rows outside each scope is TenantMissing too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(_name_missing_tenant)


def _name_missing_tenant(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    try:
        return execute(sql, params, many, context)
    except DatabaseError as error:
        if _lacks_tenant(error):
            raise TenantMissing from error
        raise


def _lacks_tenant(error: DatabaseError) -> bool:
    """Whether a row policy found no tenant: the setting is unknown to a new session, and empty in a used one."""
    state = getattr(error.__cause__, "sqlstate", None)
    if state == UNREADABLE_NUMBER:
        return current_tenant_id() is None and '""' in str(error)
    return state == UNKNOWN_SETTING and "app.tenant_id" in str(error)
