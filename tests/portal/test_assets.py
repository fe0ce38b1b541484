"""What others made and we deliver: the very files that are named, with their licences."""

import hashlib
import json
from pathlib import Path

import pytest

VENDOR = Path(__file__).resolve().parents[2] / "static" / "vendor"
VERSIONS = json.loads((VENDOR / "versions.json").read_text())
SUMS = {name: digest for package in VERSIONS.values() for name, digest in package["sha256"].items()}


@pytest.mark.parametrize("name", sorted(SUMS))
def test_a_file_is_the_one_that_was_fetched(name):
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == SUMS[name]


def test_no_file_is_there_without_its_origin():
    found = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}

    assert found == {*SUMS, "versions.json"}


def test_no_file_asks_for_a_source_map_or_another_host():
    styles = "".join(path.read_text() for path in VENDOR.rglob("*.css"))

    assert "sourceMappingURL" not in styles
    assert "url(http" not in styles.replace('"', "").replace("'", "")


def test_every_package_is_in_the_notices():
    notices = (VENDOR.parents[1] / "THIRD_PARTY.md").read_text()

    assert [name for name, package in VERSIONS.items() if package["version"] not in notices] == []
