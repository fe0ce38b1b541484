"""Children in process groups of their own: started in order, written down, stopped in reverse order.

What is written down lets the next start clean up after a runner that was killed with -9.
"""

import contextlib
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, Any, Self

from portal.runner.errors import RunnerError
from portal.runner.places import Place

PATIENCE = 10.0  # seconds from one signal to the next, sharper one
TAIL = 15  # lines of a log shown when its process has died
MOST_ENDS, WITHIN = 3, 60.0  # a child that ends more often within so many seconds is not started again


@dataclass(frozen=True, slots=True)
class Known:
    """A process that we started: its birth tells it from a later one that was given the same number."""

    name: str
    pid: int
    birth: str
    signals: list[int]

    def is_alive(self) -> bool:
        """Whether that very process still runs."""
        return birth(self.pid) == self.birth

    def stop(self) -> None:
        """Signal, wait, signal more sharply; at last kill the whole group."""
        for number in self.signals:
            if not self.is_alive():
                break
            os.kill(self.pid, number)
            if self._is_gone_within(PATIENCE):
                break
        if birth(self.pid) in (None, self.birth):  # the number was not given to a stranger
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
            self._is_gone_within(PATIENCE)

    def _is_gone_within(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if not self.is_alive():
                return True
            time.sleep(0.05)
        return False


@dataclass(slots=True)
class Children:
    """The processes of one place; as a context manager it holds the place's lock and stops them at the end."""

    place: Place
    running: list[Known] = field(default_factory=list)
    handles: dict[int, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    temporary: list[str] = field(default_factory=list)
    lasting: dict[str, Callable[[], Known]] = field(default_factory=dict)
    ends: dict[str, list[float]] = field(default_factory=dict)
    lock: IO[str] | None = None

    def __enter__(self) -> Self:
        """Take the place; what an earlier, killed runner left behind is stopped first."""
        self.lock = (self.place.folder / "lock").open("a")
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self.lock.close()
            raise RunnerError("Parley already runs from this checkout; `make stop` ends it.") from error
        stop_recorded(self.place)
        self._record()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop all, last started first."""
        with undisturbed():
            self._stop()

    def _stop(self) -> None:
        for known in reversed(self.running):
            known.stop()
            self.handles[known.pid].wait()
        for folder in self.temporary:
            shutil.rmtree(folder, ignore_errors=True)
        _record_of(self.place).unlink(missing_ok=True)
        if self.lock:
            self.lock.close()

    def start(
        self,
        name: str,
        command: Sequence[str],
        *,
        cwd: Path,
        env: Mapping[str, str],
        as_servers: bool = False,
        signals: Sequence[int] = (signal.SIGTERM, signal.SIGQUIT),
        feed: str = "",
    ) -> Known:
        """Start a process with its log beside the place's data; `as_servers` runs it as their account."""
        with self.log_of(name).open("ab" if self.ends.get(name) else "wb") as log:
            handle = subprocess.Popen(  # noqa: S603  our own commands
                list(command),
                cwd=cwd,
                env=dict(env),
                stdin=subprocess.PIPE if feed else subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **(self.place.account() if as_servers else {}),
            )
        known = Known(name, handle.pid, birth(handle.pid) or "", list(signals))
        self.running.append(known)
        self.handles[handle.pid] = handle
        self._record()
        if feed:
            _feed(handle, feed)
        return known

    def start_lasting(self, name: str, command: Sequence[str], **how: Any) -> Known:
        """Start a process as `start` does; `tend` starts it again when it ends."""
        self.lasting[name] = partial(self.start, name, command, **how)
        return self.lasting[name]()

    def tend(self) -> list[str]:
        """Start the lasting children that have ended again; says which, and how they ended.

        Raises RunnerError with its last words for any other child that has ended, and for one that ends too often.
        """
        said = []
        for known in [each for each in self.running if self._has_ended(each)]:
            now = time.monotonic()
            recent = [at for at in self.ends.get(known.name, []) if now - at < WITHIN]
            if known.name not in self.lasting or len(recent) == MOST_ENDS:
                raise self._last_words(known)
            self.ends[known.name] = [*recent, now]
            said.append(f"{known.name} ended with {self.handles[known.pid].returncode} and is started again")
            known.stop()  # what is left of its group
            self.forget(known)
            self.lasting[known.name]()
        return said

    def run(self, name: str, command: Sequence[str], *, cwd: Path, env: Mapping[str, str]) -> int:
        """Run a command to its end in the foreground; its output is shown; returns its exit code."""
        sys.stdout.flush()
        handle = subprocess.Popen(list(command), cwd=cwd, env=dict(env), start_new_session=True)  # noqa: S603
        known = Known(name, handle.pid, birth(handle.pid) or "", [signal.SIGTERM])
        self.running.append(known)
        self.handles[handle.pid] = handle
        self._record()
        code = handle.wait()
        self.forget(known)
        return code

    def forget(self, known: Known) -> None:
        """Drop a child that has ended and is started again."""
        self.handles.pop(known.pid).wait()
        self.running.remove(known)
        self._record()

    def dead(self) -> Known | None:
        """The first child that has ended, if one has."""
        return next((known for known in self.running if self._has_ended(known)), None)

    def refuse_dead(self) -> None:
        """Raise with the end of the log if a child has ended."""
        if known := self.dead():
            raise self._last_words(known)

    def _has_ended(self, known: Known) -> bool:
        return self.handles[known.pid].poll() is not None

    def _last_words(self, known: Known) -> RunnerError:
        lines = self.log_of(known.name).read_text(errors="replace").splitlines()[-TAIL:]
        often = " again and again" if self.ends.get(known.name) else ""
        end = f"{known.name} ended with {self.handles[known.pid].returncode}{often}"
        return RunnerError(f"{end}. Its last words:\n" + "\n".join(f"  {x}" for x in lines))

    def log_of(self, name: str) -> Path:
        """The log file of a child."""
        logs = self.place.folder / "logs"
        logs.mkdir(exist_ok=True)
        return logs / f"{name}.log"

    def add_temporary(self, folder: Path) -> None:
        """Remove that folder at the end, or at the next start if there is no orderly end."""
        self.temporary.append(str(folder))
        self._record()

    def _record(self) -> None:
        record = {
            "runner": os.getpid(),
            "birth": birth(os.getpid()),
            "temporary": self.temporary,
            "children": [asdict(known) for known in self.running],
        }
        path = _record_of(self.place)
        part = path.with_suffix(".part")
        part.write_text(json.dumps(record))
        part.replace(path)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Let nothing interrupt an orderly stop that has begun."""
    asked = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = [signal.signal(number, signal.SIG_IGN) for number in asked]
    try:
        yield
    finally:
        for number, handler in zip(asked, before, strict=True):
            signal.signal(number, handler)


def birth(pid: int) -> str | None:
    """When a process began, as the system tells it; None if there is none or it has ended."""
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        try:
            state, *rest = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return None
        return None if state == "Z" else rest[18]
    answer = subprocess.run(["ps", "-o", "state=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S603, S607
    state, _, started = answer.stdout.strip().partition(" ")
    return None if not state or state.startswith("Z") else started.strip()


def stop_recorded(place: Place) -> None:
    """Stop what an earlier runner wrote down and left running, last started first, and remove its folders."""
    path = _record_of(place)
    if not path.exists():
        return
    record = json.loads(path.read_text())
    for child in reversed(record["children"]):
        Known(**child).stop()
    for folder in record["temporary"]:
        shutil.rmtree(folder, ignore_errors=True)
    path.unlink()


def stop_runner(place: Place) -> bool:
    """End the runner of a place in an orderly way, or clean up after it; False if nothing ran."""
    path = _record_of(place)
    if not path.exists():
        return False
    record = json.loads(path.read_text())
    runner = Known("runner", record["runner"], record["birth"], [signal.SIGTERM])
    if runner.is_alive():
        os.kill(runner.pid, signal.SIGTERM)
        while runner.is_alive():
            time.sleep(0.1)
    stop_recorded(place)
    return True


def _record_of(place: Place) -> Path:
    return place.folder / "processes.json"


def _feed(handle: "subprocess.Popen[bytes]", text: str) -> None:
    if handle.stdin:
        handle.stdin.write(text.encode())
        handle.stdin.close()
