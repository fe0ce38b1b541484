"""The lines of a statement of credits: each promise with its figure, its band, what that is worth, and why so."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from portal.language.currencies import places_of
from slas.calculation.credit_bands import BandRow, Promised, band_words
from slas.calculation.credits import CreditGround, CreditLine, CreditProposal
from slas.calculation.proof import Proof
from slas.calculation.rounding import shown_money
from slas.models import CreditScheme, ServiceLevelTarget
from slas.queries.credit_months import GatheredMonth
from slas.queries.credits import list_bands, promised_of, rows_by_target, worth_words

NOT_JUDGED = {
    "data_gap": "Too little data to judge it, so that nothing is credited.",
    "no_cases": "There was no case to judge.",
    "disputed": "It is disputed; a settled dispute is computed again.",
}
WHY = {
    CreditGround.CREDITED: "Missed.",
    CreditGround.KEPT: "Kept.",
    CreditGround.NOT_CLAIMED: "Not claimed in time.",
    CreditGround.SAME_EVENT: "What hit it hit another promise too, whose credit is higher.",
}


def credit_lines(scheme: CreditScheme, gathered: GatheredMonth, proposal: CreditProposal) -> list[dict[str, Any]]:
    """One line for each promise that has bands, in their order; amounts are written as exact fractions."""
    by_promise = {line.target: line for line in proposal.lines_of_targets}
    written = rows_by_target(list_bands(scheme=scheme))
    return [_line(scheme, target, rows, gathered, by_promise.get(target.slug)) for target, rows in written]


def proof_of(proof: Proof) -> dict[str, Any]:
    """What is kept of a proof: its inputs in their written form, their fingerprint, and the events behind it."""
    return {
        "rules_version": proof.rules_version,
        "inputs": proof.inputs,
        "digest": proof.digest,
        "evidence": list(proof.evidence),
    }


def _line(
    scheme: CreditScheme,
    target: ServiceLevelTarget,
    rows: list[BandRow],
    gathered: GatheredMonth,
    line: CreditLine | None,
) -> dict[str, Any]:
    figure = gathered.figures.get(target.slug)
    unmet = gathered.month.unmet.get(target.slug, ())
    said = {
        "target": target.slug,
        "name": target.name,
        "attainment": figure.pk if figure else None,
        "revision": figure.revision if figure else None,
        "status": figure.status if figure else "",
        "words": figure.value_words if figure else "",
        "value": "" if line is None else str(line.value),
        "band": "",
        "worth": "",
        "credit": "0",
        "unmet": list(unmet),
    }
    if line is None:
        missing = NOT_JUDGED.get(figure.status, "It was not judged.") if figure else "There is no figure of this month."
        return said | {"ground": "not_judged", "why": missing}
    band = _band_of(rows, promised_of(target), line.value) if line.band else None
    why = f"Missed, but overdue: {', '.join(unmet)}." if unmet else WHY.get(line.ground, "")
    if band is not None:
        promised = promised_of(target)
        said |= {
            "band": band_words(band.low, band.high, promised) if promised else "",
            "worth": worth_words(scheme, band.credit),
        }
    return said | {"credit": str(line.credit), "ground": line.ground.value, "why": why}


def _band_of(rows: list[BandRow], promised: Promised | None, value: Fraction) -> BandRow | None:
    """The written band in which an exact value lies."""
    if promised is None:
        return None
    for row in rows:
        low, high = promised.exact(row.low), None if row.high is None else promised.exact(row.high)
        if promised.is_number and low < value and (high is None or value <= high):
            return row
        if not promised.is_number and low <= value and (high is None or value < high):
            return row
    return None


def line_amount(credit: str, currency: str) -> Decimal:
    """A line's amount as it is printed; only what is credited together is rounded for the statement."""
    return Decimal(shown_money(Fraction(credit), places_of(currency)))
