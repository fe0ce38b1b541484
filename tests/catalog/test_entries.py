"""What the catalogue says: drafted, approved by another, published, compared; two people, and neither loses words."""

from datetime import UTC, date, datetime

import pytest
from django.db import ProgrammingError, transaction

from catalog.actions.entries import approve_entry, publish_due_entries, publish_entry, save_draft
from catalog.actions.retirements import call_off_retirement, plan_retirement, retire_due_services
from catalog.errors import EntryChanged, EntryNotApproved, EntryOwn, EntryWordsOpen, RetirementInPast, RetirementPlanned
from catalog.models import EntryVersion, GlossaryTerm, Service, Stage
from catalog.queries.entries import find_newest, find_open, find_published, list_lines, list_told
from catalog.queries.search import search_services
from portal.accounts.models import Role
from portal.conversations.models import Notification
from tests import factories
from tests.catalog import factories as catalog

NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)
TODAY, TOMORROW = date(2026, 11, 10), date(2026, 11, 11)
PLAIN = {
    "description": "People print at every desk.",
    "also_called": "copier, printout",
    "how_to_ask": "Call the desk.",
}


@pytest.fixture
def service(in_tenant):
    return catalog.make_service(slug="printing", name="Printing", description="Paper comes out.")


@pytest.fixture
def people(member):
    return {"writer": member(Role.SERVICE_OWNER), "manager": member(Role.SERVICE_LEVEL_MANAGER)}


def token(service):
    """Which words somebody who opens the form has before them."""
    return find_newest(service=Service.objects.get(pk=service.pk), now=NOW).token


def draft(service, people, **words):
    began = token(service)
    return save_draft(service=service, words=PLAIN | words, began=began, by=people["writer"], now=NOW)


def approve(service, people):
    return approve_entry(service=service, read=find_open(service=service).token, by=people["manager"], now=NOW)


def publish(service, people, reason="", on=None):
    return publish_entry(
        service=service, read=find_open(service=service).token, reason=reason, on=on, by=people["manager"], now=NOW,
        today=TODAY,
    )  # fmt: skip


def test_the_business_reads_what_was_published_and_finds_it_by_everyday_words(service, people, member):
    head = member(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit()])
    draft(service, people)
    approve(service, people)
    assert Service.objects.get().description == "Paper comes out."
    assert [line.version.number for line in list_lines(reader=head, service=service)] == [1]

    publish(service, people)

    held = Service.objects.get()
    assert held.description == PLAIN["description"]
    assert list_told(service=held)[-1][1] == "Call the desk."
    assert [line.version.number for line in list_lines(reader=head, service=service)] == [2, 1]
    assert list(search_services(services=Service.objects.all(), words="copyer")) == [held]


def test_two_people_write_and_neither_loses_words(service, people):
    began = token(service)
    first = save_draft(service=service, words={"hours_words": "All day"}, began=began, by=people["writer"], now=NOW)

    with pytest.raises(EntryChanged, match=people["writer"].user.name):
        save_draft(service=service, words={"hours_words": "At night"}, began=began, by=people["manager"], now=NOW)

    assert find_open(service=service).hours_words == "All day"
    save_draft(
        service=service, words={"hours_words": "Day and night"}, began=first.token, by=people["manager"], now=NOW
    )
    assert (find_open(service=service).hours_words, find_open(service=service).revision) == ("Day and night", 2)


def test_in_the_browser_the_second_writer_gets_both_texts_and_finishes_them(service, people, client_of):
    first, second = client_of(people["writer"]), client_of(people["manager"])
    address = "/t/larkmoor/services/printing/versions/edit/"
    began = {"began": second.get(address).context["form"]["began"].value()}
    said = {"name": "Printing", "description": "Paper comes out."}
    first.post(address, began | said | {"hours_words": "All day"})

    refused = second.post(address, began | said | {"hours_words": "At night"})

    assert refused.status_code == 422
    (theirs,) = refused.context["theirs"]
    assert [(each.change.value, each.text) for each in theirs.stretches] == [
        ("deleted", "All day"), ("inserted", "At night"),
    ]  # fmt: skip
    assert refused.context["form"]["hours_words"].value() == "At night"
    merged = {"began": refused.context["form"]["began"].value()} | said | {"hours_words": "All day and night"}
    assert second.post(address, merged).status_code == 302
    assert find_open(service=service).hours_words == "All day and night"


def test_a_second_person_approves_and_an_approval_falls_with_its_words(service, people, client_of):
    draft(service, people)
    with pytest.raises(EntryOwn):
        approve_entry(service=service, read=find_open(service=service).token, by=people["writer"], now=NOW)
    with pytest.raises(EntryNotApproved):
        publish(service, people)
    approve(service, people)

    draft(service, people, hours_words="All day")

    assert (find_open(service=service).state, find_open(service=service).approved_by) == ("draft", None)
    with pytest.raises(EntryChanged):
        approve_entry(service=service, read="2.1", by=people["manager"], now=NOW)


def test_the_business_owner_approves_and_nobody_else_of_the_business_sees_a_draft(service, people, member, client_of):
    unit = factories.make_unit()
    owner, other = member(Role.BUSINESS_UNIT_HEAD, units=[unit]), member(Role.BUSINESS_UNIT_HEAD, units=[unit])
    Service.objects.update(business_owner=owner)
    read = {"read": draft(service, people).token}
    address = "/t/larkmoor/services/printing/versions/"

    assert client_of(other).post(f"{address}approve/", read).status_code == 404
    assert "People print" not in client_of(other).get(address).content.decode()
    assert "People print" in client_of(owner).get(address).content.decode()
    assert client_of(owner).post(f"{address}approve/", read).status_code == 302
    assert find_open(service=service).approved_by == owner


