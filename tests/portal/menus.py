"""A menu without entries, for tests that count the questions of a page."""

from types import SimpleNamespace


def get_no_menu(*, membership, tenant, path):
    return SimpleNamespace(entries=[], waiting_count=0)
