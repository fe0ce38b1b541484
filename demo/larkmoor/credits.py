"""What missed promises are worth at Larkmoor, and what was credited for the month under review."""

from datetime import timedelta
from decimal import Decimal

from demo.larkmoor.agreements import Made
from demo.larkmoor.talk import Story
from slas.actions.credits import compute_credits, decide_credit, state_credit
from slas.models import CreditBand, CreditScheme, CreditState, CreditStatement

UNIT, TEAM = "customer-orders", "Storage team"
# agreement, scheme, promise, monthly fee, and each band from the best: from where, percent of the fee
SCHEMES = (
    (UNIT, "Credits for ordering", "orders", 4000, (("99", 5), ("97", 10), ("0", 25))),
    (TEAM, "Credits for storage", "order-storage", 900, (("99", 5), ("0", 15))),
)
APPROVED_AFTER, STATED_AFTER = timedelta(hours=4), timedelta(hours=6)


def make_schemes(made: Made) -> None:
    """Into the drafts, before both sides accept them."""
    for agreement, name, promise, fee, bands in SCHEMES:
        scheme = CreditScheme.objects.create(
            agreement=made.agreements[agreement], slug=name.lower().replace(" ", "-"), name=name,
            basis="share_of_fee", fee=Decimal(fee), currency="GBP", month_cap=Decimal(25), year_cap=Decimal(10),
            earn_back_months=3 if agreement == UNIT else None, excludes_unmet=agreement != UNIT,
            approver_role="service_level_manager",
        )  # fmt: skip
        target = made.targets[promise]
        high = None  # up to the promise
        for low, percent in bands:
            CreditBand.objects.create(
                scheme=scheme, target=target, low=Decimal(low), high=high, credit=Decimal(percent)
            )  # fmt: skip
            high = Decimal(low)


def credit_reviewed_month(story: Story) -> None:
    """What the month gives the business is approved and stated; what the team owes waits for a decision."""
    compute_credits(now=story.now)
    pavel, begun = story.member("Pavel Orsin"), story.when(9, "09:00")
    for statement in CreditStatement.objects.filter(
        scheme__agreement__slug=UNIT, month=story.months.reviewed, state=CreditState.PROPOSED
    ):
        approved = decide_credit(
            statement=statement,
            is_approved=True,
            reason="As agreed",
            read=statement.computed_at.isoformat(),
            by=pavel,
            now=begun + APPROVED_AFTER,
        )
        reference = f"CN-{story.months.reviewed:%Y-%m}"
        state_credit(statement=approved, reference=reference, by=pavel, now=begun + STATED_AFTER)
