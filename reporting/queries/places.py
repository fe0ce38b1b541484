"""What a talk is about, for its own page: the complaint, the review, or the service to which it belongs."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import Membership
from portal.conversations.models import Conversation
from reporting.models import Feedback, ReviewThread, ServiceThread


@dataclass(frozen=True, slots=True)
class Place:
    """Where a talk belongs and is answered."""

    words: str
    url: str
    is_answered_there: bool = False


def list_places(*, reader: Membership, conversation: Conversation) -> list[Place]:
    """Of a talk that the reader may see; a talk of its own has none."""
    slug = reader.tenant.slug
    found = []
    for said in Feedback.objects.filter(conversation=conversation).order_by("pk"):
        url = reverse("feedback_detail", kwargs={"tenant": slug, "feedback_id": said.pk})
        words = _("%(kind)s “%(title)s”") % {"kind": said.get_kind_display(), "title": said.title}
        found.append(Place(words, url, is_answered_there=True))
    threads = ReviewThread.objects.filter(conversation=conversation).select_related("edition__review__business_unit")
    for thread in threads.order_by("pk"):
        review = thread.edition.review
        where = {"tenant": slug, "unit": review.business_unit.slug, "month": f"{review.month:%Y-%m}"}
        found.append(Place(str(review), reverse("review_detail", kwargs=where)))
    about = ServiceThread.objects.filter(conversation=conversation).select_related("service")
    for link in about.order_by("pk"):
        url = reverse("service_detail", kwargs={"tenant": slug, "slug": link.service.slug})
        found.append(Place(link.service.name, url))
    return found
