"""Facts in the browser: all of a measure, one entered by hand, a file of them."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalog.importers.files import UnusableFile
from portal import clock
from portal.accounts.policies import authorise
from portal.exports import csv_file, csv_of
from portal.pages import attempt, form_page, get_or_404, sent
from portal.tenancy.middleware import TenantRequest
from slas.actions import batches as actions
from slas.forms.facts import FactForm, UploadForm
from slas.importers.rows.kinds import SCHEMAS, STATES
from slas.importers.rows.values import Surroundings
from slas.importers.uploads import check_file
from slas.models import FactBatch, FactKind, Measure, MeasurementRevision, Origin
from slas.queries.facts import list_corrections, list_facts, rows_of
from slas.queries.few_answers import FewAnswers, find_few_answers
from slas.queries.measures import get_measure
from slas.queries.rows import (
    COVERED,
    GAPS,
    Part,
    PriorityRow,
    ReopeningRow,
    Row,
    SurveyRow,
    from_plain,
    own_key,
    why_hidden,
)

PAGE = 100
STATE_WORDS = {number: word for word, number in STATES.items()}


def measure_facts(request: TenantRequest, tenant: str, slug: str, *, side: str = "") -> HttpResponse:
    """All facts of a measure, newest first, or the times without data, or the values that were replaced."""
    measure = get_or_404(get_measure, reader=request.membership, slug=slug)
    authorise(request.membership, "evidence.read")
    fact = _fact(measure, side)
    page = Paginator(list_facts(measure=measure, fact=fact), PAGE).get_page(request.GET.get("page"))
    context = {
        "measure": measure,
        "title": f"{measure.name}: {fact_words(fact).lower()}",
        "columns": SCHEMAS[fact].columns,
        "page": page,
        "lines": lines_of(fact, rows_of(fact=fact, facts=page.object_list), find_few_answers(measure=measure)),
    }
    return render(request, "slas/measure_facts.html", context)


def measure_corrections(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """The values that were replaced, and by what."""
    measure = get_or_404(get_measure, reader=request.membership, slug=slug)
    authorise(request.membership, "evidence.read")
    page = Paginator(list_corrections(measure=measure), PAGE).get_page(request.GET.get("page"))
    few = find_few_answers(measure=measure)
    pairs = [(each, from_plain(each.fact, each.old), from_plain(each.fact, each.new)) for each in page]
    lines = [(each, key_of(each), differences(each.fact, old, new, few)) for each, old, new in pairs]
    return render(request, "slas/measure_corrections.html", {"measure": measure, "page": page, "lines": lines})


def fact_enter(request: TenantRequest, tenant: str, slug: str, *, side: str = "") -> HttpResponse:
    """One fact, entered by hand; it counts when a second person approves it."""
    measure = get_or_404(get_measure, reader=request.membership, slug=slug)
    authorise(request.membership, "fact.enter")
    fact = _fact(measure, side)
    now = clock.now()
    form = FactForm(sent(request), fact=fact, zone=request.tenant.time_zone, now=now)
    batch = attempt(form, lambda data: _enter(form, measure, request, data["why"]))
    if batch:
        messages.success(request, _("Sent. It counts when a second person approves it."))
        return redirect("batch_detail", tenant=tenant, batch_id=batch.pk)
    title, told = _entering(fact, measure)
    return form_page(
        request,
        form,
        title=title,
        intro=told,
        send=_("Send for approval"),
        back=reverse("measure_detail", kwargs={"tenant": tenant, "slug": slug}),
    )


def _entering(fact: str, measure: Measure) -> tuple[str, str]:
    """Title and first words of the form for one fact of a kind."""
    name = {"name": measure.name}
    if fact == GAPS:
        told = _("A time without data. What it counts as was agreed with each promise.")
        return _("Say when nothing is known of “%(name)s”") % name, told
    if fact == COVERED:
        told = _("A time for which the log holds each outage. All other time is unknown.")
        return _("Say that the log of “%(name)s” is complete") % name, told
    return _("Enter a fact for “%(name)s”") % name, measure.what


def _enter(form: FactForm, measure: Measure, request: TenantRequest, why: str) -> FactBatch:
    assert form.row is not None  # noqa: S101 - a valid form has read its row
    return actions.enter_fact(measure=measure, row=form.row, by=request.membership, reason=why, now=form.now)


def fact_upload(request: TenantRequest, tenant: str, slug: str) -> HttpResponse:
    """A file of facts is checked; what it would change is shown before anything is sent."""
    measure = get_or_404(get_measure, reader=request.membership, slug=slug)
    authorise(request.membership, "fact.enter")
    form = UploadForm(sent(request), request.FILES or None, measure=measure, zone=request.tenant.time_zone)
    batch = attempt(form, lambda data: _check(form, measure, request, data))
    if batch:
        return redirect("batch_detail", tenant=tenant, batch_id=batch.pk)
    where = {"tenant": tenant, "slug": slug}
    kinds = [
        (fact_words(measure.fact_kind), reverse("fact_template", kwargs=where), SCHEMAS[measure.fact_kind]),
        (fact_words(GAPS), reverse("gap_template", kwargs=where), SCHEMAS[GAPS]),
    ]
    if measure.fact_kind == FactKind.OUTAGES:
        kinds.append((fact_words(COVERED), reverse("covered_template", kwargs=where), SCHEMAS[COVERED]))
    context = {"measure": measure, "form": form, "kinds": kinds}
    return render(request, "slas/fact_upload.html", context, status=422 if form.errors else 200)


def _check(form: UploadForm, measure: Measure, request: TenantRequest, data: dict[str, Any]) -> FactBatch | None:
    now, file = clock.now(), data["file"]
    around = Surroundings(now, data["zone"])
    try:
        checked = check_file(
            measure=measure, content=file.read(), fact=data["fact"], around=around, is_whole=data["is_whole"]
        )
    except UnusableFile as unusable:
        form.add_error("file", str(unusable))
        return None
    arrival = actions.Arrival(Origin.UPLOADED, request.membership, file.name[:200], data["reason"])
    return actions.draft_batch(
        measure=measure, fact=data["fact"], rows=checked.rows, arrival=arrival, now=now, outcome=checked.outcome
    )


def fact_template(request: TenantRequest, tenant: str, slug: str, *, side: str = "") -> HttpResponse:
    """An empty file with the right heading and one example."""
    measure = get_or_404(get_measure, reader=request.membership, slug=slug)
    fact = _fact(measure, side)
    columns = SCHEMAS[fact].columns
    text = csv_of([column.name for column in columns], [[column.example for column in columns]])
    return csv_response(text, f"{slug}-{fact}.csv")


def _fact(measure: Measure, side: str) -> str:
    """The measure's own facts, or what is said beside them: times without data, times that a log of outages covers."""
    if side == COVERED and measure.fact_kind != FactKind.OUTAGES:
        raise Http404
    return side or measure.fact_kind


