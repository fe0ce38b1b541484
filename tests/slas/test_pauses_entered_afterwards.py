"""Pauses that were entered afterwards: listed until somebody said who agreed, and a second person approved that."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from portal.accounts.models import Role
from portal.tenancy.scope import tenant_scope
from slas.actions.batches import Arrival, approve_batch, count_rows, refuse_batch
from slas.errors import ChangedSince
from slas.models import BatchState, CasePause, FactBatch, FactKind, Origin
from slas.queries.rows import CaseRow, PauseRow
from tests import factories as people
from tests.slas import factories
from tests.slas.factories import at

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
BEGAN, ENTERED, ENDED = (at(f"2026-10-05 {clock}") for clock in ("11:00", "12:30", "13:00"))
ASKED = PauseRow(BEGAN, ENDED, "Awaiting caller", "Dana Field", entered_at=ENTERED, entered_by="Sam Reyes")


@pytest.fixture(autouse=True)
def _frame(monkeypatch, settings):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)
    settings.NAVIGATION = "tests.portal.menus.get_no_menu"


@pytest.fixture
def stranger(other_tenant):
    with tenant_scope(other_tenant.pk):
        return people.make_member()


@pytest.fixture
def unit(stranger, in_tenant):
    return people.make_unit()


@pytest.fixture
def measure(unit):
    return factories.make_target("cases", unit=unit, measure=factories.make_measure(FactKind.CASES)).measure


def push(measure, *pauses, now=NOW, **more):
    row = CaseRow(key="INC1", opened_at=at("2026-10-05 10:00"), pauses=pauses, **more)
    return count_rows(measure=measure, fact="cases", rows=[row], arrival=Arrival(Origin.PUSHED), now=now)


@pytest.fixture
def pause(measure):
    """One of three: the other two were entered at once, and approved."""
    at_once = PauseRow(at("2026-10-06 11:00"), None, "Entered at once", entered_at=at("2026-10-06 11:00"))
    push(measure, ASKED, at_once, PauseRow(BEGAN, ENDED, "Approved already", entered_at=ENTERED))
    CasePause.objects.filter(reason="Approved already").update(approved_by="Ines Duarte")
    return CasePause.objects.get(reason="Awaiting caller")


def address(measure, pause=None):
    where = {"tenant": "larkmoor", "slug": measure.slug}
    if pause is None:
        return reverse("measure_pauses", kwargs=where)
    return reverse("pause_approve", kwargs=where | {"pause_id": pause.pk})


def bring(client, measure, pause, by="Dana Field"):
    return client.post(address(measure, pause), {"approved_by": by, "why": "Her mail of 6 October"})


def test_those_that_nobody_approved_are_listed_with_the_way_to_approve_them(pause, measure, member, client_of):
    client = client_of(member())

    page = client.get(address(measure)).content.decode()
    own = client.get(reverse("measure_detail", kwargs={"tenant": "larkmoor", "slug": measure.slug})).content.decode()

    assert "Mon 5 Oct 2026, 11:00 to 13:00" in page
    assert "Mon 5 Oct 2026, 12:30<br>Sam Reyes" in page
    assert f'href="{address(measure, pause)}"' in page
    assert ("Approved already" in page, "Entered at once" in page) == (False, False)
    assert f'href="{address(measure)}">Pauses entered afterwards <span class="p-chip">1</span>' in own


def test_it_counts_from_its_start_when_a_second_person_approves_who_agreed(pause, measure, member, client_of):
    first, second = member(), member(Role.SERVICE_OWNER)

    answer = bring(client_of(first), measure, pause)
    batch = FactBatch.objects.get(state=BatchState.WAITING)
    waiting = client_of(second).get(address(measure)).content.decode()
    approved_before = CasePause.objects.get(pk=pause.pk).approved_by
    approve_batch(batch=batch, by=second, now=NOW)
    after = client_of(second).get(address(measure)).content.decode()

    link = reverse("batch_detail", kwargs={"tenant": "larkmoor", "batch_id": batch.pk})
    assert answer["Location"] == link
    assert f'href="{link}">Waits for a second person' in waiting
    assert "Say who agreed" not in waiting
    assert approved_before == ""
    assert CasePause.objects.get(reason="Awaiting caller").approved_by == "Dana Field"
    assert CasePause.objects.get(reason="Approved already").approved_by == "Ines Duarte"
    assert "No pause waits for approval" in after


def test_one_that_was_refused_says_why_and_may_be_brought_again(pause, measure, member, client_of):
    first, second = member(), member(Role.SERVICE_OWNER)
    bring(client_of(first), measure, pause)

    refuse_batch(batch=FactBatch.objects.get(state=BatchState.WAITING), by=second, reason="She knows nothing", now=NOW)

    page = client_of(first).get(address(measure)).content.decode()
    assert "Refused" in page
    assert ": She knows nothing" in page
    assert f'href="{address(measure, pause)}"' in page


def test_an_approval_does_not_undo_what_became_of_the_case_since(pause, measure, member, client_of):
    first, second = member(), member(Role.SERVICE_OWNER)
    bring(client_of(first), measure, pause)
    solved = at("2026-11-10 09:00")
    push(measure, ASKED, resolved_at=solved, now=at("2026-11-10 10:00"))

    with pytest.raises(ChangedSince, match="“INC1” has changed since this was brought"):
        approve_batch(batch=FactBatch.objects.get(state=BatchState.WAITING), by=second, now=at("2026-11-10 11:00"))


def test_who_agreed_must_be_said(pause, measure, member, client_of):
    answer = client_of(member()).post(address(measure, pause), {"approved_by": " ", "why": ""})

    assert answer.status_code == 422
    assert not FactBatch.objects.filter(state=BatchState.WAITING).exists()


def test_who_may_see_and_bring(pause, measure, unit, stranger, member, client_of):
    auditor, reader = member(Role.AUDITOR), member(Role.BUSINESS_MEMBER, units=[unit])
    outsider = member(Role.BUSINESS_UNIT_HEAD, units=[people.make_unit()])
    everybody = (reader, auditor, outsider, stranger)

    seen = [client_of(person).get(address(measure)).status_code for person in everybody]
    brought = [bring(client_of(person), measure, pause).status_code for person in everybody]

    assert (seen, brought) == ([200, 200, 404, 404], [302, 403, 404, 404])


def test_one_that_is_approved_already_is_not_found(pause, measure, member, client_of):
    approved = CasePause.objects.get(reason="Approved already")

    assert bring(client_of(member()), measure, approved).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_asks_as_often_for_thirty_as_for_one(measure, member, client_of, django_assert_num_queries, rows):
    for number in range(rows):
        key = f"INC{number}"
        factories.add_case(measure, key, "2026-10-05 10:00", None)
        factories.add_pause(measure, key, "2026-10-05 11:00", None, "Awaiting caller")
    CasePause.objects.update(entered_at=ENTERED)
    client = client_of(member())

    with django_assert_num_queries(10):
        assert client.get(address(measure)).content.decode().count("Say who agreed") == rows
