"""Statements that are written by hand name their tenant themselves: the row policies are the second layer."""

import ast
import re

from tests.house.tree import APPS, ROOT, own

TABLE = re.compile(r"\b(?:FROM|JOIN|UPDATE|INTO) (?:catalog|slas|improvement|reporting)_\w+")


def statements():
    for name in own(".py", *APPS):
        if "/migrations/" not in name:
            for node in ast.walk(ast.parse((ROOT / name).read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and TABLE.search(node.value):
                    yield f"{name}:{node.lineno}", node.value


def test_each_statement_names_its_tenant():
    found = dict(statements())

    assert len(found) >= 5
    assert [where for where, statement in found.items() if "tenant_id" not in statement] == []
