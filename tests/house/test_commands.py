"""The commands of the checkout: what they refuse, and that they do nothing twice."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.house import tree

SKIPPED_TEST = "import pytest\n\n\ndef test_browser():\n    pytest.skip('no browser')\n"
SKIPPED_MODULE = "import pytest\n\npytest.skip('no PDF libraries', allow_module_level=True)\n"
EXPECTED_FAILURE = "import pytest\n\n\n@pytest.mark.xfail\ndef test_known():\n    raise AssertionError\n"


INHERITED = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")  # a make around the tests would let ours say where it is


def run(*command, **environment):
    usual = {name: value for name, value in os.environ.items() if name not in INHERITED}
    return subprocess.run(command, cwd=tree.ROOT, env=usual | environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("ci", "text", "code"),
    [
        pytest.param("true", SKIPPED_TEST, 1, id="a skipped test fails in CI"),
        pytest.param("true", SKIPPED_MODULE, 2, id="a skipped module fails in CI"),
        pytest.param("true", EXPECTED_FAILURE, 0, id="an expected failure stays one"),
        pytest.param("", SKIPPED_TEST, 0, id="a skipped test is only told elsewhere"),
    ],
)
def test_skips(tmp_path, ci, text, code):
    file = tmp_path / "test_it.py"
    file.write_text(text)
    options = ["-p", "tests.plugins.no_skips", "-p", "no:cacheprovider", "-c", os.devnull]

    result = run(
        sys.executable,
        "-m",
        "pytest",
        *options,
        f"--rootdir={tmp_path}",
        str(file),
        CI=ci,
        PYTEST_DISABLE_PLUGIN_AUTOLOAD="1",
    )

    assert result.returncode == code, result.stdout
    assert ("Skipped, which is a failure in CI" in result.stdout) == (code != 0)


def test_the_environment_is_not_made_twice():
    result = run("scripts/bootstrap", "dev")

    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


@pytest.fixture
def bare(tmp_path):
    """The PATH of a machine on which no package is installed; it writes down what apt-get is asked for."""

    def make(*, user):
        commands = {"id": f"echo {user}", "dpkg-query": "exit 1", "apt-get": f'echo "$@" >> {tmp_path}/asked; exit 1'}
        for name, line in commands.items():
            (tmp_path / name).write_text(f"#!/bin/sh\n{line}\n")
            (tmp_path / name).chmod(0o755)
        return {"PATH": f"{tmp_path}:{os.environ['PATH']}", "CHROMIUM": "/usr/bin/true"}

    return make


def test_the_environment_alone_needs_no_system_package(bare, tmp_path):
    result = run("scripts/bootstrap", "dev", **bare(user=0))

    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert not (tmp_path / "asked").exists()


@pytest.mark.parametrize("kind", ["demo", "test"])
def test_without_the_right_to_install_one_sentence_says_how(bare, tmp_path, kind):
    result = run("scripts/bootstrap", kind, **bare(user=1000))

    assert result.returncode == 1
    sentence = "Parley needs system packages: sudo apt-get install --no-install-recommends libpango-1.0-0"
    assert result.stderr.startswith(sentence)
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "asked").exists()


def test_an_unknown_kind_of_environment_is_refused():
    result = run("scripts/bootstrap", "production")

    assert result.returncode == 2
    assert result.stderr == "scripts/bootstrap: unknown kind 'production'; choose demo, dev or test.\n"


def test_help_lists_every_target():
    targets = {line.split(":")[0] for line in tree.text("Makefile").splitlines() if ": ##" in line}

    listed = {line.split()[1] for line in run("make", "--no-print-directory", "help").stdout.splitlines()}

    assert listed == targets
    assert {"setup", "demo", "stop", "check", "test", "test-long", "pictures", "help"} <= targets


def test_what_was_compiled_is_kept():
    look = "--eval=look: ; @$(PYTHON) -c 'import sys; print(sys.dont_write_bytecode)'"

    assert run("make", "--no-print-directory", look, "look", PYTHONDONTWRITEBYTECODE="1").stdout == "False\n"


def test_the_image_is_not_called_good_without_a_look_at_the_compose_file(tmp_path):
    for name in ("env", "bash", "dirname", "grep", "sort"):
        (tmp_path / name).symlink_to(shutil.which(name))
    for name, line in {"id": "echo 0", "debootstrap": "exit 1", "buildah": "exit 1"}.items():
        (tmp_path / name).write_text(f"#!{shutil.which('bash')}\n{line}\n")
        (tmp_path / name).chmod(0o755)

    result = run("scripts/check_image", PATH=str(tmp_path))

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "The compose file cannot be read: apt-get install docker-compose\n"
