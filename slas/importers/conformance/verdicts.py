"""Each case under Parley's defaults, then under each convention that Parley names."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from slas.calculation.conventions import NAMED, NOT_CALCULATED, PARLEY, Convention
from slas.calculation.errors import CalculationError
from slas.importers.conformance import availabilities, clocks, judging, published, service_time, wholes, work
from slas.importers.conformance.figures import Plain
from slas.importers.conformance.reading import Case, UnreadableCase, refuse_endless
from slas.importers.conformance.service_time import Answers

KINDS: dict[str, Callable[[Case, Convention], Answers]] = {
    "elapsed": service_time.elapsed,
    "due": service_time.due,
    "due_date_only": service_time.due_date_only,
    "due_business_days": service_time.due_business_days,
    "business_days_between": service_time.business_days_between,
    "is_open": service_time.is_open,
    "next_open": service_time.next_open,
    "periods": service_time.periods,
    "sla_clock": clocks.sla_clock,
    "availability": availabilities.availability,
    "availability_intervals": availabilities.availability_intervals,
    "monthly_downtime": availabilities.monthly_downtime,
    "uptime_checks": availabilities.uptime_checks,
    "rounding": availabilities.rounding,
    "burn_rate": availabilities.burn_rate,
    "error_budget": availabilities.error_budget,
    "composite": wholes.composite,
    "aggregate": wholes.aggregate,
    "case_flow": wholes.case_flow,
    "throughput": work.throughput,
    "first_contact": work.first_contact,
    "backlog": work.backlog,
    "deliveries": work.deliveries,
    "estimates": work.estimates,
    "verdict": judging.verdict,
    "case_targets": judging.case_targets,
    "reliability": judging.reliability,
    "percentile": judging.percentile,
    "score": judging.score,
    "credit": judging.credit,
    "trailing_percentages": published.trailing_percentages,
}


class Outcome(Enum):
    """How a case ended; the value is what is printed."""

    PASSED = "passed"
    CONVENTION = "passed with"
    NOT_OFFERED = "not offered"
    FAILED = "failed"


@dataclass(frozen=True)
class Verdict:
    """One case: its outcome, the convention under which it passed, and what differs from Parley's defaults."""

    case: Case
    outcome: Outcome
    convention: Convention | None = None
    differences: tuple[str, ...] = ()


def judge(case: Case) -> Verdict:
    """Run a case under the defaults, and under the named conventions until one gives the expected figures.

    A kind is not offered only where it is listed so; one that nobody knows fails.
    """
    if case.kind not in KINDS:
        listed = next((each for each in NOT_CALCULATED if each.kind == case.kind), None)
        if listed is not None:
            return Verdict(case, Outcome.NOT_OFFERED, differences=(f"{listed.figure} {listed.reason}",))
        return Verdict(case, Outcome.FAILED, differences=(f"no such kind: “{case.kind}”",))
    asked = _Asked()
    differences = _differences(case, asked)
    if not differences:
        return Verdict(case, Outcome.PASSED)
    for convention in NAMED:
        if asked.could_matter(convention) and not _differences(case, convention):
            outcome = Outcome.CONVENTION if convention.is_offered else Outcome.NOT_OFFERED
            return Verdict(case, outcome, convention, differences)
    return Verdict(case, Outcome.FAILED, differences=differences)


class _Asked(Convention):
    """Parley's defaults, which note what a case asks of them.

    A convention differs from them in one point. Where a case never comes to it, its figures are those of the defaults.
    """

    def __init__(self) -> None:
        object.__setattr__(self, "points", set())
        super().__init__(PARLEY.name, PARLEY.ours, PARLEY.theirs)

    def __getattribute__(self, name: str) -> Any:
        object.__getattribute__(self, "points").add(name)
        return object.__getattribute__(self, name)

    def could_matter(self, convention: Convention) -> bool:
        """Whether the case came to the point in which that convention differs."""
        points: set[str] = object.__getattribute__(self, "points")
        return any(getattr(convention, name, None) is True for name in points)


def _differences(case: Case, convention: Convention) -> tuple[str, ...]:
    """What we make of the case against what is expected; whatever a file may say, the next case is judged too."""
    expected = case.expected
    try:
        refuse_endless(case.content)
        answers = {"expected_error": Plain(False), **KINDS[case.kind](case, convention)}
        if not expected:
            return ("it expects nothing",)
        return tuple(_compared(answers, expected))
    except CalculationError as error:
        return () if expected == {"expected_error": True} else (str(error),)
    except UnreadableCase as error:
        return (str(error),)
    except (ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError) as error:
        return (f"cannot be read: {type(error).__name__} {error}",)


def _compared(answers: Answers, expected: Mapping[str, Any]) -> Iterator[str]:
    for name, wanted in expected.items():
        if name not in answers or not answers[name].matches(wanted):
            ours = answers.get(name, "not a figure of this kind")
            yield f"{name.removeprefix('expected_')}: expected {wanted}, ours {ours}"
