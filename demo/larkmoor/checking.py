"""How reviews of Larkmoor come: what a second person says first, what is issued by itself, and mail once a day."""

from dataclasses import replace

from demo.larkmoor.talk import Story
from portal.conversations.actions import choose_mail
from portal.conversations.models import NoticeKind, Rhythm
from reporting.actions.checks import ask_for_check, return_check
from reporting.actions.layouts import accept_layout, propose_layout
from reporting.layout import STANDARD
from reporting.models import ServiceReview

BREAKFAST, EVENING, MORNING = 7, 19, 6  # hours of the day


def send_back(story: Story) -> None:
    """The draft for Depots and Delivery was read by a second person, who found what must be better first."""
    review = ServiceReview.objects.get(month=story.months.reviewed, business_unit__slug="depots-and-delivery")
    ask_for_check(review=review, by=story.member("Pavel Orsin"), now=story.when(6, "11:00"))
    return_check(
        review=review, by=story.member("Tam Redfern"), now=story.when(6, "15:00"),
        note="Say which night the picking lists came late. The depots count by it.",
    )  # fmt: skip


def agree_on_delivery(story: Story) -> None:
    """From the next month on, Finance has its reviews on the agreed day, read by a second person of IT before."""
    layout = propose_layout(
        unit=story.unit("finance"), terms=replace(STANDARD, is_checked=True, issues_itself=True),
        reason="Finance closes its books on that day and reads the review with them.", by=story.member("Pavel Orsin"),
        now=story.when(8, "11:00"),
    )  # fmt: skip
    accept_layout(layout=layout, by=story.member("Sunniva Hale"), now=story.when(9, "10:20"))


def read_once_a_day(story: Story) -> None:
    """The order desk has no time for mail while orders come in: one mail before the day begins, none at night."""
    choose_mail(
        member=story.member("Rowan Tessaly"), rhythm=Rhythm.DAILY, digest_hour=BREAKFAST, quiet_from=EVENING,
        quiet_until=MORNING, time_zone="", kinds=NoticeKind.values, now=story.when(1, "09:30"),
    )  # fmt: skip
