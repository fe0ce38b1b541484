"""Service hours and planned work in the browser."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import Role
from portal.tenancy.scope import tenant_scope
from slas.calculation.periods import Period
from slas.forms.service_hours import HoursForm
from slas.models import AgreementState, DirtyTarget, PlannedWork, ServiceHours
from slas.queries.agreement_rows import rows_of
from slas.queries.agreement_text import agreement_text
from slas.queries.frames import frame_lines
from tests import factories as people
from tests.slas import factories
from tests.slas.factories import at

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
HOURS = "/t/larkmoor/service-hours/"
WORK = "/t/larkmoor/planned-work/"
GIVEN = {
    "name": "Desk",
    "words": "08:00 to 17:30, weekdays",
    "time_zone": "Europe/London",
    "windows": "Mon-Fri 08:00-17:30",
}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


@pytest.fixture
def stranger(other_tenant):
    with tenant_scope(other_tenant.pk):
        return people.make_member()


@pytest.fixture
def everybody(member):
    unit = people.make_unit()
    roles = {
        "manager": Role.SERVICE_LEVEL_MANAGER, "owner": Role.SERVICE_OWNER, "admin": Role.ADMINISTRATOR,
        "auditor": Role.AUDITOR,
    }  # fmt: skip
    found = {name: member(role) for name, role in roles.items()}
    found["head"] = member(Role.BUSINESS_UNIT_HEAD, units=[unit])
    return found | {"unit": unit}


def windows_of(text):
    form = HoursForm(GIVEN | {"windows": text})
    return form.cleaned_data["windows"] if form.is_valid() else form.errors["windows"][0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "windows"),
    [
        pytest.param("Mon 08:00-12:00", [(0, 480, 720)], id="one"),
        pytest.param("mon 8:00 to 12:00\nMonday 13:00-17:30", [(0, 480, 720), (0, 780, 1050)], id="two a day"),
        pytest.param("Sat-Mon 00:00-24:00", [(0, 0, 1440), (5, 0, 1440), (6, 0, 1440)], id="over the weekend"),
        pytest.param("Fri 22:00-06:00", [(4, 1320, 1800)], id="over midnight"),
    ],
)
def test_hours_are_written_as_people_say_them(in_tenant, text, windows):
    assert windows_of(text) == windows


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mon 08:00", "Line 1, “Mon 08:00”: write it as “Mon-Fri 08:00-17:30”."),
        ("Mon 08:00-12:00\nMoo 08:00-12:00", "Line 2, “Moo 08:00-12:00”: “Moo” is no weekday"),
        ("Mon 08:00-25:00", "“25:00” is not a time of the day"),
        ("Mon 08:00-08:00", "it opens and closes at the same time"),
        ("Mon 24:00-06:00", "hours open at 23:59 at the latest"),
        ("Mon 08:00-12:00\nMon 11:00-13:00", "Mon: the hours from 11:00 begin before the ones before end."),
    ],
)
def test_hours_that_cannot_be_read_are_named_by_line(in_tenant, text, words):
    assert words in windows_of(text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("exceptions", "2026-13-01 closed", "there is no such date"),
        ("exceptions", "Christmas", "write it as “2026-12-24 09:00-12:00 | Christmas Eve”"),
        ("exceptions", "2026-12-24 closed\n2026-12-24 09:00-12:00", "2026-12-24 is closed and differs in another line"),
        ("holiday_region", "Atlantis", "The public holidays of “ATLANTIS” are not known"),
        ("time_zone", "London", "“London” is not a time zone"),
        ("time_zone", "", "required"),
        ("windows", "", "required"),
        ("windows", " \n ", "required"),
        ("windows", "Mon 08:00-08:00", "opens and closes at the same time"),
        ("exceptions", "2026-12-24 09:00-09:00 | Nothing", "opens and closes at the same time"),
    ],
)
def test_errors_of_the_hours_say_what_to_do(in_tenant, field, value, words):
    form = HoursForm(GIVEN | {field: value})

    assert not form.is_valid()
    assert words in form.errors[field][0]


def test_hours_are_made_shown_and_changed(everybody, client_of):
    client = client_of(everybody["manager"])
    exceptions = "2026-12-24 09:00-12:00 | Christmas Eve\n2026-12-31 closed"
    made = client.post(f"{HOURS}new/", GIVEN | {"exceptions": exceptions, "holiday_region": "gb-eng"})
    hours = ServiceHours.objects.get()
    page = client.get(made.url).content.decode()
    shown = client.get(f"{HOURS}{hours.pk}/edit/").context["form"]
    client.post(
        f"{HOURS}{hours.pk}/edit/", {name: shown[name].value() for name in shown.fields} | {"name": "Help desk"}
    )

    assert made.url == f"{HOURS}{hours.pk}/"
    for words in ("08:00 to 17:30", "Closed", "Thu 24 Dec 2026: 09:00 to 12:00 (Christmas Eve)",
                  "Fri 25 Dec 2026: Closed (public holiday)", "11,970&nbsp;min"):  # fmt: skip
        assert words in page
    hours = ServiceHours.objects.get()
    assert (hours.name, hours.version, hours.windows.count(), hours.exceptions.count()) == ("Help desk", 1, 5, 2)


def test_hours_that_an_agreement_counts_by_get_a_new_version(everybody, client_of):
    hours = factories.make_hours(name="Desk")
    held = factories.make_target(service_hours=hours)
    draft = factories.make_agreement(state=AgreementState.DRAFT)
    drafted = factories.make_target(agreement=draft, service_hours=hours)

    client = client_of(everybody["manager"])
    undated = client.post(f"{HOURS}{hours.pk}/edit/", GIVEN)
    response = client.post(f"{HOURS}{hours.pk}/edit/", GIVEN | {"starts_on": "2026-12-10"}, follow=True)

    new = ServiceHours.objects.get(version=2)
    assert "Say from which day the new ones hold." in undated.content.decode()
    assert (new.replaces, new.starts_on) == (hours, date(2026, 12, 10))
    assert "from 10 December 2026 on; until then version 1" in response.content.decode()
    for target in (held, drafted):
        target.refresh_from_db()
    assert (held.service_hours, drafted.service_hours) == (hours, new)
    assert hours.windows.count() == 7
    assert "What counts by version 1 keeps it; drafts count by version 2." in response.content.decode()


def test_only_the_newest_version_is_edited(everybody, client_of):
    hours = factories.make_hours(name="Desk")
    later = factories.make_hours(name="Desk", version=2, replaces=hours, starts_on=date(2026, 12, 10))
    factories.make_target(service_hours=later)
    client = client_of(everybody["manager"])

    refused = client.post(f"{HOURS}{hours.pk}/edit/", GIVEN | {"starts_on": "2026-12-20"})

    assert refused.status_code == 422
    assert "Version 2 of these hours is newer. Edit that one" in refused.content.decode()
    assert (hours.windows.count(), ServiceHours.objects.count()) == (7, 2)
    pages = [client.get(f"{HOURS}{each.pk}/").content.decode() for each in (hours, later)]
    assert [f"{each.pk}/edit/" in page for each, page in zip((hours, later), pages, strict=True)] == [False, True]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"starts_on": "2026-12-10"}, "Version 2 holds from 10\u00a0Dec\u00a02026. Choose a later day"),
        ({"starts_on": "2026-12-20", "time_zone": "Europe/Paris"}, "These hours are those of Europe/London."),
    ],
)
def test_a_version_that_cannot_follow_is_refused(everybody, client_of, changes, words):
    hours = factories.make_hours(name="Desk")
    later = factories.make_hours(name="Desk", version=2, replaces=hours, starts_on=date(2026, 12, 10))
    factories.make_target(service_hours=later)

    page = client_of(everybody["manager"]).post(f"{HOURS}{later.pk}/edit/", GIVEN | changes)

    assert (page.status_code, words in page.content.decode()) == (422, True)


def test_a_figure_counts_each_day_by_the_version_that_holds_and_names_them(in_tenant):
    hours = factories.make_hours(factories.every_day(9, 17), name="Desk", words="09:00 to 17:00, every day")
    longer = factories.make_hours(
        factories.every_day(8, 20), name="Desk", words="08:00 to 20:00, every day", version=2,
        replaces=hours, starts_on=date(2026, 10, 15),
    )  # fmt: skip
    target = factories.make_target(service_hours=longer)
    before, october, after = (factories.judged(target, Period(2026, month)) for month in (9, 10, 11))

    minutes = [figure.result["service_seconds"] // 60 for figure in (before, october)]
    assert minutes == [30 * 480, 14 * 480 + 17 * 720]
    told = [figure.proof["hours"] for figure in (before, october, after)]
    assert [(hours["words"], hours["version"]) for hours in told] == [
        ("09:00 to 17:00, every day", 1),
        ("09:00 to 17:00, every day (version 1), from 15\u00a0Oct 08:00 to 20:00, every day", 2),
        ("08:00 to 20:00, every day", 2),
    ]
    assert (
        "Service hours: 09:00 to 17:00, every day, London time; from 15\u00a0Oct\u00a02026 08:00 to 20:00, every day."
        in (frame_lines(target))
    )
    text = agreement_text(rows=rows_of(agreement=target.agreement))["targets"][target.slug]["service_hours"]
    assert (text["starts_on"], text["until_then"]["version"]) == (date(2026, 10, 15), 1)


def test_who_may_change_hours(stranger, everybody, client_of):
    hours = factories.make_hours()
    paths = ("", f"{hours.pk}/", "new/", f"{hours.pk}/edit/")
    codes = {
        who: [client_of(person).get(HOURS + path).status_code for path in paths]
        for who, person in everybody.items()
        if who != "unit"
    }

    assert codes.pop("manager") == [200, 200, 200, 200]
    assert set(map(tuple, codes.values())) == {(200, 200, 403, 403)}
    assert [client_of(stranger).get(HOURS + path).status_code for path in ("", f"{hours.pk}/")] == [404, 404]


def test_hours_of_another_tenant_are_not_found(other_tenant, stranger, everybody, client_of):
    assert client_of(everybody["manager"]).get(f"{HOURS}999999/").status_code == 404


def count_queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_lists_read_as_often_for_many_as_for_one(everybody, client_of):
    client = client_of(everybody["manager"])
    service = factories.make_service()

    def counts():
        return count_queries(client, HOURS), count_queries(client, WORK)

    def add(number):
        factories.make_hours()
        day = f"2026-12-{number:02}"
        factories.add_work(service, f"{day} 04:00", f"{day} 05:00", "2026-11-01 09:00", None)

    add(1)
    one = counts()
    for number in range(2, 31):
        add(number)

    assert (one, counts()) == ((9, 9), (9, 9))


# ---------------------------------------------------------------- planned work


@pytest.fixture
def service(everybody):
    """A service about which something is promised to the head's unit."""
    made = factories.make_service(name="Online ordering")
    factories.make_target(service=made, unit=everybody["unit"])
    return made


