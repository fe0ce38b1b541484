"""Where an improvement was raised: in a review, at a figure, in a talk or a dispute."""

from dataclasses import dataclass

from django.urls import reverse

from improvement.models import ImprovementOpportunity
from portal.accounts.models import Membership
from portal.conversations.queries import list_conversations
from portal.language.dates import month_year
from reporting.models import ImprovementOrigin
from reporting.queries.reviews import visible_editions


@dataclass(frozen=True, slots=True)
class Origin:
    """A place that the reader may open, and its words."""

    words: str
    url: str


def list_origins(*, reader: Membership, improvement: ImprovementOpportunity) -> list[Origin]:
    """The places from which it was raised, as far as the reader may see them."""
    rows = ImprovementOrigin.objects.filter(improvement=improvement).select_related(
        "figure__edition__review__business_unit",
        "dispute__figure__edition__review__business_unit",
        "comment__conversation",
        "comment__author__user",
    )
    editions = set(visible_editions(reader=reader).values_list("pk", flat=True))
    found = list(rows.order_by("pk"))
    spoken_in = {row.comment.conversation_id for row in found if row.comment}
    talks = set(list_conversations(reader=reader).filter(pk__in=spoken_in).values_list("pk", flat=True))
    return [origin for row in found if (origin := _origin(row, reader, editions, talks))]


def _origin(row: ImprovementOrigin, reader: Membership, editions: set[int], talks: set[int]) -> Origin | None:
    figure = row.dispute.figure if row.dispute else row.figure
    slug = reader.tenant.slug
    if figure is not None and figure.edition_id in editions:
        month = month_year(figure.edition.review.month)
        kind = "Dispute about" if row.dispute else "Figure"
        url = reverse("figure_detail", kwargs={"tenant": slug, "figure_id": figure.pk})
        return Origin(f"{kind} “{figure.name}”, {month}", url)
    if row.comment is not None and row.comment.conversation_id in talks:
        conversation = row.comment.conversation
        address = {"tenant": slug, "conversation_id": conversation.pk}
        url = f"{reverse('conversation_detail', kwargs=address)}#comment-{row.comment.pk}"
        return Origin(f"{row.comment.author.user.name} in “{conversation.subject}”", url)
    return None
