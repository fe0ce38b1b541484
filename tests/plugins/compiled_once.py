"""What a fresh checkout has not compiled is compiled once: each process of a run takes its share before all load it."""

from compileall import compile_file
from pathlib import Path

import pytest
from _pytest.assertion import rewrite

ROOT = Path(__file__).parents[2]
APPS = ("portal", "catalog", "slas", "improvement", "reporting", "demo", "bench", "tests")


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Processes start together and load the same modules in the same order: each would compile all of them."""
    told = getattr(session.config, "workerinput", None)
    if told is None:
        return
    files = sorted(file for app in APPS for file in (ROOT / app).rglob("*.py"))
    for file in files[int(told["workerid"].removeprefix("gw")) :: told["workercount"]]:
        if file.name.startswith("test_"):
            _compile_test(file, session.config)
        else:
            compile_file(file, quiet=2)


def _compile_test(file: Path, config: pytest.Config) -> None:
    """As pytest does it when it loads the module: its assertions tell what they compared."""
    state = config.stash[rewrite.assertstate_key]
    folder = rewrite.get_cache_dir(file)
    kept = folder / (file.stem + rewrite.PYC_TAIL)
    if rewrite.try_makedirs(folder) and rewrite._read_pyc(file, kept, state.trace) is None:
        made_from, code = rewrite._rewrite_test(file, config)
        rewrite._write_pyc(state, code, made_from, kept)
