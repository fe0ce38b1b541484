"""The direction of imports is the contract in pyproject.toml."""

import subprocess
import sys
from pathlib import Path

from tests.house import tree


def test_imports_go_one_way():
    lint = Path(sys.executable).with_name("lint-imports")

    result = subprocess.run([lint, "--no-cache"], cwd=tree.ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout + result.stderr
    assert "4 kept, 0 broken" in result.stdout
