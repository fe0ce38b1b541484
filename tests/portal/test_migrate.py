"""Tables are changed by their owner only."""

import os
import subprocess
import sys

from portal import config


def test_migrations_without_the_owner_say_what_to_set():
    result = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=config.ROOT,
        env=os.environ | {"OWNER_DATABASE_URL": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 1
    assert "set OWNER_DATABASE_URL to postgres://portal_owner:PASSWORD@HOST/DATABASE" in result.stderr
