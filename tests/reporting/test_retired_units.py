"""A business unit that is retired gets nothing new; what it has stays as it is."""

from datetime import date

import pytest
from django.urls import reverse

from improvement.models import ImprovementOpportunity
from portal.accounts.models import Role
from tests import factories
from tests.catalog.factories import make_goal
from tests.improvement.factories import make_improvement


@pytest.fixture
def units(in_tenant):
    """One in use and one that was retired."""
    return [
        factories.make_unit(name="Open branch"),
        factories.make_unit(name="Shut branch", retired_on=date(2026, 1, 1)),
    ]


@pytest.mark.parametrize(
    ("page", "role"),
    [
        ("need_raise", Role.BUSINESS_UNIT_HEAD),
        ("improvement_raise", Role.BUSINESS_UNIT_HEAD),
        ("improvement_raise", Role.SERVICE_LEVEL_MANAGER),
        ("conversation_start", Role.SERVICE_LEVEL_MANAGER),
        ("party_create", Role.SERVICE_LEVEL_MANAGER),
        ("value_create", Role.SERVICE_LEVEL_MANAGER),
    ],
)
def test_no_form_offers_it_for_something_new(units, member, client_of, page, role):
    words = {"tenant": "larkmoor"} | ({"slug": make_goal().slug} if page == "value_create" else {})

    form = client_of(member(role, units=units)).get(reverse(page, kwargs=words)).context["form"]

    assert list(form.fields["business_unit"].queryset) == units[:1]


def test_what_it_has_is_edited_without_losing_it(units, member, client_of):
    make_improvement(number=7, business_unit=units[1])
    client = client_of(member(Role.SERVICE_LEVEL_MANAGER))
    form = {"title": "Count calls", "why": "Dispute", "business_unit": units[1].pk, "priority": "2"}

    client.post("/t/larkmoor/improvements/IMP-7/edit/", form)

    improvement = ImprovementOpportunity.objects.get(number=7)
    assert (improvement.title, improvement.business_unit) == ("Count calls", units[1])
