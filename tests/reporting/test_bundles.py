"""Reviews of chosen months and units in one file: the files that their readers have, each made once and kept."""

import io
import json
import tracemalloc
import zipfile
from hashlib import sha256

import pytest

from portal.accounts.models import Role
from portal.audit.models import AuditEntry
from portal.jobs.errors import PartDamaged
from portal.jobs.models import Job, JobState
from portal.jobs.queries import result_path
from portal.jobs.registry import Part
from portal.jobs.tasks import run_job
from portal.tenancy.scope import tenant_scope
from reporting import tasks
from reporting.exports.bundles import bundle_name, bundle_title, put_reviews_together
from reporting.queries.reviews import list_newest_of
from tests import factories
from tests.reporting import factories as made
from tests.reporting.factories import OCTOBER

EXPORTS = "/t/larkmoor/admin/exports/"
PAPER = "service-review-customer-orders-2026-10-edition-1.pdf"
EVIDENCE = "evidence-customer-orders-2026-10-edition-1.json"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    return tmp_path


@pytest.fixture
def administrator(edition):
    return factories.make_member(role=Role.ADMINISTRATOR)


def work():
    """A worker does what it is told of, until nothing is left that it can do."""
    left = Job.objects.filter(state__in=(JobState.QUEUED, JobState.WAITING))
    while todo := list(left.order_by("-pk")):
        before = [(job.pk, job.state) for job in todo]
        for job in todo:
            run_job(tenant_id=job.tenant_id, job_id=job.pk)
        assert [(job.pk, job.state) for job in left.order_by("-pk")] != before, "nobody can go on"


def opened(job):
    return zipfile.ZipFile(io.BytesIO(result_path(job=job).read_bytes()))


def ask(administrator, edition, *, with_evidence=True):
    return tasks.queue_review_bundle(editions=[edition], with_evidence=with_evidence, by=administrator, now=made.TODAY)


def test_the_bundle_holds_the_very_files_that_readers_have(edition, month, administrator, settings):
    """The PDF was made for its reader before; neither templates nor anything else makes another one of it."""
    paper = tasks.queue_edition_pdf(edition=edition, by=month.head, now=made.TODAY)
    work()
    kept = result_path(job=Job.objects.get(pk=paper.pk)).read_bytes()
    bundle = ask(administrator, edition)

    work()

    bundle.refresh_from_db()
    with opened(bundle) as archive:
        assert archive.namelist() == [PAPER, EVIDENCE, "files.csv"]
        assert archive.read(PAPER) == kept
        assert json.loads(archive.read(EVIDENCE))["edition"]["check_code"] == edition.check_code
        assert f'"{PAPER}","{sha256(kept).hexdigest()}"' in archive.read("files.csv").decode()
    assert bundle.download_name == "service-reviews-2026-10.zip"
    assert edition.files.count() == 1
    assert Job.objects.filter(kind="edition_pdf").values_list("attempts", flat=True).get() == 1


def part(folder, number, content):
    """A finished part as it is kept: its name is the SHA-256 of its content."""
    name = sha256(content).hexdigest()
    (folder / name).write_bytes(content)
    return Part(folder / name, name, "application/pdf", f"{number}.pdf")


def put_together(folder, parts):
    with (folder / "bundle.zip").open("w+b") as into:
        arguments = {"as_of": made.TODAY.isoformat(), "file_name": "bundle.zip"}
        put_reviews_together(arguments=arguments, parts=parts, into=into, report=lambda *_: None)
    return zipfile.ZipFile(folder / "bundle.zip")


def test_neither_the_bundle_nor_a_file_of_it_is_in_memory_as_a_whole(tmp_path):
    parts = [part(tmp_path, number, bytes([number]) * 8_000_000) for number in range(4)]

    tracemalloc.start()
    archive = put_together(tmp_path, parts)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < 2_000_000
    assert [sha256(archive.read(each.download_name)).hexdigest() for each in parts] == [each.sha256 for each in parts]