def test_words_that_readers_may_not_know_need_a_reason_that_is_kept(service, people, client_of):
    draft(service, people, description="The DNS and the LDAP server are up.")
    approve(service, people)
    with pytest.raises(EntryWordsOpen, match="LDAP"):
        publish(service, people)

    published = publish(service, people, reason="Its users are administrators")

    assert "LDAP" in published.words_found
    assert published.words_reason == "Its users are administrators"


def test_one_key_says_it_plainly_while_one_writes(service, people, client_of):
    GlossaryTerm.objects.create(term="spooler", plain="waiting list")
    client, address = client_of(people["writer"]), "/t/larkmoor/services/printing/versions/edit/"
    form = {"name": "Printing", "description": "The spooler is short.", "began": "1.1"}

    looked = client.post(address, form | {"look": "1"})
    told = client.post(address, form | {"look": "1"}, headers={"HX-Request": "true"}).content.decode()
    (found,) = looked.context["findings"]
    assert "<mark>spooler</mark>" in told
    assert "<form" not in told  # what is told while one writes is put into the form that is there
    reworded = client.post(address, form | {"reword": f"description:{found.finding.start}"})

    assert reworded.context["form"]["description"].value() == "The waiting list is short."
    assert reworded.context["findings"] == []
    assert not EntryVersion.objects.exclude(state="published").exists()


def test_what_is_published_stays_as_it_is(service, people):
    draft(service, people)
    approve(service, people)
    published = publish(service, people)

    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        EntryVersion.objects.filter(pk=published.pk).update(description="Other words")


def test_a_day_to_come_publishes_once_and_tells_those_who_have_it(service, people, member):
    unit = factories.make_unit()
    head, other = (
        member(Role.BUSINESS_UNIT_HEAD, units=[unit]),
        member(Role.BUSINESS_MEMBER, units=[factories.make_unit()]),
    )
    catalog.make_entitlement(catalog.make_offering(service), unit)
    draft(service, people)
    approve(service, people)
    publish(service, people, on=TOMORROW)

    assert publish_due_entries(now=NOW, today=TODAY) == 0
    assert [publish_due_entries(now=NOW, today=TOMORROW) for _ in range(2)] == [1, 0]

    assert find_published(service=service).number == 2
    assert Notification.objects.filter(member=head).count() == 2  # that it will be, and that it is
    assert not Notification.objects.filter(member=other).exists()


def test_words_that_a_table_wrote_become_a_version_and_a_draft_keeps_its_place(service, people):
    draft(service, people)
    Service.objects.update(description="From a table.")

    draft(service, people, hours_words="All day")

    assert list(EntryVersion.objects.order_by("number").values_list("number", "state", "description")) == [
        (1, "published", "Paper comes out."), (2, "published", "From a table."), (3, "draft", PLAIN["description"]),
    ]  # fmt: skip


def test_a_service_leaves_on_its_day_and_those_who_have_it_are_told(service, people, member):
    unit = factories.make_unit()
    head = member(Role.BUSINESS_UNIT_HEAD, units=[unit])
    catalog.make_entitlement(catalog.make_offering(service), unit)
    plan = {"service": service, "reason": "Nobody prints", "by": people["manager"], "now": NOW, "today": TODAY}
    with pytest.raises(RetirementInPast):
        plan_retirement(on=TODAY, **plan)
    called_off = plan_retirement(on=TOMORROW, **plan)
    with pytest.raises(RetirementPlanned):
        plan_retirement(on=TOMORROW, **plan)
    call_off_retirement(planned=called_off, by=people["manager"], now=NOW, today=TODAY)
    plan_retirement(on=TOMORROW, **plan)

    assert [retire_due_services(now=NOW, today=day) for day in (TODAY, TOMORROW, TOMORROW)] == [0, 1, 0]

    assert Service.objects.get().stage == Stage.RETIRED
    assert Notification.objects.filter(member=head).count() == 4  # planned, called off, planned, done


def test_what_stands_in_the_way_of_a_retirement_is_kept_and_told_once(service, people):
    plan_retirement(service=service, on=TOMORROW, reason="Old", by=people["manager"], now=NOW, today=TODAY)
    Service.objects.update(stage=Stage.RETIRED)

    assert [retire_due_services(now=NOW, today=TOMORROW) for _ in range(2)] == [1, 0]

    assert "cannot go from" in service.planned_retirements.get().refused
    assert Notification.objects.filter(member=people["manager"]).count() == 1


def test_from_the_draft_to_the_reader_in_the_browser(service, people, member, client_of):
    writer, manager = client_of(people["writer"]), client_of(people["manager"])
    address = "/t/larkmoor/services/printing/versions/"
    form = writer.get(f"{address}edit/").context["form"]
    writer.post(f"{address}edit/", {name: form[name].value() or "" for name in form.fields} | PLAIN)
    manager.post(f"{address}approve/", {"read": find_open(service=service).token})
    manager.post(f"{address}publish/", {"read": find_open(service=service).token})
    page = client_of(member(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit()])).get(
        "/t/larkmoor/services/printing/"
    )

    assert "People print at every desk." in page.content.decode()
    assert "Call the desk." in page.content.decode()
