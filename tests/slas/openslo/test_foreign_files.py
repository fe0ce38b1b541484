"""Files of other tools: what is understood becomes a promise, what is not is said by document and path."""

import pytest

from slas.forms.openslo import CARRIED
from slas.importers.openslo.reading import read_openslo

SLO = """
apiVersion: openslo/v1
kind: SLO
metadata:
  name: {name}
  displayName: Search works
  labels: {{team: [a, b]}}
  annotations: {{example.com/board: "7"}}
spec:
  description: {description}
  service: web.search
  {indicator}
  timeWindow:
    - {window}
  budgetingMethod: {method}
  objectives:
    - {objective}
"""
RATIO = (
    "indicator: {metadata: {name: ok-requests}, spec: {ratioMetric: {counter: true,"
    " good: {metricSource: {type: Prometheus, spec: {query: sum(ok)}}},"
    " total: {metricSource: {type: Prometheus, spec: {query: sum(all)}}}}}}"
)
LATENCY = (
    "indicator: {metadata: {name: latency}, spec: {thresholdMetric:"
    " {metricSource: {metricSourceRef: monitor, type: Datadog, spec: {query: p95}}}}}"
)
MONTHLY = "{duration: 1M, calendar: {startTime: 2026-01-01 00:00:00, timeZone: Europe/London}}"


def file_of(is_by_calendar=False, **parts):
    usual = {
        "name": "search-ok",
        "description": "99.5 % of searches are answered",
        "indicator": RATIO,
        "window": MONTHLY,
        "method": "Occurrences",
        "objective": "{target: 0.995}",
    }
    return read_openslo(SLO.format(**usual | parts).encode(), columns=CARRIED, is_by_calendar=is_by_calendar)


def paths(remarks):
    return {each.path for each in remarks}


def test_a_ratio_of_occurrences_is_a_share_of_counted_units():
    file = file_of()

    (promise,) = file.promises
    assert file.report.problems == []
    assert dict(promise.cells) == {
        "address": "search-ok",
        "name": "Search works",
        "sentence": "99.5 % of searches are answered",
        "kind": "volume",
        "measure": "ok-requests",
        "service": "web-search",
        "period_kind": "month",
        "threshold": "99.5",
    }
    assert (promise.measure.source, promise.measure.decider) == ("Prometheus", "Not said in the file")
    assert file.zone == "Europe/London"
    assert {"metadata.labels", "metadata.annotations.example.com/board", "spec.service"} <= paths(file.report.notes)


@pytest.mark.parametrize(
    ("parts", "cells", "note"),
    [
        pytest.param(
            {"indicator": LATENCY, "objective": "{op: lte, value: 500, targetPercent: 95}"},
            {"kind": "readings", "reading_limit": "500", "is_least": "no", "threshold": "95"},
            "spec.indicator.spec.thresholdMetric.metricSource.spec",
            id="threshold",
        ),
        pytest.param(
            {"indicator": LATENCY, "objective": "{op: gt, value: 0.25, target: 0.9}"},
            {"kind": "readings", "reading_limit": "0.25", "is_least": "yes", "threshold": "90"},
            "spec.objectives[0].op",
            id="at least",
        ),
        pytest.param(
            {"method": "Timeslices", "objective": "{target: 0.99, timeSliceTarget: 0.9, timeSliceWindow: 1m}"},
            {"kind": "availability", "threshold": "99"},
            "spec.objectives[0].timeSliceTarget",
            id="slices",
        ),
        pytest.param(
            {"window": "{duration: 1Q, calendar: {startTime: 2026-02-01 00:00:00, timeZone: UTC}}"},
            {"period_kind": "quarter", "period_start_month": "2"},
            "metadata.labels",
            id="quarters",
        ),
        pytest.param(
            {"window": "{duration: 12M, calendar: {startTime: '2026-04-01', timeZone: UTC}}"},
            {"period_kind": "year", "period_start_month": "4"},
            "metadata.labels",
            id="years",
        ),
        pytest.param(
            {"description": "x" * 700},
            {"sentence": "99.5 % of Search works", "meaning": "x" * 700},
            "spec.description",
            id="long description",
        ),
    ],
)
def test_what_can_be_said_is_said_and_the_rest_is_told(parts, cells, note):
    file = file_of(**parts)

    (promise,) = file.promises
    assert file.report.problems == []
    assert dict(promise.cells) | cells == dict(promise.cells)
    assert note in paths(file.report.notes)


