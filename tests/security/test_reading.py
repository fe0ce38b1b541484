"""Looking at a page changes nothing: a picture in a mail or a link in a talk can only make a browser look."""

import pytest
from django.conf import settings

from portal.accounts.models import BusinessUnit, Role
from portal.jobs.models import Job
from portal.tenancy.scope import tenant_scope
from tests.security.readers import make_reader
from tests.security.routes import tenant_routes
from tests.security.rows import count_rows

pytestmark = pytest.mark.xdist_group("reading")  # they look at the same rows
MENU = settings.NAVIGATION
ROUTES = tenant_routes()
ROLES = (Role.SERVICE_LEVEL_MANAGER, Role.BUSINESS_UNIT_HEAD, Role.ADMINISTRATOR, Role.AUDITOR)
# Every third address in each run; all of them, by each role, in the long one.
ASKED = [
    pytest.param(ROLES[0], ROUTES[::3], id="every third"),
    *(pytest.param(role, ROUTES, id=role, marks=pytest.mark.long) for role in ROLES),
]
# The day on which a token was last used; its day is kept, not the request.
KEPT = {"accounts_apitoken", "accounts_apitokenevent"}


@pytest.mark.parametrize(("role", "routes"), ASKED)
def test_no_address_changes_a_row_when_it_is_read(tenant, own, settings, role, routes):
    settings.NAVIGATION = MENU  # with its own questions, which must change nothing either
    with tenant_scope(tenant.pk):
        reader = make_reader(role, own.of(BusinessUnit))
    before = count_rows(tenant)
    wrong, answered = {}, 0
    for route in routes:
        answer = reader.ask(route, "get", route.path("larkmoor", dict.fromkeys(route.blanks, own)))
        answered += answer.status_code == 200
        after = count_rows(tenant)
        if changed := {table for table in after if after[table] != before[table]} - KEPT:
            wrong[route.name] = changed
        before = after

    assert wrong == {}
    assert answered > 20


def test_the_paper_is_asked_for_by_sending_and_found_by_reading(tenant, own):
    with tenant_scope(tenant.pk):
        reader = make_reader(Role.BUSINESS_UNIT_HEAD, own.of(BusinessUnit))
        job = own.of(Job)
        Job.objects.filter(pk=job.pk).update(key="of an earlier talk")
    route = next(route for route in tenant_routes() if route.name == "edition_pdf")
    path = route.path("larkmoor", dict.fromkeys(route.blanks, own))

    assert "Make the PDF" in reader.ask(route, "get", path).content.decode()
    sent = reader.ask(route, "post", path)
    found = reader.ask(route, "get", path)

    with tenant_scope(tenant.pk):
        made = Job.objects.exclude(pk=job.pk).get()
    assert sent["Location"] == found["Location"] == f"/t/larkmoor/jobs/{made.pk}/"
