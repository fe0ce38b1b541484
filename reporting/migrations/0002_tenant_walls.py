"""Row security, keys and references of this app's tables."""

from typing import ClassVar

from django.db import migrations

from portal.tenancy.operations import KeepHistory, ProtectTenantTable, ReferWithinTenant


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0002_tenant_walls"),
        ("catalog", "0002_tenant_walls"),
        ("conversations", "0002_tenant_walls"),
        ("improvement", "0002_tenant_walls"),
        ("reporting", "0001_initial"),
        ("slas", "0002_tenant_walls"),
    ]

    operations: ClassVar = [
        ProtectTenantTable("reportagreement"),
        ProtectTenantTable("servicereview"),
        ProtectTenantTable("reviewparagraph"),
        ProtectTenantTable("edition"),
        ProtectTenantTable("figure"),
        ProtectTenantTable("reviewthread"),
        ProtectTenantTable("servicethread"),
        ProtectTenantTable("figureacknowledgement"),
        ProtectTenantTable("reviewacknowledgement"),
        ProtectTenantTable("dispute"),
        ProtectTenantTable("followup"),
        ProtectTenantTable("contextrequest"),
        ProtectTenantTable("improvementorigin"),
        ProtectTenantTable("impactprofile"),
        ProtectTenantTable("impacthour"),
        ProtectTenantTable("goalmeasure"),
        ProtectTenantTable("valuestatement"),
        ReferWithinTenant("reportagreement"),
        ReferWithinTenant("servicereview"),
        ReferWithinTenant("reviewparagraph"),
        ReferWithinTenant("edition"),
        ReferWithinTenant("figure"),
        ReferWithinTenant("reviewthread"),
        ReferWithinTenant("servicethread"),
        ReferWithinTenant("figureacknowledgement"),
        ReferWithinTenant("reviewacknowledgement"),
        ReferWithinTenant("dispute"),
        ReferWithinTenant("followup"),
        ReferWithinTenant("contextrequest"),
        ReferWithinTenant("improvementorigin"),
        ReferWithinTenant("impactprofile"),
        ReferWithinTenant("impacthour"),
        ReferWithinTenant("goalmeasure"),
        ReferWithinTenant("valuestatement"),
        KeepHistory("reportagreementevent"),
        KeepHistory("servicereviewevent"),
        KeepHistory("reviewparagraphevent"),
        KeepHistory("disputeevent"),
        KeepHistory("followupevent"),
        KeepHistory("contextrequestevent"),
        KeepHistory("impactprofileevent"),
        KeepHistory("goalmeasureevent"),
        KeepHistory("valuestatementevent"),
    ]
