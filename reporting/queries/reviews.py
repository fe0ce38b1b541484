"""Reviews, editions and figures: what a reader may see. A draft is invisible to the business."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from portal.accounts.models import BUSINESS_ROLES, BusinessUnit, Membership
from portal.accounts.policies import can
from portal.accounts.queries import list_visible_units, units_in_use
from portal.conversations.models import Comment
from portal.language import dates
from reporting.models import (
    PUBLISHED,
    ContextRequest,
    Dispute,
    Edition,
    Figure,
    FollowUp,
    ReviewParagraph,
    ReviewState,
    ReviewThread,
    ServiceReview,
    ThreadKind,
)
from slas.calculation.periods import add_months
from slas.models import AgreementKind
from slas.queries.as_others import small_inputs
from slas.queries.targets import JUDGED

ASKED = ("business_unit", "asked_by__user", "answered_by__user", "service", "process")
RELATED = ("business_unit", "report_agreement", "prepared_by__user", "tenant")


def list_reviews(*, reader: Membership) -> QuerySet[ServiceReview]:
    """The reviews that the reader may see, the latest month first."""
    reviews = ServiceReview.objects.filter(business_unit__in=list_visible_units(reader=reader)).select_related(*RELATED)
    if not can(reader, "review.prepare"):
        shown = (*PUBLISHED, ReviewState.CHECK) if can(reader, "review.check") else PUBLISHED
        reviews = reviews.filter(state__in=shown)
    return reviews.order_by("-month", "business_unit__name")


def get_review(*, reader: Membership, unit: str, month: str) -> ServiceReview:
    """One review by its unit and month (`2026-10`).

    Raises ServiceReview.DoesNotExist for those that the reader may not see.
    """
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise ServiceReview.DoesNotExist(month) from error
    return list_reviews(reader=reader).get(business_unit__slug=unit, month=first)


def latest_edition(*, review: ServiceReview) -> Edition | None:
    """The newest issued edition; None while the review is a draft."""
    return review.editions.select_related("issued_by__user").defer("page").order_by("-number").first()


def get_newest_edition(*, review: ServiceReview) -> Edition:
    """The newest edition of a review that the reader may see. Raises Edition.DoesNotExist while it is a draft."""
    edition = latest_edition(review=review)
    if edition is None:
        raise Edition.DoesNotExist(review)
    return edition


def get_edition(*, reader: Membership, unit: str, month: str, number: int) -> Edition:
    """One edition of a review that the reader may see.

    Raises ServiceReview.DoesNotExist or Edition.DoesNotExist.
    """
    review = get_review(reader=reader, unit=unit, month=month)
    editions = review.editions.select_related("issued_by__user", "review__business_unit").defer("page")
    return editions.get(number=number)


def visible_editions(*, reader: Membership) -> QuerySet[Edition]:
    """Editions of the reader's units."""
    units = list_visible_units(reader=reader)
    return Edition.objects.filter(review__business_unit__in=units).select_related("review__business_unit")


def get_figure(*, reader: Membership, figure_id: int) -> Figure:
    """The figure, if its reader may see the edition that shows it.

    Raises Figure.DoesNotExist for figures of other units or tenants: an outsider cannot tell them from missing ones.
    """
    related = ["edition__review__business_unit", "edition__review__tenant", "target__agreement", "target__measure"]
    related += [f"attainment__target__{name}" for name in ("agreement", "measure", "service_hours")]
    figures = Figure.objects.filter(edition__review__business_unit__in=list_visible_units(reader=reader))
    read = figures.select_related(*related).defer("attainment__inputs")
    return read.annotate(inputs_at_once=small_inputs("attainment__")).get(pk=figure_id)


def get_paragraph(*, reader: Membership, paragraph_id: int) -> ReviewParagraph:
    """A sentence of a working review. Raises ReviewParagraph.DoesNotExist for readers who prepare no reviews."""
    paragraphs = ReviewParagraph.objects.filter(review__in=list_reviews(reader=reader))
    if not can(reader, "review.prepare"):
        paragraphs = paragraphs.none()
    return paragraphs.select_related("review__business_unit", "review__report_agreement").get(pk=paragraph_id)


def get_thread(*, reader: Membership, thread_id: int) -> ReviewThread:
    """A thread at a review that the reader may see. Raises ReviewThread.DoesNotExist."""
    threads = ReviewThread.objects.filter(edition__in=visible_editions(reader=reader))
    return threads.select_related("conversation", "edition__review__business_unit").get(pk=thread_id)


def is_unanswered() -> Q:
    """The condition that a thread is a question to which nobody of IT has said anything since it was asked."""
    of_thread = Comment.objects.filter(conversation=OuterRef("conversation"))
    first = of_thread.order_by("written_at", "pk").values("pk")[:1]
    by_it = of_thread.exclude(Q(author__role__in=BUSINESS_ROLES) | Q(pk=Subquery(first)))
    return Q(kind=ThreadKind.QUESTION) & ~Q(Exists(by_it))


def count_open(*, review: ServiceReview) -> int:
    """How many disputes and questions about a review are not settled and not answered."""
    disputes = Dispute.objects.filter(figure__edition__review=review, settled_at=None).count()
    return disputes + ReviewThread.objects.filter(is_unanswered(), edition__review=review).count()


