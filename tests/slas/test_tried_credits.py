"""What a promise would have cost in credits: while it is built, and under other terms; alone, by the agreed bands."""

from datetime import date
from decimal import Decimal

import pytest

from slas.actions.attainments import close_month, compute_attainments
from slas.actions.credits import compute_credits
from slas.calculation.periods import Period
from slas.forms.building import BuilderForm
from slas.models import CreditBand, CreditScheme, CreditStatement, Obligation, ServiceLevelTarget, TargetKind
from slas.queries.replay import replay
from slas.queries.tried_credits import stored_credits, with_credits
from slas.queries.what_if import get_what_if
from tests.slas import factories
from tests.slas.factories import at
from tests.slas.test_credits import make_scheme
from tests.slas.test_target_forms import as_sent
from tests.slas.test_what_if import filled
from tests.slas.test_what_if import tried as other_terms

NOW = at("2026-11-10 09:40")
YEAR = [Period(2025, 11).shifted(n) for n in range(12)]
PAGE = "/t/larkmoor/agreements/orders/v1/targets/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("portal.clock.now", lambda: NOW)


@pytest.fixture
def orders(agreement):
    """Round the clock; an outage of 2 hours in each month, and one of 5 more in March: 99.06 % there."""
    target = agreement.targets.get()
    for period in YEAR:
        factories.add_outage(target.measure, f"{period.first_on:%Y-%m}-10 01:00", f"{period.first_on:%Y-%m}-10 03:00")
    factories.add_outage(target.measure, "2026-03-11 07:00", "2026-03-11 12:00")
    return target


def tried_on(target, member, **changes):
    for name, value in changes.items():
        setattr(target, name, value)
    return with_credits(replay(reader=member(), target=target, now=NOW), target)


def amounts(tried):
    return [month.credit for month in tried.months]


def test_other_terms_are_shown_with_what_they_cost_beside_what_is_agreed(orders, member, client_of, people_of):
    make_scheme(orders.agreement, year_cap="2.5", earn_back_months=1)
    compute_attainments(targets=[orders], periods=YEAR, now=NOW)

    page = get_what_if(reader=member(), target=orders, tried=other_terms(orders, threshold="99.9"), now=NOW)
    shown = client_of(people_of["manager"]).get(f"{PAGE}place-orders/what-if/", filled(orders, threshold="99.9").data)

    assert page.credits == "On its own it costs £100 in credits, of which £100 is earned back."
    assert page.tried.credits == "On its own it would have cost £800 in credits."  # 600 a calendar year
    assert amounts(page.tried) == ["£100"] * 8 + ["£0"] * 4
    for words in (page.credits, page.tried.credits, "credit £100"):
        assert words in shown.content.decode()


def test_the_present_terms_cost_what_the_statements_say(orders, member):
    make_scheme(orders.agreement)
    compute_attainments(targets=[orders], periods=YEAR, now=NOW)
    for period in YEAR:
        close_month(
            business_unit=orders.agreement.customer.business_unit, month=period.first_on, by=None, now=NOW
        )  # fmt: skip
    compute_credits(now=NOW)

    found = tried_on(orders, member)

    stated = {row.month: row.amount for row in CreditStatement.objects.all()}
    assert stated == {date(2026, 3, 1): Decimal(100)}
    assert amounts(found) == ["£100" if period.month == 3 else "£0" for period in YEAR]
    rows = orders.attainments.order_by("period_start")
    assert stored_credits(rows, orders) == "On its own it costs £100 in credits."


def test_nothing_is_credited_while_a_duty_is_overdue(orders, member):
    make_scheme(orders.agreement)
    Obligation.objects.create(
        agreement=orders.agreement, text="Send it", short_text="Calendar", due_on=date(2026, 2, 27),
        done_on=date(2026, 5, 3),
    )  # fmt: skip

    found = tried_on(orders, member, threshold=Decimal("99.9"))

    free = [period.month in (2, 3, 4, 5) for period in YEAR]
    assert amounts(found) == ["£0" if is_free else "£100" for is_free in free]


def test_bands_of_a_number_and_a_fixed_sum(unit, member):
    target = factories.make_target(TargetKind.RELIABILITY, unit=unit, allowed_misses=2)
    scheme = CreditScheme.objects.create(
        agreement=target.agreement, slug="stops", name="Stops", basis="amount", currency="JPY",
        approver_role="administrator",
    )  # fmt: skip
    CreditBand.objects.create(scheme=scheme, target=target, low=2, high=None, credit=15000)
    for day in (6, 7):
        factories.add_outage(target.measure, f"2026-10-{day:02} 10:00", f"2026-10-{day:02} 11:00")

    agreed, stricter = tried_on(target, member), tried_on(target, member, allowed_misses=1)

    assert [tried.credits.replace("\u00a0", " ") for tried in (agreed, stricter)] == [
        "On its own it would have cost JPY 0 in credits.",
        "On its own it would have cost JPY 15,000 in credits.",
    ]


def test_a_new_promise_is_tried_with_the_bands_of_another_one_and_says_so(orders, draft, people_of, client_of):
    make_scheme(draft)
    other = ServiceLevelTarget(agreement=draft, kind="availability", measure=orders.measure, threshold=Decimal("99.9"))
    sent = as_sent(BuilderForm(target=other, new=orders.measure)) | {
        "name": "Orders can be placed", "service": factories.make_service().pk, "is_always": "on", "show": "1",
        "measure": orders.measure.pk,
    }  # fmt: skip

    page = client_of(people_of["manager"]).post(f"{PAGE}build/?kind=availability", sent)

    said = (
        "No credits are agreed for it yet. By those for “Customers can place orders” it would have cost £1,200 in"
        " credits."
    )
    assert page.context["form"].errors == {}
    assert page.context["preview"].tried.credits == said
    assert said in page.content.decode()
    assert '<th scope="col" class="p-right">Credit</th>' in page.content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"is_trial": True, "threshold": None}, id="a trial promises nothing"),
        pytest.param({"threshold": Decimal(0)}, id="nothing is below"),
        pytest.param({"threshold": None, "allowed_misses": 2, "kind": "reliability"}, id="bands of another kind"),
    ],
)
def test_what_has_no_bands_to_be_tried_with_says_nothing_of_credits(orders, member, changes):
    make_scheme(orders.agreement)

    assert tried_on(orders, member, **changes).credits == ""


def test_without_credits_in_the_agreement_or_figures_of_a_month_nothing_is_said(agreement, member):
    target = agreement.targets.get()
    assert tried_on(target, member).credits == ""

    make_scheme(agreement)
    target.measure = factories.make_measure(is_covered=False)

    assert tried_on(target, member).credits == ""
