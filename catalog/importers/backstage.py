"""Entities of a Backstage catalogue (`catalog-info.yaml`) as a table of services.

The format: https://backstage.io/docs/features/software-catalog/descriptor-format. One object a document, known by
`kind:namespace/name`. Systems, components, APIs and resources are what services are; people, groups and others are
told as rows that are left out.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from catalog.importers.documents import Document, read_documents
from catalog.importers.files import Record, RowProblem, Table, UnusableFile, shown

ITS_OWN = re.compile(rb"^[ \t-]*[\"']?apiVersion[\"']?[ \t]*:[ \t]*[\"']?backstage\.io/", re.MULTILINE)
VERSIONS = ("backstage.io/v1alpha1", "backstage.io/v1beta1")
KINDS = ("system", "component", "api", "resource")
COLUMNS = ("entity", "title", "description", "kind of entity", "type", "lifecycle", "owner", "part of", "tags")


def is_backstage(content: bytes) -> bool:
    """Whether a file says of itself that it holds entities of Backstage."""
    return ITS_OWN.search(content) is not None


def read_backstage(content: bytes) -> Table:
    """Each entity that can be a service, by the number of its document; the others with what is wrong with them.

    Raises UnusableFile for what is no plain YAML, and where no entity is left.
    """
    records: list[Record] = []
    problems: list[RowProblem] = []
    for document in read_documents(content):
        problem = _problem(document)
        if problem:
            problems.append(problem)
        else:
            records.append((document.number, dict(zip(COLUMNS, _cells(document.body), strict=True))))
    if not records:
        first = problems[0]
        raise UnusableFile(f"Document {first.row}, {first.field}: {first.what}", first.to_do)
    return Table(COLUMNS, records, problems)


def _problem(document: Document) -> RowProblem | None:
    """The first thing that keeps an entity from being a service."""
    return next(
        (RowProblem(document.number, field, what, to_do) for field, what, to_do in _wrong(document.body)),
        None,
    )


def _wrong(body: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    version, kind = body.get("apiVersion"), body.get("kind")
    if version not in VERSIONS:
        versions = _("Write one of: %(versions)s.") % {"versions": ", ".join(VERSIONS)}
        yield "apiVersion", _("%(version)s is not read here") % {"version": shown(version)}, versions
    if str(kind).lower() not in KINDS:
        yield "kind", _("%(kind)s is no service") % {"kind": shown(kind)}, _("Nothing: it is left out.")
    for part in ("metadata", "spec"):
        if not isinstance(body.get(part, {}), dict):
            yield part, _("It has no fields"), _("Write fields under it.")
    metadata = body.get("metadata")
    if not isinstance(metadata, dict) or not isinstance(metadata.get("name"), str):
        yield "metadata.name", _("It has no name"), _("Name the entity.")


def _cells(body: Mapping[str, Any]) -> Iterator[str]:
    metadata, spec = body["metadata"], body.get("spec", {})
    kind, name = str(body["kind"]).lower(), metadata["name"]
    namespace = _said(metadata.get("namespace")) or "default"
    yield f"{kind}:{name}" if namespace == "default" else f"{kind}:{namespace}/{name}"
    yield _said(metadata.get("title")) or name
    yield _said(metadata.get("description"))
    yield kind.capitalize() if kind != "api" else "API"
    yield _said(spec.get("type"))
    yield _said(spec.get("lifecycle"))
    yield _named(spec.get("owner"))
    yield _named(spec.get("system") or spec.get("domain"))
    tags = metadata.get("tags")
    yield ", ".join(_said(tag) for tag in tags) if isinstance(tags, list) else _said(tags)


def _said(value: Any) -> str:
    """Text as it is; numbers and words that YAML reads as something else as text, anything with parts as nothing."""
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()


def _named(reference: Any) -> str:
    """The name in a reference `[kind:][namespace/]name`."""
    return _said(reference).rpartition("/")[2].rpartition(":")[2]
