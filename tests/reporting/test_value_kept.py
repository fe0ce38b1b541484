"""What an hour costs, by what a goal is followed, what contributions are worth: kept by those who know."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from portal.accounts.models import Role
from portal.audit.models import AuditEntry
from portal.tenancy.scope import tenant_scope
from reporting.models import GoalMeasure, ImpactHour, ImpactProfile, ValueStatement
from slas.models import FactKind
from tests import factories
from tests.catalog import factories as catalog
from tests.slas import factories as slas

WEEK = "hour, Mon, Tue, Wed, Thu, Fri, Sat, Sun\n5, 410, 420, 430, 440, 450, 100, 0\n6;540;540;540;540;540;120;0"
IMPACT = {"unit_words": "orders", "low": "15", "high": "20", "worth": "214.00", "week": WEEK}
IMPACT_PAGE = "/t/larkmoor/services/ordering/impact/"
SAY = f"{IMPACT_PAGE}units/orders/"
VALUE = "/t/larkmoor/goals/online/value/"
SHIFTED = {
    "kind": "shifted_units", "cause_words": "Re-order lists", "result_words": "order-desk time freed",
    "unit_words": "orders", "grade": "B", "baseline_month": "2026-04", "low_rate": "4", "high_rate": "5.5",
}  # fmt: skip


@pytest.fixture
def unit(in_tenant):
    return factories.make_unit(slug="orders", name="Customer Orders")


@pytest.fixture
def service(in_tenant):
    return catalog.make_service(slug="ordering", name="Customer ordering")


@pytest.fixture
def goal(unit):
    return catalog.make_goal(slug="online", short_name="68 % online", business_unit=unit)


@pytest.fixture
def counted(in_tenant):
    return slas.make_measure(FactKind.VOLUMES, slug="online-orders", name="Orders taken online")


@pytest.fixture
def people(member, unit):
    """Everybody who may come to these pages, by what they are."""
    return {
        "head": member(Role.BUSINESS_UNIT_HEAD, units=[unit], user=factories.make_user(name="Ines Calder")),
        "member": member(Role.BUSINESS_MEMBER, units=[unit]),
        "owner": member(Role.SERVICE_OWNER),
        "auditor": member(Role.AUDITOR),
        "outsider": member(Role.BUSINESS_UNIT_HEAD, units=[factories.make_unit()]),
    }


@pytest.fixture
def stranger(other_tenant):
    with tenant_scope(other_tenant.pk):
        return factories.make_member(role=Role.SERVICE_LEVEL_MANAGER)


def test_the_business_says_what_an_hour_costs_and_everybody_reads_who_said_it(service, people, client_of):
    client = client_of(people["head"])

    assert client.post(SAY, IMPACT).headers["Location"] == IMPACT_PAGE

    profile = ImpactProfile.objects.get()
    assert (profile.lost_share_low, profile.lost_share_high) == (Decimal("0.15"), Decimal("0.20"))
    assert (profile.unit_value_minor, profile.confirmed_by) == (21400, people["head"])
    assert ImpactHour.objects.count() == 12  # hours with nothing are not kept
    assert ImpactHour.objects.get(weekday=5, hour=6).units == 120
    assert AuditEntry.objects.filter(act="impact.said").count() == 1
    page = client_of(people["owner"]).get(IMPACT_PAGE).content.decode()
    for words in ("Ines Calder", "15 to 20 % of the orders hit", "£214", "05:00", "Ask the business"):
        assert words in page.replace("\u00a0", " ")
    assert IMPACT_PAGE in client.get("/t/larkmoor/services/ordering/").content.decode()


def test_said_again_on_a_day_it_takes_the_place_of_what_was_said(service, people, client_of):
    client = client_of(people["member"])
    client.post(SAY, IMPACT)
    form = client.get(SAY).context["form"]
    assert "6, 540, 540, 540, 540, 540, 120, 0" in form["week"].value()

    client.post(SAY, IMPACT | {"week": "9, 1, 1, 1, 1, 1, 0, 0"})

    assert ImpactProfile.objects.count() == 1
    assert set(ImpactHour.objects.values_list("hour", flat=True)) == {9}


def test_said_on_another_day_the_older_word_stays_and_the_newest_is_shown(service, people, client_of):
    client = client_of(people["head"])
    client.post(SAY, IMPACT)
    ImpactProfile.objects.update(confirmed_on=date(2026, 6, 15))

    client.post(SAY, IMPACT | {"worth": "300.00", "week": "9, 777, 1, 1, 1, 1, 0, 0"})

    assert list(ImpactProfile.objects.order_by("confirmed_on").values_list("unit_value_minor", flat=True)) == [
        21400,
        30000,
    ]
    shown = client.get(IMPACT_PAGE).content.decode()
    assert ("£300" in shown, "£214" in shown) == (True, False)
    assert client.get(SAY).context["form"]["worth"].value() == Decimal(300)
    about = client.get("/t/larkmoor/services/ordering/").content.decode().replace("\u00a0", " ")
    assert ("costs 777 orders" in about, "costs 540" in about) == (True, False)


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"week": "25, 1, 1, 1, 1, 1, 1, 1"}, "week", "Line 1: write an hour from 0 to 23"),
        ({"week": "hour\n9, 1, 1"}, "week", "Line 2: write an hour"),
        ({"week": "9, 1, 1, 1, 1, 1, 1, -4"}, "week", "Line 1: write an hour"),
        ({"week": "9, 1, 1, 1, 1, 1, 1, 99999999999"}, "week", "Line 1: write an hour"),
        ({"week": "9,1,1,1,1,1,1,1\n09:00,1,1,1,1,1,1,1"}, "week", "Line 2: the hour 9 is there twice"),
        ({"week": "9, 0, 0, 0, 0, 0, 0, 0"}, "week", "at least one hour"),
        ({"low": "30"}, "high", "cannot be below"),
        ({"high": "120"}, "high", "100"),
        ({"worth": "-1"}, "worth", "0"),
    ],
)
def test_a_wrong_profile_is_refused_with_where_and_what(service, people, client_of, wrong, field, said):
    answer = client_of(people["head"]).post(SAY, IMPACT | wrong)

    assert answer.status_code == 422
    assert said in str(answer.context["form"].errors[field])
    assert not ImpactProfile.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("owner", 403), ("auditor", 403), ("outsider", 404)])
def test_only_the_unit_itself_says_what_an_hour_costs_it(service, people, client_of, who, status):
    assert client_of(people[who]).post(SAY, IMPACT).status_code == status
    assert not ImpactProfile.objects.exists()


def test_another_unit_and_another_tenant_do_not_read_it(stranger, service, people, client_of):
    client_of(people["head"]).post(SAY, IMPACT)

    assert "Ines Calder" not in client_of(people["outsider"]).get(IMPACT_PAGE).content.decode()
    for page in (IMPACT_PAGE, SAY, VALUE):
        assert client_of(stranger).get(page).status_code == 404


def test_a_goal_is_followed_by_a_count_that_it_chooses(goal, counted, people, client_of):
    slas.add_volume(counted, date(2026, 9, 1), 100, 60)
    client = client_of(people["owner"])
    assert "/goals/online/measure/" in client.get("/t/larkmoor/goals/online/progress/").content.decode()

    client.post("/t/larkmoor/goals/online/measure/", {"measure": counted.pk, "baseline_month": "2026-04"})

    followed = GoalMeasure.objects.get()
    assert (followed.measure, followed.baseline_month) == (counted, date(2026, 4, 1))
    assert client_of(people["head"]).get("/t/larkmoor/goals/online/measure/").status_code == 403


def test_it_states_a_value_and_the_head_confirms_it(goal, counted, people, client_of):
    it, head = client_of(people["owner"]), client_of(people["head"])

    it.post(f"{VALUE}new/", SHIFTED | {"business_unit": goal.business_unit_id, "measure": counted.pk})
    statement = ValueStatement.objects.get()
    assert (statement.grade, statement.confirmed_by_words, statement.goal) == ("B", "", goal)
    head.post(f"{VALUE}{statement.pk}/confirm/")

    statement.refresh_from_db()
    assert (statement.grade, statement.confirmed_by_words) == ("A", "Ines Calder")
    assert "Confirmed by the business: Ines Calder" in it.get(VALUE).content.decode()
    again = head.post(f"{VALUE}{statement.pk}/confirm/", follow=True)
    assert "Ines Calder confirmed this already." in again.content.decode()


def test_what_is_changed_after_the_confirmation_is_not_confirmed(goal, counted, people, client_of):
    sent = SHIFTED | {"business_unit": goal.business_unit_id, "measure": counted.pk}
    client_of(people["owner"]).post(f"{VALUE}new/", sent)
    statement = ValueStatement.objects.get()
    client_of(people["head"]).post(f"{VALUE}{statement.pk}/confirm/")

    client_of(people["owner"]).post(f"{VALUE}{statement.pk}/", sent | {"high_rate": "9"})

    statement.refresh_from_db()
    assert (statement.grade, statement.confirmed_by_words, statement.high_rate) == ("B", "", Decimal(9))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        pytest.param({"measure": ""}, "also needs: what is counted", id="nothing counted"),
        pytest.param({"baseline_month": ""}, "also needs: the month before it began", id="no beginning"),
        pytest.param({"kind": "fewer_units"}, "also needs: the improvement", id="no cause"),
        pytest.param({"kind": "lost_units"}, "also needs: the promise", id="no promise"),
        pytest.param({"high_rate": "1"}, "cannot be below", id="range turned round"),
        pytest.param({"grade": "A"}, "A is not one of the available choices", id="confirmed by IT itself"),
    ],
)
def test_a_statement_that_cannot_be_computed_is_refused(goal, counted, people, client_of, wrong, said):
    sent = SHIFTED | {"business_unit": goal.business_unit_id, "measure": counted.pk} | wrong

    answer = client_of(people["owner"]).post(f"{VALUE}new/", sent)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ValueStatement.objects.exists()


def test_a_loss_needs_the_figures_of_the_business(goal, service, people, client_of):
    target = slas.make_target(unit=goal.business_unit, service=service)
    sent = SHIFTED | {"kind": "lost_units", "business_unit": goal.business_unit_id, "target": target.pk}
    it = client_of(people["owner"])

    refused = it.post(f"{VALUE}new/", sent)
    assert refused.status_code == 422
    assert "Customer Orders has not said yet what an hour" in refused.content.decode()

    client_of(people["head"]).post(SAY, IMPACT)
    it.post(f"{VALUE}new/", sent)
    assert ValueStatement.objects.get().target == target


def test_what_a_unit_lost_is_told_from_a_promise_made_to_it(goal, service, people, client_of):
    client_of(people["head"]).post(SAY, IMPACT)
    other = slas.make_target(unit=factories.make_unit(), service=service, name="Phones work")
    sent = SHIFTED | {"kind": "lost_units", "business_unit": goal.business_unit_id, "target": other.pk}

    answer = client_of(people["owner"]).post(f"{VALUE}new/", sent)

    assert answer.status_code == 422
    assert "“Phones work” was not promised to Customer Orders." in answer.content.decode()
    assert not ValueStatement.objects.exists()


@pytest.mark.parametrize(
    ("who", "state", "confirm"),
    [("owner", 302, 403), ("head", 403, 302), ("member", 403, 403), ("auditor", 403, 403), ("outsider", 404, 404)],
)
def test_it_states_and_the_head_confirms(goal, counted, people, client_of, who, state, confirm):
    sent = SHIFTED | {"business_unit": goal.business_unit_id, "measure": counted.pk}
    client_of(people["owner"]).post(f"{VALUE}new/", sent)
    statement = ValueStatement.objects.get()
    client = client_of(people[who])

    assert client.post(f"{VALUE}{statement.pk}/", sent).status_code == state
    assert client.post(f"{VALUE}{statement.pk}/confirm/").status_code == confirm


def test_the_database_keeps_no_range_turned_round(goal, counted, people, client_of):
    client_of(people["owner"]).post(
        f"{VALUE}new/", SHIFTED | {"business_unit": goal.business_unit_id, "measure": counted.pk}
    )

    with pytest.raises(IntegrityError, match="value_rates_in_order"), transaction.atomic():
        ValueStatement.objects.update(low_rate=6)
