"""What people fill in about the promises of a level: one line for each."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.models import ServiceOffering
from slas.actions.levels import LevelLine
from slas.models import OfferedLevel

SHARE = re.compile(
    r"(?:in\s+(?P<number>\d{1,5})\s*(?P<unit>h|min),\s*)?(?P<share>\d{1,3}(?:\.\d{1,4})?)\s*%", re.IGNORECASE
)
SECONDS = {"h": 3600, "min": 60}
OF_TIME = "of the time"
LONGEST_NAME, LONGEST_WORDS = 160, 120


class LevelsForm(forms.Form):
    """What one level promises."""

    lines = forms.CharField(
        required=False,
        label=_("Promises of this level"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "One line for each, with the same names at each level: “Customers can place orders | 99.5 % of the time”,"
            " “Orders are confirmed | 98 %”, “Urgent problems are solved | in 2 h, 90 %”, “A person answers | 05:00 to"
            " 20:00”. For a share of the time readers see the longest time a month without the service."
        ),
    )

    def __init__(self, data: Any = None, *, offering: ServiceOffering) -> None:
        lines = [_text(level) for level in offering.levels.order_by("position", "pk")]
        super().__init__(data, initial={"lines": "\n".join(lines)})

    def clean_lines(self) -> list[LevelLine]:
        """Each line by itself; two lines need two names."""
        texts = [text for text in self.cleaned_data["lines"].splitlines() if text.strip()]
        lines = [_line(number, text) for number, text in enumerate(texts, start=1)]
        names = [line.name for line in lines]
        for number, name in enumerate(names, start=1):
            if name in names[: number - 1]:
                problem = _("Line %(number)s: “%(name)s” stands here twice. Give it another name.")
                raise ValidationError(problem % {"number": number, "name": name})
        return lines


def _line(number: int, text: str) -> LevelLine:
    name, _bar, said = (part.strip() for part in text.partition("|"))
    if not name or not said or len(name) > LONGEST_NAME or len(said) > LONGEST_WORDS:
        problem = _("Line %(number)s: write a name, a bar, and what is promised: “Orders are confirmed | 98 %%”.")
        raise ValidationError(problem % {"number": number})
    is_of_time = said.lower().endswith(OF_TIME)
    found = SHARE.fullmatch(said[: -len(OF_TIME)].strip() if is_of_time else said)
    if found is None:
        return LevelLine(name, words=said)
    share = Decimal(found["share"])
    if share > 100:
        raise ValidationError(_("Line %(number)s: a share is at most 100 %%.") % {"number": number})
    within = int(found["number"]) * SECONDS[found["unit"].lower()] if found["number"] else None
    return LevelLine(name, share, within, shows_allowed_time=is_of_time)


def _text(level: OfferedLevel) -> str:
    if level.threshold is None:
        return f"{level.name} | {level.words}"
    within = level.within_seconds
    hours = (
        f"in {within // 3600} h, " if within and within % 3600 == 0 else f"in {within // 60} min, " if within else ""
    )
    ending = f" {OF_TIME}" if level.shows_allowed_time else ""
    return f"{level.name} | {hours}{level.threshold.normalize():f} %{ending}"
