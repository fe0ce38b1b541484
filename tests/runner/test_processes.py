"""Children end in order, sharply if they must, and do not outlive a killed runner."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from portal.runner import demo, processes
from portal.runner.errors import RunnerError
from portal.runner.places import CHECKOUT
from portal.runner.processes import Children, birth, stop_runner

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)",
]
WITH_CHILD = [
    sys.executable,
    "-c",
    f"import subprocess; child = subprocess.Popen({SLEEP!r}); print(child.pid, flush=True); child.wait()",
]
SAYS_ITS_END = """
import signal, sys, time
from pathlib import Path
def end(*_):
    with open("ends", "a") as ends:
        ends.write(sys.argv[1] + " ")
    raise SystemExit
signal.signal(signal.SIGTERM, end)
Path(sys.argv[1]).touch()
time.sleep(600)
"""
KILLED_RUNNER = """
import sys
from pathlib import Path
from portal.runner.places import Place
from portal.runner.processes import Children
with Children(Place(Path(sys.argv[1]))) as children:
    (Path(sys.argv[1]) / "left").mkdir()
    children.add_temporary(Path(sys.argv[1]) / "left")
    known = children.start("sleeper", sys.argv[2:], cwd=Path("."), env={})
    print(known.pid, flush=True)
    import time
    time.sleep(600)
"""


def start(children, name, command):
    return children.start(name, command, cwd=children.place.folder, env=dict(os.environ))


def wait_until(condition, seconds=120):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def start_runner(place):
    runner = subprocess.Popen(
        [sys.executable, "-c", KILLED_RUNNER, str(place.folder), *SLEEP],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        text=True,
    )
    with runner.stdout as said:
        return runner, int(said.readline())


def test_children_stop_in_reverse_order(place):
    names = ["first", "second", "third"]
    with Children(place) as children:
        pids = [start(children, name, [sys.executable, "-c", SAYS_ITS_END, name]).pid for name in names]
        wait_until(lambda: all((place.folder / name).exists() for name in names))

    assert (place.folder / "ends").read_text() == "third second first "
    assert [birth(pid) for pid in pids] == [None, None, None]


def test_a_deaf_child_is_killed_after_its_signals(place, monkeypatch):
    monkeypatch.setattr(processes, "PATIENCE", 0.3)
    with Children(place) as children:
        deaf = children.start(
            "deaf", DEAF, cwd=place.folder, env=dict(os.environ), signals=(signal.SIGTERM, signal.SIGTERM)
        )
        wait_until(lambda: "deaf" in children.log_of("deaf").read_text())

    assert birth(deaf.pid) is None


def test_grandchildren_go_with_a_killed_child(place):
    with Children(place) as children:
        child = start(children, "parent", WITH_CHILD)
        wait_until(lambda: children.log_of("parent").read_text().strip())
        grandchild = int(children.log_of("parent").read_text())
        os.kill(child.pid, signal.SIGKILL)

    wait_until(lambda: birth(grandchild) is None)


def test_a_dead_child_is_reported_with_its_last_words(place):
    with Children(place) as children:
        child = start(children, "web", [sys.executable, "-c", "raise SystemExit('no such table')"])
        children.handles[child.pid].wait()

        with pytest.raises(RunnerError, match=r"web ended with 1.*\n  no such table"):
            children.refuse_dead()


def test_a_lasting_child_is_started_again_with_its_group_gone_and_its_log_kept(place):
    with Children(place) as children:
        children.start_lasting("worker", WITH_CHILD, cwd=place.folder, env=dict(os.environ))
        wait_until(lambda: children.log_of("worker").read_text().strip())
        grandchild = int(children.log_of("worker").read_text())
        (first,) = children.running
        assert children.tend() == []
        os.kill(first.pid, signal.SIGKILL)
        wait_until(children.dead)

        assert children.tend() == ["worker ended with -9 and is started again"]

        (second,) = children.running
        assert (second.name, second.is_alive(), birth(grandchild)) == ("worker", True, None)
        assert second.pid != first.pid
        assert json.loads((place.folder / "processes.json").read_text())["children"][0]["pid"] == second.pid
        wait_until(lambda: len(children.log_of("worker").read_text().split()) == 2)  # the first one's words stay


def test_a_lasting_child_that_ends_again_and_again_ends_the_demo(place, capsys):
    with Children(place) as children:
        dies = [sys.executable, "-c", "raise SystemExit('no such table')"]
        children.start_lasting("web", dies, cwd=place.folder, env=dict(os.environ))

        with pytest.raises(RunnerError, match=r"web ended with 1 again and again.*\n  no such table"):
            demo.watch(children)

    said = capsys.readouterr().out.splitlines()
    assert [line.partition(";")[0] for line in said] == ["==> web ended with 1 and is started again"] * 3


def test_a_server_that_ends_ends_the_demo_though_a_worker_ended_with_it(place):
    with Children(place) as children:
        server = start(children, "valkey", [sys.executable, "-c", "raise SystemExit('out of memory')"])
        children.start_lasting("worker", SLEEP, cwd=place.folder, env=dict(os.environ))
        os.kill(children.running[1].pid, signal.SIGKILL)
        children.handles[server.pid].wait()

        with pytest.raises(RunnerError, match=r"valkey ended with 1\. Its last words:\n  out of memory"):
            demo.watch(children)


def test_a_place_is_used_by_one_runner_at_a_time(place):
    with Children(place), pytest.raises(RunnerError, match="make stop"), Children(place):
        pass


def test_what_a_killed_runner_left_is_stopped_at_the_next_start(place):
    runner, orphan = start_runner(place)
    runner.kill()
    runner.wait()
    assert birth(orphan)

    with Children(place):
        assert birth(orphan) is None
        assert not (place.folder / "left").exists()


def test_a_stranger_with_the_number_of_a_dead_child_is_left_alone(place):
    stranger = subprocess.Popen(SLEEP, start_new_session=True)
    record = {"name": "web", "pid": stranger.pid, "birth": "1", "signals": [signal.SIGTERM]}
    (place.folder / "processes.json").write_text(
        json.dumps({"runner": 1, "birth": "1", "temporary": [], "children": [record]})
    )

    with Children(place):
        assert stranger.poll() is None

    stranger.kill()
    stranger.wait()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["orderly", "after kill -9"])
def test_stop_ends_the_runner_and_its_children(place, how):
    runner, child = start_runner(place)
    if how == signal.SIGKILL:
        runner.kill()
        runner.wait()

    assert stop_runner(place)

    assert birth(child) is None
    runner.wait()
    assert not stop_runner(place)
