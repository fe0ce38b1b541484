"""What is said about an edition after it was issued, as the page shows it. The edition itself never changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from django.utils.safestring import SafeString

from portal.language.sentences import Sentence
from portal.language.told_in import told_in
from reporting.queries.page_parts import ReviewPage


@dataclass(frozen=True, slots=True)
class CommentView:
    """One contribution to a thread."""

    id: int
    author: str
    initials: str
    it: bool
    when: str
    when_long: str
    html: SafeString
    text: str


@dataclass(frozen=True, slots=True)
class DisputeView:
    """An open dispute: both figures of the same size, and who answers by when.

    `subject` is what it is about; `promise` names the promise whose month it is about (empty: another month of it, or
    a sum that no promise carries), `name` the figure.
    """

    id: int
    subject: str
    promise: str
    name: str
    claim: Sentence
    claim_note: str
    claimed_when: str
    claimed_on: str
    claimed_time: str
    is_answered: bool
    is_agreed: bool
    may_answer: bool
    may_settle: bool
    may_withdraw: bool = False


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A numbered thread in the margin: where it stands, what it is about, what was said, who answers by when."""

    thread_id: int
    number: int
    place: str
    anchor: str
    about: str
    kind: str
    status: str
    comments: tuple[CommentView, ...]
    due: str
    due_long: str
    may_reply: bool
    dispute: DisputeView | None = None

    @property
    def id(self) -> str:
        """Of its element on the page."""
        return f"c{self.number}"


@dataclass(frozen=True, slots=True)
class Clock:
    """Something that is waited for: words, and soon or late."""

    label: str
    words: str
    state: str


NO_DATE = Clock("", "No date was agreed", "")
LAST = datetime.max.replace(tzinfo=UTC)  # where what has no date stands in an order by date


@dataclass(frozen=True, slots=True)
class Owed:
    """What one side owes the other, and what is poorer until it comes."""

    side: str
    text: str
    by: str
    url: str
    poorer: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed an edition for its unit, as it was kept then; without reservations they are empty."""

    name: str
    role: str
    when: str
    when_long: str
    fingerprint: str
    reservations: str

    @property
    def words(self) -> str:
        """In one sentence."""
        if not self.reservations:
            return f"Acknowledged by {self.name} on {self.when}"
        return f"Signed with reservations by {self.name} on {self.when}: “{self.reservations}”"


class ChangeKind(StrEnum):
    """What of a page differs from the one before."""

    FIGURE = "figure"
    STATUS = "status"
    SENTENCE = "sentence"
    EVENT = "event"
    MEANING = "meaning"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Change:
    """What a corrected edition says otherwise than the one before; empty where one does not say it.

    Of a status `was` and `becomes` are letters.
    """

    anchor: str
    name: str
    was: str
    becomes: str
    kind: ChangeKind


@dataclass(frozen=True, slots=True)
class EditionHead:
    """Which edition this is, and where a file of it can be verified; number 0 is the draft."""

    number: int
    id: int
    issued: str
    issued_long: str
    check_code: str
    reason: str
    replaced_by: int
    page_hash: str
    verify_path: str = ""


@dataclass(frozen=True, slots=True)
class ShownReview:
    """An edition, or the draft, with everything that was said about it: what page and PDF are drawn from.

    `may_comment` says whether new comments and questions are possible, or their agreed days have passed.

    `links` maps the anchors of figures to their numbers; `pins` maps anchors to the numbers of threads; `finishable`
    holds for each follow-up its number, where the reader may finish it, and `statements` that of the statement of
    credits that it is about; `timed` names the promises that count time; `disputed` holds the subjects of open
    disputes.
    """

    page: ReviewPage
    edition: EditionHead
    links: Mapping[str, int]
    threads: tuple[ThreadView, ...] = ()
    since_issue: Sentence = ()
    clocks: tuple[Clock, ...] = ()
    answer: Clock | None = None
    may_comment: bool = True
    owed: tuple[Owed, ...] = ()
    signature: Signature | None = None
    changes: tuple[Change, ...] = ()
    finishable: tuple[int, ...] = ()
    statements: tuple[int, ...] = ()
    timed: frozenset[str] = frozenset()
    disputed: frozenset[str] = frozenset()
    own_acknowledgements: frozenset[str] = frozenset()
    pins: Mapping[str, int] = field(default_factory=dict)

    @property
    def acknowledged(self) -> str:
        """By whom the edition was signed and when; empty while it is not."""
        return told_in(self.page.head.language, self.signature.words) if self.signature else ""

    @property
    def is_layout_open(self) -> bool:
        """Whether one side has still to accept how it is laid out; of a replaced edition, as it was then."""
        return not self.page.head.is_layout_agreed

    def threads_at(self, place: str) -> list[ThreadView]:
        """The threads of one part of the page."""
        return [thread for thread in self.threads if thread.place == place]
