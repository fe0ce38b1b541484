"""A promise of each kind is filled in, kept as agreed, and shown again; what does not fit is said at its field."""

from datetime import date
from decimal import Decimal

import pytest

from slas.forms.fields import SentenceField
from slas.forms.targets import TargetForm
from slas.models import AgreementState, FactKind, MissingPolicy, PeriodKind, ServiceLevelTarget, TargetKind
from tests.slas import factories

pytestmark = pytest.mark.django_db
COMMON = {
    "name": "Customers can place orders", "short_name": "Place orders", "sentence": "99.5 % of all hours",
    "threshold": "99.5", "decimals": "1", "period_kind": "month", "period_start_month": "1",
    "missing_policy": "exclude", "minimum_coverage": "95", "close_percent": "75", "is_mandatory": "on", "position": "0",
}  # fmt: skip
OF_KIND = {
    TargetKind.AVAILABILITY: {
        "degraded_percent": "50", "minimum_outage": "60", "merge_gap": "0", "excluded_work": ["planned", "supplier"],
        "planned_notice_days": "5", "planned_cap": "120",
    },
    TargetKind.RELIABILITY: {
        "threshold": None, "decimals": None, "allowed_misses": "2", "longer_than": "10", "merge_gap": "60",
        "excluded_work": ["emergency"], "planned_notice_days": "5", "planned_cap": "",
    },
    TargetKind.CASES: {
        "limit": "2", "limit_unit": "hours", "clock_stop": "solved", "priorities": "Urgent\n\nHigh\nUrgent",
        "pause_reasons": "Awaiting caller", "longest_pause": "90", "reopen_days": "5", "priority_rule": "change",
        "attribution": "opened", "percentile_method": "inclusive",
    },
    TargetKind.VOLUME: {"unit_words": "orders", "bad_words": "were late", "close_margin": "0.1"},
    TargetKind.OCCASIONS: {"schedule": "daily", "due_minute": "07:00", "threshold": "", "allowed_misses": "1"},
    TargetKind.SATISFACTION: {"good_words": "were good"},
    TargetKind.READINGS: {"reading_limit": "2.5", "is_least": "on"},
}  # fmt: skip
KEPT = {
    TargetKind.AVAILABILITY: {
        "degraded_share": Decimal("0.5"), "minimum_outage_seconds": 60, "excluded_work": ["planned", "supplier"],
        "planned_notice_days": 5, "planned_cap_seconds": 7200, "close_room": Decimal("0.75"),
        "close_margin": None,
    },
    TargetKind.RELIABILITY: {
        "threshold": None, "allowed_misses": 2, "minimum_outage_seconds": 601, "merge_gap_seconds": 60,
        "excluded_work": ["emergency"], "planned_notice_days": 5,
    },
    TargetKind.CASES: {
        "within_seconds": 7200, "within_working_days": None, "priorities": ["Urgent", "High"],
        "pause_reasons": ["Awaiting caller"], "longest_pause_seconds": 5400, "reopen_days": 5,
        "priority_rule": "change", "attribution": "opened", "percentile_method": "inclusive",
    },
    TargetKind.VOLUME: {"unit_words": "orders", "threshold": Decimal("99.5"), "close_margin": Decimal("0.1")},
    TargetKind.OCCASIONS: {"due_minute": 420, "allowed_misses": 1, "threshold": None},
    TargetKind.SATISFACTION: {"good_words": "were good", "missing_policy": MissingPolicy.EXCLUDE},
    TargetKind.READINGS: {"reading_limit": Decimal("2.5"), "is_least": True, "service_hours": None},
}  # fmt: skip


@pytest.fixture
def draft(in_tenant):
    return factories.make_agreement(slug="orders", state=AgreementState.DRAFT)


def filled(kind, **changes):
    service, measure = factories.make_service(), factories.make_measure(factories.FACTS_OF[TargetKind(kind)])
    given = COMMON | OF_KIND[kind] | {"service": service.pk, "measure": measure.pk} | changes
    return {name: value for name, value in given.items() if value is not None}


