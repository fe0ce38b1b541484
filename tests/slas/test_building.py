"""A promise is built from its frame: from a template, from another promise or from nothing, with what it would give."""

from datetime import date
from decimal import Decimal

import pytest

from slas.forms.building import BuilderForm
from slas.forms.priorities import Within, WithinField
from slas.models import AgreementState, Measure, ServiceLevelTarget, TargetKind, TargetTemplate
from slas.queries.library import list_templates
from tests.slas import factories
from tests.slas.factories import at, every_day
from tests.slas.test_target_forms import as_sent

pytestmark = pytest.mark.django_db
NOW = at("2026-11-10 09:40")
VERSION = "/t/larkmoor/agreements/orders/v1/"
BUILD = f"{VERSION}targets/build/"
# What some of the templates say for a service of that name.
SAID = {
    "orders-are-confirmed": (
        "Ordering: at least 98 % of orders are confirmed within 15 minutes of being saved, in each month."
    ),
    "application-can-be-used": (
        "Ordering: it can be used for at least 99.5 % of its service hours (Monday to Friday, 08:00 to 18:00, London"
        " time), in each month; planned work announced at least 5 working days before is left out, at most 2 h of it in"
        " each month."
    ),
    "few-interruptions": (
        "Ordering: it has at most 2 interruptions of more than 5 min, in each month, in its service hours (Monday to"
        " Friday, 08:00 to 18:00, London time); planned work announced at least 5 working days before is left out."
    ),
    "urgent-problems-are-solved": (
        "Ordering: at least 90 % of problems with priority Urgent are solved within 4 hours of service time after"
        " receipt, in each month; service hours are Monday to Friday, 08:00 to 18:00, London time; the clock stands"
        " still for Waiting for the caller."
    ),
    "pay-run-ends": (
        "Ordering: pay runs are complete by 12:00 on day 25 of each month, London time; no date is late, in each month."
    ),
    "figures-are-ready": (
        "Ordering: figures of the day before are ready by 07:00 on each working day, London time; at most 1 date is"
        " late, in each month."
    ),
    "help-is-rated-good": ("Ordering: at least 80 % of answers are 4 or 5 on a scale from 1 to 5, in each month."),
    "answers-quickly": (
        "Ordering: at least 95 % of response times are at most 500 milliseconds in service hours (Monday to Friday,"
        " 08:00 to 18:00, London time), in each month."
    ),
}
# What is promised of these is counted in hours, which both sides still have to choose.
CLOCKED = (TargetKind.AVAILABILITY, TargetKind.RELIABILITY, TargetKind.CASES, TargetKind.READINGS)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


@pytest.fixture
def draft(in_tenant):
    return factories.make_agreement(slug="orders", state=AgreementState.DRAFT, starts_on=date(2027, 1, 1))


@pytest.fixture
def manager(member, client_of):
    return client_of(member())


def words(text):
    return text.replace("\u00a0", " ")


def days(**fields):
    week = {day: [(8 * 60, 18 * 60)] for day in range(5)}
    return factories.make_hours(week, words="Monday to Friday, 08:00 to 18:00", **fields)


def answers(template, draft, hours, service):
    """A template with what is missing: for which service, and in which hours."""
    target, new = template.target(draft), template.new_measure()
    sent = as_sent(BuilderForm(target=target, new=new)) | {"service": service.pk}
    if template.kind in CLOCKED or sent.get("schedule") == "working_days":
        sent["service_hours"] = hours.pk
    return sent


def test_each_class_of_service_has_templates_that_lack_only_the_service_and_the_hours(draft):
    hours, service = days(), factories.make_service(name="Ordering")
    said = {}
    for label, found in list_templates().items():
        assert len(found) >= 5, label
        for template in found:
            sent = answers(template, draft, hours, service)
            form = BuilderForm(sent, target=template.target(draft), new=template.new_measure())
            assert form.is_valid(), (template.key, form.errors)
            said[template.key] = words(form.filled().sentence)

    assert SAID.items() <= said.items()
    assert len(set(said.values())) == len(said)


