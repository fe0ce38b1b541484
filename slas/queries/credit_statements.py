"""Statements of credits: which a reader may see, and what their page shows."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q, QuerySet

from portal.accounts.models import BusinessUnit, Membership
from portal.accounts.policies import can
from portal.language.dates import month_year
from portal.language.numbers import and_list, counted
from slas.calculation.credit_months import kept_after, kept_months
from slas.models import Agreement, CreditState, CreditStatement
from slas.queries.agreements import list_visible_agreements
from slas.queries.credit_lines import line_amount
from slas.queries.credit_months import gather_months, list_scheme_versions
from slas.queries.credits import agreed_scheme, amount_words
from slas.queries.phrases import with_unit

GIVEN = (CreditState.APPROVED, CreditState.STATED, CreditState.EARNED_BACK)
OPEN_TO_EARN = (CreditState.APPROVED, CreditState.STATED)
SUMS = (
    ("total", "All of them together"),
    ("after_month_cap", "After the cap of the month"),
    ("after_year_cap", "After the cap of the year"),
)


@dataclass(frozen=True, slots=True)
class EarningBack:
    """Whether the months afterwards earned a credit back, and in words how they went."""

    is_earned: bool
    words: str


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One promise of a statement as a reader sees it."""

    name: str
    attainment: int | None
    words: str
    band: str
    worth: str
    amount: str
    why: str


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement in a list."""

    statement: CreditStatement
    month: str
    amount: str


@dataclass(frozen=True, slots=True)
class StatementPage:
    """Everything that the page of a statement shows."""

    statement: CreditStatement
    agreement: Agreement
    month: str
    amount: str
    change: str
    lines: tuple[StatementLine, ...]
    sums: tuple[tuple[str, str], ...]
    earning: EarningBack | None
    may_decide: bool
    may_state: bool
    others: tuple[StatementRow, ...]


def list_visible_statements(*, reader: Membership) -> QuerySet[CreditStatement]:
    """All for IT, administrator and auditor; for the business what was approved for its own units."""
    rows = CreditStatement.objects.filter(scheme__agreement__in=list_visible_agreements(reader=reader))
    if reader.is_business:
        rows = rows.filter(state__in=GIVEN)
    return rows.select_related("scheme__agreement__customer__business_unit", "scheme__agreement__provider")


def get_statement(*, reader: Membership, credit_id: int) -> CreditStatement:
    """A visible statement with who decided. Raises CreditStatement.DoesNotExist."""
    related = ("decided_by__user", "stated_by__user", "earned_back_by__user")
    return list_visible_statements(reader=reader).select_related(*related).get(pk=credit_id)


def list_agreement_statements(*, reader: Membership, agreement: Agreement) -> list[StatementRow]:
    """What was credited by an agreement in all its versions, the newest first."""
    rows = list_visible_statements(reader=reader).filter(scheme__agreement__slug=agreement.slug)
    return [_row(row) for row in rows.order_by("-month", "-revision", "pk")]


def list_unit_credits(*, unit: BusinessUnit, month: date) -> list[CreditStatement]:
    """What was approved for a unit and a month, as it stands now: for whoever may read the unit's review of it."""
    of_unit = CreditStatement.objects.filter(scheme__agreement__customer__business_unit=unit, month=month)
    given = of_unit.filter(state__in=GIVEN).select_related("scheme", "decided_by__user")
    newest = given.order_by("scheme_id", "-revision").distinct("scheme_id")
    return [statement for statement in newest if statement.amount]


def list_waiting_credits(*, reader: Membership) -> QuerySet[CreditStatement]:
    """What the reader can decide, and what is approved and not stated yet."""
    if not can(reader, "credit.approve"):
        return CreditStatement.objects.none()
    own = Q(state=CreditState.PROPOSED, scheme__approver_role=reader.role)
    return list_visible_statements(reader=reader).filter(own | Q(state=CreditState.APPROVED))


