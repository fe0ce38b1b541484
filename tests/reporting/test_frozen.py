"""What never changes of an issued review is read and drawn once: the same bytes for everybody, of one edition alone."""

import re

import pytest
from django import forms
from django.core.cache import caches
from django.test import Client

from portal.accounts.models import Role
from portal.tenancy.scope import tenant_scope
from reporting.actions.disputes import dispute_figure
from reporting.forms.reviews import PlaceSelect
from reporting.queries import frozen
from tests import factories
from tests.reporting import factories as made
from tests.slas.factories import at

REVIEW = "/t/larkmoor/reviews/customer-orders/2026-10/"
TOKEN = re.compile(rb"[0-9A-Za-z]{64}")  # against forged requests: another one each time
FIGURES = re.compile(rb"/figures/(\d+)/")


@pytest.fixture(autouse=True)
def nothing_kept():
    forget()


def forget():
    caches["frozen"].clear()
    frozen._read.cache_clear()


def read(client, url=REVIEW):
    answer = client.get(url)
    assert answer.status_code == 200
    return TOKEN.sub(b"", answer.content)


def test_what_is_kept_is_byte_for_byte_what_is_drawn(client_of, month, edition, monkeypatch):
    head, manager = client_of(month.head), client_of(month.manager)
    read(head)  # the first visit is written down
    forget()
    drawn = read(head)

    with monkeypatch.context() as patch:  # it is what was kept that is shown, and nothing is read or drawn again
        patch.setattr("reporting.queries.frozen.from_json", None)
        patch.setattr("portal.charts.slam.slam_body", None)
        assert read(head) == drawn
        for_it = read(manager)
    forget()
    assert read(manager) == for_it
    assert for_it != drawn


def test_a_dispute_is_drawn_at_once_and_what_was_kept_without_it_comes_back(client_of, month, figure):
    head = client_of(month.head)
    before = read(head)
    dispute = dispute_figure(figure=figure("phones.2026-10"), by=month.head, now=at("2026-11-06 15:20"), reason="No.")
    kept = read(head)
    forget()

    assert kept == read(head)
    assert kept.count(b">Disputed<") > before.count(b">Disputed<")
    assert dispute.settled_at is None


def test_nobody_gets_what_another_may_read(client_of, month, edition):
    read(client_of(month.head))
    finance = factories.make_unit(slug="finance", name="Finance")
    outsider = client_of(factories.make_member(role=Role.BUSINESS_UNIT_HEAD, units=[finance]))
    stranger = Client()
    stranger.force_login(factories.make_user())

    assert [client.get(REVIEW).status_code for client in (outsider, stranger, Client())] == [404, 404, 302]


def test_a_tenant_with_the_same_unit_and_month_gets_its_own(client_of, tenant, other_tenant):
    pages, figures = [], []
    for each in (tenant, other_tenant):
        with tenant_scope(each.pk):
            month = made.make_simple_month()
            edition = made.make_edition(month)
            figures.append({str(pk).encode() for pk in edition.figures.values_list("pk", flat=True)})
            head = month.head
        pages.append(read(client_of(head), REVIEW.replace("larkmoor", each.slug)))

    assert all(figures)
    assert figures[0].isdisjoint(figures[1])
    for page, own in zip(pages, figures, strict=True):
        assert {*FIGURES.findall(page)} <= own


@pytest.mark.parametrize("chosen", [None, "", "b", 'of "two" & <more>'])
def test_a_choice_of_hundreds_is_written_as_any_other(chosen):
    choices = [("", "None"), ("b", "Second"), ('of "two" & <more>', 'It\'s <b>"bold"</b> & more'), (3, 4)]
    attrs = {"id": "id_a", "required": True, "disabled": False, "aria-describedby": 'a "b"'}

    ours, django = (kind(attrs, choices).render("a", chosen) for kind in (PlaceSelect, forms.Select))
    assert ours == django
