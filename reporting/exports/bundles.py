"""Many reviews in one file: the very files that workers made of each edition and keep, and a list of them."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any, BinaryIO

from portal.accounts.models import Membership
from portal.accounts.policies import can
from portal.exports import csv_file, csv_of
from portal.jobs.errors import PartDamaged
from portal.jobs.queries import PARTS_PERCENT
from portal.jobs.registry import Part, Report, Saved
from portal.language import dates
from portal.language.numbers import and_list

ZIP = "application/zip"
PACKED = ("application/pdf", ZIP)  # packed by themselves: packing them again costs time and saves nothing
LIST_NAME = "files.csv"
MONTHS_NAMED = 3
STEP = 50
PIECE = 1 << 18  # bytes


def put_reviews_together(*, arguments: dict[str, Any], parts: Sequence[Part], into: BinaryIO, report: Report) -> Saved:
    """The second half of a job: each file byte for byte as it is kept, and their fingerprints in a table.

    No file is in memory as a whole, nor is the bundle. Refuses with PartDamaged.
    """
    stamp = datetime.fromisoformat(arguments["as_of"]).timetuple()[:6]
    with zipfile.ZipFile(into, "w") as archive:
        for place, part in enumerate(parts):
            if place % STEP == 0:
                report(PARTS_PERCENT + 10 * place // len(parts), f"{place} of {len(parts)} files are in the bundle.")
            _add(archive, part, stamp)
        listed = csv_of(("file", "sha256"), ((part.download_name, part.sha256) for part in parts))
        archive.writestr(zipfile.ZipInfo(LIST_NAME, stamp), csv_file(listed), zipfile.ZIP_DEFLATED)
    return Saved(ZIP, arguments["file_name"])


def _add(archive: zipfile.ZipFile, part: Part, stamp: Any) -> None:
    entry, read = zipfile.ZipInfo(part.download_name, stamp), sha256()
    entry.compress_type = zipfile.ZIP_STORED if part.content_type in PACKED else zipfile.ZIP_DEFLATED
    entry.file_size = part.path.stat().st_size
    with part.path.open("rb") as kept, archive.open(entry, "w") as packed:
        while piece := kept.read(PIECE):
            read.update(piece)
            packed.write(piece)
    if read.hexdigest() != part.sha256:
        raise PartDamaged(name=part.download_name)


def bundle_name(months: Sequence[date]) -> str:
    """What the file is saved as: service-reviews-2026-10.zip, service-reviews-2026-08-to-2026-10.zip."""
    first, last = min(months), max(months)
    until = "" if first == last else f"-to-{last:%Y-%m}"
    return f"service-reviews-{first:%Y-%m}{until}.zip"


def bundle_title(months: Sequence[date], reviews: int) -> str:
    """What the job is called."""
    named = sorted(months)
    if len(named) > MONTHS_NAMED:
        said = f"{len(named)} months, {dates.month_year(named[0])} to {dates.month_year(named[-1])}"
    else:
        said = and_list([dates.month_year(month) for month in named])
    return f"{reviews} service {'review' if reviews == 1 else 'reviews'} of {said}"


def may_read_bundle(*, reader: Membership, arguments: dict[str, Any]) -> bool:
    """All units together are for the administrator."""
    return can(reader, "export.run") and "edition_ids" in arguments