def announce(client, service, **changes):
    times = {"kind": "emergency", "starts_at": "2026-11-22T04:00", "ends_at": "2026-11-22T05:00"}
    return client.post(f"{WORK}announce/", {"service": service.pk, "title": "New storage"} | times | changes)


def test_work_is_announced_and_approved_by_a_second_person(service, everybody, client_of):
    manager, head = client_of(everybody["manager"]), client_of(everybody["head"])
    announce(manager, service)
    work = PlannedWork.objects.get()

    own = manager.post(f"{WORK}{work.pk}/approve/", follow=True)
    head.post(f"{WORK}{work.pk}/approve/")

    assert (work.announced_at, work.announced_by, work.approved_at) == (NOW, everybody["manager"], None)
    assert (work.starts_at, work.kind) == (datetime(2026, 11, 22, 4, tzinfo=UTC), "emergency")
    assert "Emergency work" in manager.get(WORK).content.decode()
    assert "Ask a second person to approve it" in own.content.decode()
    work.refresh_from_db()
    assert (work.approved_at, work.approved_by) == (NOW, everybody["head"])
    assert DirtyTarget.objects.count() == 2  # November, once for each of the two acts


def test_times_are_those_of_the_tenant(service, everybody, client_of, tenant):
    tenant.time_zone = "America/New_York"
    tenant.save()

    announce(client_of(everybody["manager"]), service)

    assert PlannedWork.objects.get().starts_at == datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"starts_at": "2026-11-10T09:00"}, "Work is announced before it starts"),
        ({"ends_at": "2026-11-22T04:00"}, "The work would end before it starts"),
        ({"starts_at": "soon"}, "Enter a valid date/time"),
    ],
)
def test_work_that_makes_no_sense_is_refused(service, everybody, client_of, changes, words):
    response = announce(client_of(everybody["manager"]), service, **changes)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not PlannedWork.objects.exists()