def is_window_over(*, review: ServiceReview, now: datetime) -> bool:
    """Whether the days for new comments and questions about a review have passed; without an agreed window never."""
    until = review.comments_end_on
    return until is not None and dates.local(now, review.tenant.time_zone).date() > until


def list_signed(*, limit: int) -> QuerySet[ServiceReview]:
    """The reviews that were signed and not closed yet, the oldest first."""
    signed = (ReviewState.SIGNED, ReviewState.RESERVED)
    return ServiceReview.objects.filter(state__in=signed).select_related("tenant").order_by("month", "pk")[:limit]


def first_comment(*, thread: ReviewThread) -> Comment:
    """What the thread began with."""
    return thread.conversation.comments.order_by("written_at", "pk")[0]


def find_dispute(*, thread: ReviewThread) -> Dispute | None:
    """The dispute that the thread is about, the newest of several; None for questions and comments."""
    return thread.disputes.order_by("-pk").first()


def get_dispute(*, reader: Membership, dispute_id: int) -> Dispute:
    """A dispute at a review that the reader may see. Raises Dispute.DoesNotExist."""
    disputes = Dispute.objects.filter(figure__edition__in=visible_editions(reader=reader))
    return disputes.select_related("figure", "thread__edition__review__business_unit").get(pk=dispute_id)


def get_follow_up(*, reader: Membership, follow_up_id: int) -> FollowUp:
    """A follow-up of a review that the reader may see. Raises FollowUp.DoesNotExist."""
    rows = FollowUp.objects.filter(review__in=list_reviews(reader=reader))
    return rows.select_related("review__business_unit", "owner__user").get(pk=follow_up_id)


def get_context_request(*, reader: Membership, request_id: int) -> ContextRequest:
    """What IT asked of one of the reader's units. Raises ContextRequest.DoesNotExist."""
    requests = ContextRequest.objects.filter(business_unit__in=list_visible_units(reader=reader))
    return requests.select_related(*ASKED).get(pk=request_id)


def list_newest_of(*, months: Iterable[date], units: Iterable[BusinessUnit] = ()) -> QuerySet[Edition]:
    """The newest edition of each review of these months, of these units or of all, without its page: there may be
    hundreds. Whoever calls has authorised.
    """
    newest = Edition.objects.filter(review=OuterRef("review")).order_by("-number").values("number")[:1]
    editions = Edition.objects.filter(review__month__in=list(months), number=Subquery(newest))
    wanted = list(units)
    editions = editions.filter(review__business_unit__in=wanted) if wanted else editions
    editions = editions.select_related("review__business_unit").defer("page")
    return editions.order_by("review__business_unit__name", "review__month")


def list_issued_months() -> list[date]:
    """The months of which any review was issued, the latest first."""
    return list(Edition.objects.values_list("review__month", flat=True).order_by("-review__month").distinct())


def list_issued_units() -> QuerySet[BusinessUnit]:
    """The units to which any review was issued, by name."""
    return BusinessUnit.objects.filter(Exists(Edition.objects.filter(review__business_unit=OuterRef("pk")))).order_by(
        "name"
    )


def list_due_units(*, month: date) -> QuerySet[BusinessUnit]:
    """Units with an agreement in force in the month whose review was not drafted yet."""
    drafted = ServiceReview.objects.filter(month=month).values("business_unit")
    return _units_with_promises(month).exclude(pk__in=drafted).order_by("slug").distinct()


def why_no_draft(*, unit: BusinessUnit, month: date, today: date) -> str:
    """Why a unit's review of a month cannot be drafted, in a sentence; empty when it can."""
    name = dates.month_year(month)
    if month > today:
        return _("%(month)s has not begun. Choose a month that has.") % {"month": name}
    review = ServiceReview.objects.filter(business_unit=unit, month=month, issued_at__isnull=False).first()
    if review is not None:
        return _("This review was issued already. Correct it with a new edition and a reason.")
    if not _units_with_promises(month).filter(pk=unit.pk).exists():
        said = {"unit": unit.name, "month": name}
        return _("Nothing was promised to %(unit)s in %(month)s. Choose a month with an agreement in force.") % said
    return ""


def _units_with_promises(month: date) -> QuerySet[BusinessUnit]:
    goes_on = Q(parties__agreements_as_customer__ends_on__isnull=True)
    return units_in_use(on=month).filter(
        goes_on | Q(parties__agreements_as_customer__ends_on__gt=month),
        parties__agreements_as_customer__kind=AgreementKind.SLA,
        parties__agreements_as_customer__state__in=JUDGED,
        parties__agreements_as_customer__starts_on__lt=add_months(month, 1),
    )


def list_owners(*, unit: BusinessUnit) -> QuerySet[Membership]:
    """Who can take on a follow-up of a unit's review: its own people, and everybody of IT."""
    of_unit = Q(unit_links__business_unit=unit)
    members = Membership.objects.filter(of_unit | ~Q(role__in=BUSINESS_ROLES), is_active=True).select_related("user")
    return members.order_by("user__name", "pk").distinct()