def csv_response(text: str, name: str) -> HttpResponse:
    """A CSV file to keep; never shown inside the browser."""
    response = HttpResponse(csv_file(text), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def fact_words(fact: str) -> str:
    """How a kind of facts is called."""
    beside = {GAPS: _("Times without data"), COVERED: _("Times that the log covers")}
    return beside.get(fact) or str(FactKind(fact).label)


def lines_of(fact: str, rows: Iterable[Row], few: FewAnswers | None) -> list[list[tuple[str, str]]]:
    """Rows as people read them: the label and the words of each column.

    Few answers are hidden, but not from the two people who bring a row and check it (`few` is None).
    """
    hidden = [(row, few is not None and few.hides(row)) for row in rows]
    return [
        [(each.label, _cell(row, each.name, is_hidden)) for each in SCHEMAS[fact].columns] for row, is_hidden in hidden
    ]


def _cell(row: Row, name: str, is_hidden: bool) -> str:
    if is_hidden and isinstance(row, SurveyRow) and name in ("answers", "good"):
        return _(why_hidden(row)) if name == "answers" else _("hidden")
    return words_of(name, getattr(row, name))


def differences(fact: str, old: Row, new: Row, few: FewAnswers | None) -> list[tuple[str, str, str]]:
    """Label, old words and new words of each value that two rows do not share; few answers as in `lines_of`."""
    before, after = lines_of(fact, [old, new], few)
    pairs = zip(before, after, strict=True)
    return [(label, was, becomes) for (label, was), (_label, becomes) in pairs if was != becomes]


def key_of(correction: MeasurementRevision) -> str:
    """Which fact was corrected, as people know it: its number, its date, or its instant on the clocks of the tenant."""
    row = from_plain(correction.fact, correction.old)
    return words_of(row.KEY[0], own_key(row))


def words_of(name: str, value: Any) -> str:
    """One value of a row in words; instants on the clocks of the tenant, numbers without needless zeros."""
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j M Y, H:i:s")
    if isinstance(value, date):
        return date_format(value, "j M Y")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, tuple):
        return "; ".join(_part_words(part) for part in value)
    if name == "state":
        return STATE_WORDS[value]
    return "" if value is None else str(value)


def _part_words(part: Part) -> str:
    """A pause, a reopening or another priority of a case; of a pause all that is known."""
    match part:
        case ReopeningRow(solved_at, reopened_at):
            return _("solved %(solved)s, opened again %(again)s") % {
                "solved": words_of("", solved_at),
                "again": words_of("", reopened_at),
            }
        case PriorityRow(changed_at, before):
            return _("%(before)s until %(until)s") % {"before": before, "until": words_of("", changed_at)}
    known = {
        _("for"): part.party,
        _("because"): part.note,
        _("entered"): words_of("", part.entered_at),
        _("by"): part.entered_by,
        _("approved by"): part.approved_by,
    }
    said = _("%(start)s to %(end)s: %(reason)s") % {
        "start": words_of("", part.started_at),
        "end": words_of("", part.ended_at) or _("now"),
        "reason": part.reason,
    }
    return ", ".join([said, *(f"{name} {value}" for name, value in known.items() if value)])