def errors_of(draft, kind, **changes):
    form = TargetForm(filled(kind, **changes), target=ServiceLevelTarget(agreement=draft, kind=kind))
    assert not form.is_valid()
    return {name: list(errors) for name, errors in form.errors.items()}


def as_sent(form):
    """What a browser sends of a form that nobody touched."""
    values = {name: field.prepare_value(form[name].value()) for name, field in form.fields.items()}
    return {name: value for name, value in values.items() if value is not None and value is not False}


@pytest.mark.parametrize("kind", TargetKind.values)
def test_a_promise_of_each_kind_is_written_and_changed(draft, member, client_of, kind):
    client = client_of(member())
    new = f"/t/larkmoor/agreements/orders/v1/targets/new/?kind={kind}"

    made = client.post(new, filled(kind))
    target = ServiceLevelTarget.objects.get()
    edit = f"/t/larkmoor/agreements/orders/v1/targets/{target.slug}/edit/"
    shown = client.get(edit).context["form"]
    again = client.post(edit, as_sent(shown) | {"name": "Other words"})

    assert (made.status_code, target.slug) == (302, "place-orders")
    assert {name: getattr(target, name) for name in KEPT[kind]} == KEPT[kind]
    assert again.status_code == 302
    target = ServiceLevelTarget.objects.get()
    assert target.name == "Other words"
    assert {name: getattr(target, name) for name in KEPT[kind]} == KEPT[kind]


@pytest.mark.parametrize("kind", TargetKind.values)
def test_a_trial_of_each_kind_has_no_target(draft, member, client_of, kind):
    given = filled(kind, is_trial="on", threshold="", allowed_misses="")

    client_of(member()).post(f"/t/larkmoor/agreements/orders/v1/targets/new/?kind={kind}", given)

    target = ServiceLevelTarget.objects.get()
    assert (target.is_trial, target.threshold, target.allowed_misses) == (True, None, None)


def test_only_the_fields_of_the_kind_are_asked(draft):
    asked = {
        kind: set(TargetForm(target=ServiceLevelTarget(agreement=draft, kind=kind)).fields)
        for kind in TargetKind.values
    }

    assert "degraded_percent" in asked["availability"]
    assert "degraded_percent" not in asked["cases"] | asked["volume"] | asked["occasions"] | asked["satisfaction"]
    assert "longer_than" in asked["reliability"]
    assert not {"threshold", "decimals", "close_margin", "minimum_outage"} & asked["reliability"]
    assert "limit" in asked["cases"]
    assert "due_minute" in asked["occasions"]
    assert not {"service_hours", "limit", "schedule", "reading_limit"} & asked["volume"]
    assert {"service_hours", "reading_limit", "is_least"} <= asked["readings"]