@pytest.mark.parametrize(
    ("window", "field", "cells"),
    [
        pytest.param("{duration: 28d, isRolling: true}", "", {"period_kind": "month"}, id="rolling"),
        pytest.param("{duration: 1M}", "", {"period_kind": "month"}, id="no calendar"),
        pytest.param(
            "{duration: 1M, isRolling: true, calendar: {startTime: 2026-01-01 00:00:00, timeZone: UTC}}",
            *("", {"period_kind": "month"}),
            id="both",
        ),
        pytest.param(
            "{duration: 1w, calendar: {startTime: 2026-01-05 12:00:00, timeZone: UTC}}",
            *(".duration", {"period_kind": "month"}),
            id="weeks",
        ),
        pytest.param(
            "{duration: 1Q, calendar: {startTime: 2026-02-15 00:00:00, timeZone: UTC}}",
            *(".calendar.startTime", {"period_kind": "quarter", "period_start_month": "2"}),
            id="from another day",
        ),
    ],
)
def test_another_window_is_another_promise_and_judged_by_the_calendar_only_where_that_was_chosen(window, field, cells):
    refused, chosen = file_of(window=window), file_of(window=window, is_by_calendar=True)

    place = f"spec.timeWindow[0]{field}"
    assert [each.path for each in refused.report.problems] == [place]
    assert chosen.report.problems == []
    assert [each.what.endswith("as you chose") for each in chosen.report.notes if each.path == place] == [True]
    (promise,) = chosen.promises
    assert dict(promise.cells) | cells == dict(promise.cells)


@pytest.mark.parametrize(
    ("parts", "path", "what"),
    [
        ({"objective": "{}"}, "spec.objectives[0]", "One of target and targetPercent"),
        ({"objective": "{target: 0.9, targetPercent: 90}"}, "spec.objectives[0]", "One of target and targetPercent"),
        ({"objective": "{target: 9}"}, "spec.objectives[0]", "no share of the whole"),
        ({"objective": "{target: .nan}"}, "spec.objectives[0].target", "not a number that can be promised"),
        ({"objective": "{target: .inf}"}, "spec.objectives[0].target", "not a number that can be promised"),
        ({"objective": "{target: yes}"}, "spec.objectives[0].target", "not a number that can be promised"),
        ({"objective": "{op: eq, value: 3, target: 0.9}", "indicator": LATENCY}, "spec.objectives[0].op", "not known"),
        ({"objective": "{value: 3, target: 0.9}", "indicator": LATENCY}, "spec.objectives[0].op", "above the limit"),
        ({"window": "{duration: soon}"}, "spec.timeWindow[0].duration", "no length of time"),
        ({"method": "Guessing"}, "spec.budgetingMethod", "not known"),
        ({"indicator": "alertPolicies: []"}, "spec.indicator", "There is no indicator"),
        ({"indicator": f"indicatorRef: other\n  {RATIO}"}, "spec.indicatorRef", "Both an indicator and a reference"),
        ({"name": "12"}, "metadata.name", "is not text"),
    ],
)
def test_what_is_wrong_is_refused_by_path(parts, path, what):
    problems = file_of(**parts).report.problems

    assert [each.path for each in problems if what in each.what] == [path]


def test_each_objective_is_a_promise_of_its_own():
    file = file_of(objective="{displayName: Good, target: 0.99}\n    - {displayName: Best, target: 0.999}")

    assert [(each.cells["address"], each.cells["name"], each.cells["threshold"]) for each in file.promises] == [
        ("search-ok-1", "Search works: Good", "99"),
        ("search-ok-2", "Search works: Best", "99.9"),
    ]


