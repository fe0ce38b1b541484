"""Report agreements as they are read: the terms of a version, its words, how it differs, and who signed it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from portal.accounts.models import BusinessUnit, Membership
from portal.conversations.queries import CommentLine, get_page
from portal.language import dates
from portal.language.differences import Stretch, difference
from reporting.layout import STANDARD, Interpretation, Line, Terms, lines_of, values_of
from reporting.models import UNSIGNED, LayoutThread, ReportAgreement, ReportInterpretation, ReportSection
from slas.calculation.proof import canonical, digest_of

ORDER = {each.subject: place for place, each in enumerate(STANDARD.interpretations)}


@dataclass(frozen=True, slots=True)
class LineRow:
    """One thing that a version says, word by word against the version before."""

    line: Line
    stretches: tuple[Stretch, ...]
    is_changed: bool


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in the history of a unit's report agreement."""

    version: int
    state: str
    reason: str
    signed: str
    fingerprint: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class LayoutPage:
    """A unit's report agreement: the version that is read, against the one before, all versions, and the talk.

    `in_force` and `open_version` are numbers, 0 where there is none; `waits_for_business` says whose answer is owed.
    """

    unit: BusinessUnit
    shown: ReportAgreement | None
    before: int
    rows: tuple[LineRow, ...]
    versions: tuple[VersionRow, ...]
    in_force: int
    open_version: int
    waits_for_business: bool
    talk: Sequence[CommentLine]


def list_versions(*, reader: Membership, unit: BusinessUnit) -> QuerySet[ReportAgreement]:
    """The versions that the reader may see, the newest first: a draft is of IT alone."""
    versions = ReportAgreement.objects.filter(business_unit=unit).select_related("business_unit", "drafted_by__user")
    return (versions.exclude(UNSIGNED) if reader.is_business else versions).order_by("-version")


def get_version(*, reader: Membership, unit: BusinessUnit, version: int) -> ReportAgreement:
    """One version that the reader may see. Raises ReportAgreement.DoesNotExist."""
    return list_versions(reader=reader, unit=unit).get(version=version)


def find_draft(*, unit: BusinessUnit) -> ReportAgreement | None:
    """The version that nobody has signed; one at most."""
    return ReportAgreement.objects.filter(UNSIGNED, business_unit=unit).order_by("pk").first()


def newest_signed(*, unit: BusinessUnit) -> ReportAgreement | None:
    """The version that was signed last, by one side or by both."""
    return ReportAgreement.objects.filter(business_unit=unit).exclude(UNSIGNED).order_by("-version").first()


def find_in_force(*, unit: BusinessUnit) -> ReportAgreement | None:
    """The newest version that both sides accepted."""
    accepted = ReportAgreement.objects.filter(business_unit=unit, agreed_on__isnull=False)
    return accepted.order_by("-version").first()


def terms_of(*, layout: ReportAgreement) -> Terms:
    """What a version says."""
    sections = ReportSection.objects.filter(report_agreement=layout).order_by("position")
    said = ReportInterpretation.objects.filter(report_agreement=layout)
    interpretations = (Interpretation(*row) for row in said.values_list("subject", "means", "means_not"))
    return Terms(
        sections=tuple(sections.values_list("section", flat=True)),
        interpretations=tuple(sorted(interpretations, key=lambda each: ORDER[each.subject])),
        shows_budget=layout.shows_budget,
        shows_experienced=layout.shows_experienced,
        shows_events=layout.shows_events,
        audience=layout.audience,
        language=layout.language,
        issue_working_day=layout.issue_working_day,
        answer_working_days=layout.answer_working_days,
        felt_by_words=layout.felt_by_words,
        is_checked=layout.is_checked,
        issues_itself=layout.issues_itself,
        comment_working_days=layout.comment_working_days,
        asks_after_review=layout.asks_after_review,
        asks_after_case=layout.asks_after_case,
    )


