"""Editions and drafts on paper: the same object as the page, drawn by another template; made by workers."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from portal import clock
from portal.accounts.models import Membership
from portal.accounts.policies import can
from portal.jobs.registry import JobResult, Report
from portal.language.ways import ENGLISH
from portal.pdf import Evidence, Variant, render_pdf
from portal.tenancy.models import Tenant
from portal.tenancy.scope import Scope
from reporting.actions.editions import keep_file
from reporting.exports.figures import figures_csv
from reporting.models import Edition, ServiceReview
from reporting.queries.page_parts import to_json
from reporting.queries.reviews import visible_editions
from reporting.queries.shown import show_draft, show_edition
from reporting.queries.talk_parts import ShownReview

PDF = "application/pdf"
DRAWN_BY = [settings.BASE_DIR / name for name in ("templates/reporting/pdf", "templates/components", "static/pdf")]


@cache
def look_of_paper() -> str:
    """The fingerprint of the templates and the style that the paper is drawn by."""
    files = sorted(file for folder in DRAWN_BY for file in folder.rglob("*") if file.is_file())
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def paper_html(*, shown: ShownReview, tenant: Tenant) -> str:
    """The document of an edition or draft, ready to be laid out."""
    with translation.override(shown.page.head.language):
        return _paper_html(shown, tenant)


def _paper_html(shown: ShownReview, tenant: Tenant) -> str:
    head, edition = shown.page.head, shown.edition
    said = {"month": head.month_words, "unit": head.unit, "number": edition.number}
    which = _("edition %(number)s") % said if edition.number else _("draft")
    paper = {
        "title": _("Service review %(month)s, %(unit)s") % said,
        "head_left": f"{head.tenant}, {head.unit}",
        "head_right": f"{_('Service review')}, {head.month_words}, {which}",
        "issued": _foot(shown),
        "language": head.language if head.language != ENGLISH else "",
    }
    context = {"shown": shown, "tenant": tenant, "on_paper": True, "page": shown.page, "paper": paper}
    return render_to_string("reporting/pdf/review.html", context)


def _foot(shown: ShownReview) -> str:
    """What stands at the foot of each page: when it was issued, its fingerprint, and where a file is verified."""
    edition = shown.edition
    if not edition.number:
        return _("Draft, not issued")
    issued = _("Issued %(on)s. Check code %(code)s") % {"on": edition.issued_long, "code": edition.check_code}
    verify = _("Verify this file:")
    return f"{issued}\nSHA-256 {edition.page_hash}\n{verify} {settings.SITE_URL}{edition.verify_path}"


def paper_key(*, shown: ShownReview) -> str:
    """What the paper depends on: another key, another file; the same key, the same bytes.

    A draft follows the templates of now. What was issued does not: its file stays the one that was made, whatever
    becomes of templates and styles afterwards.
    """
    talk = [
        (
            thread.number,
            thread.due_long,
            [(comment.author, comment.when_long, comment.text) for comment in thread.comments],
        )
        for thread in shown.threads
    ]
    look = "" if shown.edition.number else look_of_paper()
    inputs = [to_json(shown.page), talk, shown.acknowledged, settings.SITE_URL, look]
    if shown.edition.replaced_by:  # the file of the newest edition keeps its key
        inputs.append(shown.edition.replaced_by)
    written = json.dumps(inputs, sort_keys=True)
    return sha256(written.encode()).hexdigest()[:24]


@dataclass(frozen=True)
class _Paper:
    """An edition as it is laid out, read in one go."""

    edition: Edition
    html: str
    evidence: list[Evidence]

    def pdf(self, variant: Variant = Variant.READING) -> bytes:
        return render_pdf(html=self.html, created_at=self.edition.issued_at, evidence=self.evidence, variant=variant)


def edition_pdf(*, edition: Edition, shown: ShownReview, variant: Variant = Variant.READING) -> bytes:
    """The PDF of an issued edition, with its figures and proofs inside."""
    return _paper(edition, shown).pdf(variant)


def _paper(edition: Edition, shown: ShownReview) -> _Paper:
    return _Paper(edition, paper_html(shown=shown, tenant=edition.tenant), evidence_of(edition))


def _read(scope: Scope, pk: int, as_of: datetime) -> _Paper:
    """The edition as it is talked about at the asked time."""
    with scope():
        edition = Edition.objects.select_related("review__business_unit", "tenant").get(pk=pk)
        return _paper(edition, show_edition(edition=edition, reader=None, now=as_of))


def _kept(scope: Scope, edition: Edition, pdf: bytes) -> bytes:
    """The same file, known from now on to whoever verifies it."""
    with scope():
        keep_file(edition=edition, content=pdf, now=clock.now())
    return pdf


def evidence_of(edition: Edition) -> list[Evidence]:
    """The files that travel inside the PDF: the list of figures, and the proofs behind them."""
    figures = edition.figures.order_by("pk")
    proofs = {
        figure.anchor: {"printed": figure.printed, "status": figure.status, "proof": figure.proof}
        for figure in figures
        if figure.proof.get("evidence")
    }
    written = json.dumps({"page_hash": edition.page_hash, "figures": proofs}, indent=1, ensure_ascii=False)
    return [
        Evidence("figures.csv", figures_csv(edition=edition).encode(), "Every figure of this edition"),
        Evidence("proofs.json", written.encode(), "How the figures of the month were made"),
    ]


def file_name(review: ServiceReview, number: int, variant: Variant = Variant.READING) -> str:
    """What a PDF is saved as: service-review-customer-orders-2026-10-edition-1.pdf."""
    which = f"edition-{number}" if number else "draft"
    which += "-archive" if variant == Variant.ARCHIVE else ""
    return f"service-review-{review.business_unit.slug}-{review.month:%Y-%m}-{which}.pdf"


def build_edition_pdf(*, scope: Scope, arguments: dict[str, Any], report: Report) -> JobResult:
    """A job: the edition as it is talked about at the asked time; `variant` is the standard that its file follows."""
    variant = Variant(arguments.get("variant", Variant.READING))
    paper = _read(scope, arguments["edition_id"], datetime.fromisoformat(arguments["as_of"]))
    report(30, "The pages are laid out.")
    pdf = _kept(scope, paper.edition, paper.pdf(variant))
    return JobResult(pdf, PDF, file_name(paper.edition.review, paper.edition.number, variant))


def build_draft_pdf(*, scope: Scope, arguments: dict[str, Any], report: Report) -> JobResult:
    """A job: the working review as it would be issued at the asked time."""
    as_of = datetime.fromisoformat(arguments["as_of"])
    with scope():
        review = ServiceReview.objects.select_related("business_unit", "tenant", "report_agreement").get(
            pk=arguments["review_id"]
        )
        html = paper_html(shown=show_draft(review=review, now=as_of), tenant=review.tenant)
        name = file_name(review, 0)
    report(30, "The pages are laid out.")
    return JobResult(render_pdf(html=html, created_at=as_of), PDF, name)


def may_read_edition(*, reader: Membership, arguments: dict[str, Any]) -> bool:
    """Whoever may read the edition may have its PDF."""
    return visible_editions(reader=reader).filter(pk=arguments["edition_id"]).exists()


def may_read_draft(*, reader: Membership, arguments: dict[str, Any]) -> bool:
    """A draft is for those who prepare reviews."""
    return can(reader, "review.prepare") and "review_id" in arguments
