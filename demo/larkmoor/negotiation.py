"""The next version of Customer Orders' agreement, as both sides talk about it: proposed, countered, partly agreed."""

from decimal import Decimal

from dateutil.relativedelta import relativedelta

from demo.larkmoor.talk import PROPOSED, Story
from slas.actions.agreement_states import propose_agreement
from slas.actions.agreements import revise_agreement
from slas.actions.clause_talks import talk_about_clause
from slas.actions.negotiation import accept_clause_proposal, propose_clause
from slas.models import Agreement
from slas.queries.clause_changes import proposed_fingerprint

ORDERS, CALENDAR, CREDITS = "target:orders", "duty:promotion-calendar", "credits:credits-for-ordering"
MONTHS_AHEAD = 2
MORNING = "An hour at 05:00 costs us ten times an hour at 21:00. A tenth of a percent less lost is what we can bear."
UNCLEAR = "92 % of cases. Other problems are handled promptly and where practicable on the same day"
SENT = "Send the promotion calendar of each quarter 30 calendar days before it starts"


def negotiate(story: Story) -> None:
    """IT proposes a version from the month after next on; the business counters three times, IT once."""
    manager, head = story.member("Pavel Orsin"), story.member("Ines Calder")
    offer = _propose(story)
    calendar = propose_clause(
        agreement=offer, key=CALENDAR, change="change", values={"text": SENT}, party=offer.provider, by=manager,
        reason="A calendar of the whole year came too late for the spring promotions.", now=story.lately("10:00"),
    )  # fmt: skip
    read = proposed_fingerprint(calendar)
    accept_clause_proposal(proposal=calendar, read=read, answer="", by=head, now=story.lately("12:00"))
    cap = propose_clause(
        agreement=offer, key=CREDITS, change="change", values={"month_cap": "30"}, party=offer.customer, by=head,
        reason="The worst month cost us more than a quarter of the fee.", now=story.lately("11:00"),
    )  # fmt: skip
    read = proposed_fingerprint(cap)
    accept_clause_proposal(proposal=cap, read=read, answer="", by=manager, now=story.lately("13:00"))
    propose_clause(
        agreement=offer, key=ORDERS, change="change", values=_share("99.8"), party=offer.customer, by=head,
        reason=MORNING, now=story.lately("14:00"),
    )  # fmt: skip
    propose_clause(
        agreement=offer, key=ORDERS, change="change", values=_share("99.6"), party=offer.provider, by=manager,
        reason="99.6 % now, and we talk again once the second order storage stands.", now=story.lately("16:00"),
    )  # fmt: skip
    talk_about_clause(
        agreement=offer, key=ORDERS, by=story.member("Rowan Tessaly"), now=story.lately("17:00"),
        text="The depots load from 04:30 on. What is lost before 06:00 cannot be made up by phone.",
    )  # fmt: skip


def _propose(story: Story) -> Agreement:
    """What IT drafted: a little more on orders, the level that ends a trial, and words that nobody can measure."""
    manager, starts_on = story.member("Pavel Orsin"), story.months.running + relativedelta(months=MONTHS_AHEAD)
    before = Agreement.objects.get(slug="customer-orders")
    draft = revise_agreement(agreement=before, starts_on=starts_on, by=manager, now=story.when(6, "10:00"))
    draft.targets.filter(slug="orders").update(
        threshold=Decimal("99.55"), sentence="99.55 % of 04:00 to 22:00, every day"
    )
    draft.targets.filter(slug="track").update(is_trial=False, threshold=PROPOSED, sentence="99.5 % of all hours")
    draft.targets.filter(slug="urgent").update(threshold=Decimal(92), sentence=UNCLEAR)
    return propose_agreement(agreement=draft, by=manager, now=story.lately("09:00"))


def _share(percent: str) -> dict[str, str]:
    return {"threshold": percent, "sentence": f"{percent} % of 04:00 to 22:00, every day"}
