"""The reviews of all units of a month in one file, and the worker is killed with -9: each paper is made once."""

import hashlib
import zipfile

import pytest

from tests.faults.test_jobs import check

pytestmark = pytest.mark.xdist_group("faults")

HANDS = 2  # each reads the fonts, styles and templates of the paper first, which takes as long as to draw some


@pytest.mark.parametrize("units", [40, pytest.param(300, marks=pytest.mark.long)])
def test_all_papers_of_a_month_are_made_once_though_the_worker_is_killed(site, units):
    worker = site.new_worker(HANDS)
    tenant_id = site.tell_driver(tenant=f"month-of-{units}", units=units)
    site.wait_for_done(tenant_id, units // 4)
    site.wait_until_busy(tenant_id, HANDS)
    site.kill(worker)
    site.start_worker(HANDS)

    check(site, tenant_id, units + 1)
    made = dict(site.rows("SELECT download_name, result_name FROM jobs_job WHERE kind = 'edition_pdf'"))
    assert len(made) == units
    assert papers_in(site, tenant_id) == made
    counts = "SELECT count(*), count(DISTINCT edition_id) FROM reporting_editionfile WHERE tenant_id = %s"
    assert site.rows(counts, tenant_id) == [(units, units)]


def papers_in(site, tenant_id):
    """The papers of the bundle by name, each as the SHA-256 of its bytes."""
    ((name,),) = site.rows("SELECT result_name FROM jobs_job WHERE kind = 'review_bundle'")
    with zipfile.ZipFile(site.files / str(tenant_id) / name) as archive:
        names = [each for each in archive.namelist() if each.endswith(".pdf")]
        return {each: hashlib.sha256(archive.read(each)).hexdigest() for each in names}
