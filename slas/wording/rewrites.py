"""How a sentence could read instead: the whole sentence with the vague words replaced, or with what is missing."""

import re
from fractions import Fraction

from slas.wording.frame import Slot
from slas.wording.reading import UNSTATED, TimeLimit
from slas.wording.slots import Promise
from slas.wording.spans import DAY_KIND, RANGE, Vague


def rewritten(promise: Promise, vague: Vague) -> str:
    """The sentence with other words for the vague ones; empty where only the two sides can find them."""
    text, span = promise.frame.text, vague.span
    words = text[span.start : span.end]
    if vague.code == DAY_KIND:
        return spliced(text, span.start, span.end, _with_kind(promise, words))
    if vague.code == RANGE:
        return spliced(text, span.start, span.end, _longest(words))
    if vague.rule is None or vague.rule.rewrite is None:
        return ""
    owner = re.search(r"['’]s\s+$|['’]\s+$", text[: span.start])
    start = owner.start() if owner else span.start
    return spliced(text, start, span.end, f" {vague.rule.rewrite} ")


def completed(promise: Promise, slot: Slot, words: str) -> str:
    """The sentence with what is missing; empty where only the two sides know it."""
    text = promise.frame.text
    if slot == Slot.SHARE and promise.frame.share and promise.reading.percentages:
        (span, _), *_ = promise.reading.percentages
        return spliced(text, span.start, span.end, f"{_percent(promise.frame.share)} %")
    limit = _first(promise, slot)
    if not words or limit is None:
        return ""
    return spliced(text, limit.span.end, limit.span.end, f" {words}")


def _first(promise: Promise, slot: Slot) -> TimeLimit | None:
    """The limit behind which the words belong."""
    if slot == Slot.CALENDAR:
        return next((each for each in promise.reading.limits if each.unit == "hour"), None)
    return next(iter(promise.reading.limits), None) if slot == Slot.COUNTED_EVENT else None


def _with_kind(promise: Promise, words: str) -> str:
    """`60 days` with the kind that the promise has beside its words, else in calendar days."""
    limit = promise.frame.limit
    kind = limit.day_kind if limit and limit.day_kind not in ("", UNSTATED) else "calendar"
    return re.sub(r"(?i)\b(days?)", rf"{kind} \1", words, count=1)


def _longest(words: str) -> str:
    """The end of a range: `24 to 48 hours` is `48 hours`."""
    return re.split(r"\s*(?:-|–|—|\bto\b|\band\b|\bor\b)\s*", words, maxsplit=1, flags=re.IGNORECASE)[-1]


def spliced(text: str, start: int, end: int, words: str) -> str:
    """The text with other words from start to end, without doubled blanks, its first letter kept large."""
    new = re.sub(r"[^\S\n]{2,}", " ", f"{text[:start]}{words}{text[end:]}").strip()
    new = re.sub(r" (?=[.,;:](?:\s|$))", "", new)
    return new[:1].upper() + new[1:] if text[:1].isupper() else new


def _percent(share: Fraction) -> str:
    value = f"{float(share * 100):.4f}"
    return value.rstrip("0").rstrip(".")