def test_a_ratio_that_was_computed_before_is_left_out():
    raw = "indicator: {spec: {ratioMetric: {rawType: success, raw: {metricSource: {type: Prometheus}}}}}"
    report = file_of(indicator=raw).report

    assert "spec.indicator.spec.ratioMetric.raw" in paths(report.notes)
    assert [each.what for each in report.problems] == ["No promise can be made of this file"]


def test_a_mean_of_the_shares_of_slices_is_left_out():
    report = file_of(method="RatioTimeslices", objective="{target: 0.99, timeSliceWindow: 1m}").report

    assert "spec.budgetingMethod" in paths(report.notes)
    assert [each.what for each in report.problems] == ["No promise can be made of this file"]


def test_each_objective_of_a_composite_slo_has_its_own_indicator():
    own = RATIO.replace("ok-requests", "ok-payments").removeprefix("indicator: ")
    objectives = f"{{target: 0.99, indicatorRef: logins}}\n    - {{target: 0.95, compositeWeight: 2, indicator: {own}}}"
    file = file_of(indicator="alertPolicies: []", objective=objectives)

    assert file.report.problems == []
    assert [(each.cells["measure"], each.cells["threshold"]) for each in file.promises] == [
        ("logins", "99"),
        ("ok-payments", "95"),
    ]
    assert {"spec.objectives", "spec.objectives[1].compositeWeight"} <= paths(file.report.notes)


def test_two_indicators_of_one_name_are_one_only_if_they_say_the_same():
    one, same, other = (
        SLO.format(
            name=name, description="Said", indicator=RATIO.replace("sum(ok)", query), window=MONTHLY,
            method="Occurrences", objective="{target: 0.9}",
        )
        for name, query in (("one", "sum(ok)"), ("same", "sum(ok)"), ("other", "sum(fine)"))
    )  # fmt: skip

    assert read_openslo(f"{one}---\n{same}".encode(), columns=CARRIED).report.problems == []
    problems = read_openslo(f"{one}---\n{other}".encode(), columns=CARRIED).report.problems
    assert [(each.document, each.path) for each in problems] == [(2, "spec.indicator.metadata.name")]


def test_keys_to_a_source_are_never_repeated():
    source = "---\napiVersion: openslo/v1\nkind: DataSource\nmetadata: {name: monitor, displayName: Our monitor}\n"
    source += "spec: {type: Datadog, connectionDetails: {secretAccessKey: hunter2}}\n"
    file = read_openslo((SLO.format(**PLAIN_LATENCY) + source).encode(), columns=CARRIED)

    assert file.promises[0].measure.source == "Our monitor (Datadog)"
    told = [each for each in file.report.notes if each.path == "spec.connectionDetails"]
    assert [each.document for each in told] == [2]
    assert "hunter2" not in repr([file.report, file.promises[0].cells, file.promises[0].measure.source])


PLAIN_LATENCY = {
    "name": "latency",
    "description": "Answers come quickly",
    "indicator": LATENCY,
    "window": MONTHLY,
    "method": "Occurrences",
    "objective": "{op: lte, value: 1, target: 0.5}",
}


def test_two_zones_in_one_agreement_are_refused():
    other = SLO.format(**PLAIN_LATENCY | {"window": MONTHLY.replace("London", "Paris")})
    file = read_openslo(f"{SLO.format(**PLAIN_LATENCY)}---\n{other}".encode(), columns=CARRIED)

    assert [(each.document, each.path) for each in file.report.problems] == [
        (2, "spec.timeWindow[0].calendar.timeZone")
    ]


def test_alerts_are_left_out_and_it_is_said():
    alert = "---\napiVersion: openslo/v1\nkind: AlertPolicy\nmetadata: {name: loud}\nspec: {}\n"
    report = read_openslo((SLO.format(**PLAIN_LATENCY) + alert).encode(), columns=CARRIED).report

    assert [each.what for each in report.notes if each.document == 2] == [
        "AlertPolicy: alerts are not part of an agreement, so this is left out"
    ]
