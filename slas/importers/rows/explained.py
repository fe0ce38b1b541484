"""Columns that hold more than one value, or whose effect is not to be guessed: how each is written and what it does."""

PAUSES = (
    "Each pause is start/end and its reason; without an end it still lasts. Several are separated by semicolons.",
    "The clock stands still only for reasons that the promise agrees to.",
    "Behind the reason, each after a stroke and with a colon, what else is known:",
    "| for: who was waited for",
    "| because: why it took so long. One that is longer than agreed and has none counts, and is flagged",
    "| entered: when it was written down. If that is after its start, it counts from then on only",
    "| by: who wrote it down",
    "| approved by: who agreed to it. It then counts from its start; a program cannot say this",
    "An example: 2026-10-02T09:00Z/2026-10-02T11:00Z Awaiting caller | for: Dana Field | entered: 2026-10-02T10:30Z",
)
REOPENINGS = (
    "Each is solved/opened again, in order of time; several are separated by semicolons.",
    "“resolved_at” holds the last solution, and is empty while it is open.",
    "Within the agreed days the clock goes on, without the time between; later it is a new case with a new clock.",
)
PRIORITY_CHANGES = (
    "Each is the instant of the change and the priority until then; several are separated by semicolons.",
    "“priority” holds the last one. Its limit counts from the opening, or from the change where that is agreed.",
)
MERGED_INTO = (
    "The case named here starts with the earliest of those that were merged into it; this one is not counted besides.",
    "If that case is not known or is left out, this one counts itself. Cases merged in a circle are refused.",
)
AFFECTED_PERCENT = (
    "Where the promise weighs outages by the users whom they met, an hour with 25 costs a quarter of one.",
    "Without a value it met all of them. A program cannot say it: two people do.",
)
