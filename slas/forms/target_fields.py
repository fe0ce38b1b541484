"""Which fields a promise of each kind has, under which headings."""

from django.utils.translation import gettext_lazy as _

from slas.models import TargetKind

SECTIONS = (
    (_("The promise"), ("name", "short_name", "sentence", "meaning", "service", "component", "measure")),
    (_("What is promised"), ("is_trial", "trial_months", "threshold", "allowed_misses", "decimals")),
    (_("Within which time"), ("limit", "limit_unit", "clock_stop", "priorities")),
    (_("When the clock stands still, and goes on"), ("pause_reasons", "longest_pause", "reopen_days", "priority_rule")),
    (_("Where a case counts"), ("attribution", "percentile_method")),
    (_("Which limit"), ("reading_limit", "is_least")),
    (_("When it is due"), ("schedule", "due_minute", "due_day")),
    (
        _("What counts"),
        ("service_hours", "longer_than", "degraded_percent", "weighs_users", "minimum_outage", "merge_gap"),
    ),
    (_("Announced work"), ("excluded_work", "planned_notice_days", "planned_cap")),
    (_("How it is judged"), ("period_kind", "period_start_month")),
    (_("Missing data, and little room left"), ("missing_policy", "minimum_coverage", "close_percent", "close_margin")),
    (_("Words for its readers"), ("loss_words", "short_loss_words", "unit_words", "good_words", "bad_words")),
    (_("Under the two figures"), ("agreed_note", "experienced_note")),
    (_("Validity"), ("starts_on", "ends_on", "is_mandatory", "position")),
)  # fmt: skip
# What is talked about first when a promise is countered: its words and figures.
TALKED_ABOUT = ("sentence", "threshold", "allowed_misses", "limit", "limit_unit", "reading_limit")
SHARES = tuple(kind for kind in TargetKind if kind != TargetKind.RELIABILITY)
OUTAGES = (TargetKind.AVAILABILITY, TargetKind.RELIABILITY)
ONLY_FOR: dict[str, tuple[str, ...]] = {
    "threshold": SHARES,
    "decimals": SHARES,
    "close_margin": SHARES,
    "allowed_misses": (TargetKind.OCCASIONS, TargetKind.RELIABILITY),
    "limit": (TargetKind.CASES,),
    "limit_unit": (TargetKind.CASES,),
    "clock_stop": (TargetKind.CASES,),
    "priorities": (TargetKind.CASES,),
    "pause_reasons": (TargetKind.CASES,),
    "longest_pause": (TargetKind.CASES,),
    "reopen_days": (TargetKind.CASES,),
    "priority_rule": (TargetKind.CASES,),
    "attribution": (TargetKind.CASES,),
    "percentile_method": (TargetKind.CASES,),
    "reading_limit": (TargetKind.READINGS,),
    "is_least": (TargetKind.READINGS,),
    "schedule": (TargetKind.OCCASIONS,),
    "due_minute": (TargetKind.OCCASIONS,),
    "due_day": (TargetKind.OCCASIONS,),
    "service_hours": (*OUTAGES, TargetKind.CASES, TargetKind.OCCASIONS, TargetKind.READINGS),
    "longer_than": (TargetKind.RELIABILITY,),
    "degraded_percent": (TargetKind.AVAILABILITY,),
    "minimum_outage": (TargetKind.AVAILABILITY,),
    "merge_gap": OUTAGES,
    "weighs_users": (TargetKind.AVAILABILITY,),
    "excluded_work": OUTAGES,
    "planned_notice_days": OUTAGES,
    "planned_cap": OUTAGES,
    "loss_words": OUTAGES,
    "short_loss_words": (TargetKind.AVAILABILITY,),
    "agreed_note": (TargetKind.AVAILABILITY,),
    "experienced_note": (TargetKind.AVAILABILITY,),
    "unit_words": (
        TargetKind.CASES,
        TargetKind.VOLUME,
        TargetKind.OCCASIONS,
        TargetKind.SATISFACTION,
        TargetKind.READINGS,
    ),
    "good_words": (
        TargetKind.CASES,
        TargetKind.VOLUME,
        TargetKind.OCCASIONS,
        TargetKind.SATISFACTION,
        TargetKind.READINGS,
    ),
    "bad_words": (
        TargetKind.CASES,
        TargetKind.VOLUME,
        TargetKind.OCCASIONS,
        TargetKind.SATISFACTION,
        TargetKind.READINGS,
    ),
}
# Fields of the same name in form and promise.
SAME = (
    "name", "short_name", "sentence", "meaning", "service", "component", "measure", "is_trial", "trial_months",
    "threshold",
    "allowed_misses", "decimals", "clock_stop", "priorities", "pause_reasons", "reopen_days", "priority_rule",
    "attribution", "percentile_method", "reading_limit", "is_least", "schedule", "due_minute", "due_day",
    "service_hours", "weighs_users", "excluded_work", "planned_notice_days", "period_kind", "period_start_month",
    "missing_policy", "minimum_coverage", "close_margin", "loss_words", "short_loss_words", "unit_words", "good_words",
    "bad_words", "agreed_note", "experienced_note", "starts_on", "ends_on", "is_mandatory", "position",
)  # fmt: skip
