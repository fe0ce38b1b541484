"""What an agreement promised on a day for which none of its versions held: nothing, and what came before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.accounts.models import Membership
from portal.language.dates import day_long_year
from slas.models import NOT_YET_AGREED, Agreement
from slas.queries.agreement_page import state_words
from slas.queries.agreement_terms import DAY
from slas.queries.agreements import list_versions
from slas.queries.targets import promised_dates


@dataclass(frozen=True, slots=True)
class NothingHeld:
    """A day without a promise, in words, beside all versions that the reader may see."""

    agreement: Agreement
    said: str
    around: tuple[str, ...]
    versions: tuple[tuple[Agreement, str], ...]


def get_nothing_held(*, reader: Membership, agreement: Agreement, on: date, today: date) -> NothingHeld:
    """That nothing was promised on that day, when the first promise begins, and what ended before it."""
    versions = list(list_versions(reader=reader, slug=agreement.slug))
    is_or_was = "was" if on < today else "is"
    return NothingHeld(
        agreement=agreement,
        said=f"On {day_long_year(on)} nothing {is_or_was} promised by this agreement.",
        around=tuple(_around(versions, on, today)),
        versions=tuple((each, state_words(each, today)) for each in versions),
    )


def _around(versions: Sequence[Agreement], on: date, today: date) -> list[str]:
    agreed = [each for each in versions if each.state not in NOT_YET_AGREED]
    said = []
    ended = [(each.ends_on, each.version) for each in agreed if each.ends_on and each.ends_on <= on]
    if ended:
        last, version = max(ended)
        said.append(f"Version {version} {'ended' if last <= today else 'ends'} with {day_long_year(last - DAY)}.")
    coming = [(_first_promise(each), each.version) for each in agreed if each.starts_on > on]
    if coming:
        first, version = min(coming)
        which = "next" if ended else "first"
        begins = "began" if first <= today else "begins"
        said.append(f"The {which} promise {begins} on {day_long_year(first)}, with version {version}.")
    offered = [each for each in versions if each.state in NOT_YET_AGREED]
    if offered and not coming:
        newest = offered[0]
        starts = day_long_year(newest.starts_on)
        said.append(f"Version {newest.version} is not agreed yet: it would begin on {starts}.")
    return said


def _first_promise(agreement: Agreement) -> date:
    """The day on which the first of its promises begins; some begin later than their version."""
    targets = agreement.targets.select_related("agreement")
    return min((promised_dates(each)[0] for each in targets), default=agreement.starts_on)
