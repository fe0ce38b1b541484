"""What people fill in about service hours: one line for each stretch of hours, one for each date that differs."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.forms.fields import DateField, SuggestInput
from slas.actions.service_hours import HoursDetails
from slas.calculation.errors import UnknownRegion
from slas.forms.fields import DAY, ZoneField, clock_text, minute_of
from slas.models import HoursException, HoursWindow, ServiceHours
from slas.queries.hours import public_holidays
from slas.queries.service_hours import is_counted_by

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WINDOW = re.compile(
    r"(?P<first>[a-z]{3})[a-z]*(?:\s*(?:-|–|to)\s*(?P<last>[a-z]{3})[a-z]*)?\s+"
    r"(?P<opens>\d{1,2}:\d{2})\s*(?:-|–|to)\s*(?P<closes>\d{1,2}:\d{2})",
    re.IGNORECASE,
)
EXCEPTION = re.compile(
    r"(?P<on>\d{4}-\d{2}-\d{2})\s+(?:closed|(?P<opens>\d{1,2}:\d{2})\s*(?:-|–|to)\s*(?P<closes>\d{1,2}:\d{2}))"
    r"(?:\s*\|\s*(?P<name>.{1,120}))?",
    re.IGNORECASE,
)
REGIONS = ["GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR", "IE", "DE", "DE-BY", "FR", "US", "CA", "IN", "AU"]
Line = tuple[int, str]


class HoursForm(forms.Form):
    """When something is promised."""

    name = forms.CharField(max_length=120, help_text=_("For example “Ordering hours”."))
    words = forms.CharField(
        label=_("In words"),
        max_length=160,
        help_text=_("How readers hear it, for example “04:00 to 22:00, every day”."),
    )
    time_zone = ZoneField()
    windows = forms.CharField(
        label=_("Hours"),
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_(
            "One line for each stretch: “Mon-Fri 08:00-12:00”, “Sat 09:00-13:00”. Several lines for a day are allowed;"
            " an end before the start, such as “Fri 22:00-06:00”, is on the next day."
        ),
    )
    exceptions = forms.CharField(
        label=_("Dates that differ"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One line for each: “2026-12-24 09:00-12:00 | Christmas Eve” or “2026-12-31 closed”."),
    )
    holiday_region = forms.CharField(
        label=_("Closed on public holidays of"),
        max_length=20,
        required=False,
        widget=SuggestInput(REGIONS),
        help_text=_("A country, or a country and its part: GB, GB-ENG, DE-BY. Empty: holidays are days like others."),
    )

    starts_on = DateField(
        label=_("Holds from"),
        required=False,
        help_text=_(
            "The day on which the new hours begin; until then, and for all that is accepted, the old ones stay."
        ),
    )

    def __init__(self, data: Any = None, *, hours: ServiceHours | None = None) -> None:
        super().__init__(data, initial=_initial(hours) if hours else None)
        self.hours = hours
        if hours is None or (hours.replaces_id is None and not is_counted_by(hours=hours)):
            del self.fields["starts_on"]

    def clean_name(self) -> str:
        """A name that no other hours have."""
        name: str = self.cleaned_data["name"]
        same = ServiceHours.objects.filter(name=name)
        if self.hours is not None:
            same = same.exclude(name=self.hours.name)
        if same.exists():
            raise ValidationError(_("There are hours of that name already. Choose another name, or change those."))
        return name

    def clean_windows(self) -> list[tuple[int, int, int]]:
        """Weekday, from, to; no two of one day overlap."""
        found = [window for line in _lines(self.cleaned_data["windows"]) for window in _windows(line)]
        by_day: dict[int, list[tuple[int, int]]] = {}
        for weekday, opens, closes in sorted(found):
            day = by_day.setdefault(weekday, [])
            if day and opens < day[-1][1]:
                pair = {"day": DAYS[weekday], "clock": clock_text(opens)}
                raise ValidationError(_("%(day)s: the hours from %(clock)s begin before the ones before end.") % pair)
            day.append((opens, closes))
        return sorted(found)

    def clean_exceptions(self) -> list[tuple[date, int | None, int | None, str]]:
        """Date, from, to, name; without times the date is closed."""
        found = [_exception(line) for line in _lines(self.cleaned_data["exceptions"])]
        closed = {on for on, opens, _closes, _name in found if opens is None}
        twice = next((on for on in closed if sum(each[0] == on for each in found) > 1), None)
        if twice:
            raise ValidationError(_("%(on)s is closed and differs in another line. Keep one of them.") % {"on": twice})
        return found

    def clean_holiday_region(self) -> str:
        """A region whose holidays are known."""
        region: str = self.cleaned_data["holiday_region"].strip().upper()
        try:
            public_holidays(region, 2026, 2026)
        except UnknownRegion as error:
            problem = _(
                "The public holidays of “%(region)s” are not known. Write GB, GB-ENG or DE-BY, or leave it empty."
            )
            raise ValidationError(problem % {"region": region}) from error
        return region

    def details(self) -> HoursDetails:
        """What was filled in."""
        return HoursDetails(**self.cleaned_data)


def _lines(text: str) -> list[Line]:
    numbered = enumerate((line.strip() for line in text.splitlines()), start=1)
    return [(number, line) for number, line in numbered if line]


def _windows(line: Line) -> list[tuple[int, int, int]]:
    number, text = line
    match = WINDOW.fullmatch(text)
    if match is None:
        raise _wrong(number, text, _("write it as “Mon-Fri 08:00-17:30”"))
    first = _weekday(number, text, match["first"])
    last = _weekday(number, text, match["last"] or match["first"])
    opens, closes = _times(number, text, match["opens"], match["closes"])
    count = (last - first) % 7 + 1
    return [((first + step) % 7, opens, closes) for step in range(count)]


def _weekday(number: int, text: str, name: str) -> int:
    day = name.capitalize()
    if day not in DAYS:
        raise _wrong(
            number, text, _("“%(day)s” is no weekday; write Mon, Tue, Wed, Thu, Fri, Sat or Sun") % {"day": name}
        )
    return DAYS.index(day)


def _times(number: int, text: str, opens: str, closes: str) -> tuple[int, int]:
    try:
        start, end = minute_of(opens), minute_of(closes)
    except ValidationError as error:
        raise _wrong(number, text, error.messages[0]) from error
    if start == DAY:
        raise _wrong(number, text, _("hours open at 23:59 at the latest"))
    if start == end:
        raise _wrong(number, text, _("it opens and closes at the same time; write 00:00-24:00 for a whole day"))
    return start, end if end > start else end + DAY


def _exception(line: Line) -> tuple[date, int | None, int | None, str]:
    number, text = line
    match = EXCEPTION.fullmatch(text)
    if match is None:
        raise _wrong(number, text, _("write it as “2026-12-24 09:00-12:00 | Christmas Eve” or “2026-12-31 closed”"))
    try:
        on = date.fromisoformat(match["on"])
    except ValueError as error:
        raise _wrong(number, text, _("there is no such date")) from error
    name = (match["name"] or "").strip()
    if match["opens"] is None:
        return on, None, None, name
    return on, *_times(number, text, match["opens"], match["closes"]), name


def _wrong(number: int, text: str, what: Any) -> ValidationError:
    problem = _("Line %(number)s, “%(text)s”: %(what)s.")
    return ValidationError(problem % {"number": number, "text": text[:60], "what": str(what).rstrip(".")})


def _initial(hours: ServiceHours) -> dict[str, Any]:
    windows = hours.windows.order_by("weekday", "opens_at")
    exceptions = hours.exceptions.order_by("on", "opens_at")
    return {
        "starts_on": None if is_counted_by(hours=hours) else hours.starts_on,
        "name": hours.name,
        "words": hours.words,
        "time_zone": hours.time_zone,
        "holiday_region": hours.holiday_region,
        "windows": "\n".join(window_line(window) for window in windows),
        "exceptions": "\n".join(exception_line(exception) for exception in exceptions),
    }


def window_line(window: HoursWindow) -> str:
    """`Mon 08:00-17:30`."""
    return f"{DAYS[window.weekday]} {_stretch(window.opens_at, window.closes_at)}"


def exception_line(exception: HoursException) -> str:
    """`2026-12-31 closed | Stocktaking`."""
    opens, closes = exception.opens_at, exception.closes_at
    times = "closed" if opens is None or closes is None else _stretch(opens, closes)
    name = f" | {exception.name}" if exception.name else ""
    return f"{exception.on} {times}{name}"


def _stretch(opens: int, closes: int) -> str:
    return f"{clock_text(opens)}-{clock_text(closes if closes <= DAY else closes - DAY)}"
