"""Tasks run for one tenant; beat queues one for each tenant and needs no right to read across them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from celery import current_app, shared_task
from django.db import OperationalError, transaction

from portal.tenancy.models import Tenant
from portal.tenancy.scope import required_tenant_id, tenant_scope

# A row that another worker holds, or a database that restarts, is waited for: the work is begun again, as a whole.
WHEN_BUSY: dict[str, Any] = {"autoretry_for": (OperationalError,), "retry_backoff": 2, "max_retries": 6}


def tenant_task(*, queue: str = "default", **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """A task of one tenant: takes plain values and `tenant_id`, and runs inside that tenant's scope."""

    def decorate(function: Callable[..., Any]) -> Any:
        @wraps(function)
        def run(*, tenant_id: int, **kwargs: Any) -> None:
            with tenant_scope(tenant_id):
                function(**kwargs)

        return shared_task(home=queue, **WHEN_BUSY, **options)(run)

    return decorate


def short_scope_task(*, queue: str = "default", **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """A task of one tenant that renders or waits: it gets `scope` and opens it for each read or write."""

    def decorate(function: Callable[..., Any]) -> Any:
        @wraps(function)
        def run(*, tenant_id: int, **kwargs: Any) -> None:
            function(scope=lambda: tenant_scope(tenant_id), **kwargs)

        return shared_task(home=queue, **WHEN_BUSY, **options)(run)

    return decorate


def queue_on_commit(task: Any, **kwargs: Any) -> None:
    """Queue a task of the tenant in force once the transaction is committed.

    A broker that is down never fails the request: the error is logged, and periodic work finds what was not queued.
    """
    tenant_id = required_tenant_id()

    def publish() -> None:  # a function with a name: Django logs it when the broker is down
        task.delay(tenant_id=tenant_id, **kwargs)

    transaction.on_commit(publish, robust=True)


def route_task(name: str, *_: Any, task: Any = None, **__: Any) -> dict[str, str] | None:
    """The queue that a task names in its decorator; tasks of libraries go to the default one."""
    home = getattr(task or current_app.tasks.get(name), "home", None)
    return {"queue": home} if home else None


@shared_task
def queue_for_each_tenant(task: str) -> None:
    """Queue the named task once for each tenant."""
    for tenant_id in Tenant.objects.order_by("id").values_list("id", flat=True):
        current_app.send_task(task, kwargs={"tenant_id": tenant_id})
