"""What others made and we deliver or test with: the very files that are named, with their licences."""

import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VENDOR, TESTS = ROOT / "static" / "vendor", ROOT / "tests" / "browser" / "vendor"
VERSIONS = {folder: json.loads((folder / "versions.json").read_text()) for folder in (VENDOR, TESTS)}
SUMS = {
    folder / name: digest
    for folder, packages in VERSIONS.items()
    for package in packages.values()
    for name, digest in package["sha256"].items()
}


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in sorted(SUMS)])
def test_a_file_is_the_one_that_was_fetched(path):
    assert hashlib.sha256(path.read_bytes()).hexdigest() == SUMS[path]


@pytest.mark.parametrize("folder", [pytest.param(VENDOR, id="delivered"), pytest.param(TESTS, id="for tests")])
def test_no_file_is_there_without_its_origin(folder):
    found = {path for path in folder.rglob("*") if path.is_file()}

    assert found == {path for path in SUMS if path.is_relative_to(folder)} | {folder / "versions.json"}


def test_no_file_asks_for_a_source_map_or_another_host():
    styles = "".join(path.read_text() for path in VENDOR.rglob("*.css"))

    assert "sourceMappingURL" not in styles
    assert "url(http" not in styles.replace('"', "").replace("'", "")


def test_every_package_is_in_the_notices():
    notices = (ROOT / "THIRD_PARTY.md").read_text()
    packages = [each for folder in VERSIONS.values() for each in folder.items()]

    assert [name for name, package in packages if package["version"] not in notices] == []
