"""Work that really ended at another time than was announced: in the browser and over the API."""

from datetime import UTC, date, datetime

import pytest

from portal.accounts.models import Role
from portal.audit.models import AuditEntry
from portal.tenancy.scope import tenant_scope
from slas.calculation.periods import Period
from slas.models import DirtyTarget
from tests import factories as people
from tests.slas import factories
from tests.slas.api.programs import Program, make_key

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
WORK = "/t/larkmoor/planned-work/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


@pytest.fixture
def stranger(other_tenant):
    with tenant_scope(other_tenant.pk):
        return people.make_member()


@pytest.fixture
def everybody(in_tenant, member):
    unit = people.make_unit()
    roles = {"manager": Role.SERVICE_LEVEL_MANAGER, "owner": Role.SERVICE_OWNER, "auditor": Role.AUDITOR}
    found = {name: member(role) for name, role in roles.items()}
    found["head"] = member(Role.BUSINESS_UNIT_HEAD, units=[unit])
    return found | {"unit": unit}


@pytest.fixture
def service(everybody):
    """A service about which something is promised to the head's unit."""
    made = factories.make_service(name="Online ordering")
    factories.make_target(service=made, unit=everybody["unit"])
    return made


def end(client, work, ended_at, reason=""):
    return client.post(f"{WORK}{work.pk}/end/", {"ended_at": ended_at, "reason": reason})


@pytest.fixture
def done(service):
    """An hour of work on 18 October that was agreed to be taken out."""
    service.targets.update(excluded_work=["planned"])
    return factories.add_work(service, "2026-10-18 04:00", "2026-10-18 05:00", "2026-10-07 09:00", "2026-10-09 09:00")


@pytest.mark.parametrize(
    ("ended_at", "excluded", "down"),
    [
        pytest.param("2026-10-18T05:40", 60, 40, id="what overran counts as down"),
        pytest.param("2026-10-18T04:25", 25, 0, id="what was not needed is given back"),
        pytest.param("2026-10-18T05:00", 60, 0, id="as announced"),
    ],
)
def test_the_real_end_of_work_counts(service, done, everybody, client_of, ended_at, excluded, down):
    target = service.targets.get()
    assert factories.judged(target).result["excluded_seconds"] == 3600

    response = end(client_of(everybody["owner"]), done, ended_at)

    assert response.status_code == 302
    assert DirtyTarget.objects.filter(target=target).exists()
    result = factories.judged(target).result
    assert (result["excluded_seconds"], result["lost_seconds"]) == (excluded * 60, f"{down * 60}/1")
    (entry,) = AuditEntry.objects.filter(act="work.ended")
    assert entry.actor_id == everybody["owner"].user_id


def test_work_that_overran_into_the_next_month_touches_both(service, everybody, client_of):
    work = factories.add_work(service, "2026-10-31 22:00", "2026-10-31 23:00", "2026-10-07 09:00", "2026-10-09 09:00")

    end(client_of(everybody["owner"]), work, "2026-11-01T02:00")

    assert sorted(DirtyTarget.objects.values_list("period_start", flat=True)) == [date(2026, 10, 1), date(2026, 11, 1)]
    november = factories.judged(service.targets.get(), Period(2026, 11), NOW).result
    assert november["lost_seconds"] == f"{2 * 3600}/1"


@pytest.mark.parametrize(
    ("ended_at", "words"),
    [
        pytest.param("2026-10-18T04:00", "Work ends after its start", id="at its start"),
        pytest.param("2026-11-20T03:00", "Work ends after its start and not in the future", id="in the future"),
        pytest.param("soon", "Enter a valid date/time", id="no time"),
    ],
)
def test_an_end_that_cannot_be_is_refused(done, everybody, client_of, ended_at, words):
    response = end(client_of(everybody["owner"]), done, ended_at)

    assert response.status_code == 422
    assert words in response.content.decode()


def test_an_end_is_changed_for_a_reason(done, everybody, client_of):
    client = client_of(everybody["owner"])
    end(client, done, "2026-10-18T04:10")

    refused = end(client, done, "2026-10-18T04:20")
    end(client, done, "2026-10-18T04:20", "The log of the change says so")

    assert "Say why it was another one" in refused.content.decode()
    done.refresh_from_db()
    assert done.ended_at == datetime(2026, 10, 18, 3, 20, tzinfo=UTC)
    assert "ended Sun 18 Oct" in client.get(f"{WORK}?when=past").content.decode().replace("\u00a0", " ")


def test_work_to_come_has_not_ended(service, everybody, client_of):
    work = factories.add_work(service, "2026-12-01 04:00", "2026-12-01 05:00", "2026-11-01 09:00", None)

    response = end(client_of(everybody["owner"]), work, "2026-11-09T04:00")

    assert "has not begun yet" in response.content.decode()


@pytest.mark.parametrize(("who", "code"), [("manager", 200), ("owner", 200), ("head", 403), ("auditor", 403)])
def test_who_may_say_when_work_ended(done, everybody, client_of, who, code):
    assert client_of(everybody[who]).get(f"{WORK}{done.pk}/end/").status_code == code


def test_a_stranger_does_not_find_the_work(stranger, done, client_of):
    assert end(client_of(stranger), done, "2026-10-18T04:20").status_code == 404


@pytest.fixture
def program(done, tenant):
    return Program(make_key()[1], tenant.slug)


def post(program, work, **body):
    address = program.url("api_planned_work_end", work_id=work.pk)
    return program.client.post(address, body, content_type="application/json")


def test_a_program_says_when_work_ended(program, done):
    answer = post(program, done, ended_at="2026-10-18T03:40:00Z")

    assert (answer.status_code, answer.json()["ended_at"]) == (200, "2026-10-18T03:40:00Z")
    (listed,) = program.get("api_planned_work").json()["results"]
    assert listed == answer.json()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param({"ended_at": "2026-12-18T03:40:00Z"}, 409, id="in the future"),
        pytest.param({"ended_at": "2026-10-18T02:40:00Z"}, 409, id="before its start"),
        pytest.param({"ended_at": "2026-10-18T03:40:00"}, 400, id="no zone"),
        pytest.param({"ended_at": "2026-10-18T03:40:00 Mars/Base"}, 400, id="no such zone"),
        pytest.param({"ended_at": "0001-01-01T00:00:00+14:00"}, 400, id="before all years"),
        pytest.param({"ended_at": "9999-12-31T23:59:59-14:00"}, 400, id="after all years"),
        pytest.param({"ended_at": ["2026-10-18T03:40:00Z"]}, 400, id="a list"),
        pytest.param({"ended_at": "then"}, 400, id="no time"),
        pytest.param({}, 400, id="nothing"),
        pytest.param({"ended_at": "2026-10-18T03:40:00Z", "end": 1}, 400, id="unknown field"),
    ],
)
def test_a_program_is_told_what_is_wrong(program, done, body, code):
    answer = post(program, done, **body)

    assert answer.status_code == code
    assert answer.json()["what"]


def test_a_time_without_a_zone_is_refused_by_its_field(program, done):
    assert post(program, done, ended_at="2026-10-18T03:40:00").json()["errors"] == [
        {"field": "ended_at", "what": "It names no time zone. Add Z for UTC or an offset like +01:00."}
    ]
