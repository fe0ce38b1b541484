"""A job is done by whoever holds its lease, published once, and never lost."""

import os
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connections
from django.db.models.functions import Now

from portal.jobs import actions
from portal.jobs.errors import LeaseLost, NotFailed, UnknownKind
from portal.jobs.models import TRIES, Job, JobState
from portal.jobs.queries import result_path
from portal.jobs.registry import JobResult
from portal.jobs.tasks import run_job
from portal.tenancy.scope import tenant_scope

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
RESULT = JobResult(b"Hello", "text/plain", "hello.txt")


def claim(job):
    return actions.claim_job(job_id=job.pk, now=NOW)


def publish(held, content=b"Hello"):
    name = actions.keep_result(tenant_id=held.tenant_id, content=content)
    actions.publish_result(claim=held, result=RESULT, name=name, now=NOW)


def let_lease_end(job):
    Job.objects.filter(pk=job.pk).update(lease_until=Now() - timedelta(seconds=1))


def let_time_pass(job):
    Job.objects.filter(pk=job.pk).update(sent_at=Now() - timedelta(minutes=5))


def work(job):
    run_job(tenant_id=job.tenant_id, job_id=job.pk)


def fail_all_tries(job):
    for _ in range(TRIES):
        work(job)


def test_asking_twice_finds_the_first(ask):
    assert ask(key="october") == ask(key="october")
    assert ask(key="october") != ask(key="november")


def test_asking_for_what_nobody_can_make_is_refused(ask):
    with pytest.raises(UnknownKind, match="does not know how to make “horoscope”"):
        ask("horoscope")


def test_a_worker_makes_the_file_and_publishes_it(ask, reload):
    job = ask(name="Dana")

    work(job)

    job = reload(job)
    assert (job.state, job.percent, job.attempts) == (JobState.DONE, 100, 1)
    assert (job.download_name, job.result_type) == ("greeting.txt", "text/plain")
    assert result_path(job=job).read_text() == "Hello Dana\n"
    assert result_path(job=job).parent.name == str(job.tenant_id)


def test_the_file_is_named_after_its_content(ask, reload):
    first, second, other = ask(key="1"), ask(key="2"), ask(key="3", name="Sam")
    for job in (first, second, other):
        work(job)

    names = [reload(job).result_name for job in (first, second, other)]
    assert names[0] == names[1] != names[2]
    assert len(names[0]) == 64


def test_running_a_done_job_changes_nothing(ask, reload):
    job = ask()
    work(job)

    work(job)

    assert reload(job).attempts == 1


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_file_is_made(tenant):
    with tenant_scope(tenant.pk):
        job = actions.request_job(kind="watchful", key="1", title="T", arguments={}, requested_by=None, now=NOW)

    work(job)

    with tenant_scope(tenant.pk):
        assert result_path(job=Job.objects.get(pk=job.pk)).read_text() == "False"


def test_a_claimed_job_cannot_be_claimed(ask):
    job = ask()

    assert claim(job).token == 1
    assert claim(job) is None


def test_a_job_is_claimed_again_when_its_lease_has_ended(ask):
    job = ask()
    claim(job)

    let_lease_end(job)

    assert claim(job).token == 2


def test_a_renewed_lease_keeps_the_job(ask):
    job = ask()
    held = claim(job)
    let_lease_end(job)

    actions.renew_lease(claim=held, percent=40, message="Drawing the charts.")

    assert claim(job) is None


@pytest.mark.parametrize(("told", "shown"), [(-5, 0), (0, 0), (64, 64), (100, 100), (250, 100)])
def test_progress_stays_between_0_and_100(ask, reload, told, shown):
    job = ask()

    actions.renew_lease(claim=claim(job), percent=told, message="Working.")

    assert reload(job).percent == shown


def test_who_was_overtaken_can_neither_report_nor_publish_nor_give_back(ask, reload):
    job = ask()
    slow = claim(job)
    let_lease_end(job)
    quick = claim(job)

    with pytest.raises(LeaseLost):
        actions.renew_lease(claim=slow, percent=90, message="Nearly there.")
    with pytest.raises(LeaseLost):
        publish(slow, b"from the slow one")
    actions.give_back(claim=slow, reason="late", is_final=True, now=NOW)
    publish(quick, b"from the quick one")

    job = reload(job)
    assert job.state == JobState.DONE
    assert result_path(job=job).read_bytes() == b"from the quick one"


def test_nothing_is_published_twice(ask):
    held = claim(ask())
    publish(held)

    with pytest.raises(LeaseLost):
        publish(held)


def test_an_error_gives_the_job_back_until_its_tries_are_used_up(ask, reload):
    job = ask("broken")

    work(job)

    job = reload(job)
    assert (job.state, job.attempts) == (JobState.QUEUED, 1)
    assert "there is no room left on the server's disk" in job.message

    fail_all_tries(job)

    job = reload(job)
    assert (job.state, job.attempts) == (JobState.FAILED, TRIES)
    assert job.message == "This did not work (tries: 5): there is no room left on the server's disk."


@pytest.mark.parametrize(
    "error", [DatabaseError('relation "reporting_edition" does not exist'), PermissionError(13, "Denied", "/srv/files")]
)
def test_what_broke_is_for_the_log_and_not_for_readers(ask, reload, monkeypatch, caplog, error):
    def break_down(**_):
        raise error

    monkeypatch.setattr("tests.portal.jobs.kinds.build_greeting", break_down)
    job = ask()

    work(job)

    told = "something broke on our side; the log of the workers tells what"
    assert reload(job).message == f"This did not work: {told}. It is tried again by itself."
    assert str(error) in caplog.text


