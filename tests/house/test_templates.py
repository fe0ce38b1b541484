"""Templates carry no style and no script of their own: the policy of the pages refuses both."""

import re

import pytest

from tests.house import tree

INLINE = [
    pytest.param(r"<style\b", id="style element"),
    pytest.param(r"<script\b(?![^>]*\bsrc=)", id="inline script"),
    pytest.param(r"\sstyle\s*=", id="style attribute"),
    pytest.param(r"\son[a-z]+\s*=\s*[\"']", id="event attribute"),
    pytest.param(r"javascript:", id="script in a link"),
    pytest.param(r"hx-on[:-]|hx-vars|js:", id="script in an htmx attribute"),
]
UNSAFE = [
    pytest.param(r"(?<!field\.help_text)\|\s*safe\b", id="safe filter, except on Django's own help texts"),
    pytest.param(r"{%\s*autoescape\s+off", id="autoescape off"),
    pytest.param(r"https?://(?!www\.w3\.org/)", id="address of another host"),
    pytest.param(r"\b(?:TO" + r"DO|FIX" + r"ME)\b", id="postponed work"),
]


@pytest.mark.parametrize("pattern", [*INLINE, *UNSAFE])
def test_templates_hold_no(pattern):
    found = [
        f"{name}:{tree.text(name)[: match.start()].count(chr(10)) + 1}"
        for name in tree.own(".html")
        for match in re.finditer(pattern, tree.text(name))
    ]

    assert found == []
