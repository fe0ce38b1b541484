"""The list of kinds of file is exhaustive: a new kind is a decision, not a drawer."""

from pathlib import PurePath

from tests.house import tree

KINDS = {
    *{"__init__", "models", "queries", "actions", "tasks", "forms", "views", "api", "urls", "admin", "apps"},
    *{"importers", "exports", "errors", "management", "templatetags", "migrations"},
}
PURE = {
    "catalog": {"peaks"},
    "slas": {"calculation", "wording"},
    "reporting": {"layout", "scorecard", "value"},
    "portal/accounts": {"policies"},
    "portal/conversations": {"rendering"},
}
ADAPTERS = {"portal/accounts": {"adapter"}, "portal/audit": {"history"}}  # how a library meets our models
REGISTRIES = {"portal/jobs": {"registry"}}  # what the upper apps add by dotted name
PORTAL = {
    *{"__init__", "config", "settings", "urls", "celery", "wsgi", "clock", "logs", "health", "views", "pages", "pdf"},
    "exports",
    *{"tenancy", "accounts", "conversations", "audit", "jobs", "language", "charts", "runner"},
}
DRAWERS = {"util", "utils", "helper", "helpers", "common", "misc", "signals", "mixins", "shared", "lib"}


def kinds_in(folder):
    for name in tree.own(".py", folder):
        yield PurePath(name).relative_to(folder).parts[0].removesuffix(".py"), name


def test_each_noun_has_only_the_known_kinds():
    unknown = [
        name
        for noun in tree.NOUNS
        for kind, name in kinds_in(noun)
        if kind not in KINDS | PURE.get(noun, set()) | ADAPTERS.get(noun, set()) | REGISTRIES.get(noun, set())
    ]

    assert unknown == []


def test_each_kind_of_one_noun_alone_is_there():
    listed = [(noun, kind) for only in (PURE, ADAPTERS, REGISTRIES) for noun, kinds in only.items() for kind in kinds]
    listed += [("portal", kind) for kind in PORTAL]

    assert [each for each in listed if each[1] not in {kind for kind, _ in kinds_in(each[0])}] == []


def test_the_ground_has_only_its_known_rooms():
    assert [name for kind, name in kinds_in("portal") if kind not in PORTAL] == []


def test_there_are_no_drawers():
    drawers = [name for name in tree.own(".py") if DRAWERS & set(PurePath(name).with_suffix("").parts)]

    assert drawers == []
