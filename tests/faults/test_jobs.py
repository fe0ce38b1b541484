"""40 jobs, and everything that they stand on is killed with -9: all are done, none is published twice, none is lost."""

import hashlib
import os
import random
import signal
import time

import pytest

from tests.faults.site import HANDS

pytestmark = pytest.mark.xdist_group("faults")

JOBS = 40
SEEDS = [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 21))]
every_seed = pytest.mark.parametrize("seed", SEEDS)
# Each kind of fault in the long run; in each run a child, a worker and the broker.
each_kind = pytest.mark.long


def moments(seed, kills):
    """After how many finished jobs each kill comes."""
    return sorted(random.Random(seed).sample(range(4, JOBS - 8), kills))


def check(site, tenant_id, count=JOBS):
    """All done, each published once, each file whole."""
    site.wait_for_done(tenant_id, count)
    done = site.rows("SELECT id, result_name FROM jobs_job WHERE tenant_id = %s AND state = 'done'", tenant_id)
    assert len(done) == count
    assert site.states(tenant_id) == {"done": count}
    published = site.rows(
        "SELECT job_id, count(*) FROM witness JOIN jobs_job ON id = job_id"
        " WHERE tenant_id = %s AND what = 'published' GROUP BY job_id",
        tenant_id,
    )
    assert sorted(published) == [(job_id, 1) for job_id, _ in sorted(done)]
    for _, name in done:
        assert hashlib.sha256((site.files / str(tenant_id) / name).read_bytes()).hexdigest() == name


def starts(site, tenant_id):
    """How often jobs were started: more than there are, when a fault hit one at work."""
    query = "SELECT count(*) FROM witness JOIN jobs_job ON id = job_id WHERE tenant_id = %s AND what = 'started'"
    return site.rows(query, tenant_id)[0][0]


@every_seed
def test_a_child_of_the_worker_is_killed(site, seed):
    worker = site.new_worker()
    tenant_id = site.ask(f"child-{seed}")
    for done, hands in zip(moments(seed, 4), (HANDS, 2, 2, 2), strict=True):
        site.wait_for_done(tenant_id, done)
        site.wait_until_busy(
            tenant_id, hands
        )  # then whoever is killed is at a job; a pool may lose a hand with a child
        os.kill(random.Random(seed).choice(site.children_of(worker)), signal.SIGKILL)

    check(site, tenant_id)
    assert starts(site, tenant_id) > JOBS


@every_seed
def test_the_whole_worker_is_killed(site, seed):
    site.worker()
    tenant_id = site.ask(f"worker-{seed}")
    for done in moments(seed, 1):
        site.wait_for_done(tenant_id, done)
        site.wait_until_busy(tenant_id)
        site.kill(site.worker())
        site.start_worker()

    check(site, tenant_id)
    assert starts(site, tenant_id) > JOBS


@every_seed
@pytest.mark.parametrize(
    "wipe", [pytest.param(False, id="queue kept", marks=each_kind), pytest.param(True, id="queue wiped")]
)
def test_the_broker_is_killed(site, wipe, seed):
    """And more is asked for while it is down: asking never fails, the sweep tells the workers later."""
    site.worker()
    name = f"broker-{'wiped' if wipe else 'kept'}-{seed}"
    tenant_id = site.ask(name, numbers=range(JOBS - 2))
    for number, done in enumerate(moments(seed, 2), start=JOBS - 2):
        site.wait_for_done(tenant_id, done)
        site.kill_valkey(wipe=wipe)
        assert site.ask(name, numbers=[number]) == tenant_id
        site.start_valkey()

    check(site, tenant_id)


@each_kind
@every_seed
def test_postgresql_is_killed(site, seed):
    site.worker()
    tenant_id = site.ask(f"postgres-{seed}")
    for done in moments(seed, 2):
        site.wait_for_done(tenant_id, done)
        site.kill_postgres()
        site.start_postgres()

    check(site, tenant_id)


@each_kind
@every_seed
def test_a_worker_sleeps_past_its_lease(site, seed):
    """A second worker does its jobs; the first one wakes up, finds that it was overtaken, and publishes nothing."""
    sleeper = site.worker()
    tenant_id = site.ask(f"sleeper-{seed}")
    site.wait_for_done(tenant_id, moments(seed, 1)[0])
    site.wait_until_busy(tenant_id)
    os.killpg(sleeper.pid, signal.SIGSTOP)
    try:
        site.start_worker()
        site.wait_for_done(tenant_id, JOBS)
    finally:
        os.killpg(sleeper.pid, signal.SIGCONT)
    site.wait_for(lambda: "fenced out" in site.log(sleeper), "the sleeper is fenced out")
    time.sleep(1)

    check(site, tenant_id)
    assert starts(site, tenant_id) > JOBS
    site.kill(sleeper)


def test_a_job_that_kills_its_worker_is_given_up_and_the_others_flow(site):
    site.worker()
    poisoned = site.ask("poisoned", kind="poison", numbers=[0])

    check(site, site.ask("healthy"))
    site.wait_for(lambda: site.states(poisoned) == {"failed": 1}, "it is given up", poisoned)
    (row,) = site.rows("SELECT attempts, message FROM jobs_job WHERE tenant_id = %s", poisoned)
    assert row == (5, "This did not work (tries: 5): its worker was lost each time.")