def test_a_template_becomes_a_promise_with_its_measure(draft, manager):
    service, hours = factories.make_service(name="Claims"), days()
    address = f"{BUILD}?template=claims-are-decided"

    page = manager.get(f"{VERSION}targets/new/").content.decode()
    opened = manager.get(address)
    sent = as_sent(opened.context["form"]) | {"service": service.pk, "service_hours": hours.pk, "threshold": "92.5"}
    saved = manager.post(address, sent)

    target = ServiceLevelTarget.objects.select_related("measure").get()
    assert "template=claims-are-decided" in page
    assert saved.status_code == 302
    assert (target.kind, target.threshold, target.within_working_days, target.decimals) == (
        "cases", Decimal("92.5"), 10, 1,
    )  # fmt: skip
    assert words(target.sentence).startswith("Claims: at least 92.5 % of claims are decided by the end of hours on the")
    assert (target.measure.fact_kind, target.measure.decider) == ("cases", "Head of claims")
    assert target.meaning.startswith("The clock starts when all documents")


def test_it_is_shown_what_the_last_year_would_have_given_before_anything_is_written(draft, manager):
    service, measure = factories.make_service(name="Ordering"), factories.make_measure("volumes", name="Orders")
    for month in range(1, 11):
        factories.add_volume(measure, date(2026, month, 1), 1000, 990 if month < 8 else 950)
    address = f"{BUILD}?template=orders-are-confirmed"
    sent = as_sent(manager.get(address).context["form"]) | {"service": service.pk, "measure": measure.pk}

    page = manager.post(address, sent | {"show": "1"})
    fragment = manager.post(address, sent | {"show": "1"}, headers={"HX-Request": "true"})
    open_answers = manager.post(address, sent | {"show": "1", "threshold": ""}, headers={"HX-Request": "true"})

    said = (
        "This would have been kept in 7 of 10 months that can be judged; of 2 of the last 12 months there is not enough"
        " data."
    )
    for response in (page, fragment):
        assert response.status_code == 200
        assert said in words(response.content.decode())
        assert "50 of 1,000" in words(response.content.decode())
    assert "<html" not in fragment.content.decode()
    assert "Percent promised: Say what is promised" in open_answers.content.decode()
    assert open_answers.status_code == 200
    assert not ServiceLevelTarget.objects.exists()


@pytest.mark.parametrize(
    ("field", "said", "word"),
    [
        pytest.param("good_words", "confirmed promptly", "“promptly”", id="when one is good"),
        pytest.param("unit_words", "orders sent as soon as possible", "“as soon as possible”", id="what is counted"),
        pytest.param("meaning", "Confirmed means sent in a timely manner", "“in a timely manner”", id="what it means"),
        pytest.param("what", "Orders that are answered promptly", "“promptly”", id="a new measure"),
    ],
)
def test_words_that_leave_room_are_asked_back_before_anything_is_written(draft, manager, field, said, word):
    address = f"{BUILD}?template=orders-are-confirmed"
    sent = as_sent(manager.get(address).context["form"]) | {"service": factories.make_service().pk}

    clear, unclear = manager.post(address, sent | {"show": "1"}), manager.post(address, sent | {field: said})

    assert clear.context["preview"].unclear == ()
    assert unclear.status_code == 422
    assert [error.partition(":")[0] for error in unclear.context["form"].errors[field]] == [word]
    assert not ServiceLevelTarget.objects.exists()


def test_what_others_count_by_is_told_and_mended_where_it_is_written(draft, manager):
    address = f"{BUILD}?template=application-can-be-used"
    hours = days()
    hours.words = "Generally 08:00 to 18:00"
    hours.save()
    answered = {"service": factories.make_service().pk, "service_hours": hours.pk, "show": "1"}

    page = manager.post(address, as_sent(manager.get(address).context["form"]) | answered)

    assert [text.heading for text in page.context["preview"].unclear] == ["“Generally”: weakens the promise."] * 2
    assert f"/service-hours/{hours.pk}/" in page.content.decode()


