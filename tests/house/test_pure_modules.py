"""Pure modules compute: the standard library, numbers and each other in, results out; no clock, no database."""

import ast
import sys
from pathlib import PurePath

import pytest

from tests.house import tree

PURE = (
    *("portal/language", "portal/charts", "slas/calculation", "slas/wording"),
    "catalog/peaks.py",
    *("reporting/layout.py", "reporting/scorecard.py", "reporting/value.py"),
)
EDGES = {"apps.py", "urls.py", "views.py"}  # a pure package may have a page of its own
NUMBERS = {"numpy", "dateutil", "holidays"}
DATA = {"yaml"}  # rules that are data
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "perf_counter", "localtime"}
CLOCK_MODULES = {"datetime", "date", "time", "timezone", "dt"}


def test_each_name_on_the_list_is_there():
    held = set(tree.files())

    assert [pure for pure in PURE if pure not in held and f"{pure}/__init__.py" not in held] == []


def pure_files():
    for name in tree.own(".py", "portal", *tree.APPS):
        inside = any(name == pure or name.startswith(f"{pure}/") for pure in PURE)
        edge = PurePath(name).name in EDGES or "templatetags" in name
        if inside and not edge:
            yield name


def imported(name):
    for node in ast.walk(tree.parsed(name)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: imports are absolute"
            yield node.module


def is_pure(module):
    path = module.replace(".", "/")
    return any(f"{path}/".startswith(f"{pure.removesuffix('.py')}/") for pure in PURE)


@pytest.mark.parametrize("name", sorted(pure_files()))
def test_pure_modules_import_only_what_is_pure(name):
    foreign = [
        module
        for module in imported(name)
        if module.split(".")[0] not in sys.stdlib_module_names | NUMBERS | DATA and not is_pure(module)
    ]

    assert foreign == []


@pytest.mark.parametrize("name", sorted(pure_files()))
def test_pure_modules_read_no_clock(name):
    calls = [
        f"line {node.lineno}: {ast.unparse(node.func)}"
        for node in ast.walk(tree.parsed(name))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and ast.unparse(node.func.value).rpartition(".")[2] in CLOCK_MODULES
    ]

    assert calls == []
