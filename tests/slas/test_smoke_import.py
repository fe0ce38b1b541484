import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from zoneinfo import ZoneInfo
from slas.models import *
from portal.tenancy.scope import tenant_scope
D = Path("/work/shared/data")

@pytest.mark.django_db
def test_all(tenant, capsys):
    for i in range(2):
        t=time.time(); call_command("import_upptime", D/"uptime/cu-research-computing.checks.csv.gz", D/"uptime/cu-research-computing.outages.csv", tenant="larkmoor"); print(time.time()-t)
        t=time.time(); call_command("import_tickets", D/"tickets/uci_incident_events.csv.gz", tenant="larkmoor"); print(time.time()-t)
        t=time.time(); call_command("import_standards", D/"catalog/canada_service_standards.csv.gz", tenant="larkmoor"); print(time.time()-t)
    with tenant_scope(tenant.pk):
        print(Case.objects.count(), CasePause.objects.count(), Outage.objects.count(), Measurement.objects.count(), Volume.objects.count(), MeasurementRevision.objects.count(), Case.objects.exclude(unknown_reason="").count())
        print(Measure.objects.get(slug="help-desk").notes)
    out=capsys.readouterr(); 
    print(out.out[:6000], out.err[:500])
    assert 0