def test_a_promise_starts_from_another_one(draft, manager):
    other = factories.make_target(
        "cases",
        name="Urgent problems are solved",
        slug="urgent",
        service=factories.make_service(),
        unit_words="problems",
    )
    address = f"{BUILD}?from={other.agreement.slug}/1/urgent"

    found = manager.get(f"{VERSION}targets/new/?words=urgent").content.decode()
    opened = manager.get(address)
    saved = manager.post(address, as_sent(opened.context["form"]) | {"limit": "8"})

    assert f"from={other.agreement.slug}/1/urgent" in found
    assert opened.context["preview"].tried is not None
    assert saved.status_code == 302
    made = draft.targets.get()
    assert (made.within_seconds, made.measure, made.service) == (8 * 3600, other.measure, other.service)
    other.refresh_from_db()
    assert other.within_seconds == 7200


def test_the_questions_of_a_promise_that_is_there_are_answered_anew(draft, manager):
    target = factories.make_target(
        agreement=draft,
        slug="place-orders",
        service=factories.make_service(name="Ordering"),
        meaning="Orders are saved",
    )
    address = f"{VERSION}targets/place-orders/build/"

    saved = manager.post(address, as_sent(manager.get(address).context["form"]) | {"threshold": "99.9"})

    target.refresh_from_db()
    assert saved.status_code == 302
    assert (target.threshold, target.meaning, target.slug) == (Decimal("99.9"), "Orders are saved", "place-orders")
    assert words(target.sentence).startswith("Ordering: it can be used for at least 99.9 % of its service hours")


@pytest.mark.parametrize("address", ["?template=unheard", "?kind=unheard", "?from=orders/1/unheard", "?from=x"])
def test_nothing_starts_from_what_is_not_there(draft, manager, address):
    assert manager.get(f"{BUILD}{address}").status_code == 404


def test_an_address_that_names_nothing_leads_to_the_choice(draft, manager):
    assert manager.get(BUILD).url == f"{VERSION}targets/new/"


@pytest.mark.parametrize(
    ("kind", "changes", "field", "said"),
    [
        pytest.param("availability", {}, "service_hours", "Say in which hours", id="hours"),
        pytest.param("cases", {"limit_unit": "days", "is_always": "on"}, "service_hours", "working days", id="days"),
        pytest.param("volume", {"measure": ""}, "decider", "Say this of the new measure", id="new measure"),
        pytest.param("volume", {"good_words": ""}, "good_words", "required", id="good"),
        pytest.param(
            "cases", {"is_always": "on", "priorities": "\n".join(f"Priority number {n:040}" for n in range(12))},
            "__all__", "too long", id="long",
        ),
    ],
)  # fmt: skip
def test_what_leaves_room_is_asked_for(draft, kind, changes, field, said):
    measure = factories.make_measure(factories.FACTS_OF[TargetKind(kind)])
    sent = {
        "name": "A promise", "service": factories.make_service().pk, "measure": measure.pk, "threshold": "90",
        "period_kind": "month", "period_start_month": "1", "missing_policy": "exclude", "degraded_percent": "0",
        "unit_words": "orders", "good_words": "confirmed", "limit": "2", "limit_unit": "hours", "clock_stop": "solved",
    }  # fmt: skip
    form = BuilderForm(sent | changes, target=ServiceLevelTarget(agreement=draft, kind=kind), new=Measure())

    assert not form.is_valid()
    assert said in form.errors[field][0]


def test_hours_and_round_the_clock_are_one_or_the_other(draft):
    hours = factories.make_hours(every_day(4, 22))
    sent = {"service_hours": hours.pk, "is_always": "on"}
    form = BuilderForm(sent, target=ServiceLevelTarget(agreement=draft, kind="availability"), new=Measure())

    assert "not both" in form.errors["is_always"][0]


