"""Promises about cases: the time of the parties in their path, one step after the other (calculation, section 11a)."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby

from portal.language.dates import day_long_year
from slas.calculation.chain.path import Leg, PathCheck, share_in_time
from slas.models import ServiceLevelTarget, Support
from slas.queries.chain import words
from slas.queries.chain.links import Link, PromiseChain
from slas.queries.chain.terms import Stretch, Terms, hours_text, promised_share
from slas.queries.supports import Stands

NO_MORE = "does not promise this any more when it is needed."


def check_cases(target: ServiceLevelTarget, terms: Terms, stretch: Stretch) -> PromiseChain:
    """The promise against the path that was named for it; without one nothing stands under it.

    What is received in the stretch goes along the path as it holds then, also where the end of it falls later.
    """
    stands = terms.stands(target, stretch.on)
    if not stands.steps:
        return PromiseChain(target)
    promised = terms.promise(target)
    links = [
        gone(target, row, terms, stretch.on) if under is None else _step(target, row, under, promised, terms, stretch)
        for row, under in stands.steps
    ]
    links += _outside(target, stands, terms, stretch)
    steps = list(_steps(stands))
    if not steps:
        return PromiseChain(target, tuple(links), sentence=words.NOTHING)
    found = terms.check(target, steps, stretch)
    share = share_in_time([list(map(promised_share, step)) for step in steps])
    return PromiseChain(
        target=target,
        links=tuple(links),
        whole=_whole(target, promised, found, share, terms) if len(steps) > 1 else None,
        sentence=_sentence(target, promised, found, share, links),
        worst=words.worst_start(found, target.agreement.time_zone),
    )


def gone(target: ServiceLevelTarget, row: Support, terms: Terms, on: date) -> Link:
    """A step that was named and that nobody promises on the day."""
    who, begins_on = row.by.agreement.provider.name, terms.begins_on(row.by, on)
    told = f"{who} promises this only from {day_long_year(begins_on)}." if begins_on else f"{who} {NO_MORE}"
    return Link(
        name=row.by.name,
        words=told,
        spare=words.NO_PROMISE,
        is_enough=False,
        owner=terms.owner(target),
        support=row,
        can_carry=False,
    )


def _steps(stands: Stands) -> Iterator[list[ServiceLevelTarget]]:
    """The steps in their order, each with those of whom one does it; steps that nobody does are left out."""
    for _number, rows in groupby(stands.steps, key=lambda step: step[0].step):
        step = [under for _row, under in rows if under is not None]
        if step:
            yield step


def _step(
    target: ServiceLevelTarget, row: Support, under: ServiceLevelTarget, promised: Leg, terms: Terms, stretch: Stretch
) -> Link:
    """One party as if it alone had the case."""
    leg = terms.leg(under)
    found = terms.check(target, [[under]], stretch)
    limit = words.limit_text(leg.limit)
    told = f"{leg.name} promises {limit}, this agreement {words.limit_text(promised.limit)}."
    if found.supported != leg.limit:
        told += f" At the worst start it takes {words.limit_text(found.supported)} in the hours of this promise."
    broken = [*words.broken(target, under)]
    can_carry = not broken
    if promised_share(under) < promised_share(target):
        broken.append(f"It is in time in {words.percent(under)} of cases, and {words.percent(target)} are promised.")
    return Link(
        name=under.name,
        words=told,
        spare=words.time_margin(found),
        is_enough=found.holds and not broken,
        owner=terms.owner(target, under),
        target=under,
        promised=f"{limit} in {words.percent(under)} of cases",
        hours=hours_text(under),
        notes=(*broken, *words.differences(target, under)),
        coming=terms.coming(under),
        support=row,
        can_carry=can_carry,
    )


def _outside(target: ServiceLevelTarget, stands: Stands, terms: Terms, stretch: Stretch) -> Iterator[Link]:
    """Parts of the service whose keepers are not in the path: nobody promises how soon they work again."""
    parties = {under.agreement.provider_id for _row, under in stands.steps if under is not None}
    for part in stands.parts:
        about = terms.about(part.component_id or 0, stretch.on)
        keepers = {each.agreement.provider_id: each.agreement.provider.name for each in about}
        if parties.isdisjoint(keepers):
            who = f"{sorted(keepers.values())[0]} keeps it and is" if keepers else "Whoever keeps it is"
            yield Link(
                name=part.part.name,
                words=f"{who} not in the path of this promise. {words.NOTHING_UNDER_PART}",
                spare=words.NO_PROMISE,
                is_enough=False,
                owner=terms.owner(target),
                can_carry=False,
            )


def _whole(target: ServiceLevelTarget, promised: Leg, found: PathCheck, share: Fraction, terms: Terms) -> Link:
    """All steps, one after the other."""
    path = ", then ".join(handed.name for handed in found.handed)
    took, limit = words.limit_text(found.supported), words.limit_text(promised.limit)
    in_time = words.share_text(share, target.decimals)
    return Link(
        name=f"{target.name}: all steps together",
        words=f"{path}: {took} at the worst start, this agreement {limit}. In time in each step: {in_time} at least.",
        spare=words.time_margin(found),
        is_enough=found.holds and share >= promised_share(target),
        owner=terms.owner(target),
    )


def _sentence(
    target: ServiceLevelTarget, promised: Leg, found: PathCheck, share: Fraction, links: Sequence[Link]
) -> str:
    """What follows: a limit is supported in so many of the cases, and nothing is supported by what carries nothing."""
    besides = words.besides([link.name for link in links if not link.can_carry])
    in_time, is_less = words.share_text(share, target.decimals), share < promised_share(target)
    if not found.holds:
        tighter = words.tighter_in_time(promised.limit, found.supported)
        path = ", then ".join(handed.name for handed in found.handed)
        supported = f"{words.limit_text(found.supported)}{f' in {in_time} of cases' if is_less else ''}"
        return (
            f"This promise is {tighter} tighter than what stands under it ({path})."
            f" What stands under it supports {supported}.{besides}"
        )
    if is_less:
        promises = f"{words.percent(target)} are promised"
        return f"What stands under it supports {in_time} of cases in time, and {promises}.{besides}"
    broken = [link.name for link in links if not link.is_enough]
    if broken:
        return words.not_all(broken)
    return f"It can be kept at every start: {words.time_margin(found)}."
