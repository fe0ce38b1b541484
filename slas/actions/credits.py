"""Credits are computed from closed months, decided by people, told to the customer, and earned back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import Membership, Role
from portal.audit.actions import record
from portal.conversations.actions import notify
from portal.conversations.models import NoticeKind
from portal.language.currencies import places_of
from portal.language.dates import day_year, local, month_year
from portal.language.numbers import lower_first
from slas.calculation.credit_months import billing_of, results_of
from slas.calculation.credits import CreditProposal, propose_credits, prove_credits
from slas.calculation.rounding import shown_money
from slas.errors.credits import CreditComputedAgain, CreditDecided, CreditNotApproved, NotCreditApprover, NotEarnedBack
from slas.models import CreditScheme, CreditState, CreditStatement
from slas.queries.credit_lines import credit_lines, proof_of
from slas.queries.credit_months import GatheredMonth, gather_months, list_credit_schemes
from slas.queries.credit_statements import earning_back
from slas.queries.credits import agreed_scheme, amount_words

SCHEMES_AT_ONCE = 100
NOTHING = Decimal(0)
GIVEN = (CreditState.APPROVED, CreditState.STATED, CreditState.EARNED_BACK)


@dataclass(frozen=True, slots=True)
class ComputedCredits:
    """How many statements were written, and after which scheme to go on; None when all were looked at."""

    written: int
    go_on_after: int | None


@transaction.atomic
def compute_credits(*, now: datetime, after: int = 0, limit: int = SCHEMES_AT_ONCE) -> ComputedCredits:
    """What the closed months of a portion of the schemes give, so that doing it twice changes nothing.

    A proposal is computed again as long as nobody has decided. What was decided stays: where it would be worth
    something else now, the next revision is proposed, which says what that changes.
    """
    schemes = list_credit_schemes(after=after, limit=limit)
    written = sum(_compute(scheme, now) for scheme in schemes)
    return ComputedCredits(written, schemes[-1].pk if len(schemes) == limit else None)


@transaction.atomic
def decide_credit(
    *, statement: CreditStatement, is_approved: bool, reason: str, read: str, by: Membership, now: datetime
) -> CreditStatement:
    """Approve what is proposed, or decline it with a reason; the business sees what is approved.

    `read` is the instant at which that was computed which was read, as ISO 8601. Refuses with CreditDecided, with
    CreditComputedAgain when something else stands there by now, and with NotCreditApprover whoever has not the agreed
    role.
    """
    held = _held(statement)
    _refuse_others(held, by)
    if held.state != CreditState.PROPOSED:
        raise CreditDecided(decided_on=_day(held, held.decided_at or now))
    if read != held.computed_at.isoformat():
        raise CreditComputedAgain
    held.state = CreditState.APPROVED if is_approved else CreditState.DECLINED
    held.decided_by, held.decided_at, held.reason = by, now, reason
    held.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    _record("credit.approved" if is_approved else "credit.declined", held, by, now, reason=reason)
    if is_approved:
        words = _("Credits for %(month)s are approved: %(amount)s.")
        _tell(held, words % {"month": month_year(held.month), "amount": _amount(held)}, "approved", now)
    return held


@transaction.atomic
def state_credit(*, statement: CreditStatement, reference: str, by: Membership, now: datetime) -> CreditStatement:
    """The customer has it in writing, for example as a credit note. Refuses with CreditNotApproved."""
    held = _held(statement)
    if held.state != CreditState.APPROVED:
        raise CreditNotApproved(state=lower_first(held.get_state_display()))
    held.state, held.reference, held.stated_by, held.stated_at = CreditState.STATED, reference, by, now
    held.save(update_fields=["state", "reference", "stated_by", "stated_at"])
    _record("credit.stated", held, by, now, reference=reference)
    words = _("Credits for %(month)s are stated: %(amount)s, %(reference)s.")
    told = {"month": month_year(held.month), "amount": _amount(held), "reference": reference}
    _tell(held, words % told, "stated", now)
    return held


@transaction.atomic
def earn_back_credit(*, statement: CreditStatement, by: Membership, now: datetime) -> CreditStatement:
    """The promises were kept in each of the agreed months afterwards: the credit is given back.

    Refuses with CreditNotApproved, NotCreditApprover and NotEarnedBack.
    """
    held = _held(statement)
    _refuse_others(held, by)
    if held.state not in (CreditState.APPROVED, CreditState.STATED):
        raise CreditNotApproved(state=lower_first(held.get_state_display()))
    earning = earning_back(statement=held, now=now)
    if not earning.is_earned:
        raise NotEarnedBack(why=earning.words)
    held.state, held.earned_back_by, held.earned_back_at = CreditState.EARNED_BACK, by, now
    held.save(update_fields=["state", "earned_back_by", "earned_back_at"])
    _record("credit.earned_back", held, by, now)
    words = _("Credits for %(month)s are earned back: %(amount)s.")
    _tell(held, words % {"month": month_year(held.month), "amount": _amount(held)}, "earned-back", now)
    return held


def _compute(scheme: CreditScheme, now: datetime) -> int:
    CreditScheme.objects.select_for_update(no_key=True).get(pk=scheme.pk)  # one worker at a time
    months = gather_months(scheme=scheme, now=now)
    statements = list(_statements(scheme))
    written = 0
    for gathered in months:
        statement = _computed(scheme, gathered, statements, now)
        if statement is not None:
            statements = [*(each for each in statements if each.pk != statement.pk), statement]
            written += 1
    return written


def _statements(scheme: CreditScheme) -> Iterable[CreditStatement]:
    """Those of all versions of the scheme: the cap of a year does not begin anew with a version."""
    same = CreditStatement.objects.filter(scheme__agreement__slug=scheme.agreement.slug, scheme__slug=scheme.slug)
    return same.order_by("month", "revision")


def _computed(
    scheme: CreditScheme, gathered: GatheredMonth, statements: Sequence[CreditStatement], now: datetime
) -> CreditStatement | None:
    """The statement of a month where there is a new one, or where the open one has changed."""
    month = gathered.month
    own = [each for each in statements if each.scheme_id == scheme.pk and each.month == month.first_on]
    newest = own[-1] if own else None
    agreed = agreed_scheme(scheme)
    billing = billing_of(month, agreed, _credited(scheme, month.first_on, statements))
    results = results_of(month, agreed)
    proposal = propose_credits(agreed.terms, billing, results)
    amount = _rounded(proposal.amount, scheme.currency)
    proof = proof_of(prove_credits(agreed.terms, billing, results, proposal))
    if newest is None and not any(line.band for line in proposal.lines_of_targets):
        return None
    if newest is not None and newest.state != CreditState.PROPOSED:
        if newest.amount == amount:
            return None
        newest = CreditStatement(scheme=scheme, month=month.first_on, revision=newest.revision + 1)
    statement = newest or CreditStatement(scheme=scheme, month=month.first_on)
    lines = credit_lines(scheme, gathered, proposal)
    if statement.proof == proof and statement.lines == lines:
        return None
    return _written(statement, amount, proposal, _given(own), lines, proof, now)


def _written(
    statement: CreditStatement,
    amount: Decimal,
    proposal: CreditProposal,
    given: Decimal,
    lines: list[dict[str, object]],
    proof: dict[str, object],
    now: datetime,
) -> CreditStatement:
    currency = statement.scheme.currency
    statement.currency, statement.amount, statement.change = currency, amount, amount - given
    statement.lines, statement.proof, statement.computed_at = lines, proof, now
    statement.sums = {
        "total": str(_rounded(proposal.total, currency)),
        "after_month_cap": str(_rounded(proposal.after_period_cap, currency)),
        "after_year_cap": str(amount),
    }
    statement.save()
    return statement


def _credited(scheme: CreditScheme, month: date, statements: Sequence[CreditStatement]) -> Fraction:
    """What the calendar year had already: earlier months as they stand, later ones where they were approved.

    What was declined does not count; what was earned back does.
    """
    newest: dict[tuple[int, date], CreditStatement] = {}
    for each in statements:
        if each.state != CreditState.DECLINED:
            newest[each.scheme_id, each.month] = each
    return sum(
        (
            Fraction(each.amount)
            for each in newest.values()
            if each.month.year == month.year
            and (each.scheme_id, each.month) != (scheme.pk, month)
            and (each.month <= month or each.state in GIVEN)
        ),
        Fraction(0),
    )


def _given(own: Sequence[CreditStatement]) -> Decimal:
    """What was approved of the month before."""
    return next((each.amount for each in reversed(own) if each.state in GIVEN), NOTHING)


def _rounded(amount: Fraction, currency: str) -> Decimal:
    return Decimal(shown_money(amount, places_of(currency)))


def _held(statement: CreditStatement) -> CreditStatement:
    related = ("scheme__agreement__customer__business_unit",)
    return CreditStatement.objects.select_for_update(of=("self",)).select_related(*related).get(pk=statement.pk)


def _refuse_others(statement: CreditStatement, by: Membership) -> None:
    role = statement.scheme.approver_role
    if by.role != role:
        raise NotCreditApprover(role=lower_first(str(Role(role).label)))


def _day(statement: CreditStatement, at: datetime) -> str:
    return day_year(local(at, statement.scheme.agreement.time_zone))


def _amount(statement: CreditStatement) -> str:
    return amount_words(statement.amount, statement.currency)


def _tell(statement: CreditStatement, text: str, what: str, now: datetime) -> None:
    unit = statement.scheme.agreement.customer.business_unit
    if unit is None:
        return
    heads = Membership.objects.filter(role=Role.BUSINESS_UNIT_HEAD, unit_links__business_unit=unit)
    url = reverse("credit_statement", kwargs={"tenant": statement.tenant.slug, "credit_id": statement.pk})
    notify(
        members=heads.select_related("user"),
        text=text,
        url=url,
        key=f"credit-{statement.pk}-{what}",
        now=now,
        kind=NoticeKind.AGREEMENTS,
    )


def _record(act: str, statement: CreditStatement, by: Membership, now: datetime, **told: str) -> None:
    amount = shown_money(Fraction(statement.amount), places_of(statement.currency))
    said = {"amount": amount, "currency": statement.currency, "revision": statement.revision}
    record(act=act, actor_id=by.user_id, at=now, subject=str(statement), **said, **told)
