"""Files, functions and templates stay small enough to be read."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import tree

FILE, FUNCTION, TEMPLATE = 400, 40, 150


def is_written_by_hand(name):
    return "/migrations/" not in name


def lines_of(function):
    """Lines of a function without its docstring."""
    length = function.end_lineno - function.lineno + 1
    if ast.get_docstring(function) is None:
        return length
    docstring = function.body[0]
    return length - (docstring.end_lineno - docstring.lineno + 1)


def functions(name):
    for node in ast.walk(tree.parsed(name)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_files_stop_at_400_lines():
    long = {name: len(tree.text(name).splitlines()) for name in tree.own_python() if is_written_by_hand(name)}

    assert {"manage.py", "scripts/pictures", "scripts/vendor_assets"} <= set(long)
    assert {name: lines for name, lines in long.items() if lines > FILE} == {}


@pytest.mark.parametrize("ending", [".css", ".js"])
def test_our_style_and_scripts_stop_there_too(ending):
    long = {name: len(tree.text(name).splitlines()) for name in tree.own(ending, "static")}

    assert long
    assert {name: lines for name, lines in long.items() if lines > FILE} == {}


def test_functions_stop_at_40_lines():
    long = {
        f"{name}:{function.lineno} {function.name}": lines_of(function)
        for name in tree.own_python()
        if is_written_by_hand(name)
        for function in functions(name)
    }

    assert len(long) > 100
    assert {where: lines for where, lines in long.items() if lines > FUNCTION} == {}


def test_ruff_sees_every_file_of_python():
    command = [sys.executable, "-m", "ruff", "check", "--show-files", "--no-cache"]
    shown = subprocess.run(command, cwd=tree.ROOT, capture_output=True, text=True, check=True).stdout.splitlines()

    assert set(tree.own_python()) - {str(Path(name).relative_to(tree.ROOT)) for name in shown} == set()


def test_templates_stop_at_150_lines():
    long = {name: len(tree.text(name).splitlines()) for name in tree.own(".html", "templates")}

    assert long
    assert {name: lines for name, lines in long.items() if lines > TEMPLATE} == {}
