"""An agreement on paper: the same object as its page, drawn by another template; made by workers."""

from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from portal.accounts.models import Membership
from portal.jobs.registry import JobResult, Report
from portal.pdf import Evidence, render_pdf
from portal.tenancy.scope import Scope
from slas.errors.signing import PaperChanged
from slas.models import Agreement
from slas.queries.agreement_paper import AgreementPaper, get_paper
from slas.queries.agreements import list_visible_agreements

PDF = "application/pdf"
DRAWN_BY = [settings.BASE_DIR / name for name in ("templates/slas/pdf", "templates/components", "static/pdf")]


@cache
def look_of_paper() -> str:
    """The fingerprint of the templates and the style that the paper is drawn by."""
    files = sorted(file for folder in DRAWN_BY for file in folder.rglob("*") if file.is_file())
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def paper_key(*, agreement: Agreement, shown: AgreementPaper) -> str:
    """What the file depends on: another key, another file; the same key, the same file."""
    return f"{agreement.pk}-{sha256((shown.key + look_of_paper()).encode()).hexdigest()[:24]}"


def paper_html(*, shown: AgreementPaper) -> str:
    """The document of a version, ready to be laid out."""
    paper = {
        "title": shown.title,
        "head_left": f"{shown.tenant}, {shown.name}",
        "head_right": f"{shown.kind}, version {shown.version}",
        "issued": f"{shown.standing}. Check code {shown.code}",
    }
    return render_to_string("slas/pdf/agreement.html", {"paper": paper, "shown": shown})


def agreement_pdf(*, shown: AgreementPaper, created_at: datetime) -> bytes:
    """The PDF; the text that its fingerprint is of travels inside, so that anybody can check it."""
    said = f"The text with the fingerprint {shown.fingerprint}"
    evidence = [Evidence("agreement.json", shown.written.encode(), said)]
    return render_pdf(html=paper_html(shown=shown), created_at=created_at, evidence=evidence)


def file_name(agreement: Agreement) -> str:
    """What a PDF is saved as: agreement-orders-version-2.pdf."""
    return f"agreement-{agreement.slug}-version-{agreement.version}.pdf"


def build_agreement_pdf(*, scope: Scope, arguments: dict[str, Any], report: Report) -> JobResult:
    """A job: the version as it was when it was asked for. Refuses with PaperChanged when it is another by now."""
    with scope():
        agreement = Agreement.objects.select_related("tenant", "customer", "provider").get(pk=arguments["agreement_id"])
        shown = get_paper(agreement=agreement)
        if paper_key(agreement=agreement, shown=shown) != arguments["key"]:
            raise PaperChanged
    report(30, "The pages are laid out.")
    content = agreement_pdf(shown=shown, created_at=datetime.fromisoformat(arguments["as_of"]))
    return JobResult(content, PDF, file_name(agreement))


def may_read_agreement(*, reader: Membership, arguments: dict[str, Any]) -> bool:
    """Whoever may read the version may have its PDF."""
    return list_visible_agreements(reader=reader).filter(pk=arguments["agreement_id"]).exists()
