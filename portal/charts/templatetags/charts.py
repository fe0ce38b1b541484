"""The drawings and small marks for templates, with their words in the reader's language. Use: {% load charts %}."""

import re
from collections.abc import Mapping, Sequence
from math import floor

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from portal.charts import budgets, icons, maps, marks, portfolio, shares, slam, strips, trends
from portal.charts.maps_parts import ServiceMap
from portal.charts.svg import amount
from portal.language.numbers import in_thousands
from portal.language.printed import printed_in
from portal.language.ways import ENGLISH, GERMAN

register = template.Library()

WORDS = {
    "K": gettext_lazy("Kept"),
    "C": gettext_lazy("Close"),
    "M": gettext_lazy("Missed"),
    "R": gettext_lazy("At risk"),
    "T": gettext_lazy("Trial"),
    "D": gettext_lazy("Disputed"),
    "G": gettext_lazy("Data gap"),
    "N": gettext_lazy("No cases"),
}
MEANINGS = {
    "K": gettext_lazy("Kept"),
    "C": gettext_lazy("Close: kept, little room left"),
    "M": gettext_lazy("Missed"),
    "T": gettext_lazy("Trial, no target yet"),
    "D": gettext_lazy("Disputed"),
    "G": gettext_lazy("Data gap, not judged"),
    "N": gettext_lazy("No cases"),
}
GRADES = {
    "A": gettext_lazy("Confirmed by the business"),
    "B": gettext_lazy("Measured"),
    "C": gettext_lazy("Estimated by an agreed method"),
    "D": gettext_lazy("Assumed"),
}
UNIT = re.compile(r"(\d) (?=%|min\b|h\b)")


def _drawn(drawing: str) -> SafeString:
    return mark_safe(drawing)  # noqa: S308 - every drawing escapes the words it is given


@register.simple_tag
def status_mark(letter: str, size: float = 20, named: bool = False) -> SafeString:
    """The mark of a status; `named` where no word stands beside it."""
    return _drawn(marks.status_mark(letter, size=size, title=str(WORDS[letter]) if named else ""))


@register.simple_tag
def status_word(letter: str, words: str = "", size: float = 18) -> SafeString:
    """Mark and word together; other words than the usual one may be given."""
    mark = _drawn(marks.status_mark(letter, size=size))
    return format_html('<span class="p-status p-is-{}">{}<span>{}</span></span>', letter, mark, words or WORDS[letter])


@register.filter
def status_name(letter: str) -> str:
    """The word of a status letter."""
    return str(WORDS[letter])


@register.filter
def grade_name(letter: str) -> str:
    """What an evidence letter means."""
    return str(GRADES[letter])


@register.simple_tag
def icon(name: str, size: float = 16) -> SafeString:
    """A line icon in the colour of the text; decoration for screen readers."""
    return _drawn(icons.icon(name, size=size))


@register.simple_tag
def logo(size: float = 26) -> SafeString:
    """Our logo, named Parley."""
    return _drawn(icons.logo(size=size))


@register.simple_tag
def strip(letters: Sequence[str]) -> SafeString:
    """One small column per month by status letter, oldest first."""
    missed = sum(letter == "M" for letter in letters)
    title = ngettext(
        "Last %(months)s months: missed in %(missed)s of them.",
        "Last %(months)s months: missed in %(missed)s of them.",
        missed,
    )
    if not missed:
        title = _("Last %(months)s months: none missed.")
    return _drawn(strips.strip(letters, title=title % {"months": len(letters), "missed": missed}))


@register.simple_tag
def share_bar(
    used: float, total: float, title: str, kind: str = "ink", width: float = 120, mark_at: float | None = None
) -> SafeString:
    """How much of the total is used; kinds are ink, accent, kept, close and missed."""
    return _drawn(shares.share_bar(used, total, title=title, kind=kind, width=width, mark_at=mark_at))


@register.simple_tag
def budget_bar(
    parts: Sequence[budgets.BudgetPart], allowed: float, width: float = 620, unit: str = "min", title: str = ""
) -> SafeString:
    """Allowed against used, cut by event. The allowed figure is shown rounded down, as everywhere."""
    used, limit = sum(part.counted for part in parts), floor(allowed)
    values = {"used": amount(used), "allowed": f"{limit:,}", "over": amount(used - limit), "unit": unit}
    listed = ", ".join(f"{part.label} {amount(part.counted)}" for part in parts)
    over = used > allowed
    outcome = _("%(over)s %(unit)s over") % values if over else ""
    words = budgets.BudgetWords(
        title=title or _("Used: %(used)s %(unit)s, allowed: %(allowed)s %(unit)s") % values,
        description=". ".join(filter(None, [listed, outcome])),
        allowed=_("Allowed: %(allowed)s %(unit)s") % values,
        over=outcome,
        total=f"{amount(used)} {unit}",
        unit=unit,
    )
    return _drawn(budgets.budget(parts, allowed=float(allowed), words=words, width=width))


