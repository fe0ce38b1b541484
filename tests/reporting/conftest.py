"""A month that was issued, with its people; the same in every test of this folder."""

import pytest

from tests.reporting import factories as made


@pytest.fixture
def month(in_tenant):
    """October of Customer Orders with figures, drafted by nobody yet."""
    return made.make_month(months=0)


@pytest.fixture
def edition(month):
    """Edition 1 of that October."""
    return made.make_edition(month)


@pytest.fixture
def figure(edition):
    """figure("orders.result") is a figure of the edition by its anchor."""

    def find(anchor):
        return edition.figures.get(anchor=anchor)

    return find
