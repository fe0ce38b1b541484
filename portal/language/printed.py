"""A printed figure in the form of another language: 1,509 of 96,412 is 1.509 von 96.412, £41,000 is 41.000 £.

The figure stays the same; only how its digits, its dates and its small words are written changes.
"""

import re
from collections.abc import Callable, Mapping

from portal.language.dates import MONTHS, WEEKDAYS
from portal.language.numbers import NBSP
from portal.language.ways import ENGLISH, GERMAN
from portal.language.ways_de import GERMAN_MONTHS

GERMAN_MONTHS_SHORT = ("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sep.", "Okt.", "Nov.", "Dez.")
GERMAN_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
NAMES = {
    **dict(zip(MONTHS, GERMAN_MONTHS, strict=True)),
    **{name[:3]: short for name, short in zip(MONTHS, GERMAN_MONTHS_SHORT, strict=True) if name != "May"},
    **dict(zip(WEEKDAYS, GERMAN_DAYS, strict=True)),
    **{name[:3]: f"{own[:2]}." for name, own in zip(WEEKDAYS, GERMAN_DAYS, strict=True)},
}
WORDS = {
    "of": "von", "to": "bis", "hours": "Stunden", "hour": "Stunde", "minutes": "Minuten", "minute": "Minute",
    "seconds": "Sekunden", "second": "Sekunde", "times": "Mal", "time": "Mal", "none": "keine",
    "people": "Personen", "person": "Person", "answers": "Antworten", "answer": "Antwort",
    "cases": "Fälle", "case": "Fall", "days": "Tage", "day": "Tag",
}  # fmt: skip
NAMED = re.compile(rf"(?<!\w)({'|'.join(sorted(NAMES, key=len, reverse=True))})(?!\w)")
SAID = re.compile(rf"(?<=[\s{NBSP}])({'|'.join(WORDS)})(?![\w-])|^(none)$")
DAY = re.compile(rf"(?<![\d.,:])(\d{{1,2}})([\s{NBSP}])(?=(?:{'|'.join({*GERMAN_MONTHS, *GERMAN_MONTHS_SHORT})}))")
WEEKDAY = re.compile(rf"(?<!\w)({'|'.join(GERMAN_DAYS)}|[MDFS][oiar]\.)([\s{NBSP}])(?=\d)")
NUMBER = re.compile(r"(?<![\w:.,])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\d:])")
SYMBOL = re.compile(r"([£€$])(\d(?:[\d.,]*\d)?)")


def printed_in(language: str, text: str) -> str:
    """The printed figure as its readers write it. Raises KeyError for a language that has no form here."""
    return FORMS[language](text)


def _as_it_is(text: str) -> str:
    return text


def _german(text: str) -> str:
    text = text.replace("the year from ", "Jahr ab ")
    said = NUMBER.sub(lambda found: found[1].replace(",", ".") + (found[2] or "").replace(".", ","), text)
    said = SYMBOL.sub(rf"\2{NBSP}\1", said)
    said = SAID.sub(lambda found: WORDS[found[1] or found[2]], NAMED.sub(lambda found: NAMES[found[1]], said))
    return WEEKDAY.sub(r"\1,\2", DAY.sub(r"\1.\2", said))


FORMS: Mapping[str, Callable[[str], str]] = {ENGLISH: _as_it_is, GERMAN: _german}