def test_a_template_of_their_own_is_kept_used_and_removed(draft, manager):
    service = factories.make_service(name="Ordering")
    factories.make_target(
        "volume", agreement=draft, slug="confirm", service=service, threshold=Decimal("97.25"), unit_words="orders",
        good_words="confirmed", close_margin=Decimal("0.1"),
    )  # fmt: skip
    manager.post(
        f"{VERSION}targets/confirm/template/", {"name": "Our orders", "service_class": "business", "purpose": "For all"}
    )

    opened = manager.get(f"{BUILD}?template=own.our-orders").context["form"]
    listed = manager.get(f"{VERSION}targets/new/").content.decode()
    assert "remove/?for=orders/v1" in listed
    asked = manager.get("/t/larkmoor/templates/our-orders/remove/?for=orders/v1")
    assert "Remove the template “Our orders”?" in asked.content.decode()
    assert f'href="{VERSION}targets/new/"' in asked.content.decode()
    assert TargetTemplate.objects.exists()
    removed = manager.post("/t/larkmoor/templates/our-orders/remove/?for=orders/v1")
    assert removed["Location"] == f"{VERSION}targets/new/"

    assert (opened["threshold"].value(), opened["unit_words"].value()) == (Decimal("97.25"), "orders")
    assert opened.target.close_margin == Decimal("0.1")
    assert "template=own.our-orders" in listed
    assert not TargetTemplate.objects.exists()


@pytest.mark.parametrize(
    "named",
    [
        *("", "?for=orders/v9", "?for=nothing", "?for=orders/vx", "?for=//elsewhere.example"),
        pytest.param("?for=orders/v99999999999999999999", id="no whole number of the database"),
        pytest.param(f"?for=orders/v{'9' * 5000}", id="more digits than are read"),
    ],
)
def test_a_template_that_is_removed_from_nowhere_leads_to_the_agreements(draft, manager, named):
    TargetTemplate.objects.create(slug="ours", name="Ours", kind="volume", service_class="business", frame={})

    assert manager.post(f"/t/larkmoor/templates/ours/remove/{named}")["Location"] == "/t/larkmoor/agreements/"


def test_service_and_component_are_one_of_two_and_not_called_optional(draft, manager):
    page = manager.get(f"{BUILD}?kind=volume").content.decode()

    for name in ("service", "component"):
        label = page.partition(f'<label for="id_{name}">')[2].partition("</label>")[0]
        assert label.strip() == name.capitalize()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("15 minutes", Within(900, None)),
        ("4 hours", Within(14400, None)),
        ("24 hours round the clock", Within(86400, None, is_always=True)),
        ("3 working days", Within(None, 3)),
        ("1 business day", Within(None, 1)),
        ("", None),
    ],
)
def test_a_time_in_the_table_is_read(text, found):
    assert WithinField().clean(text) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2 days", "Write “2 working days” or “48 hours round the clock”"),
        ("1 week", "Does the weekend count?"),
        ("1 month", "Months are not equally long"),
        ("soon", "“soon” is not a time"),
        ("0 hours", "at least 1"),
        ("1000 working days", "at most 999 working days"),
    ],
)
def test_a_unit_that_leaves_room_is_asked_back(text, said):
    with pytest.raises(Exception, match=said):
        WithinField().clean(text)


def test_a_table_of_priorities_says_what_is_missing_at_its_cell(draft, manager):
    sent = {
        "name_0": "P1",
        "answered_1": "2 hours",
        "name_2": "P3",
        "solved_2": "4 hours",
        "name_3": "P3",
        "solved_3": "x",
    }

    errors = manager.post(f"{VERSION}targets/priorities/", sent).context["form"].errors

    assert "Say by when" in errors["name_0"][0]
    assert "Name the priority" in errors["name_1"][0]
    assert "another row" in errors["name_3"][0]
    assert "is not a time" in errors["solved_3"][0]
    assert not ServiceLevelTarget.objects.exists()
