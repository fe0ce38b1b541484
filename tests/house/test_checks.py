"""`make check` finds nothing: types alone take half a minute, so the checks run beside the other tests."""

import subprocess

from tests.house import tree


def test_the_static_checks_find_nothing():
    checks = subprocess.run([tree.ROOT / "scripts" / "check"], capture_output=True, text=True, check=False)

    assert checks.returncode == 0, f"{checks.stdout}\n{checks.stderr}"
