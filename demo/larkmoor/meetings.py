"""What Larkmoor's people say beside a review: the meeting, one question after it, a complaint and a compliment."""

from datetime import timedelta

from catalog.models import Service
from demo.larkmoor.talk import Story
from portal.conversations.models import Level
from reporting.actions.channels import accept_channel, propose_channel
from reporting.actions.feedback import answer_feedback, raise_feedback, settle_feedback
from reporting.actions.meetings import confirm_minutes, plan_meeting, raise_topic, write_decision, write_minutes
from reporting.actions.pulses import answer_pulse, ask_after_review
from reporting.models import Edition, FeedbackKind, Rhythm, ServiceReview


def hold_meeting(story: Story, edition: Edition) -> None:
    """The meeting about an earlier review: invited to, held, written down by IT, and confirmed by the unit."""
    review, pavel, ines = edition.review, story.member("Pavel Orsin"), story.member("Ines Calder")
    begins = edition.issued_at + timedelta(days=2)
    plan_meeting(review=review, meeting_at=begins, minutes=45, by=pavel, now=edition.issued_at)
    after = begins + timedelta(hours=2)
    write_decision(
        review=review, text="Each stop of ordering is told to the order desk by phone within ten minutes", by=pavel,
        now=after,
    )  # fmt: skip
    minutes = write_minutes(
        text="Both sides went through the stops of ordering. The desk heard of two of them from customers first.",
        present="Ines Calder, Rowan Tessaly, Pavel Orsin, Maia Lindqvar",
        review=review,
        by=pavel,
        now=after,
    )
    confirm_minutes(review=review, by=ines, read=minutes.written_at.isoformat(), now=begins + timedelta(days=1))


def raise_topics(story: Story, review: ServiceReview) -> None:
    """What each side puts on the agenda of the meeting to come."""
    for text, name, day, clock in (
        ("Who tells the large chains when ordering stops?", "Rowan Tessaly", 7, "10:20"),
        ("The paper for a phone app: who of the desk reads it?", "Pavel Orsin", 8, "15:00"),
    ):
        raise_topic(review=review, text=text, by=story.member(name), now=story.when(day, clock))


def ask_how_it_was(story: Story, edition: Edition) -> None:
    """One question after an earlier review. Only two were asked, so that nothing is shown of what they answered."""
    asked_at = edition.issued_at + timedelta(days=5)
    pulse = ask_after_review(
        review=edition.review, question="Did the review tell you what matters to you?", days=10,
        by=story.member("Pavel Orsin"), now=asked_at,
    )  # fmt: skip
    for name, score in (("Ines Calder", 4), ("Rowan Tessaly", 5)):
        answer_pulse(pulse=pulse, by=story.member(name), score=score, words="", now=asked_at + timedelta(days=1))


def complain_and_praise(story: Story) -> None:
    """A complaint that is settled, and a compliment that reached the owner of the service."""
    rowan, ines, maia = (story.member(name) for name in ("Rowan Tessaly", "Ines Calder", "Maia Lindqvar"))
    unit, service = story.unit("customer-orders"), Service.objects.get(slug="customer-ordering")
    complaint = raise_feedback(
        kind=FeedbackKind.COMPLAINT, title="The order page was changed without a word", by=rowan,
        now=story.when(2, "08:10"), text="A field was gone in the morning. The desk had to find out alone.",
        business_unit=unit, service=service,
    )  # fmt: skip
    answered = answer_feedback(
        feedback=complaint, by=maia, now=story.when(3, "09:00"),
        text="You should have known. From now on the desk sees each change of the page two days before.",
    )  # fmt: skip
    settle_feedback(feedback=answered, by=rowan, is_settled=True, text="", now=story.when(4, "08:00"))
    praise = raise_feedback(
        kind=FeedbackKind.COMPLIMENT, title="Help within minutes on a Sunday", by=ines, now=story.when(4, "10:00"),
        text="The night team had orders running again before the first customer called.",
        business_unit=unit, service=service,
    )  # fmt: skip
    answer_feedback(feedback=praise, by=maia, now=story.when(4, "14:00"), text="Thank you. The team has read it.")


def agree_how_to_talk(story: Story) -> None:
    """A rhythm and a promised answer for each level, and who speaks."""
    for level, rhythm, days, business, it in (
        (Level.OPERATIONAL, Rhythm.WEEK, 2, "Rowan Tessaly", "Maia Lindqvar"),
        (Level.TACTICAL, Rhythm.MONTH, 5, "Ines Calder", "Pavel Orsin"),
        (Level.STRATEGIC, Rhythm.QUARTER, 10, "Ines Calder", "Pavel Orsin"),
    ):
        unit = story.unit("customer-orders")
        proposal = propose_channel(
            unit=unit, level=level, rhythm_days=rhythm, answer_working_days=days, for_business=story.member(business),
            for_it=story.member(it), by=story.member("Pavel Orsin"), now=story.when(1, "09:00"),
        )  # fmt: skip
        accept_channel(
            unit=unit, level=level, read=proposal.set_at.isoformat(), by=story.member("Ines Calder"),
            now=story.when(1, "10:00"),
        )  # fmt: skip
