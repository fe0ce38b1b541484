"""What stands beside the questions of a promise: its sentence, what it says, and how it would have done."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from portal.accounts.models import Membership
from slas.models import ServiceLevelTarget
from slas.queries.agreements import list_visible_agreements
from slas.queries.frames import frame_lines
from slas.queries.replay import Replay, replay
from slas.queries.sentences import sentence_of
from slas.queries.tried_credits import with_credits
from slas.queries.wording import target_findings
from slas.queries.wording_texts import UnclearText, group

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Preview:
    """A promise that is not written yet; `tried` is None where its measure is new and has no facts.

    `unclear` is about words that its writer chose, such as its meaning: the sentence is written clear.
    """

    sentence: str
    unclear: tuple[UnclearText, ...]
    frame: tuple[str, ...]
    tried: Replay | None


def preview_target(*, reader: Membership, target: ServiceLevelTarget, now: datetime) -> Preview:
    """How a promise reads, and what the last twelve months would have given."""
    tried = None
    if target.measure.pk:
        tried = with_credits(replay(reader=reader, target=target, now=now), target)
    target.sentence = sentence_of(target)
    return Preview(target.sentence, group(target_findings(target)), tuple(frame_lines(target)), tried)


def find_promises(*, reader: Membership, words: str) -> QuerySet[ServiceLevelTarget]:
    """Promises to start from, of agreements that the reader may see, by words of their name; a page of them."""
    visible = list_visible_agreements(reader=reader)
    found = ServiceLevelTarget.objects.filter(agreement__in=visible, name__icontains=words)
    return found.select_related("agreement").order_by("name", "pk")[:MOST_FOUND]