def test_a_file_that_is_not_as_it_was_made_is_not_passed_on(tmp_path):
    damaged = part(tmp_path, 0, b"%PDF-1.7")
    damaged.path.write_bytes(b"%PDF-1.8")

    with pytest.raises(PartDamaged, match="is damaged"):
        put_together(tmp_path, [damaged])


def test_a_second_bundle_makes_no_file_again(edition, administrator):
    first = ask(administrator, edition)
    work()
    second = tasks.queue_review_bundle(
        editions=[edition], with_evidence=True, by=factories.make_member(role=Role.ADMINISTRATOR), now=made.TODAY
    )
    work()

    for job in (first, second):
        job.refresh_from_db()
    assert first.pk != second.pk
    assert first.result_name == second.result_name
    assert [job.attempts for job in Job.objects.filter(kind__startswith="edition_")] == [1, 1]


def test_without_evidence_only_the_papers_are_taken(edition, administrator):
    bundle = ask(administrator, edition, with_evidence=False)
    work()

    bundle.refresh_from_db()
    with opened(bundle) as archive:
        assert archive.namelist() == [PAPER, "files.csv"]


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.ADMINISTRATOR, 302), (Role.SERVICE_LEVEL_MANAGER, 403), (Role.BUSINESS_UNIT_HEAD, 403), (Role.AUDITOR, 403)],
)
def test_only_the_administrator_exports(edition, client_of, role, status):
    member = factories.make_member(role=role, units=[edition.review.business_unit])

    answer = client_of(member).post(EXPORTS, {"months": ["2026-10"]})

    assert answer.status_code == status
    assert Job.objects.filter(kind="review_bundle").count() == (status == 302)
    assert AuditEntry.objects.filter(act="reviews.exported").count() == (status == 302)


def test_nobody_else_finds_the_file(edition, administrator, client_of, other_tenant):
    bundle = ask(administrator, edition, with_evidence=False)
    work()
    with tenant_scope(edition.tenant_id):
        manager = factories.make_member(role=Role.SERVICE_LEVEL_MANAGER)
        colleague = factories.make_member(role=Role.ADMINISTRATOR)
    page = f"/t/larkmoor/jobs/{bundle.pk}/"

    assert client_of(colleague).get(f"{page}file/").status_code == 200
    assert [client_of(manager).get(f"{page}{end}").status_code for end in ("", "file/")] == [404, 404]


def test_hundreds_of_reviews_are_chosen_without_their_pages(edition):
    (found,) = list_newest_of(months=[OCTOBER])

    assert found.get_deferred_fields() == {"page"}


def test_the_page_offers_what_was_issued(edition, administrator, client_of):
    factories.make_unit(slug="never-reviewed", name="Never reviewed")

    page = client_of(administrator).get(EXPORTS).content.decode()

    assert "October 2026" in page
    assert "Customer Orders" in page
    assert "Never reviewed" not in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"months": ["2025-01"]}, "2025-01 is not one of the available choices"),
        ({}, "This field is required"),
        ({"months": ["2026-10"], "units": ["0"]}, "0 is not one of the available choices"),
    ],
)
def test_what_was_never_issued_is_refused(edition, administrator, client_of, sent, said):
    answer = client_of(administrator).post(EXPORTS, sent)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Job.objects.filter(kind="review_bundle").count() == 0


def test_a_bundle_is_named_by_its_months():
    august = OCTOBER.replace(month=8)

    assert bundle_name([OCTOBER]) == "service-reviews-2026-10.zip"
    assert bundle_name([OCTOBER, august]) == "service-reviews-2026-08-to-2026-10.zip"
    assert bundle_title([OCTOBER], 1) == "1 service review of October 2026"
    assert bundle_title([OCTOBER, august], 4) == "4 service reviews of August 2026 and October 2026"
    months = [OCTOBER.replace(month=number) for number in (1, 2, 3, 4)]
    assert bundle_title(months, 9) == "9 service reviews of 4 months, January 2026 to April 2026"
