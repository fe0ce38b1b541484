"""Plain words in the place of technical ones: fitted to the article before them and to the start of a sentence."""

import re

from portal.language.jargon.check import Finding
from portal.language.numbers import upper_first

ARTICLE = re.compile(r"\b(an?)(\s+\**)$", re.IGNORECASE)
DETERMINER = re.compile(
    r"\b(?:an?|the|this|that|these|those|our|your|their|its|his|her|my|each|every|no|one|[\w’']+['’]s)\s+\**$", re.I
)
OWN_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
SENTENCE_START = re.compile(r"(?:^|[.!?…]\s+|\n\s*(?:[-*•]\s+)?)[\"“‘(`_*]*$")
SOUNDS_LIKE_A_VOWEL = re.compile(r"^(?:[aeiou]|hour|honest|heir)(?!ne\b|ni|ser|se\b|su|ti|ur)", re.IGNORECASE)


def rewritten(text: str, finding: Finding) -> str:
    """The text with the plain phrase of a finding in its place; unchanged where none is known.

    `a pod` becomes `a running copy`, `an API` becomes `a link`, and `the DNS` does not become `the the directory`.
    """
    if not finding.plain:
        return text
    before, after, plain = text[: finding.start], text[finding.end :], finding.plain
    if before.endswith("`") and after.startswith("`"):
        before, after = before[:-1], after[1:]
    if DETERMINER.search(before):
        plain = OWN_ARTICLE.sub("", plain)
    before = ARTICLE.sub(lambda found: _article(found, plain), before)
    if SENTENCE_START.search(before):
        plain = upper_first(plain)
    return f"{before}{plain}{after}"


def _article(found: re.Match[str], plain: str) -> str:
    article = "an" if SOUNDS_LIKE_A_VOWEL.match(plain) else "a"
    return f"{upper_first(article) if found[1][0].isupper() else article}{found[2]}"
