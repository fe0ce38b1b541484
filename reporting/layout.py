"""The terms of a report agreement: what a review shows, in which order, for whom, by when, and what its words mean."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from portal.language.numbers import upper_first
from portal.language.told_in import told_in
from portal.language.ways import ENGLISH, GERMAN, say

IN_SHORT = "short"  # always first, and never left out
IN_SHORT_NAME = "In short"
LANGUAGES = {ENGLISH: "English", GERMAN: "Deutsch"}
MOST_DAYS = 20
CASES_APART = 14  # days between two questions that are asked after cases by themselves
SCORE_FAMILY, VALUE_FAMILY, FELT = "score", "value", "experienced"


class Section(StrEnum):
    """A part of a review that has a place in its order."""

    MONTHS = "months"
    PROMISES = "promises"
    WORTH = "worth"
    BETTER = "better"
    DECISIONS = "decisions"
    RULES = "rules"


SECTION_NAMES: dict[str, str] = {
    Section.MONTHS: "Twelve months",
    Section.PROMISES: "Promises in detail",
    Section.WORTH: "What it was worth",
    Section.BETTER: "What will be better",
    Section.DECISIONS: "Decisions",
    Section.RULES: "How we count",
}
NEVER_LEFT_OUT = (Section.PROMISES, Section.RULES)  # without them a review tells nothing, or nobody could check it


class Subject(StrEnum):
    """What a figure of a review is read as: the status of a promise, or what no promise carries."""

    KEPT = "kept"
    CLOSE = "close"
    MISSED = "missed"
    AT_RISK = "at_risk"
    TRIAL = "trial"
    DISPUTED = "disputed"
    DATA_GAP = "data_gap"
    NO_CASES = "no_cases"
    EXPERIENCED = "experienced"
    SCORE = "score"
    WORTH = "worth"


SUBJECT_NAMES: dict[str, str] = {
    Subject.KEPT: "Kept",
    Subject.CLOSE: "Close",
    Subject.MISSED: "Missed",
    Subject.AT_RISK: "At risk",
    Subject.TRIAL: "Trial",
    Subject.DISPUTED: "Disputed",
    Subject.DATA_GAP: "Data gap",
    Subject.NO_CASES: "No cases",
    Subject.EXPERIENCED: "As felt",
    Subject.SCORE: "Promises kept",
    Subject.WORTH: "Worth",
}


@dataclass(frozen=True, slots=True)
class Interpretation:
    """How a figure is read: what it means, and what it does not mean, as the ends of two sentences."""

    subject: str
    means: str
    means_not: str
    language: str = field(default=ENGLISH, metadata={"later": True})

    @property
    def name(self) -> str:
        """What is interpreted."""
        return told_in(self.language, SUBJECT_NAMES[self.subject])

    @property
    def sentence(self) -> str:
        """Close means kept with little room left. It does not mean missed."""
        return say(self.language, 0, "means", name=self.name, means=self.means, means_not=self.means_not)


@dataclass(frozen=True, slots=True)
class Terms:
    """What both sides agree about the reviews of a unit.

    `sections` in their order, without the first page, which is always there. `issue_working_day` is that of the month
    after; `answer_working_days` is how long the unit has for its answer, `comment_working_days` for comments and
    questions: without a number they have no window of their own and are possible until it is signed. `felt_by_words`
    says who feels what the business counts: “your customers”. `is_checked`: a second person of IT reads each review
    before it is issued. `issues_itself`: what nobody has issued by then is issued on the agreed day by itself.
    `asks_after_review` and `asks_after_case`: the people of the unit are asked one question by itself.
    """

    sections: tuple[str, ...]
    interpretations: tuple[Interpretation, ...]
    shows_budget: bool = True
    shows_experienced: bool = True
    shows_events: bool = True
    audience: str = ""
    language: str = ENGLISH
    issue_working_day: int = 5
    answer_working_days: int = 5
    felt_by_words: str = "you"
    is_checked: bool = False
    issues_itself: bool = False
    comment_working_days: int | None = None
    asks_after_review: bool = False
    asks_after_case: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a version says, by a key that is the same in each version."""

    key: str
    title: str
    text: str


CHECKED = "A second person of IT reads it"
MEANINGS = (
    (Subject.KEPT, "that we delivered what we promised", "that nothing went wrong"),
    (Subject.CLOSE, "kept with little room left", "missed"),
    (Subject.MISSED, "that we delivered less than we promised", "that somebody is to blame"),
    (Subject.AT_RISK, "that room is used up faster than the month passes", "missed already"),
    (Subject.TRIAL, "measured, with nothing promised yet", "kept or missed"),
    (Subject.DISPUTED, "that both sides count differently", "that one side is right"),
    (Subject.DATA_GAP, "too little data to judge", "kept"),
    (Subject.NO_CASES, "nothing to judge", "kept"),
    (Subject.EXPERIENCED, "what people met with, nothing taken out", "what was promised"),
    (Subject.SCORE, "kept or only just kept, of those that were judged", "that all promises matter the same"),
    (Subject.WORTH, "an estimate from the evidence named beside it", "an amount that was booked"),
)
# What each unit begins with: everything that a review can show.
STANDARD = Terms(
    sections=tuple(section.value for section in Section),
    interpretations=tuple(Interpretation(subject.value, means, means_not) for subject, means, means_not in MEANINGS),
)