def _printed(text: str) -> str:
    """A value as it is written in the language of the page."""
    return printed_in(GERMAN if (get_language() or ENGLISH).startswith(GERMAN) else ENGLISH, text)


@register.simple_tag
def trend(
    points: Sequence[trends.TrendPoint],
    title: str,
    description: str = "",
    limit: trends.Limit | None = None,
    unit: str = "",
    joined: bool = True,
    counts: bool = False,
    width: float = 600,
    height: float = 200,
) -> SafeString:
    """Months as dots against a promise; `joined=False` for one tried on past months, `counts=True` for numbers."""
    return _drawn(
        trends.trend(
            points,
            title=title,
            description=description,
            limit=limit,
            unit=unit,
            joined=joined,
            counts=counts,
            said=_printed,
            width=width,
            height=height,
        )
    )


@register.simple_tag
def bars(
    points: Sequence[trends.TrendPoint],
    title: str,
    description: str = "",
    limit: trends.Limit | None = None,
    unit: str = "",
    width: float = 600,
    height: float = 200,
) -> SafeString:
    """Counts per month as bars from zero."""
    return _drawn(
        trends.bars(points, title=title, description=description, limit=limit, unit=unit, width=width, height=height)
    )


@register.simple_tag
def service_map(drawn: ServiceMap, narrow: bool = False) -> SafeString:
    """What a service is made of; `narrow` for phones."""
    return _drawn(maps.draw_narrow_map(drawn) if narrow else maps.draw_map(drawn))


@register.simple_tag
def portfolio_plot(
    spots: Sequence[portfolio.Spot], currency: str, width: float = 640, height: float = 566
) -> SafeString:
    """Services between cost and value, in minor units; the table beside holds the same figures."""
    values = {"count": len(spots)}
    title = ngettext(
        "%(count)s service by cost and value a year; depth shows risk.",
        "%(count)s services by cost and value a year; depth shows risk.",
        len(spots),
    )
    words = portfolio.PortfolioWords(
        title=title % values,
        description=_("The table holds the same numbers."),
        across=_("Cost a year"),
        up=_("Value a year (the line shows low to high)"),
        line=_("worth what it costs"),
        money=lambda minor: in_thousands(round(minor), currency),
    )
    return _drawn(portfolio.portfolio(spots, words=words, width=width, height=height))


@register.simple_tag
def depth_mark(depth: str) -> SafeString:
    """The depth of a risk, as the drawing of the portfolio has it; the word stands beside it."""
    return _drawn(portfolio.depth_mark(depth))


@register.simple_tag
def slam_body(rows: Sequence[slam.SlamRow], size: float = 18, on_paper: bool = False) -> SafeString:
    """The body of the twelve-month table."""
    words = {letter: str(word) for letter, word in WORDS.items()}
    return _drawn(slam.slam_body(rows, words=words, mark_size=size, on_paper=on_paper))


@register.filter
def has_short_values(rows: Sequence[slam.SlamRow]) -> bool:
    """Whether the months of the twelve-month table can be equally wide on paper."""
    return slam.has_short_values(rows)


@register.simple_tag
def slam_legend() -> list[tuple[str, str]]:
    """The letters of the twelve-month table and what they mean."""
    return [(letter, str(meaning)) for letter, meaning in MEANINGS.items()]


@register.filter
def letters(cells: Sequence[slam.SlamCell]) -> list[str]:
    """The status letters of a promise's months, for its strip."""
    return [cell.letter for cell in cells]


@register.filter
def error_count(errors: Mapping[str, Sequence[str]]) -> int:
    """How many things a form asks to put right."""
    return sum(len(found) for found in errors.values())


@register.filter(is_safe=True)
def units(words: str) -> SafeString:
    """A number never parts from its unit: 3 h 28 min and 99.5 % get spaces that do not break."""
    return mark_safe(UNIT.sub("\\1\u00a0", conditional_escape(words)))  # noqa: S308 - escaped just before