def fingerprint_of(*, layout: ReportAgreement) -> str:
    """SHA-256 of a version: its unit, its number, its values, and the words that people read."""
    terms = terms_of(layout=layout)
    words = [[line.title, line.text] for line in lines_of(terms)]
    text = {"unit": layout.business_unit.slug, "version": layout.version, "values": values_of(terms), "words": words}
    return digest_of(canonical(text))


def layout_page(*, reader: Membership, unit: BusinessUnit, version: int | None) -> LayoutPage:
    """The page of a unit's report agreement; without a number the newest version that the reader may see.

    Raises ReportAgreement.DoesNotExist for a version that is not there for the reader.
    """
    versions = list(list_versions(reader=reader, unit=unit))
    shown = next((each for each in versions if version in (None, each.version)), None)
    if shown is None and version is not None:
        raise ReportAgreement.DoesNotExist(version)
    before = next((each for each in versions if shown and each.version < shown.version), None)
    waiting = open_version(versions)
    in_force = next((each.version for each in versions if each.agreed_on), 0)
    return LayoutPage(
        unit=unit,
        shown=shown,
        before=before.version if before else 0,
        rows=_rows(shown, before) if shown else (),
        versions=tuple(_version_row(each, versions, in_force, is_shown=each is shown) for each in versions),
        in_force=in_force,
        open_version=waiting.version if waiting else 0,
        waits_for_business=bool(waiting and not waiting.is_counter),
        talk=_talk(unit),
    )


def open_version(versions: Iterable[ReportAgreement]) -> ReportAgreement | None:
    """The version that waits for the other side's answer, of versions from the newest: the newest signed one."""
    signed = next((each for each in versions if not each.is_draft), None)
    return signed if signed and signed.agreed_on is None else None


def _rows(shown: ReportAgreement, before: ReportAgreement | None) -> tuple[LineRow, ...]:
    """The lines of a version; those that only the version before has stand last, taken out."""
    lines = lines_of(terms_of(layout=shown))
    if before is None:
        return tuple(LineRow(line, difference(line.text, line.text), is_changed=False) for line in lines)
    old = {line.key: line for line in lines_of(terms_of(layout=before))}
    rows = [_row(line, old[line.key].text if line.key in old else "") for line in lines]
    kept = {line.key for line in lines}
    gone = [LineRow(line, difference(line.text, ""), is_changed=True) for key, line in old.items() if key not in kept]
    return (*rows, *gone)


def _row(line: Line, before: str) -> LineRow:
    return LineRow(line, difference(before, line.text), is_changed=before != line.text)


def _version_row(
    layout: ReportAgreement, versions: Sequence[ReportAgreement], in_force: int, *, is_shown: bool
) -> VersionRow:
    return VersionRow(
        version=layout.version,
        state=_state(layout, versions, in_force),
        reason=layout.reason,
        signed=_signed(layout),
        fingerprint=layout.fingerprint,
        is_shown=is_shown,
    )


def _state(layout: ReportAgreement, versions: Sequence[ReportAgreement], in_force: int) -> str:
    if layout.is_draft:
        return "Draft, seen by IT only"
    if layout.agreed_on:
        return "In force" if layout.version == in_force else "Replaced"
    by = layout.business_unit.name if layout.is_counter else "IT"
    if layout is open_version(versions):
        return f"Proposed by {by}, waits for {'IT' if layout.is_counter else layout.business_unit.name}"
    return f"Proposed by {by}, answered by a later version"


def _signed(layout: ReportAgreement) -> str:
    """Who signed, the side that proposed it first, and when both had."""
    names = [layout.agreed_by_it, layout.agreed_by_business]
    signed = " and ".join(filter(None, reversed(names) if layout.is_counter else names))
    on: date | None = layout.agreed_on
    return f"{signed}, {dates.day_year(on)}" if on else signed


def _talk(unit: BusinessUnit) -> Sequence[CommentLine]:
    thread = LayoutThread.objects.filter(business_unit=unit).select_related("conversation").order_by("pk").first()
    if thread is None:
        return ()
    return get_page(conversation=thread.conversation, time_zone=unit.tenant.time_zone).comments
