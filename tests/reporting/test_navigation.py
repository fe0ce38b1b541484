"""The menu of each role, and the numbers at its words."""

import pytest
from django.urls import NoReverseMatch

from portal.accounts.models import Role
from portal.conversations.actions import notify
from reporting.actions.answers import ask_question
from reporting.actions.disputes import answer_dispute, dispute_figure
from reporting.actions.follow_ups import answer_context, ask_for_context
from reporting.models import ContextRequest
from reporting.queries import navigation
from reporting.queries.navigation import count_waiting, get_menu
from slas.models import BatchState, FactBatch, TargetProposal
from tests import factories
from tests.catalog import factories as catalog
from tests.improvement.factories import make_improvement
from tests.reporting import factories as made
from tests.slas import factories as slas

BUSINESS = ["Home", "Reviews", "Services", "Agreements", "Improvements", "Talk"]
IT = ["Workbench", *BUSINESS[1:4], "Portfolio", *BUSINESS[4:]]
SOURCES = [
    *(
        "Measures",
        "Facts to approve",
        "Planned work",
        "Service hours",
        "Components",
        "Goals",
        "Processes",
        "Glossary",
        "Needs",
    )
]


def menu_of(reader, tenant, path="/t/larkmoor/"):
    return get_menu(membership=reader, tenant=tenant, path=path)


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.BUSINESS_UNIT_HEAD, BUSINESS),
        (Role.BUSINESS_MEMBER, BUSINESS),
        (Role.SERVICE_OWNER, [*IT, *SOURCES]),
        (Role.SERVICE_LEVEL_MANAGER, [*IT, *SOURCES, "Business units"]),
        (
            Role.AUDITOR,
            ["Home", *IT[1:], *(word for word in SOURCES if word != "Facts to approve"), "Forecasts", "Audit"],
        ),
        (
            Role.ADMINISTRATOR,
            [
                *IT, *(word for word in SOURCES if word != "Facts to approve"),
                "People", "Business units", "API tokens", "Exports", "Forecasts", "Audit",
            ],
        ),
    ],
)  # fmt: skip
def test_each_role_gets_its_words(in_tenant, member, role, words):
    assert [entry.label for entry in menu_of(member(role), in_tenant).entries] == words


def test_every_word_leads_somewhere(in_tenant, member, client_of):
    for role in Role:
        reader = member(role, units=[factories.make_unit()])
        client = client_of(reader)
        for entry in menu_of(reader, in_tenant).entries:
            assert client.get(entry.url, follow=True).status_code == 200, (role, entry.label)


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/t/larkmoor/", ["Home"]),
        ("/t/larkmoor/services/phones/", ["Services"]),
        ("/t/larkmoor/reviews/orders/2026-10/", ["Reviews"]),
        ("/t/larkmoor/notices/", []),
    ],
)
def test_the_word_of_the_page_is_marked(in_tenant, member, path, current):
    menu = menu_of(member(Role.BUSINESS_MEMBER), in_tenant, path)

    assert [entry.label for entry in menu.entries if entry.current] == current


def test_what_waits_for_the_head_and_not_for_others(month, edition, member):
    figure = edition.figures.get(anchor="phones.result")
    dispute = dispute_figure(figure=figure, by=month.head, reason="Calls were cut", now=made.ISSUED_AT)
    answer_dispute(dispute=dispute, by=month.manager, is_agreed=False, text="They were not", now=made.TODAY)
    ask_for_context(
        business_unit=month.unit, title="Peak", question="?", purpose="!", due_on=made.TODAY.date(), by=month.manager,
        now=made.TODAY,
    )  # fmt: skip
    TargetProposal.objects.create(
        target=month.targets["track"], threshold="99.5", proposed_by=month.manager, proposed_at=made.TODAY,
        answer_due_on=made.TODAY.date(),
    )  # fmt: skip
    outsider = member(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit()])

    def waiting(reader):
        counted = count_waiting(reader=reader)
        return {name: number for name, number in counted.items() if number and name != "notification_list"}

    assert waiting(month.head) == {"review_list": 1, "conversation_list": 2, "agreement_list": 1}
    assert waiting(month.reader) == {"conversation_list": 1}
    assert waiting(outsider) == {}


