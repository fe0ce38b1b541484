"""What is said about one promise, and the figures that its sentences name."""

from dataclasses import dataclass

from portal.language.facts import PromiseWords
from portal.language.sentences import Printed, figure
from portal.language.ways import ENGLISH, say

STATUSES = ("kept", "close", "missed", "at_risk", "trial", "disputed", "data_gap", "no_cases")
STATUS_WORDS = {status: say(ENGLISH, 0, f"status.{status}") for status in STATUSES}
LETTERS = {
    "kept": "K",
    "close": "C",
    "missed": "M",
    "at_risk": "R",
    "trial": "T",
    "disputed": "D",
    "data_gap": "G",
    "no_cases": "N",
}


@dataclass(frozen=True, slots=True)
class Phrases:
    """Sentences with named figures, and those figures printed.

    `key` is the key sentence, `short` the line in a list, `badge` the words beside the name, `cover` what the first
    page says (a whole sentence when missed or without data, a clause when only just kept, else empty).
    """

    key: str
    short: str
    badge: str
    figures: tuple[Printed, ...]
    cover: str = ""


class Figures:
    """Collects the figures of one promise while its sentences are written."""

    def __init__(self, words: PromiseWords) -> None:
        self._words = words
        self._printed: dict[str, Printed] = {}

    def __call__(self, part: str, text: str, name: str) -> str:
        """Note a figure and give its binding for the sentence."""
        anchor = f"{self._words.anchor}.{part}"
        self._printed[anchor] = Printed(anchor, text, f"{self._words.name}: {name}")
        return figure(anchor)

    def all(self) -> tuple[Printed, ...]:
        """The figures noted, in the order in which the sentences brought them."""
        return tuple(self._printed.values())
