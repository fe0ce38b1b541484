"""The main job from the command line: draft or take a unit's review of a month, and write it as PDF."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from portal import clock
from portal.accounts.models import BusinessUnit
from portal.pdf import render_pdf
from portal.tenancy.errors import Refusal
from portal.tenancy.management.base import TenantCommand
from portal.tenancy.models import Tenant
from reporting.actions.editions import keep_file
from reporting.actions.reviews import draft_review
from reporting.exports.pdf import edition_pdf, paper_html
from reporting.models import ServiceReview
from reporting.queries.reviews import latest_edition
from reporting.queries.shown import show_draft, show_edition


class Command(TenantCommand):
    """manage.py review --tenant SLUG --unit SLUG --month YYYY-MM --pdf FILE."""

    help = "Draft a unit's review of a month, or take the issued edition, and write it as PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--unit", required=True, metavar="SLUG", help="the business unit")
        parser.add_argument("--month", required=True, metavar="YYYY-MM", help="the month, for example 2026-10")
        parser.add_argument("--pdf", required=True, metavar="FILE", type=Path, help="where the PDF is written")

    def handle_tenant(self, tenant: Tenant, **options: Any) -> None:
        unit = unit_of(options["unit"])
        month = month_of(options["month"])
        review = ServiceReview.objects.filter(business_unit=unit, month=month).first()  # one at most: unit and month
        edition = latest_edition(review=review) if review else None
        now = clock.now()
        if edition is not None:
            pdf = edition_pdf(edition=edition, shown=show_edition(edition=edition, reader=None, now=now))
            keep_file(edition=edition, content=pdf, now=now)
            said = f"edition {edition.number}, check code {edition.check_code}"
        else:
            try:
                review = draft_review(unit=unit, month=month, by=None, now=now)
            except Refusal as refusal:
                raise CommandError(str(refusal)) from refusal
            pdf = render_pdf(html=paper_html(shown=show_draft(review=review, now=now), tenant=tenant), created_at=now)
            said = "draft"
        self._write(Path(options["pdf"]), pdf)
        self.stdout.write(f"{unit.name}, {options['month']}: {said}, {len(pdf):,} bytes in {options['pdf']}")

    def _write(self, file: Path, pdf: bytes) -> None:
        try:
            file.write_bytes(pdf)
        except OSError as error:
            said = f"{file} cannot be written: {error.strerror}. Name a file in a folder that you may write to."
            raise CommandError(said) from error


def unit_of(slug: str) -> BusinessUnit:
    """The unit of that address; refused with the known ones where there is none."""
    unit = BusinessUnit.objects.filter(slug=slug).first()  # one at most: the slug is unique
    if unit is None:
        known = ", ".join(BusinessUnit.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no business unit “{slug}”. Units: {known}.")
    return unit


def month_of(text: str) -> date:
    """The first of the month that was written."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise CommandError(f"“{text}” is no month. Write it as 2026-10.") from error
