"""What the catalogue says of a service: its versions, how they differ, and at which words readers stumble."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from catalog.models import Entitlement, EntryState, EntryVersion, PlannedRetirement, Service, ServiceClass
from catalog.queries.glossary import words_for
from catalog.queries.offerings import in_force
from portal.accounts.models import BUSINESS_ROLES, Membership
from portal.language.differences import Stretch, difference, is_same
from portal.language.jargon.check import Finding
from portal.language.numbers import and_list

EVERYWHERE = ("name", "description", "used_by", "hours_words", "how_to_ask", "price_words", "also_called")
# What each class of service says besides.
OF_CLASS = {
    ServiceClass.BUSINESS: ("busy_times",),
    ServiceClass.END_USER: ("help_words",),
    ServiceClass.PROFESSIONAL: ("delivered", "accepted_how", "effort_words", "working_days"),
    ServiceClass.TECHNICAL: ("builds_on_it",),
}
ALL_FIELDS = (*EVERYWHERE, *(name for names in OF_CLASS.values() for name in names))
OF_SERVICE = ("name", "description", "used_by")  # what stands in the row of the service itself
SAID_ELSEWHERE = {"name", "description", "also_called"}
UNCHECKED = {"working_days", "also_called"}  # a number; what people say, in whatever words


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an entry: its label, and from the one text to the other."""

    name: str
    label: str
    stretches: tuple[Stretch, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing was changed."""
        return is_same(self.stretches)


@dataclass(frozen=True, slots=True)
class FieldFinding:
    """Words in a field at which a reader of the catalogue stumbles."""

    name: str
    label: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version and what it changed of the one before it."""

    version: EntryVersion
    changes: tuple[FieldChange, ...]


def fields_of(service: Service) -> tuple[str, ...]:
    """What an entry of this class of service says, in the order of its page."""
    return (*EVERYWHERE, *OF_CLASS[ServiceClass(service.service_class)])


def label_of(name: str) -> str:
    """How a field is called."""
    label = str(EntryVersion._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


def words_of(version: EntryVersion) -> dict[str, str]:
    """All fields as texts."""
    return {name: _text(getattr(version, name)) for name in ALL_FIELDS}


def list_versions(*, service: Service) -> QuerySet[EntryVersion]:
    """All versions of an entry, the newest first."""
    people = ("written_by__user", "approved_by__user", "published_by__user")
    return EntryVersion.objects.filter(service=service).select_related(*people).order_by("-number")


def find_open(*, service: Service) -> EntryVersion | None:
    """The draft, or what is approved and not published yet."""
    return list_versions(service=service).exclude(state=EntryState.PUBLISHED).first()


def find_published(*, service: Service) -> EntryVersion | None:
    """What the business reads."""
    return list_versions(service=service).filter(state=EntryState.PUBLISHED).first()


def as_it_stands(*, service: Service, now: datetime) -> EntryVersion:
    """The published version, which says what the service says; not saved yet where a table wrote other words meanwhile,
    or where no version was published.
    """
    last = find_published(service=service)
    said = {name: getattr(service, name) for name in OF_SERVICE}
    if last is not None and all(getattr(last, name) == value for name, value in said.items()):
        return last
    before = {name: getattr(last, name) for name in ALL_FIELDS} if last else {}
    return EntryVersion(
        service=service,
        number=last.number + 1 if last else 1,
        state=EntryState.PUBLISHED,
        written_at=now,
        published_at=now,
        **before | said,
    )


def find_newest(*, service: Service, now: datetime) -> EntryVersion:
    """The words that somebody who begins to write has before them: what is open, or else what is published.

    Behind a version that is not saved yet an open one has the next number, as it will when that is saved.
    """
    published, draft = as_it_stands(service=service, now=now), find_open(service=service)
    if draft is not None and published._state.adding:
        draft.number += 1
    return draft or published


def list_told(*, service: Service) -> list[tuple[str, str]]:
    """What the business reads besides name and sentence: label and words of each field that says something."""
    version = find_published(service=service)
    if version is None:
        return [(label_of("used_by"), service.used_by)] if service.used_by else []
    words = words_of(version) | {"used_by": service.used_by}
    return [(label_of(name), words[name]) for name in fields_of(service) if name not in SAID_ELSEWHERE and words[name]]


def find_planned_retirement(*, service: Service) -> PlannedRetirement | None:
    """The day on which the service is to leave the catalogue, if one is planned."""
    rows = PlannedRetirement.objects.filter(service=service, done_at=None).select_related("planned_by__user")
    return rows.order_by("pk").first()


def may_read_drafts(*, reader: Membership, service: Service) -> bool:
    """A draft is invisible to the other side, but for the business owner, who may approve it."""
    return not reader.is_business or service.business_owner_id == reader.pk


def get_open(*, reader: Membership, service: Service) -> EntryVersion:
    """The draft, or what is approved, for whoever may read it.

    Raises EntryVersion.DoesNotExist where there is none, and for the other side.
    """
    version = find_open(service=service)
    if version is None or not may_read_drafts(reader=reader, service=service):
        raise EntryVersion.DoesNotExist
    return version


def list_lines(*, reader: Membership, service: Service) -> list[VersionLine]:
    """The versions that a reader may see, the newest first, each with what it changed."""
    rows = list_versions(service=service)
    if not may_read_drafts(reader=reader, service=service):
        rows = rows.filter(state=EntryState.PUBLISHED)
    versions = list(rows)
    empty = dict.fromkeys(ALL_FIELDS, "")
    before = [*(words_of(version) for version in versions[1:]), empty]
    return [
        VersionLine(
            version,
            tuple(
                each for each in list_changes(before=was, after=words_of(version), names=ALL_FIELDS) if not each.is_same
            ),
        )
        for version, was in zip(versions, before, strict=False)  # nothing comes before the first
    ]


def list_changes(*, before: dict[str, str], after: dict[str, str], names: Iterable[str]) -> list[FieldChange]:
    """Word by word, field by field; those that both leave empty are left out."""
    return [
        FieldChange(name, label_of(name), difference(before[name], after[name]))
        for name in names
        if before[name] or after[name]
    ]


def list_findings(*, words: dict[str, str], service: Service) -> list[FieldFinding]:
    """At which words a reader of the catalogue stumbles, field by field; hints block nothing and are left out."""
    reader = words_for()
    return [
        FieldFinding(name, label_of(name), found)
        for name in fields_of(service)
        if name not in UNCHECKED and words[name]
        for found in reader.findings(words[name], names=[words["name"]])
        if not found.is_hint
    ]


def told_findings(findings: Sequence[FieldFinding]) -> str:
    """Which words, each once: “pods” and “DNS”."""
    return and_list(list(dict.fromkeys(f"“{each.finding.words}”" for each in findings)))[:500]


def list_covered(*, service: Service, on: date) -> QuerySet[Membership]:
    """The people of the business whose units have a level of the service; all of them where everyone has one."""
    members = Membership.objects.filter(role__in=BUSINESS_ROLES, is_active=True).select_related("user")
    held = Entitlement.objects.filter(in_force(on=on), offering__service=service)
    if held.filter(business_unit__isnull=True).exists():
        return members
    return members.filter(unit_links__business_unit__in=held.values("business_unit")).distinct()


def _text(value: str | int | None) -> str:
    return "" if value is None else str(value)
