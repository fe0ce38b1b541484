"""The evidence of a whole issued review as one file, made by workers: it may hold years of cases."""

from typing import Any

from portal.accounts.models import Membership
from portal.accounts.policies import can
from portal.jobs.registry import JobResult, Report
from portal.tenancy.scope import Scope
from reporting.models import Edition, Figure
from reporting.queries.reviews import visible_editions
from slas.calculation.proof import RULES_VERSION
from slas.exports.evidence import JSON, as_json, evidence_json
from slas.models import Attainment


def build_edition_evidence(*, scope: Scope, arguments: dict[str, Any], report: Report) -> JobResult:
    """A job: the issued review for somebody who has no portal."""
    with scope():
        edition = Edition.objects.select_related("review__business_unit").get(pk=arguments["edition_id"])
    content = edition_evidence(scope=scope, edition=edition, report=report)
    return JobResult(content, JSON, evidence_name(edition))


def edition_evidence(*, scope: Scope, edition: Edition, report: Report) -> bytes:
    """The frozen page with its fingerprint, the evidence of each figure of a promise on it, and the sums of all others.

    Figures are read and written one at a time, so that a review is never in memory as objects.
    """
    with scope():
        head, behind = as_json(_head(edition)), _behind(edition)
    written = []
    for place, pk in enumerate(behind):
        report(100 * place // len(behind), f"{place} of {len(behind)} figures are in the file.")
        with scope():
            related = ("target__agreement", "target__measure")
            written.append(evidence_json(Attainment.objects.defer(None).select_related(*related).get(pk=pk)))
    figures = ",\n".join(written)
    return f'{head.removesuffix("}")},\n"figures": [\n{figures}\n]\n}}'.encode()


def evidence_name(edition: Edition) -> str:
    """What the file is called when it is saved: evidence-customer-orders-2026-10-edition-1.json."""
    review = edition.review
    return f"evidence-{review.business_unit.slug}-{review.month:%Y-%m}-edition-{edition.number}.json"


def may_read_evidence(*, reader: Membership, arguments: dict[str, Any]) -> bool:
    """Whoever may read the edition, and evidence."""
    is_visible = visible_editions(reader=reader).filter(pk=arguments["edition_id"]).exists()
    return can(reader, "evidence.read") and is_visible


def _behind(edition: Edition) -> list[int]:
    """The figures of promises that the edition prints, in the order of the agreement and of time."""
    printed = Figure.objects.filter(edition=edition).values("attainment")
    rows = Attainment.objects.filter(pk__in=printed).order_by("target__position", "target_id", "period_start")
    return list(rows.values_list("pk", flat=True))


def _head(edition: Edition) -> dict[str, Any]:
    review, sums = edition.review, Figure.objects.filter(edition=edition, attainment=None).order_by("pk")
    return {
        "edition": {
            "unit": review.business_unit.name,
            "month": f"{review.month:%Y-%m}",
            "number": edition.number,
            "issued_at": edition.issued_at.isoformat(),
            "check_code": edition.check_code,
            "page_hash": edition.page_hash,
            "rules_version": RULES_VERSION,
        },
        "page": edition.page,
        "sums": [
            {"figure": each.anchor, "name": each.name, "printed": each.printed, "proof": each.proof} for each in sums
        ],
    }
