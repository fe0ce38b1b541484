"""The kinds of job. The list is `JOB_KINDS` in the settings, because what a job makes is known by the upper apps."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

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


@dataclass(frozen=True, slots=True)
class Saved:
    """What a file is that was written piece by piece: its media type, and the name it is saved under by the reader."""

    content_type: str
    download_name: str


class Report(Protocol):
    """Tells how far the work is, 0 to 100, and what is being done; ends the work when somebody else does it now."""

    def __call__(self, percent: int, message: str) -> None: ...


class Build(Protocol):
    """Makes the file. Opens `scope()` for each read, and holds no transaction while it renders."""

    def __call__(self, *, scope: Scope, arguments: dict[str, Any], report: Report) -> JobResult: ...


class Ask(Protocol):
    """Asks for the jobs that a file is put together from, and names them by their ids; asking again finds the same."""

    def __call__(self, *, scope: Scope, arguments: dict[str, Any], report: Report) -> list[int]: ...


@dataclass(frozen=True, slots=True)
class Part:
    """A finished part: its file as it is kept, and what it is called when it is saved; `sha256` is of its bytes."""

    path: Path
    sha256: str
    content_type: str
    download_name: str


class PutTogether(Protocol):
    """Writes one file of the finished parts, in the order in which they were asked for; it may exceed the memory."""

    def __call__(
        self, *, arguments: dict[str, Any], parts: Sequence[Part], into: BinaryIO, report: Report
    ) -> Saved: ...


class MayRead(Protocol):
    """Whether a member may see the job and have its file."""

    def __call__(self, *, reader: Membership, arguments: dict[str, Any]) -> bool: ...


@dataclass(frozen=True, slots=True)
class JobKind:
    """How a kind of job is made and who may read it; without `may_read` only the member who asked for it.

    A file that is put together from others has `ask` and `put_together` in the place of `build`.
    """

    build: Build | None
    ask: Ask | None
    put_together: PutTogether | None
    may_read: MayRead | None


def find_kind(name: str) -> JobKind:
    """The kind of that name.

    Raises UnknownKind for a name that is not in the settings.
    """
    try:
        entry = settings.JOB_KINDS[name]
    except KeyError as error:
        raise UnknownKind(kind=name) from error
    names = ("build", "ask", "put_together", "may_read")
    return JobKind(**{each: import_string(entry[each]) if each in entry else None for each in names})
