"""The menu: one level, the business's or IT's; a number at a word is what waits for this reader.

The page shows the first words in its bar and the others under “More”.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from improvement.models import ImprovementOpportunity, ImprovementState
from portal.accounts.models import Membership, Role
from portal.accounts.policies import can
from portal.accounts.queries import list_visible_units
from portal.conversations.models import Notification
from portal.tenancy.models import Tenant
from portal.tenancy.prepared import READER, USER, Prepared, prepare
from portal.tenancy.scope import TENANT, required_tenant_id
from reporting.models import AWAITED, UNISSUED, ContextRequest, Dispute, ServiceReview
from reporting.queries.workbench_owed import open_disputes, open_needs, open_questions, waiting_batches
from slas.models import TargetProposal
from slas.queries.agreements import list_waiting_agreements

BUSINESS = (
    ("Home", "home"),
    ("Reviews", "review_list"),
    ("Services", "service_list"),
    ("Agreements", "agreement_list"),
    ("Improvements", "improvement_list"),
    ("Talk", "conversation_list"),
)
IT = (("Workbench", "workbench"), *BUSINESS[1:])
# After the usual words: the word, the address, and the action that a role needs to see it.
SOURCES = (
    ("Measures", "measure_list", "measure.read"),
    ("Facts to approve", "batch_list", "fact.approve"),
    ("Planned work", "planned_work_list", "measure.read"),
    ("Service hours", "hours_list", "measure.read"),
    ("Components", "component_list", "service.read"),
    ("Goals", "goal_list", "service.read"),
    ("Processes", "process_list", "service.read"),
    ("Glossary", "term_list", "service.read"),
    ("Needs", "need_list", "service.read"),
)
PORTFOLIO = ("Portfolio", "portfolio", "portfolio.read")
ADMINISTRATION = (
    ("People", "member_list", "member.manage"),
    ("Business units", "unit_list", "unit.manage"),
    ("API tokens", "token_list", "token.manage"),
    ("Exports", "export_month", "export.run"),
    ("Forecasts", "forecast_calibration", "forecast.read"),
    ("Audit", "audit_list", "audit.read"),
)
PORTFOLIO_AT = 4  # after Agreements
ROOTS = ("home", "workbench")


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A word of the menu, where it leads, and how many things wait there for the reader."""

    label: str
    url: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Menu:
    """The menu of one reader, and how many notices they have not read."""

    entries: list[MenuEntry]
    waiting_count: int
    waiting_url: str
    search_url: str


def get_menu(*, membership: Membership, tenant: Tenant, path: str) -> Menu:
    """The words that this role needs, with the one of the present page marked."""
    waiting = count_waiting(reader=membership)
    is_reader = membership.is_business or membership.role == Role.AUDITOR
    usual = [(label, name, "") for label, name in (BUSINESS if is_reader else IT)]
    if not membership.is_business:
        usual.insert(PORTFOLIO_AT, PORTFOLIO)
    sources = () if membership.is_business else SOURCES
    return Menu(
        entries=list(_entries([*usual, *sources, *ADMINISTRATION], membership, tenant, path, waiting)),
        waiting_count=waiting["notification_list"],
        waiting_url=reverse("notification_list", kwargs={"tenant": tenant.slug}),
        search_url=reverse("service_list", kwargs={"tenant": tenant.slug}),
    )


def _entries(
    words: Iterable[tuple[str, str, str]], reader: Membership, tenant: Tenant, path: str, waiting: Mapping[str, int]
) -> Iterable[MenuEntry]:
    for label, name, action in words:
        if action and not can(reader, action):
            continue
        url = reverse(name, kwargs={"tenant": tenant.slug})
        current = path == url if name in ROOTS else path.startswith(url)
        yield MenuEntry(label, url, waiting.get(name, 0), current)


def count_waiting(*, reader: Membership) -> dict[str, int]:
    """How many things wait for a reader behind each word; read in one query, because each page asks."""
    words, question = _waiting_of(reader.role)
    counts = question.ask({TENANT: required_tenant_id(), READER: reader.pk, USER: reader.user_id})
    waiting = dict.fromkeys(words, 0)
    for word, count in zip(words, counts, strict=True):
        waiting[word] += count
    return waiting


@cache
def _waiting_of(role: str) -> tuple[list[str], Prepared]:
    """The words of the counted columns, and the question: the same for all readers of a role, and long."""
    words: list[str] = []

    def write() -> QuerySet[Any, Any]:
        reader = Membership(pk=READER, tenant_id=TENANT, user_id=USER, role=role)
        counted = _business_waiting(reader) if reader.is_business else _it_waiting(reader)
        counted["notification_list"] = [Notification.objects.filter(member=reader, read_at__isnull=True)]
        columns = [(word, _count(rows)) for word, found in counted.items() for rows in found]
        words.extend(word for word, _rows in columns)
        numbered = {f"count_{place}": rows for place, (_word, rows) in enumerate(columns)}
        return Membership.objects.filter(pk=reader.pk).values(**numbered)

    return words, prepare(write)


def _count(rows: QuerySet[Any]) -> Coalesce:
    """How many rows, as a column."""
    number = rows.order_by().values("tenant").annotate(number=Count("pk", distinct=True)).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def _business_waiting(reader: Membership) -> dict[str, list[QuerySet[Any]]]:
    units = list_visible_units(reader=reader).order_by()
    waiting: dict[str, list[QuerySet[Any]]] = {"conversation_list": []}
    if can(reader, "review.acknowledge"):
        waiting["review_list"] = [ServiceReview.objects.filter(business_unit__in=units, state__in=AWAITED)]
    if can(reader, "dispute.settle"):
        disputes = Dispute.objects.filter(figure__edition__review__business_unit__in=units)
        waiting["conversation_list"].append(disputes.filter(settled_at__isnull=True, answered_at__isnull=False))
    if can(reader, "context.give"):
        asked = ContextRequest.objects.filter(business_unit__in=units, answered_at__isnull=True)
        waiting["conversation_list"].append(asked)
    if can(reader, "proposal.answer"):
        of_units = TargetProposal.objects.filter(target__agreement__customer__business_unit__in=units)
        proposals = of_units.filter(is_accepted__isnull=True, is_by_customer=False)
        waiting["agreement_list"] = [proposals, list_waiting_agreements(reader=reader)]
    return waiting


def _it_waiting(reader: Membership) -> dict[str, list[QuerySet[Any]]]:
    waiting: dict[str, list[QuerySet[Any]]] = {}
    if can(reader, "review.prepare"):
        waiting["review_list"] = [ServiceReview.objects.filter(state__in=UNISSUED)]
    if can(reader, "agreement.manage"):
        counters = TargetProposal.objects.filter(is_accepted__isnull=True, is_by_customer=True)
        waiting["agreement_list"] = [list_waiting_agreements(reader=reader), counters]
    if can(reader, "improvement.manage"):
        raised = ImprovementOpportunity.objects.filter(state=ImprovementState.OPPORTUNITY)
        waiting["improvement_list"] = [raised]
    if can(reader, "dispute.answer"):
        waiting["conversation_list"] = [open_questions(), open_disputes()]
    if can(reader, "need.answer"):
        waiting["need_list"] = [open_needs()]
    if can(reader, "fact.approve"):
        waiting["batch_list"] = [waiting_batches(reader=reader)]
    return waiting
