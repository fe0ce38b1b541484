"""The tree ties nobody to one machine, one package index or one secret."""

import re

import pytest

from tests.house import tree

# Written in pieces, so that this file does not find itself.
INDEX_HOSTS = ["pypi" + ".org", "python" + "hosted.org", "registry.npm" + "js.org"]
PATHS = [
    r"/(?:home|Users)/[a-z]\w*/",
    "/ro" + "ot/",
    r"(?<![\w./>-])/wo" + "rk/",
    "/tmp/par" + "ley/",
    r"\.\./sha" + "red",
]
UNSETTLED = r"^[<>]{7} "  # what an unfinished merge leaves
SECRETS = [
    "-----BEGIN [A-Z ]*PRIVATE" + " KEY-----",
    r"\bAKIA[0-9A-Z]{16}\b",
    r"\bgh[pousr]_[A-Za-z0-9]{30,}",
    r"\bxox[abpr]-[A-Za-z0-9-]{10,}",
    r"\b(?:postgres|postgresql|redis|amqp)://[^\s:@/]*:[A-Za-z0-9_-]{20,}@",
]
FOREIGN = [
    *(pytest.param(re.escape(host), id=f"index host {host}") for host in INDEX_HOSTS),
    *(pytest.param(path, id=f"path {path}") for path in PATHS),
    pytest.param(UNSETTLED, id="unfinished merge"),
    *(pytest.param(secret, id=f"secret {number}") for number, secret in enumerate(SECRETS)),
]


@pytest.mark.parametrize("pattern", FOREIGN)
def test_the_tree_holds_nothing_foreign(pattern):
    found = [
        f"{name}:{number}"
        for name in tree.files()
        for number, line in enumerate(tree.text(name).splitlines(), start=1)
        if re.search(pattern, line)
    ]

    assert found == []


def test_locks_pin_versions_and_hashes_and_name_no_host():
    for name in tree.own(".lock", "requirements"):
        lines = tree.text(name).splitlines()
        assert [line for line in lines if "://" in line or line.startswith("-")] == [], name
        pins = [line for line in lines if not line.startswith(" ")]
        assert pins
        assert [line for line in pins if "==" not in line or not line.endswith("\\")] == [], name


def test_no_file_of_a_machine_is_committed():
    left = [name for name in tree.files() if name.endswith((".pyc", ".env", ".sqlite3", ".log", "uv.lock"))]

    assert left == []
