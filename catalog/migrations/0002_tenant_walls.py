"""Row security, keys and references of this app's tables."""

from typing import ClassVar

from django.db import migrations

from portal.tenancy.operations import KeepHistory, ProtectTenantTable, ReferWithinTenant


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0002_tenant_walls"),
        ("catalog", "0001_initial"),
    ]

    operations: ClassVar = [
        ProtectTenantTable("lineofservice"),
        ProtectTenantTable("service"),
        ProtectTenantTable("stagetransition"),
        ProtectTenantTable("serviceoffering"),
        ProtectTenantTable("entitlement"),
        ProtectTenantTable("component"),
        ProtectTenantTable("processstep"),
        ProtectTenantTable("dependencygroup"),
        ProtectTenantTable("dependency"),
        ProtectTenantTable("businessgoal"),
        ProtectTenantTable("contributionlink"),
        ProtectTenantTable("need"),
        ReferWithinTenant("service"),
        ReferWithinTenant("stagetransition"),
        ReferWithinTenant("serviceoffering"),
        ReferWithinTenant("entitlement"),
        ReferWithinTenant("processstep"),
        ReferWithinTenant("dependencygroup"),
        ReferWithinTenant("dependency"),
        ReferWithinTenant("businessgoal"),
        ReferWithinTenant("contributionlink"),
        ReferWithinTenant("need"),
        KeepHistory("lineofserviceevent"),
        KeepHistory("serviceevent"),
        KeepHistory("stagetransitionevent"),
        KeepHistory("serviceofferingevent"),
        KeepHistory("entitlementevent"),
        KeepHistory("componentevent"),
        KeepHistory("processstepevent"),
        KeepHistory("dependencygroupevent"),
        KeepHistory("dependencyevent"),
        KeepHistory("businessgoalevent"),
        KeepHistory("contributionlinkevent"),
    ]
