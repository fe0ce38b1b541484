"""What the catalogue changes on a day that was agreed before."""

from catalog.actions.entries import publish_due_entries
from catalog.actions.retirements import retire_due_services
from portal import clock
from portal.tenancy.models import Tenant
from portal.tenancy.scope import required_tenant_id
from portal.tenancy.tasks import tenant_task


@tenant_task()
def change_catalogue() -> None:
    """Publish entries and retire services whose day has come where the tenant is."""
    tenant = Tenant.objects.get(pk=required_tenant_id())
    now, today = clock.now(), clock.today(tenant.time_zone)
    publish_due_entries(now=now, today=today)
    retire_due_services(now=now, today=today)
