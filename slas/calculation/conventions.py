"""Conventions of others that Parley names, each with the rule on both sides.

Two products rarely give the same number for the same month, because each picks its own convention and hides it.
Parley's own are the defaults; a figure that is counted by another says so.
"""

from dataclasses import dataclass

FOR_COMPARISON = "offered for comparison only"
BESIDE_OURS = "told beside ours on the page of each figure, under “As others would count it”"


@dataclass(frozen=True)
class Convention:
    """One way of counting that differs from Parley's in one point: the one that is switched on.

    `offered_as` says where both sides agree it, or read it beside Parley's own figure; without it no promise agrees it
    and no figure tells it in this version, and it is offered for comparison: for cases that were counted so. `why_not`
    says why Parley would not count so even if both sides asked for it.
    """

    name: str
    ours: str
    theirs: str
    offered_as: str = ""
    why_not: str = ""
    reversed_is_nothing: bool = False
    wall_clock: bool = False
    skipped_opening_is_lost: bool = False
    day_before_is_overlooked: bool = False
    holiday_wins: bool = False
    due_at_next_opening: bool = False
    pauses_in_clock_time: bool = False
    offset_days_are_working_days: bool = False
    ordinary_rounding: bool = False
    planned_work_stays: bool = False
    no_data_is_up: bool = False
    no_data_is_down: bool = False
    counts_from_first_data: bool = False
    whole_month: bool = False
    allowance_of_usual: bool = False
    degradation_is_ignored: bool = False
    shortest_target_holds: bool = False
    first_target_holds: bool = False
    clock_starts_with_assignment: bool = False
    change_starts_anew: bool = False
    change_loses_pauses: bool = False
    hours_of_server: bool = False
    windows_shift: bool = False
    mean_of_percentages: bool = False
    agreed_weights: bool = False
    whole_is_mean_of_parts: bool = False
    whole_is_worst_part: bool = False
    bands_with_holes: bool = False
    equality_is_missed: bool = False
    month_of_fixed_length: bool = False

    @property
    def is_offered(self) -> bool:
        """Whether Parley counts so for anybody: in a promise, or for comparison."""
        return not self.why_not

    @property
    def offer(self) -> str:
        """What Parley offers of it, in words."""
        if self.why_not:
            return f"not offered: {self.why_not}"
        return f"offered: {self.offered_as}" if self.offered_as else FOR_COMPARISON


PARLEY = Convention("Parley's defaults", "", "")