def test_what_waits_for_it(month, edition):
    figure = edition.figures.get(anchor="phones.result")
    ask_question(figure=figure, by=month.head, text="Why?", now=made.ISSUED_AT)
    dispute_figure(figure=figure, by=month.head, reason="Calls were cut", now=made.ISSUED_AT)
    catalog.make_need(business_unit=month.unit)
    make_improvement(state="opportunity")
    make_improvement(state="approved")
    slas.make_agreement(state="draft")
    for brought_by in (month.owner, month.manager):
        FactBatch.objects.create(
            measure=month.targets["confirm"].measure, origin="uploaded", state=BatchState.WAITING,
            brought_by=brought_by, brought_at=made.TODAY,
        )  # fmt: skip

    counted = count_waiting(reader=month.manager)

    assert {name: number for name, number in counted.items() if number and name != "notification_list"} == {
        "conversation_list": 2, "need_list": 1, "improvement_list": 1, "agreement_list": 1, "batch_list": 1,
    }  # fmt: skip


def test_what_is_counted_at_talk_stands_there(month, edition, member, client_of):
    """The asks of IT come by htmx, and without script behind a link."""
    for title in ("Peak", "Stocktaking"):
        ask_for_context(
            business_unit=month.unit, title=title, question="?", purpose="so that people are there",
            due_on=made.TODAY.date(), by=month.manager, now=made.TODAY,
        )  # fmt: skip
    answer_context(request=ContextRequest.objects.get(title="Stocktaking"), by=month.head, answer="May", now=made.TODAY)
    outsider = member(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit()])
    by_htmx = {"headers": {"HX-Request": "true"}}

    talk = client_of(month.head).get("/t/larkmoor/talk/").content.decode()
    asks = client_of(month.head).get("/t/larkmoor/asks/", **by_htmx).content.decode()

    assert 'hx-get="/t/larkmoor/asks/"' in talk
    assert '<a href="/t/larkmoor/asks/">What IT asks of the business</a>' in talk
    assert "Peak</a>" in asks
    assert "Customer Orders. So that people are there" in asks
    assert "Stocktaking" not in asks
    assert client_of(outsider).get("/t/larkmoor/asks/", **by_htmx).content.decode().strip() == ""
    assert "Nothing is asked" in client_of(outsider).get("/t/larkmoor/asks/").content.decode()
    assert count_waiting(reader=month.head)["conversation_list"] == 1
    assert "Peak</a>" in client_of(month.manager).get("/t/larkmoor/asks/").content.decode()


def test_a_unit_of_two_heads_is_counted_once_for_each(month, edition, member):
    member(Role.BUSINESS_UNIT_HEAD, units=[month.unit])

    assert count_waiting(reader=month.head)["review_list"] == 1


def test_unread_notices_stand_at_the_bell(in_tenant, member):
    reader = member(Role.BUSINESS_MEMBER)
    notify(members=[reader], text="IT answered", url="/t/larkmoor/", key="answer-1", now=made.TODAY)

    menu = menu_of(reader, in_tenant)

    assert (menu.waiting_count, menu.waiting_url) == (1, "/t/larkmoor/notices/")


@pytest.mark.parametrize("role", Role)
def test_the_whole_menu_costs_one_question(in_tenant, member, django_assert_num_queries, role):
    reader = member(role)

    with django_assert_num_queries(1):
        menu_of(reader, in_tenant)


def test_what_is_counted_is_written_once_for_a_role_and_counted_for_each_reader(month, edition, member):
    outsider = member(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit()])
    assert count_waiting(reader=outsider)["review_list"] == 0
    written = navigation._waiting_of.cache_info().misses

    assert count_waiting(reader=month.head)["review_list"] == 1
    assert navigation._waiting_of.cache_info().misses == written


def test_a_word_that_leads_nowhere_is_a_mistake_of_ours(month, monkeypatch):
    """It would be missing in silence otherwise."""
    monkeypatch.setattr(navigation, "SOURCES", (("Measures", "no_such_address", "measure.read"),))

    with pytest.raises(NoReverseMatch):
        get_menu(membership=month.manager, tenant=month.manager.tenant, path="/")
