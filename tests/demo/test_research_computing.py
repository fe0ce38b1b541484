"""The research centre's catalogue: what researchers open is seen by them, what only machines ask is beside it."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

from catalog.models import Service
from demo import research_computing

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)


def test_the_business_view_of_the_catalogue_holds_what_researchers_use(in_tenant):
    published = research_computing.read()
    first = {check.service: check for check in reversed(published.checks)}
    research_computing.make_rows(replace(published, checks=list(first.values()), outages=[], silent_until=None), NOW)

    assert Counter(Service.objects.values_list("service_class", flat=True)) == {"end_user": 7, "technical": 4}
    assert set(research_computing.TECHNICAL) <= set(Service.objects.values_list("slug", flat=True))
