"""Trials: since when a promise is only measured, until when both sides agreed to do so, and which are over."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from portal.language.dates import day_long_year, local
from portal.language.numbers import counted
from slas.calculation.periods import add_months
from slas.models import AgreementState, ServiceLevelTarget, TargetProposal
from slas.queries.targets import JUDGED, promised_dates

DAY = timedelta(days=1)
Promise = tuple[str, str]  # the same in all versions: the agreement's address and the target's own


@dataclass(frozen=True, slots=True)
class Trial:
    """How long a promise is measured before a level is proposed; `months` are those agreed, with what was added.

    `ends_on` is the first day after it.
    """

    target: ServiceLevelTarget
    starts_on: date
    ends_on: date
    months: int

    def is_over(self, today: date) -> bool:
        """Whether the agreed months have passed."""
        return self.ends_on <= today

    def words(self, today: date) -> str:
        """How long it takes and where it stands."""
        months, last = counted(self.months, "months"), day_long_year(self.ends_on - DAY)
        if self.is_over(today):
            return f"The trial of {months} ended on {last}{self._since(today)}: a level can be agreed, or more months."
        return f"A trial of {months}, until {last}. Nothing is red meanwhile."

    def _since(self, today: date) -> str:
        """What came after the agreed months is measured too, and levels are tried on all of it."""
        begun = (today.year - self.starts_on.year) * 12 + today.month - self.starts_on.month
        measured = begun - (today.day < self.starts_on.day)
        return f", and it was measured on, {counted(measured, 'months')} by now" if measured > self.months else ""


def list_trials(targets: Iterable[ServiceLevelTarget]) -> dict[int, Trial]:
    """The trials among these promises, by key, in two queries."""
    found = {target.pk: target for target in targets if target.is_trial}
    if not found:
        return {}
    agreements = {each.agreement.slug for each in found.values()}
    slugs = {each.slug for each in found.values()}
    same = Q(agreement__slug__in=agreements, slug__in=slugs)
    versions: dict[Promise, list[ServiceLevelTarget]] = defaultdict(list)
    judged = ServiceLevelTarget.objects.filter(same, agreement__state__in=JUDGED).select_related("agreement")
    for each in judged.order_by("-agreement__version"):
        versions[_promise(each)].append(each)
    added: dict[Promise, list[TargetProposal]] = defaultdict(list)
    longer = TargetProposal.objects.filter(
        target__agreement__slug__in=agreements, target__slug__in=slugs, more_months__isnull=False, is_accepted=True
    )
    for proposal in longer.select_related("target__agreement").order_by("answered_at", "pk"):
        added[_promise(proposal.target)].append(proposal)
    return {pk: _trial(target, versions[_promise(target)], added[_promise(target)]) for pk, target in found.items()}


def list_ended_trials(*, today: date) -> list[Trial]:
    """Trials in force whose months have passed and about which nothing is proposed or agreed yet, the oldest first."""
    targets = ServiceLevelTarget.objects.filter(agreement__state=AgreementState.IN_FORCE, is_trial=True)
    related = targets.select_related("agreement__customer__business_unit", "agreement__provider", "measure")
    running = [target for target in related.order_by("pk") if _is_promised(target, today)]
    settled = TargetProposal.objects.filter(
        Q(is_accepted__isnull=True) | Q(is_accepted=True, more_months__isnull=True),
        target__agreement__slug__in={target.agreement.slug for target in running},
    )
    talked = {_promise(each.target) for each in settled.select_related("target__agreement")}
    waiting = [target for target in running if _promise(target) not in talked]
    ended = [trial for trial in list_trials(waiting).values() if trial.is_over(today)]
    return sorted(ended, key=lambda trial: (trial.ends_on, trial.target.pk))


def _trial(
    target: ServiceLevelTarget, versions: Sequence[ServiceLevelTarget], added: Sequence[TargetProposal]
) -> Trial:
    """It began with the first of the versions without a break in which nothing was promised yet."""
    starts_on = promised_dates(target)[0]
    for each in versions:
        if each.agreement.version >= target.agreement.version:
            continue
        if not each.is_trial:
            break
        starts_on = promised_dates(each)[0]
    ends_on, months = add_months(starts_on, target.trial_months), target.trial_months
    for proposal in added:
        if proposal.more_months is not None and proposal.answered_at is not None:
            answered_on = local(proposal.answered_at, target.agreement.time_zone).date()
            ends_on = add_months(max(ends_on, answered_on), proposal.more_months)
            months += proposal.more_months
    return Trial(target, starts_on, ends_on, months)


def _is_promised(target: ServiceLevelTarget, today: date) -> bool:
    starts_on, ends_on = promised_dates(target)
    return starts_on <= today and (ends_on is None or today < ends_on)


def _promise(target: ServiceLevelTarget) -> Promise:
    return target.agreement.slug, target.slug