def get_statement_page(*, reader: Membership, statement: CreditStatement, now: datetime) -> StatementPage:
    """The page of a statement that the reader was allowed to see."""
    scheme, currency = statement.scheme, statement.currency
    may_approve = can(reader, "credit.approve")
    is_newest = not scheme.statements.filter(month=statement.month, revision__gt=statement.revision).exists()
    is_earning = statement.state in OPEN_TO_EARN and scheme.earn_back_months is not None and is_newest
    same = list_visible_statements(reader=reader).filter(scheme=scheme, month=statement.month).exclude(pk=statement.pk)
    return StatementPage(
        statement=statement,
        agreement=scheme.agreement,
        month=month_year(statement.month),
        amount=amount_words(statement.amount, currency),
        change=amount_words(statement.change, currency) if statement.revision > 1 else "",
        lines=tuple(_line(line, currency) for line in statement.lines),
        sums=tuple((label, amount_words(Decimal(statement.sums[name]), currency)) for name, label in SUMS),
        earning=earning_back(statement=statement, now=now) if is_earning else None,
        may_decide=may_approve and reader.role == scheme.approver_role,
        may_state=may_approve and statement.state == CreditState.APPROVED,
        others=tuple(_row(each) for each in same.order_by("-revision")),
    )


def earning_back(*, statement: CreditStatement, now: datetime) -> EarningBack:
    """Whether each credited promise was kept in all of the agreed months after that of the statement, also in those of
    later versions of the agreement, by what was promised then.
    """
    scheme = statement.scheme
    needed = scheme.earn_back_months
    if needed is None:
        return EarningBack(False, "Nothing is earned back by this agreement.")
    credited = {line["target"]: line["name"] for line in statement.lines if line["ground"] == "credited"}
    if not credited:
        return EarningBack(False, "Nothing was credited that could be earned back.")
    held = _kept_since(statement, now)
    kept = {name: kept_after(statement.month, held[target], needed) for target, name in credited.items()}
    words = and_list([_kept_words(name, each) for name, each in kept.items()])
    terms = agreed_scheme(scheme).terms
    is_earned = all(terms.is_earned_back(each) for each in kept.values())
    return EarningBack(is_earned, f"{words}; {counted(needed, 'months')} in a row are needed.")


def _kept_words(name: str, kept: Sequence[bool]) -> str:
    if not kept:
        return f"“{name}”: no month after it is closed yet"
    return f"“{name}” kept in {sum(kept)} of {counted(len(kept), 'closed months')}"


def _kept_since(statement: CreditStatement, now: datetime) -> dict[str, dict[date, bool]]:
    """By promise, whether it was kept in each closed month since that of the statement. Where a version gave way inside
    a month, both have to be kept in it.
    """
    found: dict[str, dict[date, bool]] = defaultdict(dict)
    for scheme in list_scheme_versions(scheme=statement.scheme):
        months = [each.month for each in gather_months(scheme=scheme, now=now, since=statement.month)]
        agreed = agreed_scheme(scheme)
        for name in agreed.scales:
            for month, is_kept in kept_months(months, agreed, name).items():
                found[name][month] = found[name].get(month, True) and is_kept
    return found


def statement_rows(page: StatementPage) -> Iterator[tuple[object, ...]]:
    """The statement as a table: a row for each promise, then the sums."""
    for line in page.lines:
        yield "promise", line.name, line.attainment or "", line.words, line.band, line.worth, line.amount, line.why
    for label, amount in page.sums:
        yield "sum", label, "", "", "", "", amount, ""
    state = page.statement.get_state_display()
    yield "result", page.month, "", "", "", "", page.amount, f"{state}. {page.statement.reference}".strip()


def _line(line: dict[str, str], currency: str) -> StatementLine:
    return StatementLine(
        name=line["name"],
        attainment=int(line["attainment"]) if line["attainment"] else None,
        words=with_unit(line["words"]),
        band=line["band"],
        worth=line["worth"],
        amount=amount_words(line_amount(line["credit"], currency), currency),
        why=line["why"],
    )


def _row(statement: CreditStatement) -> StatementRow:
    amount = amount_words(statement.amount, statement.currency)
    return StatementRow(statement, month_year(statement.month), amount)
