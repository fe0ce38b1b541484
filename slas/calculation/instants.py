"""How a UTC second is written where no zone is agreed."""

from datetime import UTC, datetime


def instant_words(second: int) -> str:
    """A UTC second as `2026-10-06 04:12:00 UTC`; a number that no calendar holds stays one."""
    try:
        return f"{datetime.fromtimestamp(second, UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (ValueError, OverflowError, OSError):
        return str(second)
