"""The reviews of Larkmoor: drafted by workers, issued by the service level manager, talked about by everyone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from demo.larkmoor import checking, meetings, negotiation, talk
from demo.larkmoor.agreements import HEADS
from demo.larkmoor.credits import credit_reviewed_month
from demo.larkmoor.months import at, on_day
from demo.larkmoor.talk import Story
from demo.waiting import wait_for
from portal.jobs.models import Job, JobState
from portal.language.ways import GERMAN
from portal.tenancy.scope import Scope
from reporting.actions.answers import acknowledge_review
from reporting.actions.editions import issue_review, restate_review
from reporting.actions.layouts import accept_layout, propose_layout
from reporting.actions.meetings import plan_meeting
from reporting.layout import STANDARD
from reporting.models import Edition, ServiceReview
from reporting.tasks import queue_drafts, queue_edition_pdf
from slas.actions.batches import Arrival, count_rows
from slas.models import Measure, Origin, Outage
from slas.queries.rows import OutageRow

UNIT = "customer-orders"
ISSUED = ("customer-orders", "finance", "buying-and-supply")
DRAFTED = ("depots-and-delivery", "people")  # Transport's figures wait for its missing days
CUSTOMERS = replace(
    STANDARD, felt_by_words="your customers", audience="the heads of the order desk and of sales",
    comment_working_days=20, asks_after_review=True,
)  # fmt: skip
IN_GERMAN = replace(STANDARD, language=GERMAN)
GERMAN_UNIT = "transport"
# The second version of a report agreement, and why it changed.
SECOND = {
    UNIT: (CUSTOMERS, "Your customers feel it when ordering stops, and the page should say so."),
    GERMAN_UNIT: (IN_GERMAN, "Die Fahrer in Graz lesen den Bericht auf Deutsch."),
}
EARLIER = 2  # reviews of Customer Orders that were issued before
CORRECTION = timedelta(minutes=6)
CONSIDERED = timedelta(days=4)  # after which the head of the unit acknowledged an earlier review


def make_report_agreements(story: Story) -> None:
    """Each unit's layout, as both sides accepted it; some are at their second version."""
    for slug, head in HEADS.items():
        versions = [(STANDARD, ""), *([SECOND[slug]] if slug in SECOND else [])]
        for (terms, reason), month in zip(versions, (0, 4), strict=False):
            agreed_at = at(on_day(story.months.complete[month], 12), "11:00")
            layout = propose_layout(
                unit=story.unit(slug), terms=terms, reason=reason, by=story.member("Pavel Orsin"), now=agreed_at
            )
            accept_layout(layout=layout, by=story.member(head), now=agreed_at)


def make_reviews(scope: Scope, story: Story) -> None:
    """Earlier reviews with one correction, then those of the month under review with what was said about them."""
    earlier = story.months.complete[-1 - EARLIER : -1]
    for month in earlier:
        draft_by_workers(scope, month, [UNIT])
        with scope():
            _issue(story, month, UNIT)
    correct_late(scope, story, earlier[-1])
    review_in_german(scope, story, earlier[-1])
    with scope():
        for month in earlier:
            newest = Edition.objects.filter(review__month=month).order_by("-number")[0]
            acknowledge_review(edition=newest, by=story.member("Ines Calder"), now=newest.issued_at + CONSIDERED)
        meetings.hold_meeting(story, newest)
        meetings.ask_how_it_was(story, newest)
    month = story.months.reviewed
    draft_by_workers(scope, month, [*ISSUED, *DRAFTED])
    with scope():
        review = ServiceReview.objects.get(month=month, business_unit__slug=UNIT)
        talk.agree_follow_ups(story, review)
        plan_meeting(
            review=review, meeting_at=at(on_day(story.months.running, 12), "10:00"), minutes=45,
            by=story.member("Pavel Orsin"), now=story.when(5, "16:30"),
        )  # fmt: skip
        editions = {slug: _issue(story, month, slug) for slug in ISSUED}
        meetings.raise_topics(story, review)
        talk.talk_about_review(story, editions[UNIT])
        talk.acknowledge_finance(story, editions["finance"])
        talk.start_talks(story)
        meetings.complain_and_praise(story)
        meetings.agree_how_to_talk(story)
        checking.send_back(story)
        checking.agree_on_delivery(story)
        checking.read_once_a_day(story)
        negotiation.negotiate(story)
        credit_reviewed_month(story)


def review_in_german(scope: Scope, story: Story, month: date) -> None:
    """The unit whose report agreement says German has a review in it, signed by its head."""
    draft_by_workers(scope, month, [GERMAN_UNIT])
    with scope():
        edition = _issue(story, month, GERMAN_UNIT)
        acknowledge_review(edition=edition, by=story.member(HEADS[GERMAN_UNIT]), now=edition.issued_at + CONSIDERED)


def draft_by_workers(scope: Scope, month: date, slugs: Sequence[str]) -> None:
    """Have the workers draft these units' reviews of a month, and wait for them."""
    with scope():
        queue_drafts(month=month, slugs=list(slugs))
    drafted = {"month": month, "business_unit__slug__in": slugs, "drafted_at__isnull": False}
    wait_for(scope, lambda: len(slugs) - ServiceReview.objects.filter(**drafted).count(), "reviews")


def make_papers(scope: Scope, story: Story) -> None:
    """Have the workers make the PDFs of the reviewed month, and wait; an older month's is made when it is asked for."""
    with scope():
        of_month = Edition.objects.filter(review__month=story.months.reviewed)
        newest = of_month.order_by("review_id", "-number").distinct("review_id")
        jobs = [queue_edition_pdf(edition=edition, by=None, now=story.now).pk for edition in newest]
    wait_for(scope, lambda: len(jobs) - Job.objects.filter(pk__in=jobs, state=JobState.DONE).count(), "PDF files")


def correct_late(scope: Scope, story: Story, month: date) -> None:
    """One outage of an issued month turns out to have lasted longer: the figure is restated, with the reason."""
    with scope():
        measure = Measure.objects.get(slug="orders")
        started = Outage.objects.filter(measure_id=measure.pk, started_at__gte=at(month, "00:00"))
        outage = started.order_by("started_at")[0]
        row = OutageRow(
            outage.started_at, (outage.ended_at or story.now) + CORRECTION, what=outage.what, cause=outage.cause
        )
        arrival = Arrival(Origin.IMPORTED, story.member("Maia Lindqvar"), "", "The order log shows a later end.")
        count_rows(measure=measure, fact="outages", rows=[row], arrival=arrival, now=story.now)
        review = ServiceReview.objects.get(month=month, business_unit__slug=UNIT)
        restate_review(
            review=review, by=story.member("Pavel Orsin"), now=at(on_day(story.months.reviewed, 20), "11:00"),
            reason="One stop of ordering lasted six minutes longer than we had written down.",
        )  # fmt: skip


def _issue(story: Story, month: date, slug: str) -> Edition:
    review = ServiceReview.objects.get(month=month, business_unit__slug=slug)
    if month == story.months.reviewed:
        issued_at = story.when(6, "10:00")
    else:
        following = story.months.complete[story.months.complete.index(month) + 1]
        issued_at = at(on_day(following, 6), "10:00")
    ServiceReview.objects.filter(pk=review.pk).update(prepared_by=story.member("Pavel Orsin"))
    review.refresh_from_db()
    return issue_review(review=review, by=story.member("Pavel Orsin"), now=issued_at)
