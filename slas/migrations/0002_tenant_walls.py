"""Row security, keys and references of this app's tables."""

from typing import ClassVar

from django.db import migrations

from portal.tenancy.operations import AppendOnly, KeepHistory, ProtectTenantTable, ReferWithinTenant


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0002_tenant_walls"),
        ("catalog", "0002_tenant_walls"),
        ("slas", "0001_initial"),
    ]

    operations: ClassVar = [
        ProtectTenantTable("party"),
        ProtectTenantTable("servicehours"),
        ProtectTenantTable("hourswindow"),
        ProtectTenantTable("hoursexception"),
        ProtectTenantTable("agreement"),
        ProtectTenantTable("acceptance"),
        ProtectTenantTable("obligation"),
        ProtectTenantTable("offeredlevel"),
        ProtectTenantTable("measure"),
        ProtectTenantTable("serviceleveltarget"),
        ProtectTenantTable("targetproposal"),
        ProtectTenantTable("attainment"),
        ProtectTenantTable("dirtytarget"),
        ProtectTenantTable("monthclose"),
        ProtectTenantTable("factbatch"),
        ProtectTenantTable("measurement"),
        ProtectTenantTable("outage"),
        ProtectTenantTable("datagap"),
        ProtectTenantTable("plannedwork"),
        ProtectTenantTable("case"),
        ProtectTenantTable("casepause"),
        ProtectTenantTable("occasion"),
        ProtectTenantTable("volume"),
        ProtectTenantTable("surveycount"),
        ProtectTenantTable("measurementrevision"),
        ProtectTenantTable("pushedrequest"),
        ProtectTenantTable("coveredtime"),
        ReferWithinTenant("party"),
        ReferWithinTenant("hourswindow"),
        ReferWithinTenant("hoursexception"),
        ReferWithinTenant("agreement"),
        ReferWithinTenant("acceptance"),
        ReferWithinTenant("obligation"),
        ReferWithinTenant("offeredlevel"),
        ReferWithinTenant("measure"),
        ReferWithinTenant("serviceleveltarget"),
        ReferWithinTenant("targetproposal"),
        ReferWithinTenant("attainment"),
        ReferWithinTenant("dirtytarget"),
        ReferWithinTenant("monthclose"),
        ReferWithinTenant("factbatch"),
        ReferWithinTenant("plannedwork"),
        ReferWithinTenant("pushedrequest"),
        KeepHistory("partyevent"),
        KeepHistory("servicehoursevent"),
        KeepHistory("hourswindowevent"),
        KeepHistory("hoursexceptionevent"),
        KeepHistory("agreementevent"),
        KeepHistory("acceptanceevent"),
        KeepHistory("obligationevent"),
        KeepHistory("offeredlevelevent"),
        KeepHistory("measureevent"),
        KeepHistory("serviceleveltargetevent"),
        KeepHistory("targetproposalevent"),
        AppendOnly("measurementrevision"),
    ]
