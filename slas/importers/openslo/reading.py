"""A file of OpenSLO as a whole: its objects in the order in which they need each other."""

from collections.abc import Callable, Iterator

from catalog.importers.documents import Document, read_documents
from catalog.importers.files import shown
from slas.importers.openslo.drafts import FileDraft
from slas.importers.openslo.indicators import Known, read_indicator, read_service, read_source
from slas.importers.openslo.objectives import read_slo
from slas.importers.openslo.parts import Part, Remark
from slas.queries.openslo_words import VERSION

ALERTS = ("AlertPolicy", "AlertCondition", "AlertNotificationTarget")
KINDS = ("DataSource", "Service", "SLI", "SLO", *ALERTS)


def read_openslo(content: bytes, *, columns: frozenset[str], is_by_calendar: bool = False) -> FileDraft:
    """What a file says, with all that is wrong with it. Raises UnusableFile for what is no such file.

    `columns` are those of a table of promises whose cells the annotations of our own files carry. A window that is no
    calendar month, quarter or year refuses the file, or is judged by the calendar where that was chosen.
    """
    file, known = FileDraft(is_by_calendar), Known()
    objects = [(kind, part) for kind, part in map(_opened(file), read_documents(content)) if kind]
    for part in _of(objects, "DataSource"):
        slug, words = read_source(part)
        known.sources[slug] = words
    for part in _of(objects, "Service"):
        service = read_service(part)
        _once(part, service.slug in file.services)
        file.services[service.slug] = service
    for part in _of(objects, "SLI"):
        measure = read_indicator(part, known)
        if measure is not None:
            _once(part, measure.slug in known.indicators)
            known.indicators[measure.slug] = measure
    for part in _of(objects, "SLO"):
        read_slo(part, known, file, columns)
    for kind in ALERTS:
        for part in _of(objects, kind):
            part.note("", f"{kind}: alerts are not part of an agreement, so this is left out", "")
    if not file.promises and not file.report.problems:
        words = "No promise can be made of this file"
        file.report.problems.append(Remark(1, "kind", words, "It needs an SLO whose indicator can be counted."))
    return file


def _opened(file: FileDraft) -> Callable[[Document], tuple[str, Part]]:
    """Each document by its kind; of a kind or version that is not known with a problem, and without a kind."""

    def open_one(document: Document) -> tuple[str, Part]:
        part = Part(document.body, document=document.number, path="", report=file.report)
        version, kind = part.value("apiVersion"), part.value("kind")
        if version != VERSION:
            part.problem("apiVersion", f"{shown(version)} is not read here", f"Write the file as {VERSION}.")
            return "", part
        if kind not in KINDS:
            part.problem("kind", f"{shown(kind)} is not known", f"Write one of: {', '.join(KINDS)}.")
            return "", part
        return str(kind), part

    return open_one


def _of(objects: list[tuple[str, Part]], wanted: str) -> Iterator[Part]:
    return (part for kind, part in objects if kind == wanted)


def _once(part: Part, is_there: bool) -> None:
    if is_there:
        part.problem("metadata.name", "Another object of this kind has the name too", "Give each its own.")
