"""First-contact resolution: solved in the first interaction, and it stayed solved (calculation, section 6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from slas.calculation.errors import EmptyPeriod, NegativeLimit, RepeatedMember, ReversedInterval
from slas.calculation.intervals import Interval
from slas.calculation.local_time import local, midnight, zone_of
from slas.calculation.proof import Line, Proof, Role, Unit, prove
from slas.calculation.shares import ShareFigure


@dataclass(frozen=True)
class Contact:
    """One case at its first interaction: what kind it was, whether that solved it, and when it came back, if it did."""

    id: str
    at: int
    kind: str
    is_solved: bool
    reopened_at: int | None = None

    def __post_init__(self) -> None:
        if self.reopened_at is not None and self.reopened_at < self.at:
            raise ReversedInterval(f"Case {self.id}", self.at, self.reopened_at)


@dataclass(frozen=True)
class FirstContactTerms:
    """What is agreed: which kinds of case can be solved at once (None: all), and how many days they must stay so."""

    zone: str
    days: int
    kinds: frozenset[str] | None = None

    def __post_init__(self) -> None:
        zone_of(self.zone)
        if self.days < 0:
            raise NegativeLimit(self.days)

    @property
    def tz(self) -> ZoneInfo:
        """The zone of the agreement, in which its dates are said."""
        return zone_of(self.zone)

    def final_at(self, span: Interval) -> int:
        """When no reopening can change the figure of the span any more: so many days after its last date."""
        last = local(span.end - 1, self.tz).date()
        return midnight(last + timedelta(days=self.days + 1), self.tz)


@dataclass(frozen=True)
class FirstContactFigure:
    """The share, the cases that came back, those of kinds that are not on the list, and whether it may still change."""

    share: ShareFigure
    came_back: tuple[str, ...]
    not_eligible: int
    is_provisional: bool

    @property
    def lines(self) -> tuple[Line, ...]:
        """The sum: eligible cases, solved at once, came back, the share; and how final it is."""
        back = tuple((name, Fraction(1)) for name in self.came_back)
        lines = [
            Line("counted", Role.TOTAL, Unit.COUNT, Fraction(self.share.eligible)),
            Line("met", Role.PART, Unit.COUNT, Fraction(self.share.met)),
            Line("came_back", Role.PART, Unit.COUNT, Fraction(len(self.came_back)), back),
            Line("not_eligible", Role.TAKEN_OUT, Unit.COUNT, Fraction(self.not_eligible)),
        ]
        if self.share.share is not None:
            lines.append(Line("share", Role.TOTAL, Unit.SHARE, self.share.share))
        return (*lines, Line("standing", Role.RESULT, Unit.STATUS, "provisional" if self.is_provisional else "final"))


def measure_first_contact(
    span: Interval, terms: FirstContactTerms, contacts: Iterable[Contact], as_of: int
) -> FirstContactFigure:
    """Cases whose first interaction fell in the span, as known at `as_of`.

    Reopened on a date up to the agreed number of days after it, a case was not solved at once. The figure is
    provisional until those days are over for the last date of the span. Raises EmptyPeriod and RepeatedMember.
    """
    if span.start >= span.end:
        raise EmptyPeriod(*span)
    contacts = tuple(contacts)
    RepeatedMember.check(contact.id for contact in contacts)
    ours = [contact for contact in contacts if span.start <= contact.at < span.end and contact.at < as_of]
    eligible = [contact for contact in ours if terms.kinds is None or contact.kind in terms.kinds]
    back = sorted(contact.id for contact in eligible if contact.is_solved and _came_back(contact, terms, as_of))
    solved = sum(contact.is_solved for contact in eligible) - len(back)
    return FirstContactFigure(
        share=ShareFigure(solved, len(eligible)),
        came_back=tuple(back),
        not_eligible=len(ours) - len(eligible),
        is_provisional=as_of < terms.final_at(span),
    )


def _came_back(contact: Contact, terms: FirstContactTerms, as_of: int) -> bool:
    if contact.reopened_at is None or contact.reopened_at >= as_of:
        return False
    return _on(contact.reopened_at, terms) <= _on(contact.at, terms) + timedelta(days=terms.days)


def _on(instant: int, terms: FirstContactTerms) -> date:
    return local(instant, terms.tz).date()


def prove_first_contact(
    span: Interval, terms: FirstContactTerms, contacts: Iterable[Contact], as_of: int, figure: FirstContactFigure
) -> Proof:
    """The proof of a first-contact share: later than the day on which it is final, nothing changes it."""
    until = min(as_of, terms.final_at(span))
    ours = sorted(
        (contact for contact in contacts if span.start <= contact.at < span.end), key=lambda each: (each.at, each.id)
    )
    seen = [Contact(each.id, each.at, each.kind, each.is_solved, _before(each.reopened_at, until)) for each in ours]
    inputs = {"span": span, "terms": terms, "contacts": seen, "as_of": until}
    return prove("first_contact", inputs, figure.lines, tuple(each.id for each in ours))


def _before(instant: int | None, until: int) -> int | None:
    return instant if instant is not None and instant < until else None
