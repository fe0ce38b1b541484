"""Can a promise be kept with what stands under it? Each part with its margin, the weakest, and what is supported."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from slas.calculation.errors import CalculationError
from slas.calculation.periods import add_months
from slas.models import Agreement, AgreementKind, ServiceLevelTarget, TargetKind
from slas.queries.agreements import list_agreement_targets
from slas.queries.chain.links import AgreementChain, Link, PromiseChain
from slas.queries.chain.paths import check_cases
from slas.queries.chain.structures import check_availability
from slas.queries.chain.terms import Stretch, Terms
from slas.queries.chain.words import days_text
from slas.queries.supports import get_grounds

__all__ = ["AgreementChain", "Link", "PromiseChain", "chain_warnings", "get_chain"]

# Months from the day on to the end of the last period that begins within twelve of them: a year, from its first day.
LONGEST = 24
CHECKS = {TargetKind.CASES: check_cases, TargetKind.AVAILABILITY: check_availability}


def get_chain(*, agreement: Agreement, targets: Sequence[ServiceLevelTarget], today: date) -> AgreementChain:
    """The chain of a version for the twelve months from today, or from its first day where that is to come; on each day
    with what teams and suppliers promise on it.

    Nothing is said of a version that has ended, nor of a contract: what a supplier stands on is the supplier's.
    """
    has_ended = agreement.ends_on is not None and agreement.ends_on <= today
    if has_ended or agreement.kind == AgreementKind.CONTRACT:
        return AgreementChain()
    checked = [each for each in targets if each.kind in CHECKS and each.threshold is not None and not each.is_trial]
    on = max(today, agreement.starts_on)
    grounds = get_grounds(targets=checked, on=on, before=add_months(on, LONGEST))
    terms = Terms(checked, grounds, on)
    chains = [_check(target, terms) for target in checked]
    return AgreementChain(
        checked=tuple(each for each in chains if each.links),
        unsupported=tuple(each.target for each in chains if not each.links),
        uncounted=tuple(each for each in targets if each.kind not in CHECKS),
    )


def chain_warnings(*, agreement: Agreement, today: date) -> tuple[str, ...]:
    """What whoever proposes or accepts a version is told about what stands under it; nothing is forbidden by it."""
    targets = list(list_agreement_targets(agreement=agreement))
    return get_chain(agreement=agreement, targets=targets, today=today).warnings


def _check(target: ServiceLevelTarget, terms: Terms) -> PromiseChain:
    """One promise: its chain of today, with those of the later parts of the year that stand on another thing."""
    first, *later = terms.stretches(target)
    if not later:
        return _part(target, terms, first)
    parts = [replace(_part(target, terms, each), days=days_text(each.on, each.before)) for each in later]
    parts[-1] = replace(parts[-1], days=days_text(later[-1].on, None))
    return replace(_part(target, terms, first), days=days_text(None, first.before), later=tuple(parts))


def _part(target: ServiceLevelTarget, terms: Terms, stretch: Stretch) -> PromiseChain:
    """One part of it; what keeps it from being calculated, such as hours that never open, is said and no figure."""
    try:
        return CHECKS[TargetKind(target.kind)](target, terms, stretch)
    except CalculationError as error:
        link = Link(target.name, str(error), "not calculated", is_enough=False, owner=terms.owner(target))
        return PromiseChain(target, (link,), sentence=str(error))
