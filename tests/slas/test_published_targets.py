"""Targets that six universities publish are entered as people enter them; their deadlines were worked out by hand."""

import json
from datetime import datetime
from fractions import Fraction

import pytest

from slas.calculation.local_time import zone_of
from slas.models import AgreementState, Case, FactKind, Measure, ServiceHours, ServiceLevelTarget
from slas.queries.replay import replay
from tests.house.tree import ROOT
from tests.slas import factories
from tests.slas.factories import at

pytestmark = pytest.mark.django_db
NOW = at("2026-11-10 09:40")
ORGANISATIONS = {
    each["org"].split(" (")[0]: each
    for each in json.loads((ROOT / "tests/data/catalog/published_it_sla_targets.json").read_text())["organisations"]
}
WESTERN, SUSSEX, COLORADO, WARWICK, CHIPPEWA, METHODIST = ORGANISATIONS
VERSION = "/t/larkmoor/agreements/published/v1/"
# The clocks go forward on 8 March 2026 in America and on 29 March in Britain: between the receipts and some deadlines.
AMERICAN = ("03-03 10:00", "03-06 16:30", "03-07 11:00")
BRITISH = ("03-24 10:00", "03-27 16:30", "03-28 11:00")
# By hours and limit: the deadlines of the three receipts, counted on a calendar with a pencil.
BY_HAND = {
    WESTERN: {
        "10 minutes": ("03-03 10:10", "03-06 16:40", "03-09 07:40"),
        "4 hours": ("03-03 14:00", "03-09 10:30", "03-09 11:30"),
        "10 hours": ("03-04 10:00", "03-09 16:30", "03-09 17:30"),
        "20 hours": ("03-05 10:00", "03-10 16:30", "03-10 17:30"),
        "100 hours": ("03-17 10:00", "03-20 16:30", "03-20 17:30"),
        "300 hours": ("04-14 10:00", "04-17 16:30", "04-17 17:30"),
        "450 hours": ("05-05 10:00", "05-08 16:30", "05-08 17:30"),
    },
    SUSSEX: {
        "15 minutes": ("03-24 10:15", "03-27 16:45", "03-30 09:15"),
        "1 hours": ("03-24 11:00", "03-30 09:30", "03-30 10:00"),
        "2 hours": ("03-24 12:00", "03-30 10:30", "03-30 11:00"),
        "4 hours": ("03-24 14:00", "03-30 12:30", "03-30 13:00"),
        "8 hours": ("03-25 10:00", "03-30 16:30", "03-30 17:00"),
        "1 working days": ("03-25 17:00", "03-30 17:00", "03-31 17:00"),
        "3 working days": ("03-27 17:00", "04-01 17:00", "04-02 17:00"),
        "5 working days": ("03-31 17:00", "04-03 17:00", "04-06 17:00"),
        "10 working days": ("04-07 17:00", "04-10 17:00", "04-13 17:00"),
    },
    # Round the clock; the last receipt is half an hour before the clocks go forward.
    COLORADO: {
        "30 minutes": ("03-03 10:30", "03-06 17:00", "03-08 03:00"),
        "2 hours": ("03-03 12:00", "03-06 18:30", "03-08 04:30"),
        "4 hours": ("03-03 14:00", "03-06 20:30", "03-08 06:30"),
    },
    CHIPPEWA: {
        "2 hours": ("03-03 12:00", "03-09 09:00", "03-09 10:00"),
        "4 hours": ("03-03 14:00", "03-09 11:00", "03-09 12:00"),
        "8 hours": ("03-04 10:00", "03-09 15:00", "03-09 16:00"),
        "12 hours": ("03-04 14:00", "03-10 11:00", "03-10 12:00"),
        "16 hours": ("03-05 10:00", "03-10 15:00", "03-10 16:00"),
        "40 hours": ("03-10 10:00", "03-13 15:00", "03-13 16:00"),
        "20 working days": ("03-31 16:00", "04-03 16:00", "04-06 16:00"),
        "24 hours round the clock": ("03-04 10:00", "03-07 15:00", "03-08 12:00"),
    },
    METHODIST: {
        "4 hours": ("03-03 14:00", "03-09 11:30", "03-09 12:00"),
        "9 hours": ("03-04 10:00", "03-09 16:30", "03-09 17:00"),
        "24 hours": ("03-05 16:00", "03-11 13:30", "03-11 14:00"),
        "5 working days": ("03-10 17:00", "03-13 17:00", "03-16 17:00"),
    },
}
RECEIPTS = {
    WESTERN: AMERICAN,
    SUSSEX: BRITISH,
    COLORADO: ("03-03 10:00", "03-06 16:30", "03-08 01:30"),
    CHIPPEWA: ("03-03 10:00", "03-06 15:00", "03-07 11:00"),
    METHODIST: AMERICAN,
}
ZONES = {
    WESTERN: "America/Los_Angeles",
    SUSSEX: "Europe/London",
    COLORADO: "America/Denver",
    CHIPPEWA: "America/Chicago",
    METHODIST: "America/Chicago",
    WARWICK: "Europe/London",
}
# Which hours a page leaves open: two sides have to choose them before anything can be promised.
CHOSEN_HOURS = {CHIPPEWA: ["08:00", "16:00"]}


