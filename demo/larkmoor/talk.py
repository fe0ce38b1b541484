"""What people at Larkmoor said and owe each other around the month under review."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from demo.larkmoor.months import DemoMonths, at, on_day
from portal.accounts.models import BusinessUnit, Membership
from portal.conversations.actions import add_comment, start_conversation
from portal.conversations.models import Level
from reporting.actions.answers import acknowledge_review, comment_on_anchor, reply_in_thread
from reporting.actions.disputes import answer_dispute, dispute_figure
from reporting.actions.follow_ups import add_follow_up, ask_for_context
from reporting.models import Edition, ServiceReview
from slas.models import ServiceLevelTarget, TargetProposal


@dataclass(frozen=True, slots=True)
class Story:
    """Who is there, which month it is about, and what time it is now."""

    months: DemoMonths
    now: datetime

    def when(self, day: int, clock: str) -> datetime:
        """A day of the running month, but never later than now: the story keeps its order on each day it is told."""
        return min(at(on_day(self.months.running, day), clock), self.now - timedelta(minutes=60 - 2 * day))

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
        ("Send next year’s promotion calendar", "Rowan Tessaly", _thirtieth(month), ""),
        ("Test ordering with twice the usual load", "Maia Lindqvar", on_day(running, 27), "On the way"),
    ):  # fmt: skip
        add_follow_up(
            review=review, text=text, owner=story.member(owner), due_on=due_on, by=pavel, now=written, state_words=state
        )


def _thirtieth(month: date) -> date:
    return on_day(month, 30) if month.month != 2 else on_day(month, 28)


def talk_about_review(story: Story, edition: Edition) -> None:
    """A question, a comment with its answer, and a dispute that IT agrees with."""
    ines, rowan = story.member("Ines Calder"), story.member("Rowan Tessaly")
    maia, dele = story.member("Maia Lindqvar"), story.member("Dele Amundi")
    figures = {figure.anchor: figure for figure in edition.figures.all()}
    month = story.months.reviewed
    nineteenth = on_day(month, 19)
    dispute = dispute_figure(
        figure=figures["phones.result"], by=ines, now=story.when(6, "15:20"),
        reason=f"On {nineteenth.day} {nineteenth:%B} calls dropped from 09:10 to 09:41. That is not in your figure.",
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
        text="Agreed. From December the backup starts at 22:30, after your hours.",
    )  # fmt: skip
    answer_dispute(
        dispute=dispute, by=dele, is_agreed=True, now=story.when(9, "17:00"),
        text="You are right. The line was up, but calls were cut. We propose to count all 31 minutes: 99.7 %, missed.",
    )  # fmt: skip


def acknowledge_finance(story: Story, edition: Edition) -> None:
    """The head of Finance has read the review and accepts it."""
    acknowledge_review(edition=edition, by=story.member("Sunniva Hale"), now=story.when(9, "10:00"))


def start_talks(story: Story) -> None:
    """Conversations at three levels, a question to the business, and a proposal for the trial promise."""
    unit = story.unit("customer-orders")
    pavel, maia, rowan, ines = (
        story.member(n) for n in ("Pavel Orsin", "Maia Lindqvar", "Rowan Tessaly", "Ines Calder")
    )
    start_conversation(
        business_unit=unit, subject="Ordering by phone app in 2027?", level=Level.STRATEGIC, by=pavel,
        now=story.when(2, "10:00"), text="The paper for the January vote is ready to read.",
    )  # fmt: skip
    start_conversation(
        business_unit=unit, subject="Fridays are changing", level=Level.TACTICAL, by=rowan,
        now=story.when(5, "14:00"), text="Two large chains now order on Friday evening, not Monday.",
    )  # fmt: skip
    storage = start_conversation(
        business_unit=unit, subject=f"Why did orders stop on 6 {story.months.reviewed:%B}?", level=Level.OPERATIONAL,
        by=ines, now=story.when(8, "09:00"), text="What stopped the orders, and can it happen again?",
    )  # fmt: skip
    add_comment(
        conversation=storage, by=maia, now=story.when(9, "15:00"),
        text="The storage is now four times larger and warns us at 70 %.",
    )  # fmt: skip
    ask_for_context(
        business_unit=unit, title="Christmas peak", by=pavel, now=story.when(6, "11:00"),
        question="IT asks how many orders an hour you expect from 7 December.",
        purpose="so that capacity can be ordered", due_on=on_day(story.months.running, 16),
    )  # fmt: skip
    target = ServiceLevelTarget.objects.get(slug="track")
    TargetProposal.objects.create(
        target=target, threshold="99.5", proposed_by=pavel, proposed_at=story.when(6, "12:00"),
        answer_due_on=on_day(story.months.running, 20),
        reason="Measured for twelve months; May was the only month below it.",
    )  # fmt: skip
