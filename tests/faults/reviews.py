"""An issued month of many units: one is made as people make it, the others are copies of it with other names."""

import secrets
from datetime import UTC, datetime, timedelta

from portal.accounts.models import Role
from portal.jobs.models import Job
from portal.tenancy.models import Tenant
from portal.tenancy.scope import tenant_scope
from reporting.models import Edition, Figure, ServiceReview
from reporting.queries.page_parts import hash_of
from reporting.tasks import queue_review_bundle
from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period
from slas.calculation.proof import check_code
from tests import factories
from tests.catalog import factories as catalog
from tests.reporting import factories as made
from tests.slas import factories as slas

SIGNED = {"agreed_on": made.TODAY.date(), "agreed_by_business": "Ines Calder", "agreed_by_it": "Pavel Orsin"}


def ask_for_month(tenant: Tenant, units: int) -> Job:
    """Issue the reviews of so many units, and have the administrator ask for all of them in one file."""
    with tenant_scope(tenant.pk):
        editions = [issue_first()]
        editions += [copy_of(editions[0], number) for number in range(1, units)]
        administrator = factories.make_member(role=Role.ADMINISTRATOR)
    with tenant_scope(tenant.pk):
        return queue_review_bundle(editions=editions, with_evidence=False, by=administrator, now=datetime.now(UTC))


def issue_first() -> Edition:
    unit = factories.make_unit(slug="unit-0", name="Unit 0")
    people = made.make_people(unit)
    made.make_layout(unit, **SIGNED)
    target = slas.make_target(unit=unit, service=catalog.make_service())
    compute_attainments(targets=[target], periods=[Period(2026, 10)], now=made.ISSUED_AT - timedelta(days=1))
    return made.make_edition(made.Month(unit=unit, agreement=target.agreement, targets={"orders": target}, **people))


def copy_of(first: Edition, number: int) -> Edition:
    unit = factories.make_unit(slug=f"unit-{number}", name=f"Unit {number}")
    review = ServiceReview.objects.create(
        business_unit=unit, month=first.review.month, state=first.review.state, issued_at=first.issued_at,
        report_agreement=made.make_layout(unit, **SIGNED), answer_due_on=first.review.answer_due_on,
    )  # fmt: skip
    page = first.page | {"head": first.page["head"] | {"unit": unit.name, "unit_slug": unit.slug}}
    fingerprint = hash_of(page)
    edition = Edition.objects.create(
        review=review, number=1, issued_at=first.issued_at, issued_by=first.issued_by, page=page,
        page_hash=fingerprint, check_code=check_code(fingerprint), verify_code=secrets.token_hex(16),
    )  # fmt: skip
    kept = ("anchor", "target_id", "attainment_id", "name", "printed", "status", "proof")
    Figure.objects.bulk_create(
        Figure(edition=edition, **{name: getattr(figure, name) for name in kept}) for figure in first.figures.all()
    )
    return edition
