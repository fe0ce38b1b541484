"""Proposing other words for a clause in the browser: to change it, to take it out, to add one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from portal import clock
from portal.accounts.policies import authorise
from portal.pages import respond, sent
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest
from slas.actions.negotiation import propose_clause
from slas.errors.negotiation import ClauseGone
from slas.forms.agreements import ObligationForm
from slas.forms.credits import CreditsForm
from slas.forms.negotiation import LineForms, TermsForm, WhyForm, line_forms
from slas.forms.targets import TargetForm
from slas.models import Agreement, ClauseChange, Obligation, Party, ServiceLevelTarget, TargetKind
from slas.queries.clause_changes import (
    TERMS_FIELDS,
    ClauseRow,
    Coverage,
    NoSuchClause,
    clause_of,
    row_for_counter,
    values_of,
    waiting_proposal,
    was_taken_out,
)
from slas.queries.clause_credits import Credits, begin_credits
from slas.queries.clauses import SCOPE, Clause
from slas.queries.negotiation import get_clause, own_sides
from slas.queries.wording_parts import BESIDE
from slas.queries.wording_texts import RowPreview, preview_row
from slas.views.negotiation import address_of
from slas.views.targets import KINDS
from slas.views.versions import version_of

ClauseForm = TermsForm | TargetForm | ObligationForm | LineForms | CreditsForm
# The free words of promises and duties, which may be offered otherwise.
FREE_FIELDS = ("sentence", "text", *(name for name, _label in BESIDE))


def clause_propose(request: TenantRequest, tenant: str, slug: str, version: int, clause: str) -> HttpResponse:
    """Other words for a clause; where the other side's proposal waits, one begins with that. What is covered may be
    said for the first time.
    """
    agreement, sides = _agreement(request, slug, version)
    row = _row(request, agreement, clause)
    if row is None:
        return redirect(address_of(agreement))
    title = _("Propose other words: %(title)s") % {"title": clause_of(row=row, key=clause).title}
    _begin_with(row, request.GET)
    is_first = clause == SCOPE and not agreement.scope.exists()
    change = ClauseChange.ADD if is_first else ClauseChange.CHANGE
    return _propose(request, agreement, sides, row, key=clause, change=change, title=title)


def clause_leave_out(request: TenantRequest, tenant: str, slug: str, version: int, clause: str) -> HttpResponse:
    """Propose to take a clause out."""
    agreement, sides = _agreement(request, slug, version)
    row = _row(request, agreement, clause)
    if row is None:
        return redirect(address_of(agreement))
    title = _("Propose to take it out: %(title)s") % {"title": clause_of(row=row, key=clause).title}
    return _propose(request, agreement, sides, None, key=clause, change=ClauseChange.REMOVE, title=title)


def _row(request: TenantRequest, agreement: Agreement, key: str) -> ClauseRow | None:
    """From what a counter begins; None, and said why, where the clause was taken out while its words were written."""
    try:
        return row_for_counter(agreement=agreement, key=key)
    except NoSuchClause as error:
        if not was_taken_out(agreement=agreement, key=key):
            raise Http404(str(error)) from error
        messages.error(request, str(ClauseGone(agreement=agreement)))
        return None


def duty_propose(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """Propose one more thing that the customer does."""
    agreement, sides = _agreement(request, slug, version)
    row = Obligation(agreement=agreement)
    return _propose(request, agreement, sides, row, key="duty", change=ClauseChange.ADD, title=_("Propose a new duty"))


def credits_propose(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """Propose what missed promises are worth."""
    agreement, sides = _agreement(request, slug, version)
    row = begin_credits(agreement=agreement)
    return _propose(request, agreement, sides, row, key="credits", change=ClauseChange.ADD, title=_("Propose credits"))


def promise_propose(request: TenantRequest, tenant: str, slug: str, version: int) -> HttpResponse:
    """Propose one more promise: first its kind, then the fields of that kind."""
    agreement, sides = _agreement(request, slug, version)
    kind = request.GET.get("kind", "")
    if kind not in TargetKind.values:
        choices = [(choice, TargetKind(choice).label, words) for choice, words in KINDS.items()]
        context = {"agreement": agreement, "choices": choices, "back": address_of(agreement)}
        return render(request, "slas/promise_propose.html", context)
    row = ServiceLevelTarget(agreement=agreement, kind=kind)
    return _propose(
        request, agreement, sides, row, key="target", change=ClauseChange.ADD, title=_("Propose a new promise")
    )


def _agreement(request: TenantRequest, slug: str, version: int) -> tuple[Agreement, tuple[Party, ...]]:
    agreement = version_of(request, slug, version)
    authorise(request.membership, "clause.propose")
    return agreement, own_sides(reader=request.membership, agreement=agreement)


def _propose(
    request: TenantRequest,
    agreement: Agreement,
    sides: tuple[Party, ...],
    row: ClauseRow | None,
    *,
    key: str,
    change: str,
    title: str,
) -> HttpResponse:
    form = _form_for(request, row, key)
    why = WhyForm(None if "show" in request.POST else sent(request), sides=sides, known=request.POST)
    is_valid = [each.is_valid() for each in (form, why) if each is not None]
    if all(is_valid) and request.method == "POST":
        values = {} if form is None else _values(form.filled(), key, change)
        said = {"key": key, "change": change, "values": values, **why.filled()}
        try:
            propose_clause(agreement=agreement, by=request.membership, now=clock.now(), **said)
        except Refusal as refusal:
            why.add_error(None, str(refusal))
        else:
            messages.success(request, _("Proposed. The other side answers by the day that is shown."))
            return redirect(address_of(agreement))
    is_free = row is not None and key not in TERMS_FIELDS and not isinstance(row, Credits)
    context: dict[str, Any] = {"form": form, "why": why, "title": title, "agreement": agreement}
    context |= {
        "back": address_of(agreement),
        "is_free": is_free,
        "is_counter": isinstance(form, TargetForm) and change == ClauseChange.CHANGE,
        "now": _now(agreement, key),
        "waiting": waiting_proposal(agreement=agreement, key=key),
        "preview": _preview(request, row, form) if is_free else None,
    }
    is_wrong = request.method == "POST" and (why.is_bound or not _is_right(form)) and not request.htmx
    return respond(request, "slas/clause_propose.html", "preview", context, status=422 if is_wrong else 200)


def _now(agreement: Agreement, key: str) -> Clause | None:
    """The clause as it stands, beside the form that begins with what was proposed; none where it is to be added."""
    try:
        return get_clause(agreement=agreement, key=key)
    except NoSuchClause:
        return None


def _begin_with(row: ClauseRow, asked: QueryDict) -> None:
    """Words that were offered beside the clause stand in its form already; the reader sends them, or others."""
    name, wording = asked.get("field", ""), asked.get("wording", "")
    if wording and name in FREE_FIELDS and hasattr(row, name):
        setattr(row, name, wording)


def _is_right(form: ClauseForm | None) -> bool:
    return form is None or form.is_valid()


def _preview(request: TenantRequest, row: ClauseRow | None, form: ClauseForm | None) -> RowPreview | None:
    """What is unclear in the clause as it is filled in; nothing of one that is only begun, or not right yet."""
    if form is not None and form.is_bound:
        row = form.filled() if form.is_valid() else None
    if row is None or (isinstance(row, ServiceLevelTarget) and not row.measure_id):
        return None
    return preview_row(reader=request.membership, row=row, now=clock.now())


def _form_for(request: TenantRequest, row: ClauseRow | None, key: str) -> ClauseForm | None:
    data = sent(request)
    if row is None:
        return None
    if isinstance(row, Coverage):
        today = clock.today(request.tenant.time_zone)
        return line_forms(data, coverage=row, reader=request.membership, today=today)
    if isinstance(row, Credits):
        return CreditsForm(data, row=row)
    if isinstance(row, Agreement):
        return TermsForm(data, agreement=row, names=TERMS_FIELDS[key])
    return TargetForm(data, target=row) if isinstance(row, ServiceLevelTarget) else ObligationForm(data, obligation=row)


def _values(row: ClauseRow, key: str, change: str) -> dict[str, Any]:
    """A new promise says of which kind it is; what is there keeps its kind."""
    kind = {"kind": row.kind} if change == ClauseChange.ADD and isinstance(row, ServiceLevelTarget) else {}
    return values_of(row, key) | kind
