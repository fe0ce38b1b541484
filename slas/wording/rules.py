"""The rules of one language: read once from their file, checked, and ready for search."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from slas.wording.frame import Effect, Slot

LANGUAGE = "en"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PARTS = ("", "_acts", "_vague", "_built", "_texts")  # the files of a language, by the end of their names
OWN = "own_words"  # the code of findings by a tenant's own words
SAME_WIDTH = str.maketrans("’‘`´“”„«»–—‑‒−\u00a0\u202f\u2009;", '\'\'\'\'"""""-----   ;')
TABLES = ("numbers", "units", "day_kinds", "weekdays", "day_groups", "clock_words")
PATTERNS = (
    *("limits.not_after", "limits.not_before", "limits.nouns", "limits.workdays"),
    *("shares.marks", "shares.not_after", "shares.not_before", "shares.averages", "shares.parts", "bare_numbers"),
    *("starts.after_limit", "starts.anywhere", "starts.in_hand", "starts.either", "starts.phrase", "starts.leading"),
    *("replies", "incoming", "reply_acts", "ends.not_acts", "ends.verbs", "ends.nouns", "activities"),
    *("looked_up", "schedules", "sizes", "left_out", "elsewhere", "always"),
    *("calls", "calls_given_up", "calls_answered"),
    *("availability.words", "availability.things", "availability.people", "availability.not_before"),
    *("availability.hours", "availability.tied", "availability.circular", "availability.excluded"),
    *("availability.sources", "opinions", "surveys", "good_answers", "accuracy", "accuracy_against"),
    *("languages_of_choice", "languages_of_things", "per_case", "no_promise", "descriptions", "counts"),
    *("fixed_periods", "rolling_periods", "periods.month", "periods.quarter", "periods.year"),
    *("clock.days", "clock.stretches", "clock.not_open", "clock.hours", "clock.due", "clock.times", "clock.zones"),
    *("allowed.most", "allowed.fewer", "allowed.none", "sizes_most", "sizes_least"),
    *("promises", "imperatives", "sentences", "subjects", "offers", "states", "unsaid_judge", "named_judge"),
)


class BadRules(ValueError):
    """A file of rules that cannot be used: says which entry, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class VagueWords:
    """Words that are vague in the same way: what they do to the figure, and which part they leave open."""

    code: str
    effect: Effect
    pattern: re.Pattern[str]
    opens: Slot | None
    picks: bool
    is_judged: bool
    beside_a_limit: bool
    with_a_limit: bool
    before_a_limit: bool
    settled_beside: bool
    why: str
    ask: str
    rewrite: str | None


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a tenant adds to the rules: words that it also calls vague, and words that it has defined."""

    vague: tuple[VagueWords, ...] = ()
    defined: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """Why a part that is missing lets two honest people differ, what to write, and words to add."""

    why: str
    ask: str
    add: str


@dataclass(frozen=True, slots=True)
class Rules:
    """All that the check knows of a language."""

    version: int
    language: str
    numbers: Mapping[str, int]
    units: Mapping[str, re.Pattern[str]]
    day_kinds: Mapping[str, re.Pattern[str]]
    weekdays: Mapping[str, int]
    day_groups: Mapping[str, str]
    clock_words: Mapping[str, int]
    duration: re.Pattern[str]
    span: re.Pattern[str]
    near_day: re.Pattern[str]
    percent: re.Pattern[str]
    patterns: Mapping[str, re.Pattern[str]]
    vague: tuple[VagueWords, ...]
    texts: Mapping[str, Text]

    def __getitem__(self, name: str) -> re.Pattern[str]:
        return self.patterns[name]


def fold(text: str) -> str:
    """Lower case and plain marks, each character for one, so that positions stay."""
    return "".join(low if len(low := char.lower()) == 1 else char for char in text).translate(SAME_WIDTH)


@cache
def rules_of(language: str = LANGUAGE) -> Rules:
    """The rules of a language, read and checked once."""
    folder = files("slas.wording") / "rules"
    source: dict[str, Any] = {}
    for part in PARTS:
        text = (folder / f"{language}{part}.yaml").read_text(encoding="utf-8")
        source |= yaml.load(text, Loader=LOADER)  # noqa: S506 (both are safe loaders)
    return read_rules(source)


