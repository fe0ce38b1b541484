"""What the design of a service gives, part by part."""

from decimal import Decimal

import pytest

from catalog.models import Requirement
from portal.language.numbers import NBSP
from reporting.queries.services_design import get_design
from tests.catalog import factories as catalog
from tests.slas import factories as slas


def said(words):
    return words.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("parts", "predicted"),
    [
        pytest.param([("needed", "99.9"), ("needed", "99.5"), ("needed", "98")], "97.4 %", id="in series"),
        pytest.param([("alternative", "90"), ("alternative", "90")], "99.0 %", id="one of two is enough"),
        pytest.param([("needed", "99"), ("helps", "50")], "99.0 %", id="what only helps does not count"),
        pytest.param([("needed", "99"), ("needed", None)], "99.0 %", id="what says nothing is left out"),
        pytest.param([("needed", None)], "", id="nothing known, nothing said"),
        pytest.param([("needed", "100")], "100 %", id="100 only when exactly 100"),
    ],
)
def test_what_the_design_gives(in_tenant, parts, predicted):
    service = catalog.make_service()
    group = catalog.make_group(service)
    for requirement, share in parts:
        component = catalog.make_component(design_availability=share and Decimal(share))
        in_group = group if requirement == Requirement.ALTERNATIVE else None
        catalog.make_dependency(service, component, requirement=requirement, group=in_group)

    design = get_design(service=service, target=None, attainment=None)

    assert said(design.predicted) == predicted
    assert len(design.left_out) == sum(share is None for _requirement, share in parts)


def test_shares_of_a_design_are_exact(in_tenant):
    service = catalog.make_service()
    for _part in range(3):
        catalog.make_dependency(service, catalog.make_component(design_availability=Decimal("99.9")))

    design = get_design(service=service, target=slas.make_target(decimals=4), attainment=None)

    assert said(design.predicted) == "99.7002 %"  # 99.7002999, rounded down
