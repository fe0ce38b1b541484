"""A file that is put together from others: it waits for all of them, holds no worker meanwhile, and is made once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models.functions import Now

from portal.jobs import actions
from portal.jobs.errors import LeaseLost
from portal.jobs.models import Job, JobPart, JobState
from portal.jobs.queries import get_page, result_path
from portal.jobs.tasks import run_job

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)


def work(job):
    run_job(tenant_id=job.tenant_id, job_id=job.pk)


def parts_of(job):
    return [link.part for link in JobPart.objects.filter(job=job).select_related("part").order_by("pk")]


def page_of(job):
    return get_page(job=job, tenant_slug="larkmoor")


@pytest.fixture
def album(ask):
    """album("Dana Sam") waits for a greeting of each."""

    def make(names="Dana Sam"):
        job = ask("album", name=names)
        work(job)
        job.refresh_from_db()
        return job

    return make


def test_it_waits_for_its_parts_and_then_holds_them_in_order(album, reload):
    job = album("Sam Dana")
    assert job.state == JobState.WAITING
    work(job)
    assert reload(job).state == JobState.WAITING

    for part in reversed(parts_of(job)):
        work(part)
    work(job)

    job = reload(job)
    assert (job.state, job.download_name) == (JobState.DONE, "album.txt")
    assert result_path(job=job).read_text() == "Hello Sam\nHello Dana\n"


def test_a_part_whose_file_is_gone_is_made_anew_when_it_is_tried_again(album, reload):
    job = album("Sam Dana")
    for part in parts_of(job):
        work(part)
    result_path(job=reload(parts_of(job)[1])).unlink()
    work(job)
    assert reload(job).message.startswith("This did not work (tries: 1): 1 of its 2 files could not be made")

    actions.retry_job(job=reload(job))
    work(job)
    for part in parts_of(job):
        work(part)
    work(job)

    assert result_path(job=reload(job)).read_text() == "Hello Sam\nHello Dana\n"


def test_the_page_says_how_many_parts_are_made(album, reload):
    job = album("Ann Ben Cid Dee")
    assert (page_of(job).percent, page_of(job).message) == (5, "0 of 4 files are made.")

    work(parts_of(job)[0])
    assert (page_of(job).percent, page_of(job).message) == (22, "1 of 4 files are made.")

    for part in parts_of(job):
        work(part)
    assert page_of(job).percent == 90
    work(job)
    assert page_of(reload(job)).percent == 100


def test_the_last_part_tells_a_worker_of_the_whole(album, monkeypatch, django_capture_on_commit_callbacks):
    job = album()
    first, second = parts_of(job)
    told = []
    monkeypatch.setattr(run_job, "delay", lambda **given: told.append(given["job_id"]))

    with django_capture_on_commit_callbacks(execute=True):
        work(first)
    assert told == []
    with django_capture_on_commit_callbacks(execute=True):
        work(second)

    assert told == [job.pk]


def test_what_was_made_before_is_not_waited_for(album, ask, reload):
    first = album()
    for part in parts_of(first):
        work(part)
    second = ask("album", "2", name="Dana Sam")

    work(second)
    assert actions.list_ready(job_id=second.pk) == [second.pk]
    work(second)

    assert reload(second).state == JobState.DONE
    assert {part.attempts for part in parts_of(second)} == {1}


def test_a_part_that_failed_fails_the_whole_and_a_second_try_makes_only_that_again(album, reload, settings):
    job = album("Dana Nobody")
    for part in parts_of(job):
        work(part)

    work(job)

    job = reload(job)
    assert job.state == JobState.FAILED
    assert "1 of its 2 files could not be made, the first is “Greeting of Nobody”" in job.message
    settings.JOB_KINDS = settings.JOB_KINDS | {"refused": settings.JOB_KINDS["greeting"]}
    actions.retry_job(job=job)
    work(job)
    for part in parts_of(job):
        work(part)
    work(job)
    assert reload(job).state == JobState.DONE
    assert [part.attempts for part in parts_of(job)] == [1, 2]


def test_a_worker_that_is_lost_while_it_asks_is_followed_by_another(ask, reload):
    """What it has asked for is found again, and nothing is asked for twice."""
    job = ask("album", name="Dana Sam")
    lost = actions.claim_job(job_id=job.pk, now=NOW)
    Job.objects.filter(pk=job.pk).update(lease_until=Now() - timedelta(seconds=1))

    work(job)

    with pytest.raises(LeaseLost):
        actions.wait_for_parts(claim=lost, part_ids=[part.pk for part in parts_of(job)][:0])
    assert reload(job).state == JobState.WAITING
    assert Job.objects.filter(kind="greeting").count() == 2


def test_a_waiting_job_whose_parts_have_ended_is_found_by_the_sweep(album):
    job = album()
    Job.objects.update(sent_at=Now() - timedelta(minutes=5))
    assert job.pk not in actions.mark_sent_again()

    for part in parts_of(job):
        work(part)
    Job.objects.update(sent_at=Now() - timedelta(minutes=5))

    assert actions.mark_sent_again() == [job.pk]
