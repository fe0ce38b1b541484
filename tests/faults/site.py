"""A whole portal for one module of tests, with servers of its own that may be killed: -9, at any moment."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from portal.runner import keys, postgres, valkey
from portal.runner.places import CHECKOUT
from portal.runner.processes import Children, Known
from tests.databases import fill_like_ours
from tests.faults.mailbox import Mailbox

HANDS = 4
PATIENCE = 300.0  # seconds for one step; a loaded machine is slow, and a hung one is a failure
# The truth about publishing is kept by the database: one line for each time that a job became done.
WITNESS = """
CREATE TABLE witness (job_id bigint NOT NULL, what text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE FUNCTION testify() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF NEW.state = 'done' AND (OLD.state <> 'done' OR OLD.result_name <> NEW.result_name) THEN
        INSERT INTO witness VALUES (NEW.id, 'published');
    END IF;
    IF NEW.attempts <> OLD.attempts THEN INSERT INTO witness VALUES (NEW.id, 'started'); END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER testify AFTER UPDATE ON jobs_job FOR EACH ROW EXECUTE FUNCTION testify();
"""


@dataclass
class Site:
    """PostgreSQL, Valkey, beat, workers and whoever asks for jobs."""

    children: Children
    files: Path
    ports: dict[str, int] = field(
        default_factory=lambda: {"postgres": postgres.free_port(), "valkey": postgres.free_port()}
    )
    mailbox: Mailbox = field(default_factory=Mailbox)
    driver: "subprocess.Popen[str] | None" = None
    reader: "psycopg.Connection[Any] | None" = None
    started: int = 0

    def start(self) -> None:
        self.start_postgres()
        self.start_valkey()
        fill_like_ours(self.server.owner_url, postgres.find_binaries(self.children.place))
        with psycopg.connect(self.server.owner_url, autocommit=True) as owner:
            owner.execute(WITNESS)
        self.start_beat()
        with self.children.log_of("driver").open("w") as log:
            self.driver = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.driver"],
                cwd=CHECKOUT,
                env=self.environment() | {"IDLE_SECONDS": "60"},  # it makes whole reviews in one transaction
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self.driver.stdout.readline() == "ready\n"

    def stop(self) -> None:
        self.mailbox.close()
        if self.driver is not None:
            self.driver.communicate(timeout=60)
        if self.reader is not None:
            self.reader.close()

    # ------------------------------------------------------------ processes
    def environment(self) -> dict[str, str]:
        usual = {name: value for name, value in os.environ.items() if name != "OWNER_DATABASE_URL"}
        return usual | {
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "DATABASE_URL": self.server.app_url,
            "REDIS_URL": self.broker_url,
            "FILES_DIR": str(self.files),
            "SECRET_KEY": "faults",
            "MAIL_URL": f"smtp://127.0.0.1:{self.mailbox.port}",
            "IDLE_SECONDS": "5",  # as short as the leases: a worker that sleeps in a transaction holds its job so long
            "PYTHONUNBUFFERED": "1",
        }

    def start_postgres(self) -> None:
        secrets = keys.load(self.children.place)
        self.server = postgres.start(self.children, secrets, for_tests=False, port=self.ports["postgres"])

    def start_valkey(self) -> None:
        secrets = keys.load(self.children.place)
        self.broker_url = valkey.start(self.children, secrets, for_tests=False, port=self.ports["valkey"])

    def start_beat(self) -> Known:
        schedule = str(self.children.place.folder / f"beat-{self.started}")
        return self.celery("beat", "--schedule", schedule)

    def worker(self) -> Known:
        """The worker that is running, or a new one: a start takes seconds."""
        return next((known for known in self.children.running if known.name.startswith("worker")), None) or (
            self.start_worker()
        )

    def new_worker(self, hands: int = HANDS) -> Known:
        """A worker that nothing has happened to: the pool of one whose children were killed before may lose hands."""
        for known in [known for known in self.children.running if known.name.startswith("worker")]:
            self.kill(known)
        return self.start_worker(hands)

    def start_worker(self, hands: int = HANDS) -> Known:
        """A worker with so many hands that takes jobs when this returns."""
        name = f"worker-{self.started}"
        quick = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        worker = self.celery("worker", "--concurrency", str(hands), "--hostname", f"{name}@site", *quick)
        self.wait_for(lambda: "ready." in self.log(worker), "the worker is ready")
        return worker

    def restart_ended(self) -> None:
        """As the supervisor of an installation does: a worker whose broker went away may end, and is started again."""
        ended = [known for known in self.children.running if self.children.handles[known.pid].poll() is not None]
        for known in ended:
            if known.name.startswith("worker"):
                self.children.forget(known)
                self.start_worker()

    def celery(self, *words: str) -> Known:
        self.started += 1
        command = [sys.executable, "-m", "celery", "--app", "portal.celery", words[0], "--loglevel", "INFO", *words[1:]]
        name = f"{words[0]}-{self.started}"
        return self.children.start(name, command, cwd=CHECKOUT, env=self.environment(), signals=(signal.SIGKILL,))

    def log(self, known: Known) -> str:
        return self.children.log_of(known.name).read_text(errors="replace")

    # ------------------------------------------------------------ faults
    def kill(self, known: Known) -> None:
        """The process and all of its children, at once."""
        os.killpg(known.pid, signal.SIGKILL)
        self.children.handles[known.pid].wait()
        self.children.forget(known)

    def find(self, name: str) -> Known:
        return next(known for known in self.children.running if known.name == name)

    def kill_postgres(self) -> None:
        self.kill(self.find("postgres"))

    def kill_valkey(self, *, wipe: bool) -> None:
        self.kill(self.find("valkey"))
        if wipe:
            shutil.rmtree(self.children.place.folder / "valkey")

    def children_of(self, known: Known) -> list[int]:
        listing = Path(f"/proc/{known.pid}/task/{known.pid}/children").read_text()
        return [int(pid) for pid in listing.split()]

    # ------------------------------------------------------------ jobs
    def ask(self, tenant: str, *, numbers: Iterable[int] = range(40), kind: str = "report") -> int:
        """Request jobs; returns the id of the tenant."""
        return self.tell_driver(tenant=tenant, kind=kind, numbers=[*numbers])

    def tell_driver(self, **question: Any) -> int:
        """What `tests.faults.driver` is asked; returns the id of the tenant."""
        self.driver.stdin.write(json.dumps(question) + "\n")
        self.driver.stdin.flush()
        return int(self.driver.stdout.readline())

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Asked many times a second, so that the connection is kept; one whose server was killed is made anew."""
        if self.reader is not None and not self.reader.closed:
            try:
                return self.reader.execute(query, values).fetchall()
            except psycopg.OperationalError:
                self.reader.close()
        self.reader = psycopg.connect(self.server.owner_url, connect_timeout=60, autocommit=True)
        return self.reader.execute(query, values).fetchall()

    def states(self, tenant_id: int) -> dict[str, int]:
        return dict(self.rows("SELECT state, count(*) FROM jobs_job WHERE tenant_id = %s GROUP BY state", tenant_id))

    def wait_for_done(self, tenant_id: int, count: int) -> None:
        """Patience is for the next job: however many there are, a portal that goes on with them does not hang."""
        while (done := self._done(tenant_id)) < count:
            self.wait_for(partial(self._goes_on, tenant_id, done), f"{count} jobs are done", tenant_id)

    def _done(self, tenant_id: int) -> int:
        return self.states(tenant_id).get("done", 0)

    def _goes_on(self, tenant_id: int, done: int) -> bool:
        return self._done(tenant_id) > done

    def wait_until_busy(self, tenant_id: int, hands: int = HANDS) -> None:
        """So many hands of the worker are at a job."""
        self.wait_for(
            lambda: self.states(tenant_id).get("running", 0) >= hands, f"{hands} hands are at a job", tenant_id
        )

    def forget_tenants(self) -> None:
        """Without those of earlier tests: beat has the jobs of each of them swept each second."""
        with psycopg.connect(self.server.owner_url) as owner:
            owner.execute("DELETE FROM jobs_jobpart")
            owner.execute("DELETE FROM jobs_job")
            owner.execute("DELETE FROM conversations_outboxmessage")
            if owner.execute("SELECT EXISTS (SELECT FROM reporting_edition)").fetchone() == (True,):
                owner.execute("TRUNCATE tenancy_tenant CASCADE")  # what was issued cannot be deleted row by row
            owner.execute("DELETE FROM tenancy_tenant")

    def wait_for(self, is_so: Any, what: str, tenant_id: int | None = None) -> None:
        end = time.monotonic() + PATIENCE
        while not is_so():
            if time.monotonic() > end:
                states = "" if tenant_id is None else f": {self.states(tenant_id)}"
                raise TimeoutError(f"not within {PATIENCE:.0f} s: {what}{states}")
            self.restart_ended()
            time.sleep(0.05)
