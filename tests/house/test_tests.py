"""The tests keep out of each other's way."""

import pytest

from tests.house import tree


def folders_with_a_package_fixture():
    names = {name for name in tree.own(".py", "tests") if 'scope="package"' in tree.text(name)}
    return sorted(name.rpartition("/")[0] for name in names if name.endswith("/conftest.py"))


@pytest.mark.parametrize("folder", folders_with_a_package_fixture())
def test_what_is_made_for_a_package_ends_with_it(folder):
    """Without `__init__.py` pytest keeps it to the end of the session, where other tests meet its environment."""
    assert f"{folder}/__init__.py" in tree.files()