def read_rules(source: Mapping[str, Any]) -> Rules:
    """Rules from their data.

    Raises BadRules for an entry that is missing, unknown or no regular expression.
    """
    known = {
        "version",
        "language",
        "vague",
        "built",
        "texts",
        "shapes",
        "classes",
        *TABLES,
        *(name.partition(".")[0] for name in PATTERNS),
    }
    for name in sorted({*known, *source} - {*known & source.keys()}):
        raise BadRules(f"{name}: {'is missing' if name in known else 'is no rule that is known'}")
    shapes = _shapes(source)
    listed = dict(_flat(source))
    for name in PATTERNS:
        if name not in listed:
            raise BadRules(f"{name}: is missing")
    return Rules(
        version=source["version"],
        language=source["language"],
        numbers={str(word): int(value) for word, value in source["numbers"].items()},
        units={unit: compiled(f"units.{unit}", words, shapes) for unit, words in source["units"].items()},
        day_kinds={kind: compiled(f"day_kinds.{kind}", words, shapes) for kind, words in source["day_kinds"].items()},
        **{name: dict(source[name]) for name in ("weekdays", "day_groups", "clock_words")},
        duration=re.compile(shapes["duration"]),
        span=re.compile(shapes["span"]),
        near_day=re.compile(shapes["near_day"]),
        percent=re.compile(rf"({shapes['number']}) ?-?(?:{_choice(source['shares']['marks'])})(?!\w)"),
        patterns={name: compiled(name, listed[name], shapes) for name in PATTERNS},
        vague=tuple(
            _vague(f"{name}, entry {number}", entry, shapes)
            for name in ("vague", "built")
            for number, entry in enumerate(source[name], 1)
        ),
        texts={code: _text(code, entry) for code, entry in source["texts"].items()},
    )


def compiled(name: str, words: Any, shapes: Mapping[str, str]) -> re.Pattern[str]:
    """A list of words and phrases as one pattern of whole words; any white space for a blank."""
    if not isinstance(words, str) or not words.strip():
        raise BadRules(f"{name}: is no list of words")
    pattern = _choice(words)
    for shape, expression in shapes.items():
        pattern = pattern.replace(f"{{{shape}}}", expression)
    try:
        return re.compile(rf"(?<!\w)(?:{pattern})(?:(?<=\s)|(?!\w))")
    except re.error as error:
        raise BadRules(f"{name}: {error}") from error


def own_words(*, vague: Mapping[str, str], defined: Iterable[str]) -> OwnWords:
    """A tenant's words, taken as they are written. `vague` are words with the reason why they are."""
    return OwnWords(
        vague=tuple(_own_vague(words, why) for words, why in vague.items()),
        defined=tuple(whole_words(words) for words in defined),
    )


def _own_vague(words: str, why: str) -> VagueWords:
    return VagueWords(
        code=OWN,
        effect=Effect.MEASURE,
        pattern=whole_words(words),
        opens=None,
        picks=False,
        is_judged=False,
        beside_a_limit=True,
        with_a_limit=False,
        before_a_limit=False,
        settled_beside=False,
        why=why,
        ask="Say it in words that both sides can check.",
        rewrite=None,
    )


@cache
def whole_words(words: str) -> re.Pattern[str]:
    """Words as they are written, of one and of many: “business day” is in “5 business days” too."""
    *first, last = fold(words).split()
    one = last[:-1] if re.search(r"\w{3}(?<!s)s$", last) else last
    pattern = r"\s+".join([*map(re.escape, first), f"{re.escape(one)}s?"])
    return re.compile(rf"(?<!\w){pattern}(?!\w)")


def entries(words: str) -> list[str]:
    """The entries of a list: one a line, or divided by a bar between blanks."""
    return [entry.strip() for entry in re.split(r"\s\|\s|\n", words) if entry.strip()]


def _choice(words: str) -> str:
    said = (_forms(entry[1:]) if entry.startswith("~") else entry for entry in entries(words))
    return "|".join(entry.replace(" ", r"\s+") for entry in said).replace(r"\s+?", r"\s*")


def _forms(verb: str) -> str:
    """Each form of a regular verb: `carry`, `carries`, `carried`, `carrying`."""
    if verb.endswith("e"):
        return f"{verb[:-1]}(?:e|es|ed|ing)"
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}(?:y|ies|ied|ying)"
    return f"{verb}(?:s|es|{verb[-1]}?ed|{verb[-1]}?ing)?"


