"""What OpenSLO calls what: the words that its files have when they are written, and when they are read."""

from slas.models import FactKind, PeriodKind, TargetKind

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