@pytest.mark.parametrize(
    ("kind", "changes", "field", "words"),
    [
        pytest.param("availability", {"threshold": ""}, "threshold", "Say what is promised", id="nothing promised"),
        pytest.param("availability", {"threshold": "101"}, "threshold", "less than or equal to 100", id="too much"),
        *(
            pytest.param("availability", {"threshold": text}, "threshold", "Enter a number", id=f"threshold {text}")
            for text in ("NaN", "sNaN", "Infinity", "-Infinity", "a lot")
        ),
        pytest.param("availability", {"threshold": "1e400"}, "threshold", "equal to 100", id="threshold without end"),
        pytest.param("availability", {"threshold": "-0.1"}, "threshold", "greater than or equal to 0", id="below none"),
        pytest.param("availability", {"decimals": "5"}, "decimals", "less than or equal to 4", id="decimals"),
        pytest.param("availability", {"minimum_outage": "-5"}, "minimum_outage", "equal to 0", id="negative minimum"),
        pytest.param("cases", {"limit": "-2"}, "limit", "greater than or equal to 1", id="negative limit"),
        pytest.param("cases", {"limit": "NaN"}, "limit", "Enter a whole number", id="NaN as a limit"),
        pytest.param("readings", {"reading_limit": "NaN"}, "reading_limit", "Enter a number", id="NaN as a level"),
        pytest.param("availability", {"is_trial": "on"}, "threshold", "A trial has no target yet", id="trial"),
        pytest.param("availability", {"service": ""}, "service", "which service or component", id="for what"),
        pytest.param("availability", {"excluded_work": None}, "excluded_work", "Notice matters only", id="notice"),
        pytest.param(
            "reliability", {"allowed_misses": ""}, "allowed_misses", "Say how many are allowed", id="how many"
        ),
        pytest.param("reliability", {"longer_than": ""}, "longer_than", "required", id="how long"),
        pytest.param("cases", {"limit": ""}, "limit", "required", id="no limit"),
        pytest.param("cases", {"limit": "0"}, "limit", "greater than or equal to 1", id="no time"),
        pytest.param("cases", {"limit": "1000", "limit_unit": "days"}, "limit", "Working days: 999 at most", id="days"),
        pytest.param("cases", {"priorities": "x" * 61}, "priorities", "too long", id="long line"),
        pytest.param("occasions", {"due_minute": "7 am"}, "due_minute", "“7 am” is not a time", id="time"),
        pytest.param("occasions", {"due_minute": "24:01"}, "due_minute", "Write it as 07:00 or 24:00", id="past 24"),
        pytest.param("occasions", {"threshold": "95"}, "allowed_misses", "not both", id="two promises"),
        pytest.param("occasions", {"schedule": "monthly"}, "due_day", "on which day of the month", id="day"),
        pytest.param(
            "volume", {"starts_on": "2026-12-02", "ends_on": "2026-12-01"}, "ends_on", "before it starts", id="dates"
        ),
        pytest.param(
            "volume", {"period_start_month": "13"}, "period_start_month", "less than or equal to 12", id="month"
        ),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(draft, kind, changes, field, words):
    errors = errors_of(draft, kind, **changes)

    assert set(errors) == {field}
    assert words in errors[field][0]


def test_all_may_be_promised(draft):
    form = TargetForm(
        filled("availability", threshold="100"), target=ServiceLevelTarget(agreement=draft, kind="availability")
    )

    assert form.is_valid(), form.errors


def test_a_measure_of_other_facts_is_not_offered(draft):
    surveys = factories.make_measure(FactKind.SURVEYS)

    assert "Select a valid choice" in errors_of(draft, "volume", measure=surveys.pk)["measure"][0]


def test_a_measure_of_other_facts_is_refused_by_the_action_too(draft, member):
    from slas.actions.targets import save_target
    from slas.errors import WrongMeasure

    target = ServiceLevelTarget(
        agreement=draft, kind="volume", name="X", sentence="X", threshold=98,
        measure=factories.make_measure(FactKind.SURVEYS, name="Monthly survey"),
    )  # fmt: skip

    with pytest.raises(WrongMeasure, match="“Monthly survey” counts survey answers, and a promise of this kind needs"):
        save_target(target=target, by=member(), now=factories.at("2026-11-10 09:40"))


def test_fiscal_years_are_kept(draft, member, client_of):
    given = filled("volume", period_kind=PeriodKind.YEAR, period_start_month="4", starts_on="2027-04-01")

    client_of(member()).post("/t/larkmoor/agreements/orders/v1/targets/new/?kind=volume", given)

    target = ServiceLevelTarget.objects.get()
    assert (target.period_kind, target.period_start_month, target.starts_on) == ("year", 4, date(2027, 4, 1))


def test_a_sentence_is_one_line_however_it_was_typed():
    field = SentenceField(max_length=60)

    assert field.clean("At least 99.5\u00a0% \r\n  of all hours") == "At least 99.5\u00a0% of all hours"
    assert field.clean("As it was") == "As it was"
