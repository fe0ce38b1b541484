"""Forms of English words: of the terms that are looked for, and of the plain phrases that are offered for them."""

import re
from collections.abc import Iterator
from enum import StrEnum

SAME_IN_PAST = {"put", "set", "cut", "let", "shut", "hit", "read"}
SHORT = 3
IRREGULAR_PAST = {
    "make": "made",
    "give": "gave",
    "stop": "stopped",
    "send": "sent",
    "go": "went",
    "keep": "kept",
    "find": "found",
    "bring": "brought",
    "pack": "packed",
    "fix": "fixed",
    "run": "ran",
    "say": "said",
    "slow": "slowed",
    "gain": "gained",
    "scan": "scanned",
    "begin": "began",
    "start": "started",
    "switch": "switched",
    "be": "was",
}
IRREGULAR_PLURALS = {"person": "people", "child": "children", "way": "ways", "proof": "proofs", "copy": "copies"}
DOUBLED = re.compile(r"(?:^|[^aeiou])[aeiou][bdgmnprt]$")
HEAD_ENDS = re.compile(
    r"\s(?:of|that|which|who|a|an|the|in|on|at|to|for|with|where|until|between|from|by|when|made|used|waiting|kept|meant|"
    r"behind|before|among|around|has|can|may|is|are|further|shown|as|we|reserved|lost|and|every|about|through)\s"
)
OWN_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
MASS = {
    *("software", "storage", "data", "protection", "equipment", "memory", "power", "work", "text", "time", "settings"),
    *("rights", "details", "room", "watching", "staff", "fraud"),
}


class Part(StrEnum):
    """What kind of word a term is; `any` where nobody has said."""

    NOUN = "noun"
    VERB = "verb"
    ADJECTIVE = "adjective"
    ANY = "any"


def plural(noun: str) -> str:
    """More than one: `copies`, `switches`, `nodes`."""
    if noun in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[noun]
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if re.search(r"(?:s|x|z|ch|sh)$", noun) else f"{noun}s"


def past(verb: str) -> str:
    """What was done: `moved`, `put`, `made`."""
    if verb in SAME_IN_PAST:
        return verb
    if verb in IRREGULAR_PAST:
        return IRREGULAR_PAST[verb]
    if verb.endswith("e"):
        return f"{verb}d"
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ied"
    return f"{verb}{verb[-1]}ed" if _doubles(verb) else f"{verb}ed"


def doing(verb: str) -> str:
    """What goes on: `moving`, `putting`."""
    if verb.endswith("e") and not verb.endswith(("ee", "be")):
        return f"{verb[:-1]}ing"
    return f"{verb}{verb[-1]}ing" if _doubles(verb) else f"{verb}ing"


def third(verb: str) -> str:
    """What it does: `moves`, `switches`."""
    return "is" if verb == "be" else plural(verb)


def forms_of(term: str, part: Part) -> Iterator[str]:
    """All forms of a term: the last word of a noun, the first of a verb (`rolled back`); adjectives have none."""
    yield term
    if part is Part.NOUN:
        head, space, last = term.rpartition(" ")
        yield f"{head}{space}{plural(last)}"
    elif part is Part.VERB:
        first, space, rest = term.partition(" ")
        if "-" in first:
            before, hyphen, first = first.rpartition("-")
            yield from (f"{before}{hyphen}{said(first)}{space}{rest}" for said in (third, past, doing))
        else:
            yield from (f"{said(first)}{space}{rest}" for said in (third, past, doing))


def inflected(plain: str, plurals: str, *, said: str, term: str, part: Part) -> str:
    """The plain phrase in the form in which the term was said; as it is where no form is known."""
    base = term.lower()
    found = said.lower()
    if part is Part.ADJECTIVE or found == base or found.replace("-", " ") == base:
        return plain
    if part is Part.VERB:
        return _verb_phrase(plain, found)
    if _is_plural(found, base):
        return plurals or plural_phrase(plain)
    return plain


def plural_phrase(phrase: str) -> str:
    """More than one of what a phrase names: its head takes the plural, `running copies of a program`."""
    match = HEAD_ENDS.search(f"{phrase} ")
    head, rest = (phrase[: match.start()], phrase[match.start() :]) if match else (phrase, "")
    before, space, noun = head.rpartition(" ")
    if (
        before.startswith("the ")
        or head.startswith("the ")
        or noun in MASS
        or (noun.endswith("s") and noun[-2:] != "ss")
    ):
        return phrase
    return f"{before}{space}{plural(noun)}{_agreeing(rest)}"


def _agreeing(rest: str) -> str:
    """A verb behind `that` agrees with the plural head: `programs that run`."""
    match = re.match(r"( (?:that|which|who) )(\w+)", rest)
    if not match or not match[2].endswith("s") or match[2].endswith("ss") or match[2] in {"was", "this", "always"}:
        return rest.replace(" that was ", " that were ", 1) if rest.startswith(" that was ") else rest
    verb = {"is": "are", "has": "have", "does": "do", "goes": "go"}.get(match[2])
    if verb is None:
        verb = re.sub(r"ies$", "y", match[2])
        verb = verb[:-2] if re.search(r"(?:ch|sh|x|ss)es$", verb) else verb.removesuffix("s")
    return f"{match[1]}{verb}{rest[match.end() :]}"


def _verb_phrase(plain: str, found: str) -> str:
    first, space, rest = plain.partition(" ")
    lead = re.split(r"[\s-]", found)
    if any(word.endswith("ing") for word in lead):
        return f"{doing(first)}{space}{rest}"
    if any(word.endswith("ed") or word in {"spun", "tore", "torn", "hung", "bound"} for word in lead):
        return f"{past(first)}{space}{rest}"
    if any(word.endswith("s") and not word.endswith("ss") for word in lead):
        return f"{third(first)}{space}{rest}"
    return plain


def _is_plural(found: str, base: str) -> bool:
    if base.endswith("s"):
        return found == f"{base}es"
    return found.endswith("s") and not found.endswith("ss")


def _doubles(verb: str) -> bool:
    return (
        bool(DOUBLED.search(verb))
        and len(verb) < 6
        and (len(verb) == SHORT or not verb.endswith(("er", "en", "on", "it", "et")))
    )
