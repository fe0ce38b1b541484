"""The documents lead somewhere: each relative link names a file of the tree."""

import re
from pathlib import PurePath

import pytest

from tests.house import tree

LINK = re.compile(r"\[[^\]]*\]\((?!https?://|mailto:|#)([^)#\s]+)")


@pytest.mark.parametrize("name", sorted(tree.own(".md")))
def test_links_lead_to_files(name):
    folder = PurePath(name).parent
    targets = {tree.ROOT / folder / link for link in LINK.findall(tree.text(name))}

    assert sorted(str(target) for target in targets if not target.exists()) == []
