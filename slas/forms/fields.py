"""Fields that several forms of service levels use."""

import re
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.forms.fields import DateField, SuggestInput

LINES = re.compile(r"\s*[\r\n]+\s*")
CLOCK = re.compile(r"(?P<hour>\d{1,2}):(?P<minute>\d{2})")
DAY = 1440
# Nothing that is promised is counted before or after.
EARLIEST, LATEST = date(1990, 1, 1), date(2199, 12, 31)
# Zones that people name by place; all others may be written too.
COMMON_ZONES = (
    "UTC", "Europe/London", "Europe/Dublin", "Europe/Berlin", "Europe/Paris", "America/New_York", "America/Chicago",
    "America/Denver", "America/Los_Angeles", "America/Toronto", "Asia/Kolkata", "Asia/Tokyo", "Australia/Sydney",
)  # fmt: skip


class FirstDayField(DateField):
    """From when something is promised; a year that was mistyped is asked back."""

    def clean(self, value: Any) -> Any:
        """The day, in years for which hours and deadlines are counted."""
        day = super().clean(value)
        if day is not None and not EARLIEST <= day <= LATEST:
            problem = _("%(day)s is before %(earliest)s or after %(latest)s. Check the year.")
            years = {"earliest": EARLIEST.year, "latest": LATEST.year}
            raise ValidationError(problem % {"day": day.isoformat(), **years})
        return day


class ZoneField(forms.CharField):
    """An IANA time zone by its name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Time zone"),
            max_length=60,
            widget=SuggestInput(list(COMMON_ZONES)),
            help_text=_("Where its clock hangs, for example Europe/London."),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        """The zone's name, as it is known."""
        name = super().clean(value)
        if name and name not in available_timezones():
            problem = _("“%(name)s” is not a time zone. Write a name such as Europe/London.")
            raise ValidationError(problem % {"name": name})
        return str(name)


class SentenceField(forms.CharField):
    """One sentence that is read whole while it is written; where its writer begins a new line stands a space."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 2}), **kwargs)

    def to_python(self, value: Any) -> str:
        """The sentence in one line."""
        return LINES.sub(" ", super().to_python(value) or "")


class WordsField(forms.CharField):
    """Several words or phrases, one on each line."""

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), required=False, **kwargs)
        self.longest = longest

    def prepare_value(self, value: Any) -> Any:
        """Lines of the text area."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        """The lines without blanks, each once."""
        lines = [line.strip() for line in (super().to_python(value) or "").splitlines()]
        kept = list(dict.fromkeys(line for line in lines if line))
        long = next((line for line in kept if len(line) > self.longest), None)
        if long:
            problem = _("“%(line)s…” is too long: at most %(longest)s letters on a line.")
            raise ValidationError(problem % {"line": long[:20], "longest": self.longest})
        return kept


class ClockField(forms.Field):
    """A time of the day as minutes after midnight: 07:00 is 420; 24:00 ends the day."""

    widget = forms.TextInput(attrs={"placeholder": "07:00", "size": 6, "maxlength": 5})

    def prepare_value(self, value: Any) -> Any:
        """Minutes as people write them."""
        return clock_text(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        """Minutes after midnight; nothing stays nothing."""
        return minute_of(value) if value and value.strip() else None


def clock_text(minute: int) -> str:
    """420 is 07:00."""
    return f"{minute // 60:02}:{minute % 60:02}"


def minute_of(text: str) -> int:
    """07:00 is 420. Raises ValidationError for what is no time of the day."""
    match = CLOCK.fullmatch(text.strip())
    if match is None or int(match["minute"]) > 59 or int(match["hour"]) * 60 + int(match["minute"]) > DAY:
        raise ValidationError(_("“%(text)s” is not a time of the day. Write it as 07:00 or 24:00.") % {"text": text})
    return int(match["hour"]) * 60 + int(match["minute"])
