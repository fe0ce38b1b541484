"""Which parts of its frame a promise lacks, from its words, the name of its service and the share that is promised."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction

from slas.wording.frame import About, Effect, Frame, Slot
from slas.wording.reading import CALENDAR, UNSTATED, Reading, Span, TimeLimit, unit_of
from slas.wording.rules import Rules, fold
from slas.wording.spans import Vague

# A promise of many vague words is an intent: who judges it is not the question.
FEW = 3
NOTHING_SAID = (Slot.COUNTED_EVENT, Slot.GOOD_CONDITION)


@dataclass(frozen=True, slots=True)
class Promise:
    """All that is known of a promise when its parts are looked for."""

    frame: Frame
    reading: Reading
    vague: tuple[Vague, ...]
    rules: Rules

    def says(self, name: str, span: Span | None = None) -> bool:
        """Whether the words of a rule are in the text, or in a stretch of it."""
        if span is None:
            return bool(self.rules[name].search(self.reading.text))
        return bool(self.rules[name].search(self.reading.text, span.start, span.end))

    def is_left_open(self, slot: Slot) -> bool:
        """Whether vague words of the text leave that part open."""
        return any(each.opens == slot for each in self.vague)

    @property
    def is_about_time(self) -> bool:
        """Whether its writer calls it a promise of time; unsaid it is one."""
        return self.frame.about in (None, About.TIME)


def missing_slots(promise: Promise) -> frozenset[Slot]:
    """The parts that are needed and that neither the words nor what is settled beside them say."""
    missing = {*_subject(promise), *_share(promise), *_body(promise), *_judge(promise)}
    if promise.says("fixed_periods") and promise.says("rolling_periods"):
        missing.add(Slot.PERIOD)
    return frozenset(missing - promise.frame.settled)


def _subject(promise: Promise) -> Iterator[Slot]:
    if not promise.frame.service.strip() and not promise.says("ends.verbs") and not promise.says("ends.nouns"):
        yield Slot.SUBJECT


def _share(promise: Promise) -> Iterator[Slot]:
    """A share is promised once: none is none, and two that differ are none."""
    said = {share for _, share in promise.reading.percentages}
    promised = promise.frame.share
    is_mean = promise.says("shares.averages") and bool(promise.reading.limits)
    if is_mean or (promised not in said if promised and said else not promised and len(said) != 1):
        yield Slot.SHARE


def _body(promise: Promise) -> Iterator[Slot]:
    """The parts that depend on what kind of promise it is."""
    if promise.says("no_promise"):
        yield from (*NOTHING_SAID, Slot.THRESHOLD)
    elif promise.says("languages_of_choice") and not promise.reading.limits:
        yield from () if promise.says("languages_of_things") else (Slot.COUNTED_EVENT,)
    elif _is_availability(promise):
        yield from _availability(promise)
    elif promise.reading.limits:
        yield from _within_a_time(promise)
    elif promise.says("bare_numbers"):
        yield Slot.UNIT
    elif promise.says("sizes"):
        yield from ()
    else:
        yield from _without_a_limit(promise)


def _is_availability(promise: Promise) -> bool:
    if promise.says("descriptions") and not promise.says("availability.hours"):
        return False
    timed = any(each.limit is None or each.limit.unit != "year" for each in promise.reading.limits)
    for match in promise.rules["availability.words"].finditer(promise.reading.text):
        after = promise.reading.text[match.end() :].lstrip()
        if promise.rules["availability.not_before"].match(after):
            continue
        if not timed and (
            promise.says("availability.things")
            or promise.says("availability.people")
            or promise.frame.about == About.ACCESS
        ):
            return True
    return False


def _availability(promise: Promise) -> Iterator[Slot]:
    """Share and hours make it clear; what is left out and from where it is known is asked for."""
    if promise.says("availability.circular"):
        yield from NOTHING_SAID
        return
    if (
        not promise.says("availability.hours")
        or promise.says("availability.tied")
        or promise.is_left_open(Slot.CALENDAR)
    ):
        yield Slot.CALENDAR
    open_parts = (Slot.THRESHOLD, Slot.GOOD_CONDITION)
    if any(each.opens in open_parts or each.code == "circumstances" for each in promise.vague):
        yield Slot.GOOD_CONDITION
    if promise.says("availability.people") and not promise.says("availability.things"):
        return
    excluded = promise.says("availability.excluded")
    told = any(each.code == "amount" for each in promise.vague)
    if promise.is_left_open(Slot.EXCLUSIONS) or not (excluded or told):
        yield Slot.EXCLUSIONS
    if not excluded and not promise.says("availability.sources"):
        yield Slot.SOURCE


def _within_a_time(promise: Promise) -> Iterator[Slot]:
    limits = promise.reading.limits
    if any(each.limit is None for each in limits) or _opens_a_threshold(promise):
        yield Slot.THRESHOLD
    if not all(_has_start(promise, each) for each in limits) or promise.says("starts.either"):
        yield Slot.COUNTED_EVENT
    idle = any(promise.says("activities", span) for span in promise.reading.loose)
    if idle or promise.is_left_open(Slot.GOOD_CONDITION) or not all(_has_end(promise, each) for each in limits):
        yield Slot.GOOD_CONDITION
    if any(_needs_a_calendar(promise, each) for each in limits) or promise.is_left_open(Slot.CALENDAR):
        yield Slot.CALENDAR
    waits = promise.says("calls") and promise.says("calls_answered") and _is_waiting(limits)
    waits = waits and not promise.says("calls_given_up")
    if waits or any(each.code == "extended" for each in promise.vague):
        yield Slot.EXCLUSIONS
    if any(each.rule and each.rule.picks for each in promise.vague):
        yield Slot.WHO_DECIDES


def _opens_a_threshold(promise: Promise) -> bool:
    """Whether vague words stand for a limit in a sentence that has none."""
    opened = [each.span for each in promise.vague if each.opens == Slot.THRESHOLD]
    return any(span.overlaps(sentence) for span in opened for sentence in promise.reading.loose)


def _is_waiting(limits: tuple[TimeLimit, ...]) -> bool:
    return any(each.unit in ("second", "minute") for each in limits)


def _needs_a_calendar(promise: Promise, each: TimeLimit) -> bool:
    """Days of no kind, and hours of which nobody says whether they run at night."""
    words = promise.reading.words(each.span)
    if each.limit is None:
        unit = unit_of(words, promise.rules)
        kinds = promise.rules.day_kinds.values()
        unsaid = unit == "day" and not any(pattern.search(words) for pattern in kinds)
    else:
        unit, unsaid = each.limit.unit, each.limit.day_kind == UNSTATED
    by_the_clock = promise.rules.day_kinds[CALENDAR].search(words)
    return unsaid or (unit == "hour" and not by_the_clock and not promise.says("availability.hours"))


def _has_start(promise: Promise, each: TimeLimit) -> bool:
    """Whether the words say when the clock of this limit starts. What takes seconds is timed from its own beginning."""
    text, rules = promise.reading.text, promise.rules
    if each.unit in ("second", "millisecond"):
        return True
    after = text[each.span.end : each.sentence.end].lstrip(" )-,:")
    if share := rules.percent.search(after[:40]):
        after = rules["elsewhere"].sub("", after[share.end() :] if share.start() < 4 else after).lstrip(" )-,")
    if rules["starts.after_limit"].match(after):
        return True
    here = (each.sentence, *promise.reading.loose)
    if any(promise.says("starts.anywhere", span) or promise.says("starts.in_hand", span) for span in here):
        return True
    before = (span for span in promise.reading.sentences if span.end <= each.sentence.start)
    return _is_reply(promise, each.sentence) or any(
        rules["starts.leading"].match(text, span.start, span.end) for span in before
    )


def _is_reply(promise: Promise, sentence: Span) -> bool:
    """A reply to a named thing that comes in starts when that arrives."""
    if not promise.says("replies", sentence) and not any(
        promise.says("replies", span) for span in promise.reading.loose
    ):
        return False
    named = f"{promise.reading.text} {fold(promise.frame.service)}"
    return bool(promise.rules["incoming"].search(named))


def _has_end(promise: Promise, each: TimeLimit) -> bool:
    """Whether the words, without those in brackets, say what is done when the clock stops."""
    if _is_told(promise, each):
        return True
    for span in (each.sentence, *promise.reading.loose):
        words = re.sub(r"\([^)]*\)", " ", promise.reading.words(span))
        for said in ("ends.not_acts", "starts.phrase"):
            words = promise.rules[said].sub(" ", words)
        if promise.rules["ends.verbs"].search(words) or promise.rules["ends.nouns"].search(words):
            return True
    return False


def _is_told(promise: Promise, each: TimeLimit) -> bool:
    """Whether the limit is that of a whole sentence, which tells what happens, and not “the time is 3 weeks”."""
    before = promise.reading.text[each.sentence.start : each.span.start]
    whole = promise.rules["sentences"].search(promise.reading.text, each.sentence.start, each.sentence.end)
    return bool(whole) and bool(promise.rules["subjects"].search(before))


def _without_a_limit(promise: Promise) -> Iterator[Slot]:
    """No limit of time or size: a yes or no for each case, a share of answers, or no promise at all."""
    opens = {each.opens for each in promise.vague if each.effect == Effect.MEASURE}
    if (promise.says("opinions") and not promise.says("descriptions")) or promise.says("accuracy"):
        yield from _opinion(promise)
    elif not _is_promise(promise):
        yield from _no_promise(promise)
    elif Slot.THRESHOLD in opens:
        yield from (slot for slot in (Slot.THRESHOLD, Slot.CALENDAR, Slot.GOOD_CONDITION) if slot in opens)
        if promise.says("replies") and not _is_reply(promise, promise.reading.sentences[0]):
            yield Slot.COUNTED_EVENT
    elif opens <= {Slot.CALENDAR} and (promise.says("looked_up") or promise.says("schedules")):
        yield from (slot for slot in opens if slot)
    elif promise.says("reply_acts") or promise.is_about_time:
        yield from (slot for slot in (Slot.THRESHOLD, Slot.GOOD_CONDITION) if slot is Slot.THRESHOLD or slot in opens)
        if any(each.code == "circumstances" for each in promise.vague):
            yield Slot.EXCLUSIONS
    elif opens or not (promise.says("per_case") or _is_a_fact(promise)):
        yield from _no_condition(promise, opens)


def _is_a_fact(promise: Promise) -> bool:
    """Whether it says something of each case that anybody can see."""
    told = promise.says("states") or promise.says("sentences")
    return told and not promise.says("offers") and not promise.says("counts")


def _no_promise(promise: Promise) -> Iterator[Slot]:
    """A topic, or a description of what is offered."""
    yield from NOTHING_SAID
    if promise.frame.about in (None, About.TIME, About.ACCESS):
        yield Slot.THRESHOLD
    yield from _quality(promise)


def _no_condition(promise: Promise, opens: Collection[Slot | None]) -> Iterator[Slot]:
    """A promise of which nobody can say whether it was kept."""
    yield Slot.GOOD_CONDITION
    if promise.says("counts"):
        yield Slot.SOURCE
    if Slot.CALENDAR in opens:
        yield Slot.CALENDAR
    if any(each.code == "circumstances" for each in promise.vague):
        yield Slot.EXCLUSIONS
    yield from _quality(promise)


def _quality(promise: Promise) -> Iterator[Slot]:
    """Praise instead of a condition: somebody must judge, by some record."""
    about_quality = promise.frame.about in (About.ACCURACY, About.OTHER)
    if about_quality and any(each.code == "quality" for each in promise.vague):
        yield from (Slot.SOURCE, Slot.WHO_DECIDES)


def _opinion(promise: Promise) -> Iterator[Slot]:
    """Which answer counts as good, and who was asked; for a right result, right against what."""
    good = "good_answers" if promise.says("opinions") else "accuracy_against"
    whole = good == "accuracy_against" and Fraction(1) in {share for _, share in promise.reading.percentages}
    if not whole and not promise.says(good):
        yield Slot.GOOD_CONDITION
    if not promise.says("surveys") and not promise.is_left_open(Slot.THRESHOLD):
        yield Slot.SOURCE
    if promise.is_left_open(Slot.THRESHOLD):
        yield Slot.THRESHOLD


def _is_promise(promise: Promise) -> bool:
    if promise.says("descriptions") and not promise.says("availability.hours"):
        return False
    if promise.says("sentences"):
        return True
    if any(promise.says(name) for name in ("promises", "per_case", "reply_acts")):
        return True
    if any(
        promise.rules["imperatives"].match(promise.reading.words(each).lstrip(" -•*\"'"))
        for each in promise.reading.sentences
    ):
        return True
    return any(each.effect == Effect.MEASURE and each.opens != Slot.GOOD_CONDITION for each in promise.vague)


def _judge(promise: Promise) -> Iterator[Slot]:
    """Somebody must judge, and the words do not say who."""
    if promise.says("unsaid_judge") and not promise.says("named_judge"):
        yield Slot.WHO_DECIDES
    measures = [each for each in promise.vague if each.effect == Effect.MEASURE]
    if len(measures) <= FEW and any(each.rule and each.rule.is_judged for each in measures):
        yield Slot.WHO_DECIDES


def slot_code(promise: Promise, slot: Slot) -> str:
    """Which of the reasons for a missing part it is."""
    if slot == Slot.SHARE and promise.reading.percentages:
        return "share_differs"
    if slot == Slot.SHARE and promise.says("shares.averages"):
        return "average"
    if slot == Slot.CALENDAR and any(each.unit == "hour" for each in promise.reading.limits):
        return "hours_of_day"
    if slot == Slot.COUNTED_EVENT and promise.says("starts.either"):
        return "two_starts"
    return slot.value
