"""What OpenSLO calls what: the words that its files have when they are written, and when they are read."""

from collections.abc import Iterator

from slas.models import Agreement, FactKind, PeriodKind, TargetKind
from slas.queries.agreement_terms import list_scope
from slas.queries.documents import list_annexes

VERSION = "openslo/v1"
# What OpenSLO has no word for stands in annotations of this beginning; other tools pass over them.
OURS = "parley/"
SOURCE_TYPE = "parley"
# How ratio metrics count, by the facts of their measure: the good ones, and all of them.
COUNTED = {
    FactKind.OUTAGES: ("seconds of service time in which it could be used", "seconds of service time"),
    FactKind.CHECKS: ("seconds of service time in which it could be used", "seconds of service time"),
    FactKind.CASES: ("cases within the time", "cases"),
    FactKind.OCCASIONS: ("dates in time", "dates"),
    FactKind.VOLUMES: ("units within their standard", "units"),
    FactKind.SURVEYS: ("good answers", "answers"),
}
WINDOWS = {PeriodKind.MONTH: "1M", PeriodKind.QUARTER: "1Q", PeriodKind.YEAR: "1Y"}
PERIODS = {window: kind for kind, window in WINDOWS.items()} | {
    "3M": PeriodKind.QUARTER,
    "12M": PeriodKind.YEAR,
    "4Q": PeriodKind.YEAR,
}
# Columns of a promise that OpenSLO has words for; in months the first month of the year says nothing.
EXPRESSED = (
    *("address", "name", "sentence", "service", "measure", "is_trial", "threshold", "period_kind"),
    *("reading_limit", "is_least"),
)
# What a ratio and a threshold are where no annotation says more.
PLAIN = {TargetKind.VOLUME, TargetKind.READINGS}
MEASURE_FIELDS = ("facts", "decider", "unit", "notes", "measured_since", "longest_silence_seconds")
AGREEMENT_FIELDS = ("agreement", "customer", "provider", "in_force_from")


def unsaid_parts(*, agreement: Agreement) -> Iterator[str]:
    """What of an agreement besides its promises is in no file of OpenSLO, one by one."""
    for line in list_scope(agreement=agreement):
        yield f"that it covers “{line.service.name}”"
    for name in agreement.credit_schemes.order_by("pk").values_list("name", flat=True):
        yield f"the credits “{name}”"
    for text in agreement.obligations.order_by("pk").values_list("short_text", flat=True):
        yield f"the duty “{text}”"
    for annex in list_annexes(agreement=agreement):
        yield f"the document “{annex.name}”"
