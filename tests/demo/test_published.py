"""The tenants from published data: a part of each through the product's own importer, judged and issued."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import pytest

from demo import canada, help_desk
from demo.reviews import issue_months
from portal.accounts.models import BusinessUnit
from portal.tenancy.scope import tenant_scope
from reporting.actions.reviews import draft_review
from reporting.models import Edition
from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period, PeriodKind
from slas.models import AgreementState, Attainment, ServiceLevelTarget

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)


def issued(tenant, module, month):
    """The edition that the demo issues of what a worker has drafted."""
    unit = BusinessUnit.objects.get(slug=module.REVIEWED_UNIT)
    draft_review(unit=unit, month=month, by=None, now=NOW)

    issue_months(partial(tenant_scope, tenant.pk), [month], module.REVIEWED_UNIT, NOW)

    edition = Edition.objects.get()
    layout = edition.review.report_agreement
    assert (edition.number, edition.issued_at, edition.review.month) == (1, NOW, month)
    assert (layout.agreed_on, bool(layout.agreed_by_business)) == (NOW.date(), True)
    return edition


@pytest.fixture(scope="module")
def log():
    return help_desk.read()


def test_the_help_desk_is_judged_by_its_own_log(tenant, in_tenant, log):
    march = [case for case in log.cases if case.opened_at.month == 3][:200]
    help_desk.make_rows(replace(log, cases=tuple(march)), NOW)
    targets = list(ServiceLevelTarget.objects.all())
    assert {target.agreement.state for target in targets} == {AgreementState.IN_FORCE}

    compute_attainments(targets=targets, periods=[Period(2016, 3)], now=NOW)
    edition = issued(tenant, help_desk, date(2016, 3, 1))

    assert len(edition.page["promises"]) == len(help_desk.RESOLUTION) + 1
    assert edition.page["score"]["judged"] >= len(help_desk.RESOLUTION)


def test_a_standard_by_the_year_stands_in_the_review_of_its_last_month(tenant, in_tenant):
    published = canada.read()
    own = [each for each in published.standards if each.owner == canada.REVIEWED_UNIT]
    rows = [row for row in published.inventory if row["owner_org"] == canada.REVIEWED_UNIT]
    canada.make_rows(canada.Published(rows, tuple(own)), NOW)
    targets = list(ServiceLevelTarget.objects.all())
    assert len(targets) == len(own)

    compute_attainments(targets=targets, periods=[Period(2023, 4, PeriodKind.YEAR)], now=NOW)
    (month,) = canada.REVIEWED
    edition = issued(tenant, canada, month)

    assert Attainment.objects.count() == len(targets)
    for row in edition.page["chart"]:
        assert [cell["attainment_id"] is not None for cell in row["cells"]] == [False] * 11 + [True]
