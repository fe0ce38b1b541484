"""The list of agreements: what is searched for, who waits for whom, and what was kept lately."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Greatest

from portal.accounts.models import Membership
from portal.language.dates import month_name
from portal.language.phrases import LETTERS, STATUS_WORDS
from slas.calculation.periods import add_months
from slas.calculation.status import Status, overall
from slas.models import (
    ENDED,
    ON_OFFER,
    Acceptance,
    Agreement,
    AgreementState,
    ClauseProposal,
    ClauseProposalState,
    ServiceLevelTarget,
    TargetProposal,
)
from slas.queries.agreement_page import MONTHS, state_words
from slas.queries.agreements import list_visible_agreements, proposing_side
from slas.queries.attainments import held_attainments

COUNTERED = ClauseProposalState.OPEN
LIKE = 0.5  # “custmer” and “customer”
HARDLY_LIKE = 0.28  # “phnoes” and “phones”
SEARCHED = ("name", "customer__name", "provider__name")


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One version in the list: where it stands, for whom it waits, how much it promises, how the last month went."""

    agreement: Agreement
    state: str
    waits_for: str
    waits_since: datetime | None
    is_late: bool
    promises: int
    letter: str
    last: str


class Asked(NamedTuple):
    """Something that waits for an answer: who asked, when, and by when the other side answers."""

    party_id: int
    at: datetime
    due_on: date


def filter_agreements(*, reader: Membership, chosen: Mapping[str, str]) -> QuerySet[Agreement]:
    """The visible versions that match: words, kind, state (ended ones only when asked for), customer."""
    rows = list_visible_agreements(reader=reader)
    if chosen.get("kind"):
        rows = rows.filter(kind=chosen["kind"])
    if chosen.get("customer"):
        rows = rows.filter(customer__pk=chosen["customer"])
    groups: dict[str, Sequence[str]] = {"ended": ENDED, "offer": ON_OFFER}
    state = chosen.get("state", "")
    rows = rows.filter(state__in=groups.get(state, [state])) if state else rows.exclude(state__in=ENDED)
    rows = rows.order_by("name", "slug", "-version")
    return search_agreements(agreements=rows, words=chosen["q"]) if chosen.get("q") else rows


def search_agreements(*, agreements: QuerySet[Agreement], words: str) -> QuerySet[Agreement]:
    """The agreements whose name or parties hold the words, or words like them, best first; hardly like them only if
    nothing else is found, as services are searched.
    """
    likeness = Greatest(*(TrigramWordSimilarity(words, field) for field in SEARCHED))
    holds = Q(*((f"{field}__icontains", words) for field in SEARCHED), _connector=Q.OR)
    compared = agreements.annotate(likeness=likeness).order_by(F("likeness").desc(), "name", "slug", "-version")
    found = compared.filter(holds | Q(likeness__gte=LIKE))
    return found if found.exists() else compared.filter(likeness__gte=HARDLY_LIKE)


def list_customers(*, reader: Membership) -> list[tuple[str, str]]:
    """Who is promised something in the agreements that the reader may see."""
    rows = list_visible_agreements(reader=reader).order_by("customer__name", "customer_id")
    return [(str(pk), name) for pk, name in rows.values_list("customer_id", "customer__name").distinct()]


def agreement_rows(*, reader: Membership, agreements: Sequence[Agreement], today: date) -> list[AgreementRow]:
    """The rows of a page of the list, in five queries."""
    targets = ServiceLevelTarget.objects.filter(agreement__in=agreements).values("agreement_id")
    counts = dict(targets.annotate(n=Count("pk")).values_list("agreement_id", "n"))
    last = _last_statuses(reader, agreements, today.replace(day=1))
    accepted = _said(Acceptance.objects.filter(agreement__in=agreements), "accepted_at")
    open_counters = ClauseProposal.objects.filter(agreement__in=agreements, state=COUNTERED)
    countered = _by_agreement(open_counters.values_list("agreement_id", "party_id", "proposed_at", "answer_due_on"))
    tried = _proposed_for_trials(agreements)
    return [
        AgreementRow(
            each,
            state_words(each, today),
            *_waits_for(each, accepted[each.pk], countered[each.pk] or tried[each.pk], today),
            counts.get(each.pk, 0),
            *_last_words(last.get(each.pk)),
        )
        for each in agreements
    ]