def written(seconds):
    return f"{seconds // 3600} hours" if seconds % 3600 == 0 else f"{seconds // 60} minutes"


def times_of(priority):
    """What the page says of a priority, as somebody writes it into the table."""
    answered = written(priority["respond_s"]) if "respond_s" in priority else ""
    if "resolve_working_days" in priority:
        return answered, f"{priority['resolve_working_days']} working days"
    if "resolve_weeks" in priority:
        return answered, f"{priority['resolve_weeks']} week"
    return answered, written(priority["resolve_s"]) if "resolve_s" in priority else ""


def tables_of(org):
    """The tables of an organisation: rows of name, answered within, solved within."""
    found = ORGANISATIONS[org]
    if org == COLORADO:
        return [[(each["name"], *times_of(each)) for each in found["levels"]]]
    teams = found.get("resolve_by_team", {}).values()
    return [
        [(each["name"], *times_of(each)) for each in found["priorities"]],
        *(
            [(name.partition("_")[0], "", time_of_team(name, number)) for name, number in team.items()]
            for team in teams
        ),
    ]


def time_of_team(name, number):
    if name.endswith("_elapsed"):
        return f"{written(number)} round the clock"
    return f"{number} working days" if name.endswith("_working_days") else written(number)


@pytest.fixture
def manager(member, client_of):
    return client_of(member())


def make_draft(org):
    return factories.make_agreement(slug="published", state=AgreementState.DRAFT, time_zone=ZONES[org])


def make_hours(manager, org, opens, closes):
    """The published hours, through the form of service hours."""
    manager.post(
        "/t/larkmoor/service-hours/new/",
        {
            "name": f"{org} {opens}", "words": f"Monday to Friday, {opens} to {closes}", "time_zone": ZONES[org],
            "windows": f"Mon-Fri {opens}-{closes}",
        },
    )  # fmt: skip
    return ServiceHours.objects.get(name=f"{org} {opens}")


def table(rows, service, hours, **more):
    sent = {
        "service": service.pk, "unit_words": "requests", "what": "Requests, from receipt.", "source": "Help desk",
        "decider": "Head of the help desk", "share_answered": "90", "share_solved": "90", "period_kind": "month",
    }  # fmt: skip
    sent |= {"service_hours": hours.pk} if hours else {}
    for number, (name, answered, solved) in enumerate(rows):
        sent |= {f"name_{number}": name, f"answered_{number}": answered, f"solved_{number}": solved}
    return sent | more


