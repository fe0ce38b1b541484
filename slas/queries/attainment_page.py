"""One figure with its proof and its events, as a reader opens it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from portal.accounts.models import Membership
from portal.language import dates
from portal.language.durations import allowed_time, lost_time
from portal.language.numbers import count, percent
from slas.models import Attainment, ServiceLevelTarget, TargetKind
from slas.queries.as_others import AsOthers, others_of, small_inputs
from slas.queries.attainments import opened_attainments, visible_attainments
from slas.queries.failures import why_not_up_to_date
from slas.queries.figure_facts import Facts, facts_of
from slas.queries.forecasts import OutlookWords, outlook_words
from slas.queries.frames import period_rules
from slas.queries.phrases import Said, say, with_unit


@dataclass(frozen=True, slots=True)
class ProofLine:
    """A line of the sum as the proof panel shows it."""

    label: str
    how: str
    value: str
    kind: str


@dataclass(frozen=True, slots=True)
class ProofPanel:
    """The sum read from top to bottom, and what it rests on."""

    lines: tuple[ProofLine, ...]
    status: str
    closing: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Half:
    """One of two figures that stand side by side."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Reliability:
    """How often something failed and how long it took to bring back: numbers, or in words that there were none."""

    numbers: tuple[tuple[str, str], ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class AttainmentPage:
    """Everything that the page of a figure shows."""

    attainment: Attainment
    target: ServiceLevelTarget
    period: str
    said: Said
    halves: tuple[Half, ...]
    running: tuple[tuple[str, str], ...]
    outlook: OutlookWords | None
    reliability: Reliability | None
    proof: ProofPanel
    others: AsOthers | None
    rules: tuple[str, ...]
    facts: tuple[Facts, ...]
    warnings: tuple[str, ...]
    out_of_date: str
    agreed: str
    revisions: tuple[tuple[Attainment, str], ...]


def get_attainment_page(*, reader: Membership, attainment_id: int, asks_others: bool = False) -> AttainmentPage:
    """The page of a figure that the reader may see. Raises Attainment.DoesNotExist."""
    opened = opened_attainments(reader=reader).annotate(inputs_at_once=small_inputs())
    attainment = opened.get(pk=attainment_id)
    target, result = attainment.target, attainment.result
    said = say(attainment=attainment, target=target)
    return AttainmentPage(
        attainment=attainment,
        target=target,
        period=dates.period_year(attainment.period_start, attainment.period_end),
        said=said,
        halves=tuple(_halves(target, result)),
        running=tuple(_running(target, result)),
        outlook=outlook_words(reader=reader, attainment=attainment),
        reliability=reliability_words(target, result),
        proof=panel_of(attainment, said.letter),
        others=others_of(attainment=attainment, target=target, inputs=attainment.inputs_at_once, is_asked=asks_others),
        rules=(*period_rules(target), attainment.proof["missing_policy"], attainment.proof["rounding"]),
        facts=facts_of(attainment=attainment, target=target),
        warnings=tuple(result.get("warnings") or ()),
        out_of_date=why_not_up_to_date(reader=reader, attainment=attainment),
        agreed=_agreed(target),
        revisions=tuple(
            (each, with_unit(each.value_words)) for each in list_revisions(reader=reader, attainment=attainment)
        ),
    )


def list_revisions(*, reader: Membership, attainment: Attainment) -> QuerySet[Attainment]:
    """All revisions of the same figure, oldest first; one where nothing came late."""
    same = visible_attainments(reader=reader).filter(
        target_id=attainment.target_id, period_start=attainment.period_start
    )
    return same.defer("proof", "result").order_by("revision")


def panel_of(attainment: Attainment, letter: str) -> ProofPanel:
    """The stored proof as the proof panel shows it."""
    proof = attainment.proof
    lines = (ProofLine(each["label"], each["detail"], each["value"], each["kind"]) for each in proof["lines"])
    return ProofPanel(tuple(lines), letter, proof["evidence"]["closing"])


def _halves(target: ServiceLevelTarget, result: Mapping[str, Any]) -> Iterator[Half]:
    felt = result.get("experienced") or {}
    if result.get("agreed") is None or felt.get("share") is None:
        return
    promised = f"Promised {target.threshold.normalize():f} %. " if target.threshold and not target.is_trial else ""
    yield Half("As agreed", percent(Fraction(result["agreed"]), target.decimals), f"{promised}{target.agreed_note}")
    lost = lost_time(Fraction(felt["lost_seconds"]))
    note = f"{lost} without it. {target.experienced_note or 'Nothing is taken out, slow time counts in full.'}"
    yield Half("As people felt it", percent(Fraction(felt["share"]), target.decimals), note)


def _running(target: ServiceLevelTarget, result: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The three numbers of a period that still runs."""
    names = {"so_far": "So far", "if_nothing_else": "If nothing else happens", "worst_case": "If all the rest is lost"}
    if target.kind == TargetKind.CASES:
        names |= {"if_nothing_else": "If all open cases are in time", "worst_case": "If all open cases are late"}
    elif target.kind in (TargetKind.VOLUME, TargetKind.READINGS) and result.get("to_come"):
        expected = f"if about {count(result['to_come'])} more come"
        names |= {"if_nothing_else": f"All in time, {expected}", "worst_case": f"All late, {expected}"}
    for key, name in names.items():
        if result.get(key) is not None:
            yield name, percent(Fraction(result[key]), target.decimals)


def reliability_words(target: ServiceLevelTarget, result: Mapping[str, Any]) -> Reliability | None:
    """Failures that began in the period, with their mean times; an older figure does not tell them."""
    told = result.get("reliability")
    if told is None or not result["counted_seconds"]:
        return None
    if told["failures"]:
        return Reliability(
            (
                ("Failures that began", count(told["failures"])),
                ("Back after, on average", lost_time(Fraction(told["restore_seconds"]))),
                ("From one to the next, on average", allowed_time(Fraction(told["between_failures_seconds"]))),
                ("From start to start, on average", allowed_time(Fraction(told["between_starts_seconds"]))),
            )
        )
    whole = allowed_time(Fraction(result["counted_seconds"]))
    if told["began_before"] and Fraction(told["lost_to_failures"]):
        began = dates.local(datetime.fromisoformat(told["began_before"]), target.agreement.time_zone)
        lost = lost_time(Fraction(told["lost_to_failures"]))
        return Reliability((), f"None began; {lost} from one that began in {dates.month_year(began.date())}.")
    if result["unknown_seconds"]:
        return Reliability((), f"No failure is known in {whole} of service time that counts.")
    least = allowed_time(Fraction(told["at_least_between_seconds"]))
    return Reliability(
        (),
        f"No failure in {whole} of service time that counts. With 95 % confidence there is less than one in {least}.",
    )


def _agreed(target: ServiceLevelTarget) -> str:
    """Who agreed on the meaning, and when."""
    accepted = sorted(target.agreement.acceptances.all(), key=lambda each: each.accepted_at)
    if not accepted:
        return ""
    on = dates.day_year(dates.local(accepted[-1].accepted_at, target.agreement.time_zone))
    names = " and ".join(each.name for each in accepted)
    return f"Agreed {on} by {names}, agreement version {target.agreement.version}"
