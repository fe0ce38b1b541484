"""From what a person typed to HTML that is safe to show: Markdown without HTML, then an allow-list.

Whatever the Markdown library may let through, only the elements of the list reach a page. The version says by which
list a stored rendering was made; a rendering by another one is made again from the source.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

SANITISER_VERSION = 1
LONGEST = 10_000
TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "a"}
SCHEMES = {"http", "https", "mailto"}
NOT_OFFERED = ["image", "html_inline", "html_block", "heading", "lheading", "hr"]
# Characters that turn the direction of writing could make one name read as another.
TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML, and the names that were mentioned with an @."""

    html: SafeString
    mentioned: frozenset[str]


def tidy(text: str) -> str:
    """What was typed, without characters that no reader can see; line ends are single."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(TURNS)
    return "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs")).strip()


def render(text: str, *, names: Iterable[str] = ()) -> Rendered:
    """HTML of a comment; `names` are the people who can be mentioned, each by the full name after an @."""
    pattern = _mention_pattern(frozenset(name for name in names if name))
    markdown = _markdown()
    environment: dict[str, object] = {}
    tokens = markdown.parse(text, environment)
    mentioned: set[str] = set()
    if pattern is not None:
        for token in tokens:
            if token.children:
                token.children = list(_with_mentions(token.children, pattern, mentioned))
    html = markdown.renderer.render(tokens, markdown.options, environment)
    return Rendered(trusted(_clean(html)), frozenset(mentioned))


def trusted(html: str) -> SafeString:
    """HTML that this module has cleaned, for the page."""
    return mark_safe(html)  # noqa: S308  the only HTML that comes here has passed the allow-list


def _clean(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"*": set(), "a": {"href"}},
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
        clean_content_tags={"script", "style"},
    )


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(NOT_OFFERED)


def _mention_pattern(names: frozenset[str]) -> re.Pattern[str] | None:
    """Longest names first, so that “@Ann Lee” is not read as “@Ann”."""
    if not names:
        return None
    choices = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    return re.compile(rf"(?<!\w)@({choices})(?!\w)", re.IGNORECASE)


def _with_mentions(tokens: list[Token], pattern: re.Pattern[str], mentioned: set[str]) -> Iterable[Token]:
    """Mentions in running text are set in bold; code and the words of links stay as they are."""
    links = 0
    for token in tokens:
        links += token.nesting if token.type.startswith("link_") else 0
        if token.type != "text" or links:
            yield token
            continue
        end = 0
        for found in pattern.finditer(token.content):
            mentioned.add(found[1].casefold())
            yield _text(token.content[end : found.start()])
            yield Token("strong_open", "strong", 1)
            yield _text(found[0])
            yield Token("strong_close", "strong", -1)
            end = found.end()
        yield _text(token.content[end:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
