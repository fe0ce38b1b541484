"""The kinds of job. The list is `JOB_KINDS` in the settings, because what a job makes is known by the upper apps."""

from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from portal.accounts.models import Membership
from portal.jobs.errors import UnknownKind
from portal.tenancy.scope import Scope as Scope


@dataclass(frozen=True, slots=True)
class JobResult:
    """What a job has made: the bytes of one file, its media type, and the name it is saved under by the reader."""

    content: bytes
    content_type: str
    download_name: str


class Report(Protocol):
    """Tells how far the work is, 0 to 100, and what is being done; ends the work when somebody else does it now."""

    def __call__(self, percent: int, message: str) -> None: ...


class Build(Protocol):
    """Makes the file. Opens `scope()` for each read, and holds no transaction while it renders."""

    def __call__(self, *, scope: Scope, arguments: dict[str, Any], report: Report) -> JobResult: ...


class MayRead(Protocol):
    """Whether a member may see the job and have its file."""

    def __call__(self, *, reader: Membership, arguments: dict[str, Any]) -> bool: ...


@dataclass(frozen=True, slots=True)
class JobKind:
    """How a kind of job is made and who may read it; without `may_read` only the member who asked for it."""

    build: Build
    may_read: MayRead | None


def find_kind(name: str) -> JobKind:
    """The kind of that name.

    Raises UnknownKind for a name that is not in the settings.
    """
    try:
        entry = settings.JOB_KINDS[name]
    except KeyError as error:
        raise UnknownKind(kind=name) from error
    may_read = entry.get("may_read")
    return JobKind(build=import_string(entry["build"]), may_read=import_string(may_read) if may_read else None)