def _flat(source: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in source.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _shapes(source: Mapping[str, Any]) -> dict[str, str]:
    """How numbers, durations and ranges look, for other rules to take in."""
    word = "|".join(sorted(map(str, source["numbers"]), key=len, reverse=True))
    figure = rf"(?:\d{{1,3}}(?:[ ,]\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|(?:{word})(?:[ -](?:{word}))*)"
    number = rf"(?:\(\s*{figure}\s*\)\s*{figure}|{figure}(?:\s*\(\s*{figure}\s*\))?)"
    unit = "|".join(_choice(words) for words in source["units"].values())
    kind = "|".join(_choice(words) for words in source["day_kinds"].values())
    days = _choice(source["units"]["day"])
    tail = rf"(?:\(s\))?(?!\w)(?:\s*\((?:{kind})(?:\s+(?:{days}))?\))?"
    whole = r"(?:or\s+(?:more|less|fewer)\s+)?(?:(?:full|clear|more|additional|whole|complete)\s+)?"
    counted = rf"{whole}(?:(?:{kind})[\s-]+)?(?:{unit}){tail}"
    apart = r"(?:(?<=[\d)])\s*-?\s*|\s+-?\s*|-\s*)"  # `30min`, and never `oneday`
    duration = rf"(?:(?<=within)|(?<![\w.,$€£-]))(?:{number}){apart}{counted}"
    first = rf"(?:{number})\s*(?:(?:{kind})?[\s-]*(?:{unit}))?\s*"
    joined = rf"(?:between\s+{first}and|{first}(?:-|to)|(?:{number})\s+or)\s*(?:{number})"
    span = rf"(?<![\w.,$€£-]){joined}{apart}{counted}"
    near = rf"(?:the\s+)?(?:next|following|same|first)\s+(?:(?:{kind})\s+)?(?:{days})(?!\w)"
    held = {
        "tied": _choice(source["availability"]["tied"]),
        "number": number,
        "unit": rf"(?:{unit})",
        "duration": duration,
        "span": span,
        "near_day": near,
        "weekday": _names(source["weekdays"]),
        "days": _names(source["day_groups"]),
        "time": _times(source["clock_words"]),
    }
    named = source["shapes"] | source["classes"]
    return held | {name: f"(?:{_choice(words)})" for name, words in named.items()}


def _names(table: Mapping[str, Any]) -> str:
    """The names of a table, the longest first."""
    return f"(?:{'|'.join(sorted(table, key=len, reverse=True))})".replace(" ", r"\s+")


def _times(words: Mapping[str, Any]) -> str:
    """`09:00`, `9.30 p.m.`, `1800 h`, `9 o'clock`, `9`, `noon`."""
    exact = r"\d{1,2}[:.]\d\d(?:\s?(?:hours|hrs?|h)(?!\w))?|\d{4}\s?(?:hours|hrs?|h)(?!\w)"
    return rf"(?:(?:{exact}|\d{{1,2}}(?:\s?o'clock)?)(?:\s?[ap]\.?m(?!\w)(?:\.(?=\s+\w|\s*[,;)]))?)?|{_names(words)})"


def _vague(where: str, entry: Mapping[str, Any], shapes: Mapping[str, str]) -> VagueWords:
    for name in ("code", "effect", "words", "why", "ask"):
        if not entry.get(name):
            raise BadRules(f"{where}: {name} is missing")
    if entry["effect"] not in set(Effect):
        raise BadRules(f"{where}: “{entry['effect']}” is none of {', '.join(Effect)}")
    if "opens" in entry and entry["opens"] not in set(Slot):
        raise BadRules(f"{where}: “{entry['opens']}” is none of {', '.join(Slot)}")
    return VagueWords(
        code=entry["code"],
        effect=Effect(entry["effect"]),
        pattern=compiled(f"vague.{entry['code']}", entry["words"], shapes),
        opens=Slot(entry["opens"]) if "opens" in entry else None,
        picks=bool(entry.get("picks")),
        is_judged=bool(entry.get("judged")),
        beside_a_limit=bool(entry.get("beside_a_limit", True)),
        with_a_limit=bool(entry.get("with_a_limit")),
        before_a_limit=bool(entry.get("before_a_limit")),
        settled_beside=bool(entry.get("settled_beside")),
        why=entry["why"].strip(),
        ask=entry["ask"].strip(),
        rewrite=entry.get("rewrite"),
    )


def _text(code: str, entry: Mapping[str, Any]) -> Text:
    for name in ("why", "ask"):
        if not entry.get(name):
            raise BadRules(f"texts.{code}: {name} is missing")
    return Text(why=entry["why"].strip(), ask=entry["ask"].strip(), add=(entry.get("add") or "").strip())