NAMED = (
    Convention(
        "a month of fixed length",
        ours="A trailing month is divided by its own seconds, as far as it was watched.",
        theirs="Every month is divided by 2,628,288 seconds.",
        why_not="A February without a second up would be told as 8 % up.",
        month_of_fixed_length=True,
    ),
    Convention(
        "a reversed interval counts nothing",
        ours="From b back to a the time is that from a to b, below zero; at entry a reversed interval is refused.",
        theirs="A reversed interval counts zero.",
        reversed_is_nothing=True,
    ),
    Convention(
        "hours of the wall clock",
        ours="Seconds that pass: a day of 24 hours has 23 or 25 of them when the clock is moved.",
        theirs="What the clock on the wall shows: every such day counts 24 hours.",
        why_not="A night of nine hours would count eight.",
        wall_clock=True,
    ),
    Convention(
        "a window that opens in the skipped hour is lost",
        ours="It opens at the first instant after the gap.",
        theirs="It does not open that day.",
        why_not="Hours that were agreed and worked would not count.",
        skipped_opening_is_lost=True,
    ),
    Convention(
        "a window that opened the day before is overlooked",
        ours="A window over midnight belongs to the date on which it opens, and counts until it closes.",
        theirs="What begins after midnight inside such a window does not count until the next one opens.",
        why_not="Half of a night shift would not count.",
        day_before_is_overlooked=True,
    ),
    Convention(
        "a holiday wins over a dated exception",
        ours="A dated exception says what holds on its date, also on a holiday.",
        theirs="A holiday closes the day, whatever else is written for it.",
        holiday_wins=True,
    ),
    Convention(
        "due at the next opening",
        ours="Time used up exactly at closing is due at that closing.",
        theirs="It is due at the next opening.",
        offered_as=BESIDE_OURS,
        due_at_next_opening=True,
    ),
    Convention(
        "pauses in clock time",
        ours="A pause moves the due instant by its service time; outside service hours it moves nothing.",
        theirs="A pause moves the due instant by its whole length on the clock.",
        offered_as=BESIDE_OURS,
        pauses_in_clock_time=True,
    ),
    Convention(
        "offsets of whole days are working days",
        ours="An offset from a due instant is service time, in seconds.",
        theirs="An offset of n times 24 hours is n working days, at the same local time.",
        offset_days_are_working_days=True,
    ),
    Convention(
        "ordinary rounding",
        ours="Shown rounded toward failure: down where more is better.",
        theirs="Rounded half up.",
        offered_as=BESIDE_OURS,
        ordinary_rounding=True,
    ),
    Convention(
        "planned work stays in the denominator",
        ours="Agreed planned work is taken out of the time that counts.",
        theirs="Planned work counts as up.",
        offered_as=BESIDE_OURS,
        planned_work_stays=True,
    ),
    Convention(
        "no data counts as up",
        ours="Time without data is unknown, and left out unless agreed otherwise.",
        theirs="Time without data counts as up.",
        offered_as="agreed under “What has no data”, counts as up",
        no_data_is_up=True,
    ),
    Convention(
        "no data counts as down",
        ours="Time without data is unknown; without any data there is no figure.",
        theirs="Time without data counts as down; without any data the figure is 0 %.",
        offered_as="agreed under “What has no data”, counts as down",
        no_data_is_down=True,
    ),
    Convention(
        "counting starts with the first data",
        ours="Counting starts with the period, or with the day on which the service or its agreement starts.",
        theirs="Counting starts with the first thing that was recorded.",
        offered_as="agreed under “Promised from”, the day of the first data",
        counts_from_first_data=True,
    ),
    Convention(
        "a running month against the whole month",
        ours="So far: what was lost against the time that has passed.",
        theirs="At the end of the month if nothing else happens: what was lost against the whole month.",
        offered_as="told beside ours in each running month, as “if nothing else happens”",
        whole_month=True,
    ),
    Convention(
        "the allowance is a share of the usual",
        ours="What may fail is a share of all units that were counted.",
        theirs="What may fail is a share of the units that usually succeed.",
        why_not="The promise would be another than its percentage says.",
        allowance_of_usual=True,
    ),
    Convention(
        "degradation is ignored",
        ours="A service that is degraded loses the agreed part of each second.",
        theirs="Only what is down is lost: all of a degraded service is usable.",
        offered_as="agreed under “Slow time counts, percent”, 0",
        degradation_is_ignored=True,
    ),
    Convention(
        "the shortest target holds",
        ours="Each target that a case falls under is judged.",
        theirs="Of several targets the shortest is judged, and the others are not.",
        why_not="What was promised beside it would be judged nowhere.",
        shortest_target_holds=True,
    ),
    Convention(
        "the first target holds",
        ours="Each target that a case falls under is judged.",
        theirs="Of several targets the first in the list is judged, and the others are not.",
        why_not="The order of a list would decide what was promised.",
        first_target_holds=True,
    ),
    Convention(
        "the clock starts with the assignment",
        ours="The clock starts when the case is opened.",
        theirs="It starts when somebody is given the case.",
        clock_starts_with_assignment=True,
    ),
    Convention(
        "a change of target starts the clock anew",
        ours="A new target applies from the original start, with all pauses.",
        theirs="A new target starts with the change.",
        offered_as="agreed under “Another priority counts from”, the change",
        change_starts_anew=True,
    ),
    Convention(
        "a change of target loses the pauses",
        ours="A new target applies from the original start, with all pauses.",
        theirs="Pauses before the change count as time that passed.",
        why_not="IT would answer for time in which it waited for the customer.",
        change_loses_pauses=True,
    ),
    Convention(
        "hours in the zone of the server",
        ours="Service hours are written in the zone that the agreement names.",
        theirs="They are read in the zone of the machine that counts, here UTC.",
        why_not="A move of the machine would change what was agreed.",
        hours_of_server=True,
    ),
    Convention(
        "windows shift when the clock is moved",
        ours="A window stays where the clock on the wall shows it.",
        theirs="It stays so many seconds after the beginning of its week.",
        why_not="Half of the year opening hours would be wrong by an hour.",
        windows_shift=True,
    ),
    Convention(
        "mean of percentages",
        ours="What was met and what was judged are added up.",
        theirs="Percentages are averaged, however much was judged for each.",
        mean_of_percentages=True,
    ),
    Convention(
        "agreed weights",
        ours="What was met and what was judged are added up.",
        theirs="Each member weighs what was agreed for it.",
        agreed_weights=True,
    ),
    Convention(
        "a whole is the mean of its parts",
        ours="A whole is down when a part that it needs is down.",
        theirs="Its figure is the weighted mean of the figures of its parts.",
        why_not="While a part that is needed is down, nobody can work.",
        whole_is_mean_of_parts=True,
    ),
    Convention(
        "a whole is its worst part",
        ours="A whole is down when a part that it needs is down.",
        theirs="Its figure is that of its worst part.",
        why_not="Parts that fail one after the other would cost as much as one of them.",
        whole_is_worst_part=True,
    ),
    Convention(
        "bands with holes",
        ours="Bands of credits touch and never overlap; others are refused.",
        theirs="Bands hold both of their bounds; a value between two of them is worth nothing.",
        why_not="A missed target would be worth nothing by accident.",
        bands_with_holes=True,
    ),
    Convention(
        "equality is missed",
        ours="Exactly the target is met.",
        theirs="Only what is better than the target is met.",
        why_not="99.5 % would not keep a promise of 99.5 %.",
        equality_is_missed=True,
    ),
)


@dataclass(frozen=True)
class NotCalculated:
    """A kind of figure of others that Parley does not calculate, and why."""

    kind: str
    figure: str
    reason: str


NOT_CALCULATED = (
    NotCalculated(
        "ticket_metrics",
        figure="Mean times of answering and solving, from the messages of a ticket.",
        reason="A mean hides the long ones. Parley judges each case, and tells shares and percentiles.",
    ),
)
