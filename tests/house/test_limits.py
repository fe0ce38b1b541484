"""Files, functions and templates stay small enough to be read."""

import ast

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
    long = {name: len(tree.text(name).splitlines()) for name in tree.own(".py") if is_written_by_hand(name)}

    assert {name: lines for name, lines in long.items() if lines > FILE} == {}


def test_functions_stop_at_40_lines():
    long = {
        f"{name}:{function.lineno} {function.name}": lines_of(function)
        for name in tree.own(".py")
        if is_written_by_hand(name)
        for function in functions(name)
    }

    assert len(long) > 100
    assert {where: lines for where, lines in long.items() if lines > FUNCTION} == {}


def test_templates_stop_at_150_lines():
    long = {name: len(tree.text(name).splitlines()) for name in tree.own(".html", "templates")}

    assert long
    assert {name: lines for name, lines in long.items() if lines > TEMPLATE} == {}
