"""Issued reviews checked against what they were made from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KT

from portal.accounts.models import BusinessUnit, Membership
from reporting.models import Edition, Figure
from reporting.queries.disputing import family_of
from reporting.queries.page_parts import hash_of
from reporting.queries.review_page import figure_sums, gather
from slas.calculation.differences import Difference, differences
from slas.calculation.proof import check_code
from slas.models import Attainment
from slas.queries.attainments import issued_attainments
from slas.queries.verification import Finding

CHANGED = "What it is made from has changed since. A correction comes as a new edition, with its reason."
# What a later version of the program may word better.
EXACT = ("key", "exact")


@dataclass(frozen=True)
class EditionPart:
    """The page of an edition, or a sum on it: where it differs from what it was made from."""

    name: str
    differences: tuple[Difference, ...]
    is_for_business: bool = False

    @property
    def is_equal(self) -> bool:
        """Whether it is as it was issued."""
        return not self.differences

    @property
    def finding(self) -> Finding:
        """The verdict in one word: a sum follows what it is made from, which is verified by itself."""
        return Finding.EQUAL if self.is_equal else Finding.CORRECTED

    @property
    def verdict(self) -> str:
        """What came out, in words."""
        if self.is_equal:
            return "Equal."
        return CHANGED if self.is_for_business else "Different: what it is made from has changed since."

    @property
    def looked_at(self) -> str:
        """What was compared."""
        return "Each line of its sum, added up again from what is known today."

    @property
    def sentences(self) -> tuple[str, ...]:
        """What differs, one sentence each; the business reads what was issued to it."""
        if self.is_for_business:
            return ()
        return tuple(f"{each.where}: {each.said_words} then, {each.found_words} now." for each in self.differences)


def list_issued_figures(*, unit: BusinessUnit | None = None, month: date | None = None) -> QuerySet[Attainment]:
    """The newest issued figures of promises, of one unit and of the periods that hold the month if they are given."""
    rows = issued_attainments()
    if unit is not None:
        rows = rows.filter(target__agreement__customer__business_unit=unit)
    if month is not None:
        rows = rows.filter(period_start__lte=month, period_end__gt=month)
    related = ("target__agreement", "target__measure", "target__service", "target__service_hours")
    in_order = ("target__agreement__slug", "target__position", "target_id", "period_start")
    return rows.defer(None).select_related(*related).order_by(*in_order)


def list_newest_editions(*, unit: BusinessUnit | None = None, month: date | None = None) -> QuerySet[Edition]:
    """The newest edition of each review, of one unit and one month if they are given."""
    newest = Edition.objects.filter(review=OuterRef("review")).order_by("-number").values("number")[:1]
    rows = Edition.objects.filter(number=Subquery(newest))
    if unit is not None:
        rows = rows.filter(review__business_unit=unit)
    if month is not None:
        rows = rows.filter(review__month=month)
    related = ("review__business_unit", "review__tenant", "review__report_agreement", "review__prepared_by__user")
    return rows.select_related(*related).order_by("review__business_unit__slug", "review__month")


def verify_edition(*, edition: Edition) -> Iterator[EditionPart]:
    """The page with its fingerprint and its list of figures; and each figure that no promise carries, added up again
    from what is known today.
    """
    large = [f"attainment__{name}" for name in ("inputs", "records", "result")]
    rows = Figure.objects.filter(edition=edition).select_related("attainment").defer(*large)
    figures = list(rows.order_by("pk"))
    name = f"{edition.review}, edition {edition.number}"
    yield EditionPart(f"{name}: the page", tuple(_of_page(edition, figures)))
    sums = figure_sums(material=gather(review=edition.review))
    frozen = {family_of(each.anchor): each.proof for each in figures if each.attainment_id is None}
    for family, proof in frozen.items():
        yield EditionPart(f"{name}: the sum of {family}", _of_sum(proof, sums.get(family, {})))


def verify_sum(*, figure: Figure, reader: Membership) -> EditionPart:
    """One figure that no promise carries, added up again from what is known today."""
    sums = figure_sums(material=gather(review=figure.edition.review))
    found = _of_sum(figure.proof, sums.get(family_of(figure.anchor), {}))
    return EditionPart(str(figure), found, is_for_business=reader.is_business)


def find_verified(*, code: str) -> Edition | None:
    """The edition with that code, for whoever holds it; None for a code that nobody was given in this tenant."""
    editions = Edition.objects.filter(verify_code=code).defer("page").select_related("tenant")
    editions = editions.annotate(language=KT("page__head__language"))
    return editions.first()  # at most one: the code is unique


class Verdict(StrEnum):
    """What is said of a file."""

    SAME = "same"
    OTHER = "other"
    NOTHING_KEPT = "nothing_kept"


def verdict_of(*, edition: Edition, sha256: str) -> Verdict:
    """Whether a file with that fingerprint was made of the edition; of one without any kept file nobody can say."""
    kept = set(edition.files.values_list("sha256", flat=True))
    return Verdict.NOTHING_KEPT if not kept else Verdict.SAME if sha256.lower() in kept else Verdict.OTHER


def _of_sum(frozen: Mapping[str, Any], today: Mapping[str, Any]) -> tuple[Difference, ...]:
    then, now = (
        [{part: line.get(part, "") for part in EXACT} for line in proof.get("lines", [])] for proof in (frozen, today)
    )
    return tuple(differences(then, now, ("lines",)))


def _of_page(edition: Edition, figures: list[Figure]) -> Iterator[Difference]:
    """The fingerprint of the page, its list of figures, and their proofs, which are copies of those of the promises."""
    page_hash = hash_of(edition.page)
    kept = {"page_hash": edition.page_hash, "check_code": edition.check_code}
    yield from differences(kept, {"page_hash": page_hash, "check_code": check_code(page_hash)})
    printed = {
        each["anchor"]: [each["printed"], each["status"], each["attainment_id"]] for each in edition.page["figures"]
    }
    rows = {each.anchor: [each.printed, each.status, each.attainment_id] for each in figures}
    yield from differences(printed, rows, ("figures",))
    for each in figures:
        if each.attainment is not None:
            own = {name: each.attainment.proof.get(name) for name in each.proof}
            yield from differences(each.proof, own, ("figures", each.anchor, "proof"))