def subject_of(anchor: str, status: str) -> str:
    """As what a figure is read, by its anchor and the status of its promise; empty for one that nobody could read."""
    family, _, rest = anchor.partition(".")
    if family == SCORE_FAMILY:
        return Subject.SCORE
    if family == VALUE_FAMILY:
        return Subject.WORTH
    return Subject.EXPERIENCED if rest.startswith(FELT) else status


def is_outside(anchor: str, terms: Terms, *, is_cell: bool) -> bool:
    """Whether a figure is none of a review in these terms; `is_cell` says that it is a month of the chart."""
    family, _, rest = anchor.partition(".")
    if family == VALUE_FAMILY:
        return Section.WORTH not in terms.sections
    if is_cell:
        return Section.MONTHS not in terms.sections
    return rest.startswith(FELT) and not terms.shows_experienced


def uninterpreted(subjects: Iterable[str], terms: Terms) -> list[str]:
    """The subjects that a review shows and its terms say nothing about, in the order of the list of subjects."""
    known = {each.subject for each in terms.interpretations}
    return [subject for subject in Subject if subject in set(subjects) - known]


def lines_of(terms: Terms) -> tuple[Line, ...]:
    """All that a version says, in words: what is read, compared, and signed."""
    names = [IN_SHORT_NAME, *(SECTION_NAMES[section] for section in terms.sections)]
    order = ". ".join(f"{place} {name}" for place, name in enumerate(names, 1))
    return (
        Line("audience", "Who it is for", terms.audience or "Everybody who may read the reviews of the unit"),
        Line("language", "Language", LANGUAGES[terms.language]),
        Line("delivery", "When it comes", _delivery_words(terms)),
        *([Line("check", "Before it is issued", CHECKED)] if terms.is_checked else []),
        *_answer_lines(terms),
        *_survey_lines(terms),
        Line("sections", "Sections, in this order", order),
        Line("figures", "Beside a missed promise", _figures_words(terms)),
        *(Line(f"means-{each.subject}", each.name, each.sentence) for each in terms.interpretations),
    )


def _answer_lines(terms: Terms) -> tuple[Line, ...]:
    within = f"Within {_days(terms.answer_working_days)} of issue"
    if terms.comment_working_days is None:
        return (Line("answer", "Comments and answer", within),)
    window = f"Within {_days(terms.comment_working_days)} of issue. Later ones go on the agenda of the meeting"
    return Line("answer", "Answer", within), Line("comments", "Comments and questions", window)


def _survey_lines(terms: Terms) -> tuple[Line, ...]:
    said = [
        *(["after each review"] if terms.asks_after_review else []),
        *([f"after a case that was solved, at most every {CASES_APART} days"] if terms.asks_after_case else []),
    ]
    return (Line("surveys", "One question to the people of the unit", upper_first("; ".join(said))),) if said else ()


def _days(number: int) -> str:
    return f"{number} working {'day' if number == 1 else 'days'}"


def _delivery_words(terms: Terms) -> str:
    words = f"By working day {terms.issue_working_day} of the month after"
    return f"{words}; on that day it is issued by itself" if terms.issues_itself else words


def _figures_words(terms: Terms) -> str:
    parts = ["The sum of its figure"]
    if terms.shows_budget:
        parts.append("a bar of what was allowed and what was used")
    if terms.shows_experienced:
        parts.append(f"its time as agreed, and as {terms.felt_by_words} felt it")
    if terms.shows_events:
        parts.append("the events")
    return "; ".join(parts)


def values_of(terms: Terms) -> dict[str, object]:
    """The values behind the words, for the fingerprint of a version; what came later counts where it is chosen."""
    chosen = ("is_checked", "issues_itself", "comment_working_days", "asks_after_review", "asks_after_case")
    later = {name: getattr(terms, name) for name in chosen if getattr(terms, name)}
    return later | {
        "sections": list(terms.sections),
        "shows": {
            "budget": terms.shows_budget,
            "experienced": terms.shows_experienced,
            "events": terms.shows_events,
        },
        "audience": terms.audience,
        "language": terms.language,
        "issue_working_day": terms.issue_working_day,
        "answer_working_days": terms.answer_working_days,
        "felt_by_words": terms.felt_by_words,
        "interpretations": [[each.subject, each.means, each.means_not] for each in terms.interpretations],
    }
