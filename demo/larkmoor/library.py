"""What Larkmoor keeps for its next agreements: a template of its own, and what its own words mean."""

from datetime import datetime

from demo.larkmoor.agreements import Made
from slas.actions.building import save_template
from slas.actions.wording import add_own_word

WORDS = (
    ("month end", "vague", "Finance means the last working day, the depots the three days after it."),
    ("night run", "defined", "What begins at 22:00 and ends when the next day’s prices are live."),
)


def keep_library(made: Made, now: datetime) -> None:
    """The service level manager keeps them, when the agreements are in force."""
    manager = made.members["Pavel Orsin"]
    save_template(
        target=made.targets["urgent"], name="What stops the order desk is solved", service_class="business",
        purpose="Problems that keep people from taking orders, from the call to the solution.", by=manager, now=now,
    )  # fmt: skip
    for words, kind, note in WORDS:
        reason = "It was read in two ways in a review."
        add_own_word(words=words, kind=kind, note=note, reason=reason, by=manager, now=now)
