"""What belongs to the tree: the files that are, or would be, committed."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("catalog", "slas", "improvement", "reporting")
NOUNS = (*APPS, "portal/accounts", "portal/conversations", "portal/audit", "portal/jobs")
CODE = ("portal", *APPS, "demo")
VENDORED = "static/vendor/"


@cache
def files() -> tuple[str, ...]:
    """Paths of all files that git knows or would add."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(sorted(name for name in listing.split("\0") if name and (ROOT / name).is_file()))


def own(ending: str, *folders: str) -> Iterator[str]:
    """Our own files with that ending, in those folders or anywhere."""
    for name in files():
        inside = not folders or name.startswith(tuple(f"{folder}/" for folder in folders))
        if name.endswith(ending) and inside and not name.startswith(VENDORED):
            yield name


def own_python() -> Iterator[str]:
    """Our own Python, by its ending or, as the scripts are called without one, by its first line."""
    for name in own(""):
        if name.endswith(".py") or re.match(r"#!.*\bpython", text(name)):
            yield name


def text(name: str) -> str:
    """The text of a file; nothing for a binary one."""
    content = (ROOT / name).read_bytes()
    return "" if b"\0" in content else content.decode("utf-8", errors="replace")


def parsed(name: str) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(text(name), filename=name)
