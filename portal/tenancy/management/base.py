"""The base of commands that work on tenants."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.tenancy.errors import Refusal
from portal.tenancy.models import Tenant
from portal.tenancy.scope import Scope, tenant_scope


def scope_of(tenant: Tenant) -> Scope:
    """For a command that waits between its steps: it opens the tenant's scope for each step, and holds none else."""
    return lambda: tenant_scope(tenant.pk)


class TenantCommand(BaseCommand):
    """Runs `handle_tenant` once for `--tenant SLUG`, or for each tenant with `--all-tenants`.

    What a rule of the business refuses ends the command with its words.
    """

    def add_arguments(self, parser: ArgumentParser) -> None:
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--tenant", metavar="SLUG", help="the tenant to work on")
        who.add_argument("--all-tenants", action="store_true", help="work on each tenant in turn")

    def handle(self, *args: Any, **options: Any) -> None:
        tenants = Tenant.objects.order_by("slug")
        slug = options.pop("tenant")
        if not options.pop("all_tenants"):
            tenants = tenants.filter(slug=slug)
            if not tenants:
                known = ", ".join(Tenant.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
                raise CommandError(f"There is no tenant “{slug}”. Tenants: {known}.")
        for tenant in tenants:
            try:
                with tenant_scope(tenant.pk):
                    self.handle_tenant(tenant, **options)
            except Refusal as refusal:
                raise CommandError(f"{tenant.slug}: {refusal}") from refusal

    def handle_tenant(self, tenant: Tenant, **options: Any) -> None:
        """What the command does for one tenant, inside its scope."""
        raise NotImplementedError
