"""What Larkmoor's units asked for, what became of it, and where their goals go."""

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Sum

from catalog.actions.goals import GoalDetails, create_goal, edit_goal
from catalog.actions.needs import answer_due_on
from catalog.models import BusinessGoal, Need, NeedOutcome
from demo.larkmoor.agreements import Made
from demo.larkmoor.months import DemoMonths, at, on_day
from slas.models import Volume

# unit, who, day of the month under review, what, what became of it, the answer; the service that was proposed
NEEDS = (
    ("customer-orders", "Ines Calder", 5, "Customers ask to order from their phones, from the lorry or the kitchen.",
     NeedOutcome.PROPOSED, "Mobile ordering is proposed; the paper for the vote comes before Christmas.",
     "mobile-ordering"),
    ("finance", "Sunniva Hale", 8, "The ledger should be open until 22:00 in the last three days of a month.",
     NeedOutcome.ANSWERED, "It is, from next month on; the backup was moved to 23:00.", None),
    ("transport", "Abena Thorley", 14, "Trips should be recorded without a handheld, on drivers’ own phones.",
     NeedOutcome.DECLINED, "Own phones cannot be locked when they are lost. Handhelds are replaced in spring.", None),
)  # fmt: skip


def tell_needs(made: Made, months: DemoMonths) -> None:
    """Three needs of the month under review, each answered in its days; who was told of them has read it by now."""
    for unit, who, day, text, outcome, answer, service in NEEDS:
        raised_at = at(on_day(months.reviewed, day), "10:00")
        Need.objects.create(
            business_unit=made.units[unit], text=text, raised_by=made.members[who], raised_at=raised_at,
            answer_due_on=answer_due_on(raised_on=raised_at.date()), answer=answer, outcome=outcome,
            answered_by=made.members["Pavel Orsin"], answered_at=raised_at + timedelta(days=2),
            proposal=made.services[service] if service else None,
        )  # fmt: skip


def measure_goals(made: Made, months: DemoMonths, goals: dict[str, BusinessGoal]) -> None:
    """Taking orders online goes from what it was before the change to what its name says, as part of a larger goal."""
    goal = goals["orders-online"]
    larger = create_goal(
        details=GoalDetails(
            "Take a tenth more orders with the same order desk", "More orders, same desk", goal.business_unit,
            goal.owner,
            position=9, measured_as="Orders of a month for each person of the order desk",
        )
    )  # fmt: skip
    edit_goal(
        goal=goal,
        details=GoalDetails(
            goal.name, goal.short_name, goal.business_unit, goal.owner, goal.due_on, goal.position, larger,
            "Orders that come in online, of all orders of a month", "%",
            start_value=_share(made, months.complete[-7]), target_value=Decimal(68),
        ),
    )  # fmt: skip


def _share(made: Made, month: date) -> Decimal:
    counted = Volume.objects.filter(measure_id=made.measures["online-orders"].pk, on__year=month.year)
    sums = counted.filter(on__month=month.month).aggregate(met=Sum("met"), total=Sum("total"))
    return round(Decimal(sums["met"]) * 100 / sums["total"], 1)
