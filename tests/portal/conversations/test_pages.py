"""Conversations and notices in the browser: as owner, reader, outsider of the same tenant, stranger."""

import pytest
from django.urls import reverse

from portal.conversations import actions
from portal.conversations.models import Comment, Conversation, Level, Notification
from portal.tenancy.scope import tenant_scope
from tests.portal.conversations.conftest import NOW


def url(name, **kwargs):
    return reverse(name, kwargs={"tenant": "larkmoor", **kwargs})


def rows(tenant, model):
    with tenant_scope(tenant.pk):
        return model.objects.count()


READERS = [
    ("dana", 200),
    ("ben", 200),
    ("sam", 200),
    ("owner", 200),
    ("ola", 200),
    ("ann", 404),
    ("left", 404),
    ("eve", 404),
]
WRITERS = [
    ("dana", 302),
    ("ben", 302),
    ("sam", 302),
    ("owner", 302),
    ("ola", 403),
    ("ann", 404),
    ("left", 404),
    ("eve", 404),
]


@pytest.mark.parametrize(("who", "status"), READERS)
def test_who_reads_a_conversation(start, people, client_of, who, status):
    address = url("conversation_detail", conversation_id=start().pk)

    assert client_of(getattr(people, who)).get(address).status_code == status


@pytest.mark.parametrize(("who", "status"), WRITERS)
@pytest.mark.parametrize("name", ["comment_add", "conversation_close"])
def test_who_writes_in_it(tenant, start, people, client_of, who, status, name):
    conversation = start()

    answer = client_of(getattr(people, who)).post(url(name, conversation_id=conversation.pk), {"text": "Next week."})

    assert answer.status_code == status
    with tenant_scope(tenant.pk):
        conversation.refresh_from_db()
    has_changed = conversation.closed_at is not None or rows(tenant, Comment) == 2
    assert has_changed == (status == 302)


@pytest.mark.parametrize(("who", "count"), [("dana", 1), ("ann", 1), ("sam", 2), ("ola", 2)])
def test_the_list_shows_the_units_that_one_may_see(start, people, client_of, who, count):
    start(subject="Orders only")
    start(subject="Finance only", business_unit=people.finance, by=people.ann)

    page = client_of(getattr(people, who)).get(url("conversation_list")).content.decode()

    assert page.count(" only</a>") == count


def test_the_list_is_narrowed_by_level_and_unit(start, people, client_of):
    start(subject="Talk one", level=Level.STRATEGIC)
    start(subject="Talk two", level=Level.TACTICAL)
    start(subject="Talk three", level=Level.TACTICAL, business_unit=people.finance, by=people.ann)
    client = client_of(people.sam)

    page = client.get(url("conversation_list"), {"level": "tactical", "unit": "orders"}).content.decode()

    assert [name in page for name in ("Talk one", "Talk two", "Talk three")] == [False, True, False]


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_the_same_number_of_questions(
    start, people, client_of, django_assert_num_queries, no_menu, count
):
    for number in range(count):
        start(subject=f"Talk {number}", by=people.dana if number % 2 else people.sam)
    client = client_of(people.sam)

    with django_assert_num_queries(14):
        client.get(url("conversation_list"))


@pytest.mark.parametrize("count", [1, 30])
def test_a_thread_asks_the_same_number_of_questions(
    tenant, start, people, client_of, django_assert_num_queries, no_menu, count
):
    conversation = start()
    with tenant_scope(tenant.pk):
        for number in range(count):
            by = people.dana if number % 2 else people.sam
            actions.add_comment(conversation=conversation, by=by, text=f"Comment {number}", now=NOW)
    client = client_of(people.sam)

    with django_assert_num_queries(12):
        client.get(url("conversation_detail", conversation_id=conversation.pk))


def test_a_conversation_is_started_with_a_unit_that_one_may_see(tenant, people, client_of):
    sent = {"subject": "Peaks in December", "level": "tactical", "text": "We expect 20 % more."}
    client = client_of(people.dana)

    refused = client.post(url("conversation_start"), sent | {"business_unit": people.finance.pk})
    assert refused.status_code == 422
    assert rows(tenant, Conversation) == 0

    answer = client.post(url("conversation_start"), sent | {"business_unit": people.orders.pk})

    with tenant_scope(tenant.pk):
        conversation = Conversation.objects.get(subject="Peaks in December", level="tactical", started_by=people.dana)
    assert answer["Location"] == url("conversation_detail", conversation_id=conversation.pk)


def test_an_empty_comment_is_refused_on_the_same_page_with_what_to_do(start, people, client_of):
    conversation = start()

    answer = client_of(people.sam).post(url("comment_add", conversation_id=conversation.pk), {"text": "\u202e"})

    assert answer.status_code == 422
    assert "There is nothing to send yet. Write what you want to say." in answer.content.decode()


def test_by_htmx_the_thread_is_answered_with_the_new_comment(start, people, client_of):
    conversation = start()

    answer = client_of(people.sam).post(
        url("comment_add", conversation_id=conversation.pk), {"text": "**Friday.**"}, headers={"HX-Request": "true"}
    )

    page = answer.content.decode()
    assert "<html" not in page
    assert "<strong>Friday.</strong>" in page
    assert page.lstrip().startswith('<article class="p-box" id="thread"')


def test_times_are_those_of_the_tenant(tenant, start, people, client_of):
    with tenant_scope(tenant.pk):
        tenant.time_zone = "Asia/Tokyo"
        tenant.save()

    page = client_of(people.sam).get(url("conversation_detail", conversation_id=start().pk)).content.decode()

    assert "Tue\u00a010\u00a0Nov, 18:40" in page


def test_notices_are_ones_own(start, people, client_of):
    start(by=people.dana)

    assert "Order entry is slow" in client_of(people.sam).get(url("notification_list")).content.decode()
    assert "Order entry is slow" not in client_of(people.dana).get(url("notification_list")).content.decode()


def test_a_notice_is_marked_as_read_by_its_member_only(tenant, start, people, client_of):
    start(by=people.dana)
    with tenant_scope(tenant.pk):
        notice = Notification.objects.get(member=people.sam)
    address = url("notification_read", notification_id=notice.pk)

    assert client_of(people.owner).post(address).status_code == 404
    assert client_of(people.sam).get(address).status_code == 405
    with tenant_scope(tenant.pk):
        notice.refresh_from_db()
    assert notice.read_at is None

    assert client_of(people.sam).post(address)["Location"] == url("notification_list")
    with tenant_scope(tenant.pk):
        notice.refresh_from_db()
    assert notice.read_at is not None


def test_all_notices_are_marked_as_read_at_once(tenant, start, people, client_of):
    for _ in range(3):
        start(by=people.dana)

    page = client_of(people.sam).post(url("notification_read_all"), headers={"HX-Request": "true"}).content.decode()

    assert "0 not read" in page
    with tenant_scope(tenant.pk):
        assert Notification.objects.filter(member=people.sam, read_at=None).count() == 0


@pytest.mark.parametrize("count", [1, 30])
def test_the_notices_ask_the_same_number_of_questions(
    tenant, people, client_of, django_assert_num_queries, no_menu, count
):
    with tenant_scope(tenant.pk):
        for number in range(count):
            actions.notify(members=[people.sam], text=f"Notice {number}", url="/", key=f"k{number}", now=NOW)
    client = client_of(people.sam)

    with django_assert_num_queries(13):
        client.get(url("notification_list"))
