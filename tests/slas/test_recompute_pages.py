"""The button “Recompute from the evidence”: who may press it, what it says, and what the audit keeps."""

import re
from datetime import UTC, datetime

import pytest

from portal.audit.models import AuditEntry
from portal.tenancy.scope import tenant_scope
from slas.actions.attainments import close_figures, compute_attainments, recompute_dirty
from slas.actions.batches import Arrival, count_rows
from slas.models import Attainment, Outage
from slas.queries.rows import OutageRow
from tests import factories as people
from tests.slas import factories
from tests.slas.factories import OCTOBER, at

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


@pytest.fixture
def stranger(other_tenant):
    with tenant_scope(other_tenant.pk):
        compute_attainments(targets=[factories.make_target()], periods=[OCTOBER], now=NOW)
        return people.make_member()


@pytest.fixture
def target(unit):
    target = factories.make_target(unit=unit)
    factories.add_outage(target.measure, "2026-10-06 05:12", "2026-10-06 06:44", what="No orders could be saved")
    return target


@pytest.fixture
def address(target):
    """Of its figure of October, which was issued."""
    compute_attainments(targets=[target], periods=[OCTOBER], now=NOW)
    attainment = Attainment.objects.get()
    close_figures(ids=[attainment.pk], now=NOW)
    return f"/t/larkmoor/attainments/{attainment.pk}/"


def test_a_figure_is_recomputed_by_a_button_and_the_audit_keeps_it(people_of, address, client_of):
    client = client_of(people_of["head"])
    assert f'action="{address}verify/"' in client.get(address).content.decode()

    page = client.post(f"{address}verify/").content.decode()

    assert "Recomputed from the evidence" in page
    assert "Equal." in page
    entry = AuditEntry.objects.get(act="evidence.verified")
    assert (entry.actor_id, entry.detail["finding"]) == (people_of["head"].user_id, "equal")


def test_a_figure_whose_event_was_changed_says_which_and_in_what(people_of, target, address, client_of):
    Outage.objects.update(ended_at=at("2026-10-06 05:14"))

    page = client_of(people_of["owner"]).post(f"{address}verify/").content.decode().replace("\u00a0", " ")

    assert "Different, without a recorded correction." in page
    assert "The outage of 6 October, 05:12: end: 06:44 then, 05:14 now; no correction is recorded." in page
    assert f"/t/larkmoor/measures/{target.measure.slug}/corrections/" in page


def test_the_business_hears_of_a_correction_and_reads_it_when_it_is_issued(people_of, target, address, client_of):
    row = OutageRow(at("2026-10-06 05:12"), at("2026-10-06 05:14"))
    count_rows(measure=target.measure, fact="outages", rows=[row], arrival=Arrival("imported", reason="Clock"), now=NOW)

    pages = {who: client_of(people_of[who]).post(f"{address}verify/").content.decode() for who in ("owner", "head")}
    recompute_dirty(limit=10, now=NOW)
    waiting = client_of(people_of["head"]).post(f"{address}verify/").content.decode()
    close_figures(ids=[Attainment.objects.get(revision=2).pk], now=NOW)
    issued = client_of(people_of["head"]).post(f"{address}verify/").content.decode()

    assert "05:14 now; corrected by batch" in pages["owner"]
    for page in (pages["head"], waiting):
        assert "Facts have changed since: a correction is being prepared." in page
        assert "05:14" not in page
    assert "Facts have changed since: a correction was issued, with its reason." in issued


def test_who_may_have_a_figure_recomputed(stranger, people_of, address, client_of):
    told = {name: client_of(person).post(f"{address}verify/").status_code for name, person in people_of.items()}

    assert told == dict.fromkeys(people_of, 200) | {"outsider": 404}
    assert client_of(stranger).post(f"{address}verify/").status_code == 404


def test_what_the_answer_links_to_is_the_page_of_the_figure(people_of, target, address, client_of):
    for hour in range(11):
        factories.add_outage(target.measure, f"2026-10-20 {hour:02}:00", f"2026-10-20 {hour:02}:05")
    compute_attainments(targets=[target], periods=[OCTOBER], now=NOW)
    client, verify = client_of(people_of["owner"]), f"{address}verify/"
    verify = verify.replace(*(str(Attainment.objects.get(revision=n).pk) for n in (1, 2)))
    (more,) = set(re.findall(r'href="(\?all=[^"]+)"', client.post(verify).content.decode()))
    whole = f"{verify.removesuffix('verify/')}?all=events"

    asked = [client.get(verify + more.partition("#")[0]), client.get(verify)]

    assert [answer.url for answer in asked] == [whole, verify.removesuffix("verify/")]
    assert "Fewer" in client.get(whole).content.decode()
    assert client_of(people_of["outsider"]).get(verify).status_code == 404


def test_what_was_not_issued_is_recomputed_by_it_alone(people_of, target, client_of):
    compute_attainments(targets=[target], periods=[OCTOBER], now=NOW)
    address = f"/t/larkmoor/attainments/{Attainment.objects.get().pk}/verify/"

    assert [client_of(people_of[name]).post(address).status_code for name in ("owner", "head")] == [200, 404]