def deadlines(target, receipts, reader):
    """When cases received then are due, on the clocks there: read from the records of the months that were tried."""
    measure, zone, (priority,) = target.measure_id, zone_of(target.agreement.time_zone), target.priorities
    Case.objects.filter(measure_id=measure).delete()
    for key, receipt in enumerate(receipts):
        opened = at(f"2026-{receipt}", target.agreement.time_zone)
        done = {"responded_at": opened, "resolved_at": opened}
        Case.objects.create(measure_id=measure, key=str(key), opened_at=opened, priority=priority, **done)
    tried = replay(reader=reader, target=target, now=NOW)
    records = [record for month in tried.months for record in month.outcome.records]
    due = {each["key"]: datetime.fromisoformat(each["due_at"]).astimezone(zone) for each in records}
    return tuple(f"{due[str(key)]:%m-%d %H:%M}" for key in range(len(receipts)))


@pytest.mark.parametrize("org", [WESTERN, SUSSEX, COLORADO, CHIPPEWA, METHODIST])
def test_priorities_are_entered_as_a_table_and_fall_due_as_worked_out_by_hand(in_tenant, member, manager, org):
    draft, reader = make_draft(org), member()
    opens = ORGANISATIONS[org].get("service_hours", {}).get("mon-fri") or CHOSEN_HOURS.get(org)
    hours = make_hours(manager, org, *opens) if opens else None
    for published in tables_of(org):
        service = factories.make_service()
        rows = [(name, soon, "5 working days" if "week" in late else late) for name, soon, late in published]
        response = manager.post(
            f"{VERSION}targets/priorities/", table(rows, service, hours, **({} if hours else {"is_always": "on"}))
        )
        assert response.status_code == 302, response.context["form"].errors
        targets = {(each.priorities[0], each.clock_stop): each for each in draft.targets.filter(service=service)}
        expected = {
            (name, stop): BY_HAND[org][text]
            for name, answered, solved in rows
            for stop, text in (("answered", answered), ("solved", solved))
            if text
        }

        found = {key: deadlines(target, RECEIPTS[org], reader) for key, target in targets.items()}

        assert found == expected
        assert len({target.measure_id for target in targets.values()}) == 1


@pytest.mark.parametrize("org", [COLORADO, CHIPPEWA])
def test_hours_that_a_page_does_not_say_are_asked_for(in_tenant, manager, org):
    make_draft(org)

    response = manager.post(f"{VERSION}targets/priorities/", table(tables_of(org)[0], factories.make_service(), None))

    assert response.status_code == 422
    asked = "Say in which hours: choose them, or say round the clock."
    assert response.context["form"].errors == {"service_hours": [asked]}
    assert not ServiceLevelTarget.objects.exists()
    assert not Measure.objects.filter(fact_kind=FactKind.CASES).exists()


def test_the_matrix_of_criticality_and_impact_says_which_cases_are_of_a_priority(in_tenant, manager):
    draft, hours = make_draft(SUSSEX), make_hours(manager, SUSSEX, "09:00", "17:00")
    matrix = ORGANISATIONS[SUSSEX]["priority_matrix"]
    means = {}
    for criticality, cells in zip(matrix["criticality"], matrix["cells"], strict=True):
        for impact, name in zip(matrix["impact"], cells, strict=True):
            means.setdefault(name, []).append(f"{criticality} criticality with {impact} impact")
    rows = tables_of(SUSSEX)[0]
    written = {f"means_{number}": "; ".join(means[name]) for number, (name, *_times) in enumerate(rows)}

    response = manager.post(
        f"{VERSION}targets/priorities/", table(rows, factories.make_service(), hours, **written)
    )  # fmt: skip

    assert response.status_code == 302, response.context["form"].errors
    assert set(draft.targets.filter(priorities=["P3"]).values_list("meaning", flat=True)) == {
        "high criticality with low impact; medium criticality with medium impact; low criticality with high impact"
    }
    assert draft.targets.filter(meaning="low criticality with low impact").count() == 2


