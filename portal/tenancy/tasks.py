"""Tasks run for one tenant; beat queues one for each tenant and needs no right to read across them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from celery import current_app, shared_task

from portal.tenancy.models import Tenant
from portal.tenancy.scope import tenant_scope


def tenant_task(*, queue: str = "default", **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """A task of one tenant: takes plain values and `tenant_id`, and runs inside that tenant's scope."""

    def decorate(function: Callable[..., Any]) -> Any:
        @wraps(function)
        def run(*, tenant_id: int, **kwargs: Any) -> None:
            with tenant_scope(tenant_id):
                function(**kwargs)

        return shared_task(queue=queue, **options)(run)

    return decorate


def short_scope_task(*, queue: str = "default", **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """A task of one tenant that renders or waits: it gets `scope`, opens it for each read or write, and holds none else."""

    def decorate(function: Callable[..., Any]) -> Any:
        @wraps(function)
        def run(*, tenant_id: int, **kwargs: Any) -> None:
            function(scope=lambda: tenant_scope(tenant_id), **kwargs)

        return shared_task(queue=queue, **options)(run)

    return decorate


@shared_task
def queue_for_each_tenant(task: str) -> None:
    """Queue the named task once for each tenant."""
    for tenant_id in Tenant.objects.order_by("id").values_list("id", flat=True):
        current_app.send_task(task, kwargs={"tenant_id": tenant_id})
