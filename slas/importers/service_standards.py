"""Published service standards: what was promised, how many units of work met it, and what was said about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from slas.calculation.shares import ShareFigure
from slas.importers.tables import FieldError, Parsed, Row, count, number, parse_agreeing, required

COLUMNS = (
    *("fiscal_yr", "service_id", "service_name_en", "service_standard_id", "service_standard_en", "type", "channel"),
    *("target", "volume_meeting_target", "total_volume", "performance", "target_met", "comments_en"),
    *("owner_org", "owner_org_title"),
)
PUBLISHED_PLACES = 4
MOST_ID = 40  # both make the address of a measure


class Lacking(Enum):
    """Why a standard cannot be judged; the value is what is printed."""

    VOLUME = "no volume"
    NUMERATOR = "no numerator"
    TARGET = "no target"


@dataclass(frozen=True)
class ServiceStandard:
    """One row: a standard of a service, in one fiscal year. Shares are exact; None where the cell was empty."""

    fiscal_year: str
    service_id: str
    service_name: str
    standard_id: str
    sentence: str
    kind: str
    channel: str
    target: Decimal | None
    met: int | None
    total: int | None
    performance: Decimal | None
    target_met: str
    comments: str
    owner: str
    owner_title: str

    @property
    def lacking(self) -> Lacking | None:
        """What is missing first; a target of nothing promises nothing."""
        if not self.total:
            return Lacking.VOLUME
        if self.met is None:
            return Lacking.NUMERATOR
        return None if self.target else Lacking.TARGET

    @property
    def figure(self) -> ShareFigure | None:
        """Met of total; None where one of them is not published."""
        return ShareFigure(self.met, self.total) if self.met is not None and self.total else None

    @property
    def share(self) -> Fraction | None:
        """Our exact performance."""
        return self.figure.share if self.figure else None

    @property
    def has_more_met_than_counted(self) -> bool:
        """A warning, not an error: the figure is shown as it was published and never clipped."""
        return self.met is not None and self.total is not None and self.met > self.total

    @property
    def is_met(self) -> bool | None:
        """Our verdict on the exact share; None where nothing can be judged."""
        if self.lacking or self.share is None or self.target is None:
            return None
        return self.share >= Fraction(self.target)

    @property
    def is_met_as_published(self) -> bool | None:
        """The verdict on the share rounded to the published four decimals."""
        if self.lacking or self.share is None or self.target is None:
            return None
        scale = 10**PUBLISHED_PLACES
        return Fraction(int(self.share * scale + Fraction(1, 2)), scale) >= Fraction(self.target)


def parse_standards(rows: Iterable[tuple[int, Row]]) -> Parsed[ServiceStandard]:
    """Standards, with errors by row; two rows of one standard and year with different volumes count neither."""
    return parse_agreeing(
        rows,
        _standard,
        key=lambda each: (each.service_id.lower(), each.standard_id.lower(), each.fiscal_year),
        says=lambda each: (each.met, each.total),
        field="volume_meeting_target, total_volume",
    )


def _standard(row: Row) -> ServiceStandard:
    if row["target_met"] not in ("Y", "N", "NA", ""):
        raise FieldError("target_met", f"“{row['target_met']}” is neither Y, N nor NA")
    target = number(row, "target")
    if target is not None and not 0 <= target <= 1:
        raise FieldError("target", f"“{row['target']}” is not a share from 0 to 1; write 0.95 for 95 %")
    return ServiceStandard(
        fiscal_year=row["fiscal_yr"],
        service_id=required(row, "service_id", MOST_ID),
        service_name=row["service_name_en"],
        standard_id=required(row, "service_standard_id", MOST_ID),
        sentence=row["service_standard_en"],
        kind=row["type"],
        channel=row["channel"],
        target=target,
        met=count(row, "volume_meeting_target"),
        total=count(row, "total_volume"),
        performance=number(row, "performance"),
        target_met=row["target_met"],
        comments=row["comments_en"],
        owner=row["owner_org"],
        owner_title=row["owner_org_title"],
    )
