"""Service hours of Larkmoor Foods, all London time."""

from slas.models import HoursWindow, ServiceHours

EVERY_DAY, MON_TO_SAT, MON_TO_FRI = range(7), range(6), range(5)
# key, name, words, weekdays, opens, closes, holiday region
HOURS = (
    ("ordering", "Ordering hours", "04:00 to 22:00, every day", EVERY_DAY, 240, 1320, ""),
    ("phones", "Phone hours", "05:00 to 20:00, Mon to Sat", MON_TO_SAT, 300, 1200, ""),
    ("always", "Always", "Always", EVERY_DAY, 0, 1440, ""),
    ("working-days", "Working days", "08:00 to 18:00, working days", MON_TO_FRI, 480, 1080, "GB-ENG"),
    ("desk-help", "Desk help hours", "05:00 to 20:00, every day", EVERY_DAY, 300, 1200, ""),
    ("nights", "Nights", "Every night", EVERY_DAY, 0, 1440, ""),
)


def make_hours() -> dict[str, ServiceHours]:
    """The six sets of service hours that the promises use."""
    made = {}
    for key, name, words, weekdays, opens, closes, region in HOURS:
        made[key] = ServiceHours.objects.create(
            name=name, words=words, time_zone="Europe/London", holiday_region=region
        )
        HoursWindow.objects.bulk_create(
            HoursWindow(service_hours=made[key], weekday=day, opens_at=opens, closes_at=closes) for day in weekdays
        )
    return made