def test_a_refusal_fails_at_once_because_trying_again_does_not_help(ask, reload):
    job = ask("refused")

    work(job)

    job = reload(job)
    assert (job.state, job.attempts) == (JobState.FAILED, 1)
    assert "This month has no figures yet. Ask again on the 2nd." in job.message


def test_a_job_that_kills_its_worker_each_time_is_given_up_and_others_flow(ask, reload):
    poison, healthy = ask(key="poison"), ask(key="healthy")
    for _ in range(TRIES):
        claim(poison)
        let_lease_end(poison)

    work(poison)
    work(healthy)

    assert reload(poison).state == JobState.FAILED
    assert "its worker was lost each time" in reload(poison).message
    assert reload(healthy).state == JobState.DONE


def test_asking_again_for_a_failed_job_gives_it_new_tries_and_newer_tokens(ask, reload):
    job = ask("broken")
    fail_all_tries(job)

    again = ask("broken")

    assert (again.pk, again.state) == (job.pk, JobState.QUEUED)
    assert claim(again).token == TRIES + 1
    let_lease_end(again)
    fail_all_tries(again)
    assert reload(again).message.startswith("This did not work (tries: 5)")


def test_asking_again_makes_a_lost_file_anew(ask, reload):
    job = ask()
    work(job)
    result_path(job=reload(job)).unlink()

    assert ask().state == JobState.QUEUED


def test_only_a_failed_job_is_tried_again_by_hand(ask):
    with pytest.raises(NotFailed):
        actions.retry_job(job=ask())


def test_a_full_disk_leaves_no_partial_file(tenant, tmp_path, monkeypatch):
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError("No space left on device")))

    with pytest.raises(OSError, match="No space left"):
        actions.keep_result(tenant_id=tenant.pk, content=b"Hello")

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_a_killed_worker_left_half_written_goes_after_a_day(tenant, tmp_path, settings):
    folder = settings.FILES_DIR / str(tenant.pk)
    folder.mkdir(parents=True)
    for name, hours in (("old.part", 25), ("new.part", 23)):
        (folder / name).touch()
        os.utime(folder / name, times=(time.time() - hours * 3600,) * 2)

    kept = actions.keep_result(tenant_id=tenant.pk, content=b"Hello")

    assert sorted(path.name for path in folder.iterdir()) == sorted([kept, "new.part"])


SWEPT = [
    pytest.param("waits", True, id="the broker forgot it"),
    pytest.param("just asked for", False, id="the broker was told a moment ago"),
    pytest.param("abandoned", True, id="its worker was lost"),
    pytest.param("running", False, id="a worker does it"),
    pytest.param("done", False, id="it is done"),
    pytest.param("failed", False, id="it has failed"),
]


@pytest.mark.parametrize(("situation", "is_sent"), SWEPT)
def test_the_sweep_sends_again_what_nobody_does(ask, situation, is_sent):
    job = ask("broken" if situation == "failed" else "greeting")
    if situation in ("abandoned", "running"):
        claim(job)
    if situation == "abandoned":
        let_lease_end(job)
    if situation == "done":
        work(job)
    if situation == "failed":
        fail_all_tries(job)
    if situation != "just asked for":
        let_time_pass(job)

    assert actions.mark_sent_again() == ([job.pk] if is_sent else [])
    assert actions.mark_sent_again() == []


@pytest.mark.django_db(transaction=True)
def test_of_eight_workers_one_gets_the_job(tenant):
    with tenant_scope(tenant.pk):
        job = actions.request_job(kind="greeting", key="1", title="T", arguments={}, requested_by=None, now=NOW)
    tokens, gate = [], threading.Barrier(8)

    def try_to_claim():
        gate.wait()
        try:
            with tenant_scope(tenant.pk):
                tokens.append(claim(job))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=try_to_claim) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [held.token for held in tokens if held] == [1]


@pytest.mark.django_db(transaction=True)
def test_the_lease_is_renewed_while_the_file_is_made(tenant, settings):
    settings.JOB_LEASE = timedelta(seconds=0.6)
    with tenant_scope(tenant.pk):
        job = actions.request_job(kind="patient", key="1", title="T", arguments={}, requested_by=None, now=NOW)
    thread = threading.Thread(target=lambda: (work(job), connections.close_all()))
    thread.start()
    takers = []
    while thread.is_alive():
        with tenant_scope(tenant.pk):
            takers.append(claim(job) if Job.objects.get(pk=job.pk).attempts else None)
        thread.join(0.1)

    assert len(takers) > 8
    assert [held for held in takers if held] == []
    with tenant_scope(tenant.pk):
        assert Job.objects.get(pk=job.pk).state == JobState.DONE


@pytest.mark.django_db
def test_jobs_of_two_tenants_with_one_key_are_two_jobs_in_two_folders(tenant, other_tenant):
    found = []
    for owner in (tenant, other_tenant):
        with tenant_scope(owner.pk):
            wanted = {"title": "T", "arguments": {"name": owner.name}, "requested_by": None}
            job = actions.request_job(kind="greeting", key="october", now=NOW, **wanted)
        work(job)
        with tenant_scope(owner.pk):
            found.append(result_path(job=Job.objects.get(pk=job.pk)))

    assert [path.read_text() for path in found] == ["Hello Larkmoor Foods\n", "Hello Harbour Trust\n"]
    assert [path.parent.name for path in found] == [str(tenant.pk), str(other_tenant.pk)]
