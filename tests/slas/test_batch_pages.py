"""Facts that people bring: checked first, sent by their bringer, and counted only when a second person says so."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.accounts.models import Role
from portal.audit.models import AuditEntry
from portal.tenancy.scope import tenant_scope
from slas.actions.batches import Arrival, approve_batch, draft_batch, enter_fact, refuse_batch, send_batch
from slas.errors import BatchDecided, NothingToCount, OwnFacts, ReasonMissing
from slas.models import BatchState, DataGap, FactBatch, FactKind, MeasurementRevision, Outage, Volume
from slas.queries.rows import OutageRow, VolumeRow
from tests import factories
from tests.slas.factories import make_measure, make_target

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
ON = date(2026, 10, 6)
HOUR = timedelta(hours=1)
FILE = b"on,total,met\n2026-10-06,1284,1270\n2026-10-07,1302,1400\n2026-10-08,many,\n"


@pytest.fixture(autouse=True)
def _frame(monkeypatch, settings):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)
    settings.NAVIGATION = "tests.portal.menus.get_no_menu"


@pytest.fixture
def unit(in_tenant):
    return factories.make_unit()


@pytest.fixture
def measure(unit):
    return make_target("volume", unit=unit).measure


@pytest.fixture
def bringer(member, unit):
    return member(Role.BUSINESS_MEMBER, units=[unit])


@pytest.fixture
def second(member):
    return member(Role.SERVICE_OWNER)


@pytest.fixture
def batch(measure, bringer):
    """One volume that waits for a second person."""
    return enter_fact(measure=measure, row=VolumeRow(ON, 1284, 1270), by=bringer, reason="Counted by hand", now=NOW)


def url(name, **kwargs):
    return reverse(name, kwargs={"tenant": "larkmoor"} | kwargs)


def upload(client, measure, content=FILE, name="volumes.csv", **fields):
    file = SimpleUploadedFile(name, content)
    data = {"file": file, "fact": measure.fact_kind, "zone": "", "reason": "Monthly count"} | fields
    return client.post(url("fact_upload", slug=measure.slug), data)


# The rule of the second person


def test_what_waits_does_not_count(batch):
    assert batch.state == BatchState.WAITING
    assert not Volume.objects.exists()


def test_it_counts_when_a_second_person_approves(batch, second):
    decided = approve_batch(batch=batch, by=second, now=NOW)

    assert (decided.state, decided.decided_by, decided.decided_at) == (BatchState.COUNTED, second, NOW)
    assert decided.outcome == {"new": 1, "unchanged": 0, "corrected": 0}
    assert Volume.objects.get().batch_id == batch.pk
    acts = AuditEntry.objects.order_by("pk").values_list("act", "actor_id")
    assert list(acts) == [("facts.sent", batch.brought_by.user_id), ("facts.approved", second.user_id)]


@pytest.mark.usefixtures("in_tenant")
def test_the_bringer_cannot_be_the_second_person(member, measure):
    both = member(Role.SERVICE_OWNER)
    batch = enter_fact(measure=measure, row=VolumeRow(ON, 1), by=both, reason="", now=NOW)

    with pytest.raises(OwnFacts, match="Ask a second person"):
        approve_batch(batch=batch, by=both, now=NOW)
    with pytest.raises(OwnFacts):
        refuse_batch(batch=batch, by=both, reason="No", now=NOW)
    assert not Volume.objects.exists()


def test_a_batch_is_decided_once(batch, second):
    approve_batch(batch=batch, by=second, now=NOW)

    with pytest.raises(BatchDecided, match="the batch is “counts”"):
        approve_batch(batch=batch, by=second, now=NOW)
    with pytest.raises(BatchDecided):
        refuse_batch(batch=batch, by=second, reason="No", now=NOW)


def test_who_refuses_says_why(batch, second):
    with pytest.raises(ReasonMissing):
        refuse_batch(batch=batch, by=second, reason=" ", now=NOW)

    refused = refuse_batch(batch=batch, by=second, reason="Counted twice", now=NOW)

    assert (refused.state, refused.decision_reason) == (BatchState.REFUSED, "Counted twice")
    assert not Volume.objects.exists()


def test_the_reason_of_the_bringer_stays_with_what_is_replaced(measure, batch, bringer, second):
    approve_batch(batch=batch, by=second, now=NOW)
    again = enter_fact(measure=measure, row=VolumeRow(ON, 1280, 1270), by=bringer, reason="Four were tests", now=NOW)

    approve_batch(batch=again, by=second, now=NOW)

    assert MeasurementRevision.objects.get().reason == "Four were tests"


def test_an_empty_draft_cannot_be_sent_and_a_sent_one_not_twice(measure, bringer):
    common = {"measure": measure, "fact": "volumes", "arrival": Arrival("uploaded", bringer), "now": NOW, "outcome": {}}
    empty, full = draft_batch(rows=[], **common), draft_batch(rows=[VolumeRow(ON, 1)], **common)

    with pytest.raises(NothingToCount):
        send_batch(batch=empty, by=bringer, now=NOW)
    send_batch(batch=full, by=bringer, now=NOW)
    with pytest.raises(BatchDecided):
        send_batch(batch=full, by=bringer, now=NOW)


# In the browser


def test_a_fact_is_entered_on_the_clocks_of_the_tenant(client_of, unit, bringer):
    measure = make_target(unit=unit).measure
    row = {
        "started_at": "2026-10-06T05:12",
        "ended_at": "2026-10-06T05:26",
        "what": "No orders",
        "zone": "Europe/London",
    }

    response = client_of(bringer).post(url("fact_enter", slug=measure.slug), row | {"why": "I was there"})

    batch = FactBatch.objects.get()
    assert response.headers["Location"] == url("batch_detail", batch_id=batch.pk)
    assert (batch.state, batch.origin, batch.reason, batch.brought_by) == ("waiting", "entered", "I was there", bringer)
    assert batch.rows[0]["started_at"] == "2026-10-06T04:12:00Z"
    assert not Outage.objects.exists()


def test_a_wrong_fact_is_said_at_its_field(client_of, unit, bringer):
    measure = make_target(unit=unit).measure
    row = {"started_at": "2026-10-06T05:12", "ended_at": "2026-10-06T05:00", "zone": "UTC", "why": "I was there"}

    response = client_of(bringer).post(url("fact_enter", slug=measure.slug), row)

    assert response.status_code == 422
    assert "is not after started_at" in response.context["form"].errors["ended_at"][0]
    assert not FactBatch.objects.exists()


def test_a_time_without_data_is_entered(client_of, measure, bringer, second):
    row = {"started_at": "2026-12-24T18:00", "ended_at": "2026-12-27T06:00", "zone": "UTC", "why": "Planned"}

    client_of(bringer).post(url("gap_enter", slug=measure.slug), row)
    approve_batch(batch=FactBatch.objects.get(), by=second, now=NOW)

    assert DataGap.objects.get().measure_id == measure.pk


def test_a_file_is_checked_and_nothing_is_sent(client_of, measure, bringer, batch, second):
    approve_batch(batch=batch, by=second, now=NOW)
    Volume.objects.update(total=1290)
    browser = client_of(bringer)

    response = upload(browser, measure)

    draft = FactBatch.objects.get(state=BatchState.DRAFT)
    text = browser.get(response.headers["Location"]).text
    assert Volume.objects.count() == 1
    assert "Rows: 1 new and 1 with another value than stored. 1\N{NO-BREAK SPACE}row left out." in text
    assert "“many” is not a whole number" in text
    assert "1400 in their standard of 1302 counted" in text
    assert "<del>1290</del> <ins>1284</ins>" in text
    errors = browser.get(url("batch_errors", batch_id=draft.pk))
    assert '"4","total","“many” is not a whole number"' in errors.text
    assert errors.headers["Content-Disposition"].startswith("attachment")


def test_the_bringer_sends_and_a_second_person_lets_it_count(client_of, measure, bringer, second):
    upload(client_of(bringer), measure)
    draft = FactBatch.objects.get()

    client_of(bringer).post(url("batch_send", batch_id=draft.pk))
    response = client_of(second).post(url("batch_approve", batch_id=draft.pk), {"reason": ""})

    assert response.status_code == 302
    assert list(Volume.objects.order_by("on").values_list("total", "met")) == [(1284, 1270), (1302, 1400)]


def test_all_or_nothing(client_of, measure, bringer):
    browser = client_of(bringer)
    response = upload(browser, measure, is_whole="on")

    draft = FactBatch.objects.get()
    assert (draft.row_count, draft.outcome["refused"]) == (0, 1)
    assert url("batch_send", batch_id=draft.pk) not in browser.get(response.headers["Location"]).text


def test_times_of_a_file_can_be_local(client_of, unit, bringer):
    measure = make_target(unit=unit).measure

    upload(client_of(bringer), measure, b"started_at\n2026-10-06 05:12\n", zone="Europe/London")

    assert FactBatch.objects.get().rows[0]["started_at"] == "2026-10-06T04:12:00Z"


def test_gaps_can_be_uploaded_for_any_measure(client_of, measure, bringer):
    upload(client_of(bringer), measure, b"started_at,ended_at\n2026-10-06T05:12Z,2026-10-06T06:12Z\n", fact="gaps")

    assert FactBatch.objects.get().fact == "gaps"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"%PDF-1.7", "This is a PDF", id="not a table"),
        pytest.param(b"on,total\n" + b"x" * 5_000_000, "more than 5 MB", id="too large"),
        pytest.param(b"day,total\n2026-10-06,1\n", "Not known as a column: “day”", id="unknown column"),
        pytest.param(b"", "empty", id="empty"),
    ],
)
def test_an_unusable_file_says_what_to_do(client_of, measure, bringer, content, told):
    response = upload(client_of(bringer), measure, content)

    assert response.status_code == 422
    assert told in response.text
    assert not FactBatch.objects.exists()


def test_words_of_a_file_are_never_markup_and_never_a_formula(client_of, unit, bringer):
    measure = make_target(unit=unit).measure
    browser = client_of(bringer)
    lines = ["started_at,what", "2026-10-06T05:12Z,<script>alert(1)</script>", '"=HYPERLINK(""x"")",x']

    response = upload(browser, measure, "\n".join(lines).encode(), name="=cmd|' /C calc'!A0.csv")

    text = browser.get(response.headers["Location"]).text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    errors = browser.get(url("batch_errors", batch_id=FactBatch.objects.get().pk)).text
    assert not any(cell.strip('"').startswith(("=", "+", "-", "@")) for cell in errors.split(","))


def test_a_draft_is_its_bringers_own(client_of, member, measure, bringer, unit, second):
    upload(client_of(bringer), measure)
    draft = FactBatch.objects.get()
    colleague = client_of(member(Role.BUSINESS_MEMBER, units=[unit]))

    for browser in (colleague, client_of(second)):
        assert browser.get(url("batch_detail", batch_id=draft.pk)).status_code == 404
        assert browser.post(url("batch_send", batch_id=draft.pk)).status_code == 404
        assert browser.post(url("batch_discard", batch_id=draft.pk)).status_code == 404
    assert client_of(bringer).post(url("batch_discard", batch_id=draft.pk)).status_code == 302
    assert not FactBatch.objects.exists()


def test_a_sent_batch_cannot_be_dropped(client_of, batch, bringer):
    client_of(bringer).post(url("batch_discard", batch_id=batch.pk))

    assert FactBatch.objects.get().state == BatchState.WAITING


WAYS = [("batch_approve", "counted"), ("batch_refuse", "refused")]


@pytest.mark.parametrize(("way", "state"), WAYS)
@pytest.mark.parametrize("role", Role)
def test_who_decides(client_of, member, unit, batch, role, way, state):
    may = role in (Role.SERVICE_LEVEL_MANAGER, Role.SERVICE_OWNER)
    browser = client_of(member(role, units=[unit]))

    page = browser.get(url("batch_detail", batch_id=batch.pk))
    response = browser.post(url(way, batch_id=batch.pk), {"reason": "Looked at it"})

    batch.refresh_from_db()
    assert (url(way, batch_id=batch.pk) in page.text) == may
    assert response.status_code == (302 if may else 403)
    assert batch.state == (state if may else "waiting")


def test_the_page_tells_the_bringer_that_a_second_person_decides(client_of, member, measure):
    both = member(Role.SERVICE_LEVEL_MANAGER)
    batch = enter_fact(measure=measure, row=VolumeRow(ON, 1), by=both, reason="Count", now=NOW)
    browser = client_of(both)

    page = browser.get(url("batch_detail", batch_id=batch.pk)).text
    response = browser.post(url("batch_approve", batch_id=batch.pk), {"reason": ""})

    assert "so a second person decides" in page
    assert response.status_code == 422
    assert "Ask a second person" in response.text


ROUTES: list[tuple[str, str]] = [
    ("get", "batch_detail"),
    ("get", "batch_errors"),
    ("post", "batch_send"),
    ("post", "batch_discard"),
    ("post", "batch_approve"),
    ("post", "batch_refuse"),
]


@pytest.mark.parametrize(("method", "name"), ROUTES)
def test_outsiders_and_strangers_do_not_find_it(stranger, client_of, member, batch, method, name):
    outsider = client_of(member(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit()]))
    address = url(name, batch_id=batch.pk)

    assert getattr(stranger, method)(address).status_code == 404
    # What decides is asked first: the role of an outsider cannot decide anything, found or not.
    assert getattr(outsider, method)(address).status_code == 404
    batch.refresh_from_db()
    assert batch.state == "waiting"


@pytest.fixture
def stranger(other_tenant: Any, client_of: Any) -> Any:
    with tenant_scope(other_tenant.pk):
        return client_of(factories.make_member())


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_reads_may_not_bring(client_of, member, measure, role):
    browser = client_of(member(role))

    assert upload(browser, measure).status_code == 403
    assert browser.get(url("fact_enter", slug=measure.slug)).status_code == 403


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_needs_as_many_queries_for_many_as_for_one(
    client_of, measure, bringer, number, django_assert_num_queries
):
    for _ in range(number):
        enter_fact(measure=measure, row=VolumeRow(ON, 1), by=bringer, reason="", now=NOW)
    browser = client_of(bringer)
    browser.get(url("batch_list"))

    with django_assert_num_queries(QUERIES["list"]):
        page = browser.get(url("batch_list")).context["page"]

    assert len(page) == number


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_needs_as_many_queries_for_many_rows_as_for_one(
    client_of, measure, bringer, number, django_assert_num_queries
):
    rows = [VolumeRow(ON + timedelta(days=day), 1) for day in range(number)]
    batch = draft_batch(
        measure=measure, fact="volumes", rows=rows, arrival=Arrival("uploaded", bringer), now=NOW, outcome={}
    )
    browser = client_of(bringer)
    browser.get(url("batch_list"))

    with django_assert_num_queries(QUERIES["page"]):
        browser.get(url("batch_detail", batch_id=batch.pk))


QUERIES = {"list": 9, "page": 8}


def test_the_list_shows_one_state(client_of, measure, batch, second):
    refuse_batch(batch=batch, by=second, reason="No", now=NOW)
    other = make_measure(FactKind.OUTAGES)
    enter_fact(measure=other, row=OutageRow(NOW - HOUR), by=second, reason="", now=NOW)
    browser = client_of(second)

    def states(chosen):
        return [each.state for each in browser.get(url("batch_list"), {"state": chosen}).context["page"]]

    assert sorted(states("")) == ["refused", "waiting"]
    assert states("refused") == ["refused"]
    assert len(states("no state")) == 2
