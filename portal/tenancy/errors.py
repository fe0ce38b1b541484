"""The base of all named refusals."""

from typing import Any

from django.utils.functional import Promise


class Refusal(Exception):
    """A rule of the business says no; the message says what, and what to do. Subclasses set `message`."""

    message: str | Promise = "This cannot be done."

    def __init__(self, **details: Any) -> None:
        super().__init__(str(self.message).format(**details))
