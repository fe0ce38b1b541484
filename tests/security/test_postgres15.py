"""The walls stand on the oldest PostgreSQL that is supported too: the same tests, in the long run, on Debian's 15."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BINARIES = Path(os.environ.get("POSTGRES15_BIN", "/usr/lib/postgresql/15/bin"))
WALLS = [
    "tests/portal/test_scope.py",
    "tests/security/test_catalogue.py",
    "tests/security/test_attacks.py",
    "tests/security/test_mutation.py",
    "tests/security/test_pool.py::test_nothing_leaks_through_a_pool",
]


@pytest.mark.long
@pytest.mark.skipif(
    not (BINARIES / "postgres").exists(),
    reason="PostgreSQL 15 is not here: apt-get install postgresql-15, or say in POSTGRES15_BIN where it is",
)
def test_the_walls_stand_on_postgresql_15():
    named = {"DATABASE_URL", "OWNER_DATABASE_URL", "PYTEST_XDIST_WORKER", "PYTEST_XDIST_TESTRUNUID"}
    environment = {name: value for name, value in os.environ.items() if name not in named}
    command = [sys.executable, "-m", "portal.runner", "test", "--"]
    unused = ("cacheprovider", "_hypothesis_pytestplugin", "pytest_playwright.pytest_playwright")
    unused += ("schemathesis.pytest.plugin",)
    command += [sys.executable, "-m", "pytest", "-q", *(f"-pno:{name}" for name in unused), *WALLS]

    ended = subprocess.run(
        command,
        cwd=ROOT,
        env=environment | {"POSTGRES_BIN": str(BINARIES)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )

    assert ended.returncode == 0, ended.stdout[-4000:] + ended.stderr[-2000:]
    assert int(re.search(r"(\d+) passed", ended.stdout)[1]) > 450
