"""The page of a job, its file and its second chance: for those who may read it."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from portal.accounts.models import Role
from portal.audit.models import AuditEntry
from portal.conversations.models import Notification
from portal.jobs import actions, views
from portal.jobs.models import TRIES, Job, JobState
from portal.jobs.tasks import run_job
from portal.tenancy.scope import tenant_scope
from tests import factories

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
PAGES = ["job_detail", "job_download"]


@pytest.fixture
def people(tenant, other_tenant):
    """The one who asked, a colleague, the auditor, and somebody of another tenant."""
    with tenant_scope(tenant.pk):
        found = {
            "asker": factories.make_member(role=Role.SERVICE_LEVEL_MANAGER),
            "colleague": factories.make_member(role=Role.ADMINISTRATOR),
            "auditor": factories.make_member(role=Role.AUDITOR),
        }
    with tenant_scope(other_tenant.pk):
        found["stranger"] = factories.make_member(role=Role.ADMINISTRATOR)
    return found


@pytest.fixture
def make_job(tenant, people):
    def make(kind="greeting", *, tries=1):
        with tenant_scope(tenant.pk):
            wanted = {"title": "Greeting of October", "arguments": {"name": "Dana"}, "requested_by": people["asker"]}
            job = actions.request_job(kind=kind, key="october", now=NOW, **wanted)
        for _ in range(tries):
            run_job(tenant_id=tenant.pk, job_id=job.pk)
        return job

    return make


def url(name, job, tenant="larkmoor"):
    return reverse(name, kwargs={"tenant": tenant, "job_id": job.pk})


READERS = [
    ("greeting", "asker", 200),
    ("greeting", "colleague", 404),
    ("greeting", "auditor", 404),
    ("greeting", "stranger", 404),
    ("shared", "asker", 404),
    ("shared", "auditor", 200),
    ("shared", "stranger", 404),
]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("kind", "who", "status"), READERS)
def test_who_asked_may_read_unless_the_kind_says_who(make_job, people, client_of, kind, who, status, name):
    job = make_job(kind)

    assert client_of(people[who]).get(url(name, job)).status_code == status


@pytest.mark.parametrize("name", PAGES)
def test_in_ones_own_tenant_the_job_of_another_does_not_exist(make_job, people, client_of, name):
    job = make_job()

    assert client_of(people["stranger"]).get(url(name, job, tenant="harbour")).status_code == 404


def test_a_waiting_job_asks_again_by_itself_and_has_a_link_without_script(make_job, people, client_of):
    job = make_job(tries=0)

    page = client_of(people["asker"]).get(url("job_detail", job)).content.decode()

    assert f'hx-get="{url("job_detail", job)}"' in page
    assert f'<noscript><a class="btn btn-sm" href="{url("job_detail", job)}">' in page
    assert "Waiting for a free worker." in page


def test_htmx_gets_only_the_progress(make_job, people, client_of):
    job = make_job(tries=0)

    answer = client_of(people["asker"]).get(url("job_detail", job), headers={"HX-Request": "true"})

    assert b"<html" not in answer.content
    assert b"Waiting for a free worker." in answer.content


def test_a_done_job_offers_its_file_and_asks_no_more(make_job, people, client_of):
    job = make_job()

    page = client_of(people["asker"]).get(url("job_detail", job)).content.decode()

    assert "hx-trigger" not in page
    assert url("job_download", job) in page


@pytest.mark.parametrize("at_once", [views.AT_ONCE, 4])
def test_the_file_comes_as_a_download_that_no_browser_interprets(make_job, people, client_of, monkeypatch, at_once):
    monkeypatch.setattr(views, "AT_ONCE", at_once)
    answer = client_of(people["asker"]).get(url("job_download", make_job()))

    assert answer.streaming is (at_once == 4)
    assert answer.getvalue() == b"Hello Dana\n"
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Disposition"] == 'attachment; filename="greeting.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_each_download_is_an_audit_entry(tenant, make_job, people, client_of):
    client_of(people["asker"]).get(url("job_download", make_job()))

    with tenant_scope(tenant.pk):
        entry = AuditEntry.objects.get(act="job.downloaded")
        assert (entry.actor, entry.subject) == (people["asker"].user, "Greeting of October: greeting.txt")


def test_there_is_no_file_before_the_job_is_done(make_job, people, client_of):
    assert client_of(people["asker"]).get(url("job_download", make_job(tries=0))).status_code == 404


def test_a_failed_job_says_why_and_can_be_tried_again(tenant, make_job, people, client_of):
    job = make_job("broken", tries=TRIES)
    client = client_of(people["asker"])
    page = client.get(url("job_detail", job)).content.decode()
    assert "there is no room left on the server&#x27;s disk" in page
    assert "/srv/parley" not in page
    assert url("job_retry", job) in page

    answer = client.post(url("job_retry", job))

    assert answer["Location"] == url("job_detail", job)
    with tenant_scope(tenant.pk):
        assert Job.objects.get(pk=job.pk).state == JobState.QUEUED


def test_a_job_that_has_not_failed_is_not_tried_again(tenant, make_job, people, client_of):
    job = make_job()

    answer = client_of(people["asker"]).post(url("job_retry", job))

    assert answer.status_code == 422
    assert "This is not failed" in answer.content.decode()
    with tenant_scope(tenant.pk):
        assert Job.objects.get(pk=job.pk).state == JobState.DONE


@pytest.mark.parametrize("who", ["colleague", "stranger"])
def test_others_cannot_try_it_again(tenant, make_job, people, client_of, who):
    job = make_job("broken", tries=TRIES)

    assert client_of(people[who]).post(url("job_retry", job)).status_code == 404
    with tenant_scope(tenant.pk):
        assert Job.objects.get(pk=job.pk).state == JobState.FAILED


@pytest.mark.parametrize(
    ("kind", "tries", "text"),
    [
        ("greeting", 1, "Ready: Greeting of October"),
        ("broken", TRIES, "Did not work: Greeting of October"),
    ],
)
def test_who_asked_is_told_once_when_it_has_ended(tenant, make_job, people, kind, tries, text):
    job = make_job(kind, tries=tries)

    with tenant_scope(tenant.pk):
        notice = Notification.objects.get()
        assert (notice.member, notice.text, notice.url) == (people["asker"], text, url("job_detail", job))
