"""Plain words in the place of technical ones: fitted to the article before them and to the start of a sentence."""

import re

from portal.language.jargon.check import Finding
from portal.language.jargon.inflections import HEAD_ENDS, OWN_ARTICLE, plural_phrase
from portal.language.numbers import upper_first

ARTICLE = re.compile(r"\b(an?)(\s+\**)$", re.IGNORECASE)
DETERMINER = re.compile(
    r"\b(?:an?|the|this|that|these|those|our|your|their|its|his|her|my|each|every|no|one|[\w’']+['’]s)\s+\**$", re.I
)
ANY_ARTICLE = re.compile(r"\b(?:an?|the)\s+(\**)$", re.IGNORECASE)
OWNER = re.compile(r"^(?:our|your|their|its)\s+", re.IGNORECASE)
# What a technical word often stands before, as its name: none of these is technical alone.
HEADS = (
    "servers?|teams?|calls?|requests?|errors?|settings|config|failures?|outages?|problems?|issues?|changes?|updates?|"
    "traffic|connections?|names?|addresses|records?|restarts?|access|users?|rules?"
)
BEHIND = re.compile(rf"(?:[ \u00a0]|-)({HEADS})(?![\w-])")
SENTENCE_START = re.compile(r"(?:^|[.!?…]\s+|\n\s*(?:[-*•]\s+)?)[\"“‘(`_*]*$")
SOUNDS_LIKE_A_VOWEL = re.compile(r"^(?:[aeiou]|hour|honest|heir)(?!ne\b|ni|ser|se\b|su|ti|ur)", re.IGNORECASE)


def rewritten(text: str, finding: Finding) -> str:
    """The text with the plain phrase of a finding in its place; unchanged where none is known.

    `a pod` becomes `a running copy`, `an API` becomes `a link`, and `the DNS` does not become `the the directory`.
    Before a noun a longer phrase follows it: `the API server` becomes `the server of a link through which …`.
    """
    if not finding.plain:
        return text
    before, after, plain = text[: finding.start], text[finding.end :], finding.plain
    if before.endswith("`") and after.startswith("`"):
        before, after = before[:-1], after[1:]
    head = BEHIND.match(after)
    if head and HEAD_ENDS.search(f"{plain} "):
        plain, after = f"{head[1]} of {_with_article(plain)}", after[head.end() :]
    if ANY_ARTICLE.search(before) and OWNER.match(plain):
        before = ANY_ARTICLE.sub(r"\1", before)
    elif DETERMINER.search(before):
        plain = OWNER.sub("", OWN_ARTICLE.sub("", plain))
    before = ARTICLE.sub(lambda found: _article(found, plain), before)
    if SENTENCE_START.search(before):
        plain = upper_first(plain)
    return f"{before}{plain}{after}"


def _with_article(plain: str) -> str:
    """As it stands behind `of`: one of many with its article; many, and what is not counted, without one."""
    if OWN_ARTICLE.match(plain) or OWNER.match(plain) or plain.startswith("one of ") or plural_phrase(plain) == plain:
        return plain
    return f"{'an' if SOUNDS_LIKE_A_VOWEL.match(plain) else 'a'} {plain}"


def _article(found: re.Match[str], plain: str) -> str:
    article = "an" if SOUNDS_LIKE_A_VOWEL.match(plain) else "a"
    return f"{upper_first(article) if found[1][0].isupper() else article}{found[2]}"
