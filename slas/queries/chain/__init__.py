"""Can a promise be kept with what stands under it? Each part with its margin, the weakest, and what is supported."""

from collections.abc import Sequence
from datetime import date

from slas.calculation.errors import CalculationError
from slas.models import Agreement, AgreementKind, ServiceLevelTarget, TargetKind
from slas.queries.agreements import list_agreement_targets
from slas.queries.chain.links import AgreementChain, Link, PromiseChain
from slas.queries.chain.paths import check_cases
from slas.queries.chain.structures import check_availability
from slas.queries.chain.terms import Terms
from slas.queries.supports import get_grounds

__all__ = ["AgreementChain", "Link", "PromiseChain", "chain_warnings", "get_chain"]

CHECKS = {TargetKind.CASES: check_cases, TargetKind.AVAILABILITY: check_availability}


def get_chain(*, agreement: Agreement, targets: Sequence[ServiceLevelTarget], today: date) -> AgreementChain:
    """The chain of a version for the twelve months from today, or from its first day where that is to come.

    Nothing is said of a version that has ended, nor of a contract: what a supplier stands on is the supplier's.
    """
    has_ended = agreement.ends_on is not None and agreement.ends_on <= today
    if has_ended or agreement.kind == AgreementKind.CONTRACT:
        return AgreementChain()
    checked = [each for each in targets if each.kind in CHECKS and each.threshold is not None and not each.is_trial]
    on = max(today, agreement.starts_on)
    terms = Terms(checked, get_grounds(targets=checked, on=on), on)
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
    """One promise; what keeps it from being calculated, such as hours that never open, is said in place of a figure."""
    try:
        return CHECKS[TargetKind(target.kind)](target, terms)
    except CalculationError as error:
        link = Link(target.name, str(error), "not calculated", is_enough=False, owner=terms.owner(target))
        return PromiseChain(target, (link,), sentence=str(error))
