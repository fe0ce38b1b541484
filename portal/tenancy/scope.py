"""The only code that tells PostgreSQL which tenant is in force.

The tenant is a transaction-local setting, so that no pooled connection can carry it to the next user; a row policy
on each table compares it with the row. A second layer, the manager of `TenantModel`, filters by the same id.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Any, NoReturn

from django.db import connection, transaction

Scope = Callable[[], AbstractContextManager[None]]  # opens the scope of a tenant that was chosen before

TENANT = -(2**62)  # stands for the tenant in a question that is written before it is known who asks

_tenant: ContextVar[int | None] = ContextVar("tenant", default=None)


class TenantMissing(RuntimeError):
    """A tenant's rows were asked for while no tenant was in force: a mistake in our code, never an empty list."""

    def __init__(self) -> None:
        super().__init__("No tenant is in force: enter tenant_scope() first.")


class TenantSwitched(RuntimeError):
    """A scope of another tenant was opened inside a scope."""


class AskedWhileWriting(RuntimeError):
    """A question that is only to be written was asked: its answer would be that of no tenant."""

    def __init__(self) -> None:
        super().__init__("Nothing may be read while a question is written that each tenant will ask.")


def current_tenant_id() -> int | None:
    """The tenant in force, or None outside each scope."""
    return _tenant.get()


def required_tenant_id() -> int:
    """The tenant in force.

    Raises TenantMissing outside each scope.
    """
    tenant_id = _tenant.get()
    if tenant_id is None:
        raise TenantMissing
    return tenant_id


def _tell_postgres(setting: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [setting, value])


@contextmanager
def tenant_scope(tenant_id: int) -> Iterator[None]:
    """Run a block as one tenant, in one transaction.

    Entering the same tenant again is free. Raises TenantSwitched inside a scope of another tenant.
    """
    inside = _tenant.get()
    if inside == tenant_id:
        yield
        return
    if inside is not None:
        raise TenantSwitched(f"Tenant {inside} is in force; leave its scope before entering tenant {tenant_id}.")
    with transaction.atomic():
        _tell_postgres("app.tenant_id", str(tenant_id))
        token = _tenant.set(tenant_id)
        try:
            yield
        finally:
            _tenant.reset(token)
        # A released savepoint would keep the setting until the outer commit; a rolled-back one restores it by itself.
        if not connection.needs_rollback:
            _tell_postgres("app.tenant_id", "")


@contextmanager
def scope_to_write() -> Iterator[None]:
    """Write questions that each tenant will ask, without asking them; PostgreSQL is told nothing.

    Raises AskedWhileWriting for each statement inside.
    """
    token = _tenant.set(TENANT)
    try:
        with connection.execute_wrapper(_refuse_statement):
            yield
    finally:
        _tenant.reset(token)


def _refuse_statement(*_statement: Any) -> NoReturn:
    raise AskedWhileWriting


@contextmanager
def user_scope(user_id: int) -> Iterator[None]:
    """Let a signed-in person read their own memberships of all tenants, and nothing else."""
    with transaction.atomic():
        _tell_postgres("app.user_id", str(user_id))
        yield
        if not connection.needs_rollback:
            _tell_postgres("app.user_id", "")