def _said(rows: QuerySet[Any], at: str) -> dict[int, list[tuple[int, datetime]]]:
    """By agreement: which parties said something, and when."""
    found: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
    for agreement_id, party_id, said_at in rows.values_list("agreement_id", "party_id", at):
        found[agreement_id].append((party_id, said_at))
    return found


def _by_agreement(rows: Iterable[tuple[int, int, datetime, date]]) -> dict[int, list[Asked]]:
    found: dict[int, list[Asked]] = defaultdict(list)
    for agreement_id, party_id, at, due_on in rows:
        found[agreement_id].append(Asked(party_id, at, due_on))
    return found


def _proposed_for_trials(agreements: Sequence[Agreement]) -> dict[int, list[Asked]]:
    """What is proposed for trials of these versions and not answered."""
    sides = {each.pk: each for each in agreements}
    rows = TargetProposal.objects.filter(target__agreement__in=agreements, is_accepted__isnull=True)
    found = rows.values_list("target__agreement_id", "is_by_customer", "proposed_at", "answer_due_on")
    return _by_agreement(
        (pk, sides[pk].customer_id if is_by_customer else sides[pk].provider_id, at, due)
        for pk, is_by_customer, at, due in found
    )


def _waits_for(
    agreement: Agreement, accepted: Sequence[tuple[int, datetime]], asked: Sequence[Asked], today: date
) -> tuple[str, datetime | None, bool]:
    """Who has the next step, since when, and whether an answer is overdue: who writes a draft; then whoever owes an
    answer to a clause, or to what is proposed for a trial; then each side that has not accepted.
    """
    if agreement.state == AgreementState.DRAFT:
        return proposing_side(agreement).name, None, False
    if asked:
        owing = [side for side in agreement.sides if any(each.party_id != side.pk for each in asked)]
        since, is_late = min(each.at for each in asked), any(each.due_on < today for each in asked)
        return " and ".join(side.name for side in owing), since, is_late
    if agreement.state not in ON_OFFER:
        return "", None, False
    yes = {party_id for party_id, _at in accepted}
    moments = [*(at for _party_id, at in accepted), *([agreement.proposed_at] if agreement.proposed_at else [])]
    missing = " and ".join(side.name for side in agreement.sides if side.pk not in yes)
    return missing, max(moments, default=None), False


def _last_statuses(
    reader: Membership, agreements: Sequence[Agreement], month: date
) -> dict[int, tuple[date, list[str]]]:
    """By agreement: the end of the last period within a year whose figures the reader has, and the statuses of what
    is mandatory: the rest is shown, and decides nothing (calculation, section 10).
    """
    ended = held_attainments(reader=reader).filter(
        target__is_mandatory=True,
        target__agreement__in=agreements,
        period_end__lte=month,
        period_end__gt=add_months(month, -MONTHS),
    )
    last: dict[int, tuple[date, list[str]]] = {}
    for agreement_id, end, status in ended.order_by("period_end").values_list(
        "target__agreement_id", "period_end", "status"
    ):
        if agreement_id not in last or last[agreement_id][0] < end:
            last[agreement_id] = (end, [])
        last[agreement_id][1].append(status)
    return last


def _last_words(last: tuple[date, list[str]] | None) -> tuple[str, str]:
    """Letter and words of the month that ended last: the worst, and how many of it."""
    if last is None:
        return "", ""
    end, found = last
    worst = overall(Status(status) for status in found)
    words = f"{found.count(worst.value)} of {len(found)} {STATUS_WORDS[worst.value].lower()}"
    return LETTERS[worst.value], f"{month_name(add_months(end, -1))}: {words}"
