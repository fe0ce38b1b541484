"""What the rules of service levels refuse, by name."""

from portal.tenancy.errors import Refusal


class WrongFacts(Refusal):
    """A measure counts one kind of facts."""

    message = "“{measure}” counts {expected}, and these rows are {facts}. Choose a measure that counts {facts}."


class ContradictingRows(Refusal):
    """One fact cannot have two values."""

    message = "Two rows say different things about {key}. Keep the right one and send the rows again."


class OwnFacts(Refusal):
    """Entered and uploaded facts count when two people have seen them."""

    message = "You brought these facts yourself. Ask a second person to decide about them."


class BatchDecided(Refusal):
    """A batch goes one way, once."""

    message = "This cannot be done any more: the batch is “{state}”. Bring the rows again if they were wrong."


class NothingToCount(Refusal):
    """A draft needs a valid row."""

    message = "No row of this file can count. Put the errors right and upload the file again."


class ReasonMissing(Refusal):
    """Who refuses says why."""

    message = "Say why, so that the person who brought the facts knows what to put right."


class SlugTaken(Refusal):
    """One address, one measure."""

    message = "There is a measure “{slug}” already. Choose another address, or change that measure."


class KindIsFixed(Refusal):
    """The facts of a measure are of one kind."""

    message = "Facts of “{measure}” were brought already, so its kind stays. Make a new measure for the other kind."


class MonthStillRuns(Refusal):
    """Figures are frozen when nothing more can happen in their month."""

    message = "{month} is not over yet. Its figures can be closed from {ends_on} on."


class ClaimNeedsOutages(Refusal):
    """A claimed time changes only figures that count time."""

    message = "“{promise}” does not count time. Say which of its cases or dates you count differently."


class ReversedClaim(Refusal):
    """A claimed time has a length."""

    message = "The claimed time ends before it starts. Correct one of the two times."
