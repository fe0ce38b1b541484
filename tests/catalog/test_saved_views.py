"""Views of the catalogue: kept under a name, offered to one's own side alone, and removed by their owner."""

import pytest

from catalog.actions.saved_views import keep_view
from catalog.errors import ViewNameTaken
from catalog.forms.saved_views import tidy
from catalog.models import SavedView
from catalog.queries.saved_views import list_saved_views
from portal.accounts.models import Role
from tests import factories

KEEP = "/t/larkmoor/saved-views/new/?for=orders&kind=business&q=price&page=3&next=//evil.example"


def names(reader):
    return [view.name for view in list_saved_views(reader=reader)]


def test_a_view_is_kept_used_and_removed_in_the_browser(member, client_of):
    head = member(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit(slug="orders")])
    client = client_of(head)

    kept = client.post(KEEP, {"name": "Prices of orders"})
    view = SavedView.objects.get()
    page = client.get(kept.url).content.decode()
    removed = client.post(f"/t/larkmoor/saved-views/{view.pk}/remove/")

    assert kept.url == "/t/larkmoor/services/?for=orders&kind=business&q=price"
    assert (view.address, view.is_shared) == ("for=orders&kind=business&q=price", False)
    assert "Prices of orders" in page
    assert removed.url == "/t/larkmoor/services/"
    assert not SavedView.objects.exists()


def test_a_shared_view_is_offered_to_the_own_side_alone(member):
    orders, stores = factories.make_unit(), factories.make_unit()
    head = member(Role.BUSINESS_UNIT_HEAD, units=[orders])
    colleague, elsewhere = (member(Role.BUSINESS_MEMBER, units=[unit]) for unit in (orders, stores))
    manager, owner = member(Role.SERVICE_LEVEL_MANAGER), member(Role.SERVICE_OWNER)
    for by, name, is_shared in ((head, "Ours", True), (head, "Mine", False), (manager, "Red ones", True)):
        keep_view(owner=by, name=name, address="q=x", is_shared=is_shared)

    assert [names(each) for each in (head, colleague, elsewhere, manager, owner)] == [
        ["Mine", "Ours"], ["Ours"], [], ["Red ones"], ["Red ones"],
    ]  # fmt: skip


def test_a_name_is_used_once_by_each(member, client_of):
    head, other = member(Role.BUSINESS_UNIT_HEAD), member(Role.BUSINESS_UNIT_HEAD)
    for each in (head, other):
        keep_view(owner=each, name="Mine", address="", is_shared=False)

    with pytest.raises(ViewNameTaken, match="called “Mine” already"):
        keep_view(owner=head, name="Mine", address="", is_shared=False)
    assert client_of(head).post(KEEP, {"name": "Mine"}).status_code == 422


def test_only_the_owner_removes_a_shared_view(member, client_of):
    manager, owner = member(Role.SERVICE_LEVEL_MANAGER), member(Role.SERVICE_OWNER)
    view = keep_view(owner=manager, name="Red ones", address="status=M", is_shared=True)

    assert client_of(owner).post(f"/t/larkmoor/saved-views/{view.pk}/remove/").status_code == 404
    assert SavedView.objects.exists()


def test_so_many_filters_that_they_cannot_be_kept_are_refused(member, client_of):
    address = "&".join(f"goal=the-goal-number-{number}" for number in range(60))

    answer = client_of(member(Role.SERVICE_OWNER)).post(f"/t/larkmoor/saved-views/new/?{address}", {"name": "All"})

    assert answer.status_code == 422
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("for=&stage=&q=a+b", "for=&stage=&q=a+b"),
        ("page=2&next=http://x", ""),
        ("kind=%3Cscript%3E", "kind=%3Cscript%3E"),
    ],
)
def test_only_what_the_list_knows_is_kept(address, kept):
    assert tidy(address) == kept