def test_the_same_work_is_announced_once(service, everybody, client_of):
    for _ in range(2):
        response = announce(client_of(everybody["manager"]), service)

    assert "announced for that start already" in response.content.decode()
    assert PlannedWork.objects.count() == 1


def test_work_that_has_begun_is_neither_approved_nor_cancelled(service, everybody, client_of):
    work = factories.add_work(service, "2026-11-10 09:00", "2026-11-10 10:00", "2026-11-01 09:00", None)
    head, owner = client_of(everybody["head"]), client_of(everybody["owner"])

    for client, act in ((head, "approve"), (owner, "cancel")):
        page = client.post(f"{WORK}{work.pk}/{act}/", follow=True).content.decode()
        assert "This work began on 10\u00a0Nov\u00a02026" in page

    work.refresh_from_db()
    assert work.approved_at is None


def test_work_is_cancelled_before_it_starts(service, everybody, client_of):
    announce(client_of(everybody["manager"]), service)

    client_of(everybody["owner"]).post(f"{WORK}{PlannedWork.objects.get().pk}/cancel/")

    assert not PlannedWork.objects.exists()


def test_who_may_do_what_with_work(stranger, service, everybody, member, client_of):
    work = factories.add_work(service, "2026-12-01 04:00", "2026-12-01 05:00", "2026-11-01 09:00", None)
    outsider = member(Role.BUSINESS_UNIT_HEAD, units=[people.make_unit()])
    people_of = {who: person for who, person in everybody.items() if who != "unit"} | {"outsider": outsider}

    def codes(path, *, post):
        return {
            who: getattr(client_of(person), "post" if post else "get")(WORK + path).status_code
            for who, person in people_of.items()
        }

    assert set(codes("", post=False).values()) == {200}
    assert codes("announce/", post=False) == dict.fromkeys(people_of, 403) | {"manager": 200, "owner": 200}
    approving = dict.fromkeys(people_of, 403) | {"manager": 302, "head": 302, "outsider": 404}
    assert codes(f"{work.pk}/approve/", post=True) == approving
    assert client_of(stranger).get(WORK).status_code == 404
    assert [work.pk for work in client_of(outsider).get(WORK).context["page"]] == []
    assert [work.pk for work in client_of(everybody["head"]).get(WORK).context["page"]] == [work.pk]


def test_past_work_has_a_list_of_its_own(service, everybody, client_of):
    past = factories.add_work(service, "2026-10-18 04:00", "2026-10-18 05:00", "2026-10-10 09:00", None)
    coming = factories.add_work(service, "2026-12-18 04:00", "2026-12-18 05:00", "2026-10-10 09:00", None)
    client = client_of(everybody["manager"])

    assert [work.pk for work in client.get(WORK).context["page"]] == [coming.pk]
    assert [work.pk for work in client.get(f"{WORK}?when=past").context["page"]] == [past.pk]
    assert at("2026-10-18 04:00") == past.starts_at
    assert date(2026, 10, 18) == past.starts_at.date()
