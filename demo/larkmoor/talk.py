"""What people at Larkmoor said and owe each other around the month under review."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from catalog.models import BusinessProcess, Service
from demo.larkmoor.months import DemoMonths, at, on_day, spoken
from portal.accounts.models import BusinessUnit, Membership
from portal.conversations.actions import add_comment, start_conversation
from portal.conversations.models import Level
from portal.language import dates
from portal.language.facts import TimeFacts, read
from portal.language.numbers import and_list, bare_percent
from portal.language.phrases import STATUS_WORDS
from reporting.actions.answers import acknowledge_review, comment_on_anchor, reply_in_thread
from reporting.actions.disputes import answer_dispute, dispute_figure
from reporting.actions.follow_ups import add_follow_up, answer_context, ask_for_context
from reporting.models import ContextKind, Dispute, Edition, ServiceReview
from slas.actions.proposals import Wanted, decline_proposal, propose_target
from slas.models import ServiceLevelTarget, TargetKind

PROPOSED, DECLINED = Decimal("99.5"), Decimal("99.0")  # per cent, for the trial promise
CHRISTMAS = 12
DAYS = 31  # of the longest month
FIRST_DAYS = 9


@dataclass(frozen=True, slots=True)
class Story:
    """Who is there, which month it is about, and what time it is now."""

    months: DemoMonths
    now: datetime

    def when(self, day: int, clock: str) -> datetime:
        """A day of the running month, neither later than now nor before the month: the order is kept on any day."""
        passed = self.now - at(self.months.running, "00:00")
        ago = min(timedelta(minutes=60 - 2 * day), passed * (DAYS - day) / DAYS)
        return min(at(on_day(self.months.running, day), clock), self.now - ago)

    def lately(self, clock: str) -> datetime:
        """On the working day before today, so that nobody has waited long for an answer, however late in the month.

        What begins after the sixth of the month comes before it in its first days (`when`).
        """
        today = self.months.today
        if today.day <= FIRST_DAYS:
            return self.when(FIRST_DAYS, clock)
        ago = {0: 3, 6: 2}.get(today.weekday(), 1)  # on Monday and Sunday it was Friday
        return at(today - timedelta(days=ago), clock)

    def member(self, name: str) -> Membership:
        """A member by name."""
        return Membership.objects.select_related("user").get(user__name=name)

    def unit(self, slug: str) -> BusinessUnit:
        """A business unit by its address."""
        return BusinessUnit.objects.get(slug=slug)


def agree_follow_ups(story: Story, review: ServiceReview) -> None:
    """Three things that both sides owe each other; one of them is late."""
    month, running = story.months.reviewed, story.months.running
    pavel, written = story.member("Pavel Orsin"), story.when(5, "16:00")
    for text, owner, due_on, state in (
        ("Count dropped calls as phones not working, from next month", "Dele Amundi", on_day(running, 12),
         "To decide in the meeting"),
        ("Send next year’s promotion calendar", "Rowan Tessaly", on_day(month, 30), ""),
        ("Test ordering with twice the usual load", "Maia Lindqvar", on_day(running, 27), "On the way"),
    ):  # fmt: skip
        add_follow_up(
            review=review, text=text, owner=story.member(owner), due_on=due_on, by=pavel, now=written, state_words=state
        )


def talk_about_review(story: Story, edition: Edition) -> None:
    """A question, a comment with its answer, and a dispute that IT agrees with."""
    ines, rowan = story.member("Ines Calder"), story.member("Rowan Tessaly")
    maia, dele = story.member("Maia Lindqvar"), story.member("Dele Amundi")
    figures = {figure.anchor: figure for figure in edition.figures.all()}
    month = story.months.reviewed
    nineteenth, following = on_day(month, 19), story.months.running + relativedelta(months=1)
    dispute = dispute_figure(
        figure=figures["phones.result"], by=ines, now=story.when(6, "15:20"),
        reason=f"On {spoken(nineteenth)} calls dropped from 09:10 to 09:41. That is not in your figure.",
        claimed_from=at(nineteenth, "09:10"), claimed_until=at(nineteenth, "09:41"),
    )  # fmt: skip
    felt = comment_on_anchor(
        edition=edition, anchor="orders.experienced", by=rowan, now=story.when(7, "09:05"),
        text="This is the number our customers talk about. On the 28th people gave up and phoned.",
    )  # fmt: skip
    comment_on_anchor(
        edition=edition, anchor="orders.allowed", by=ines, now=story.when(9, "08:40"), is_question=True,
        text="An hour at 05:00 costs us ten times an hour at 21:00. Can the promise say that?",
    )  # fmt: skip
    reply_in_thread(
        thread=felt, by=maia, now=story.when(9, "11:10"),
        text=f"Agreed. From {dates.month_name(following)} the backup starts at 22:30, after your hours.",
    )  # fmt: skip
    answer_dispute(
        dispute=dispute, by=dele, is_agreed=True, now=story.when(9, "17:00"),
        text=f"You are right. The line was up, but calls were cut. We propose to count all {_claimed(dispute)}.",
    )  # fmt: skip


def _claimed(dispute: Dispute) -> str:
    """The claimed time and the figure with it, as the portal counts them."""
    result, from_at, until_at = dispute.claimed_result, dispute.claimed_from, dispute.claimed_until
    facts = read(TargetKind.AVAILABILITY, result) if result else None
    if not isinstance(facts, TimeFacts) or not result or not from_at or not until_at:
        raise ValueError("The story's dispute claims a time, but the portal counted none.")
    share = bare_percent((facts.counted - facts.lost) / facts.counted, 1)
    minutes = (until_at - from_at) // timedelta(minutes=1)
    return f"{minutes} minutes: {share} %, {STATUS_WORDS[result['status']].lower()}"


def acknowledge_finance(story: Story, edition: Edition) -> None:
    """The head of Finance has read the review and accepts it."""
    acknowledge_review(edition=edition, by=story.member("Sunniva Hale"), now=story.when(9, "10:00"))


def start_talks(story: Story) -> None:
    """Conversations at three levels, a question to the business, and a proposal for the trial promise."""
    unit = story.unit("customer-orders")
    pavel, maia, rowan, ines = (
        story.member(n) for n in ("Pavel Orsin", "Maia Lindqvar", "Rowan Tessaly", "Ines Calder")
    )
    following, vote = (story.months.running + relativedelta(months=later) for later in (1, 2))
    start_conversation(
        business_unit=unit, subject=f"Ordering by phone app in {vote.year}?", level=Level.STRATEGIC, by=pavel,
        now=story.when(2, "10:00"), text=f"The paper for the {dates.month_name(vote)} vote is ready to read.",
    )  # fmt: skip
    start_conversation(
        business_unit=unit, subject="Fridays are changing", level=Level.TACTICAL, by=rowan,
        now=story.when(5, "14:00"), text="Two large chains now order on Friday evening, not Monday.",
    )  # fmt: skip
    stop = on_day(story.months.reviewed, 6)
    storage = start_conversation(
        business_unit=unit, subject=f"Why did orders stop on {spoken(stop)}?", level=Level.OPERATIONAL, by=ines,
        now=story.when(8, "09:00"), text="What stopped the orders, and can it happen again?",
    )  # fmt: skip
    add_comment(
        conversation=storage, by=maia, now=story.when(9, "15:00"),
        text="The storage is now four times larger and warns us at 70 %.",
    )  # fmt: skip
    peak = "Christmas" if following.month == CHRISTMAS else dates.month_name(following)
    ask_for_context(
        business_unit=unit, title=f"{peak} peak", by=pavel, now=story.when(6, "11:00"),
        question=f"IT asks how many orders an hour you expect from {spoken(on_day(following, 7))}.",
        purpose="so that capacity can be ordered", due_on=on_day(story.months.running, 16),
        kind=ContextKind.PEAKS, service=Service.objects.get(slug="customer-ordering"),
        process=BusinessProcess.objects.get(slug="order-to-cash"),
    )  # fmt: skip
    _answer_about_owners(story, unit)
    end_trial(story)


def _answer_about_owners(story: Story, unit: BusinessUnit) -> None:
    """A question to the business that was answered in time."""
    pavel, rowan = story.member("Pavel Orsin"), story.member("Rowan Tessaly")
    told = ask_for_context(
        business_unit=unit, title="Who speaks for the order desk", by=pavel, now=story.when(2, "11:00"),
        question="Whom does IT call when orders stop before 06:00?", kind=ContextKind.OWNERS,
        purpose="so that the desk hears of it from us first", due_on=on_day(story.months.running, 9),
    )  # fmt: skip
    answer_context(
        request=told, by=rowan, now=story.when(4, "09:30"),
        answer="Rowan Tessaly from 05:00, before that whoever is on duty at the desk.",
    )  # fmt: skip


def end_trial(story: Story) -> None:
    """The trial of tracking is over: one level was declined in the month under review, another one waits."""
    pavel, ines, month = story.member("Pavel Orsin"), story.member("Ines Calder"), story.months.reviewed
    first, second = Wanted(on_day(month, 16), DECLINED), Wanted(on_day(story.months.running, 20), PROPOSED)
    target = ServiceLevelTarget.objects.get(slug="track")
    low = propose_target(
        target=target, wanted=first, by=pavel, now=at(on_day(month, 6), "10:00"),
        reason="What each month of the trial has kept.",
    )  # fmt: skip
    decline_proposal(
        proposal=low, by=ines, now=at(on_day(month, 9), "09:30"),
        answer="More than seven hours in a month is more than our customers bear.",
    )  # fmt: skip
    propose_target(
        target=target, wanted=second, by=pavel, now=story.when(2, "12:00"),
        reason=f"Measured for twelve months; {_below(story.months, target)}.",
    )  # fmt: skip


def _below(months: DemoMonths, target: ServiceLevelTarget) -> str:
    """Which of the measured months would have missed the proposed level."""
    missed = target.attainments.filter(period_start__in=months.complete, value__lt=PROPOSED)
    names = [dates.month_name(row.period_start) for row in missed.order_by("period_start")]
    if not names:
        return "no month was below it"
    return f"{names[0]} was the only month below it" if len(names) == 1 else f"{and_list(names)} were below it"