@pytest.mark.parametrize(
    ("zone", "said"),
    [("", "This field is required."), ("Wisconsin", "“Wisconsin” is not a time zone.")],
    ids=["none", "no zone"],
)
def test_hours_without_a_time_zone_are_asked_back(in_tenant, manager, zone, said):
    """The page says from when to when, and not on which clocks."""
    response = manager.post(
        "/t/larkmoor/service-hours/new/",
        {
            "name": "Desk",
            "words": "Monday to Friday, 08:00 to 16:00",
            "time_zone": zone,
            "windows": "Mon-Fri 08:00-16:00",
        },
    )

    assert response.context["form"].errors["time_zone"][0].startswith(said)
    assert not ServiceHours.objects.exists()


def test_a_week_is_asked_back(in_tenant, manager):
    make_draft(METHODIST)
    hours = make_hours(manager, METHODIST, "08:00", "17:00")

    response = manager.post(
        f"{VERSION}targets/priorities/", table(tables_of(METHODIST)[0], factories.make_service(), hours)
    )

    assert response.context["form"].errors == {
        "solved_3": ["Does the weekend count? Write working days, or “168 hours round the clock”."]
    }


def build(manager, kind, service, measure, **fields):
    given = {
        "name": "It can be used", "service": service.pk, "measure": measure.pk, "period_kind": "month",
        "period_start_month": "1", "missing_policy": "exclude", "degraded_percent": "0",
    }  # fmt: skip
    response = manager.post(f"{VERSION}targets/build/?kind={kind}", given | fields)
    assert response.status_code == 302, response.context["form"].errors
    return ServiceLevelTarget.objects.order_by("pk").last()


def allowed(target, reader, name):
    (month,) = [each for each in replay(reader=reader, target=target, now=NOW).months if each.name == name]
    return Fraction(month.outcome.result["allowed_seconds"]) / 60


def test_availability_of_a_year_gives_its_minutes(in_tenant, member, manager):
    make_draft(COLORADO)
    reader, measure, service = member(), factories.make_measure(), factories.make_service()

    minutes = {}
    for level in ORGANISATIONS[COLORADO]["levels"]:
        percent = str(level["availability_percent"])
        target = build(manager, "availability", service, measure, threshold=percent, period_kind="year", is_always="on")
        minutes[percent] = allowed(target, reader, "the year from January 2025")
        assert target.sentence.replace("\u00a0", " ") == (
            f"{service}: it can be used for at least {percent} % of its service hours (round the clock, every day,"
            " Denver time), in each year; announced work is not left out."
        )

    # The page says one hour and eight hours; exactly it is 52.56 minutes and 8.76 hours of 365 days.
    assert minutes == {"99.99": Fraction("52.56"), "99.9": Fraction("525.6")}


def test_two_windows_of_one_service_are_two_promises(in_tenant, member, manager):
    make_draft(WARWICK)
    reader, measure, service = member(), factories.make_measure(), factories.make_service()
    published = ORGANISATIONS[WARWICK]
    supported = make_hours(manager, WARWICK, *published["service_hours"]["mon-fri"])
    desk = make_hours(manager, WARWICK, *published["desk_hours"]["mon-fri"])
    windows = {"supported hours": {"service_hours": supported.pk}, "24x7": {"is_always": "on"}}

    found = {}
    for each in published["availability"]:
        percent = str(each["percent"])
        target = build(manager, "availability", service, measure, threshold=percent, **windows[each["window"]])
        found[each["window"]] = allowed(target, reader, "March 2026")

    # March 2026: 22 working days of 8.5 hours are 11,220 minutes; 743 hours are 44,580.
    assert found == {"supported hours": Fraction("336.6"), "24x7": Fraction("891.6")}
    assert (desk.windows.count(), supported.windows.first().opens_at) == (5, 510)


def test_a_limit_without_a_share_is_a_trial(in_tenant, manager):
    make_draft(WARWICK)
    measure = factories.make_measure(FactKind.READINGS, unit_words="seconds")
    (published,) = ORGANISATIONS[WARWICK]["performance"]

    target = build(
        manager, "readings", factories.make_service(), measure, is_trial="on", is_always="on",
        unit_words="transaction responses", reading_limit=str(published["under_s"]),
    )  # fmt: skip

    assert (target.is_trial, target.threshold) == (True, None)
    assert "transaction responses are at most 5 seconds" in target.sentence
