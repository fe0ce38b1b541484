"""What the rules of credits refuse, by name."""

from portal.tenancy.errors import Refusal


class CreditsDoNotFit(Refusal):
    """Bands of credits lie below what is promised, without a hole."""

    message = "{problem} Correct the credits of this version before it goes on."


class CreditDecided(Refusal):
    """Credits are approved or declined once."""

    message = "This was decided on {decided_on}. What is restated later comes as a correction of its own."


class CreditComputedAgain(Refusal):
    """People decide about the amount that they have read."""

    message = "It was computed again since you opened this page. Read what it is worth now, then decide."


class CreditNotApproved(Refusal):
    """Only what was approved is told to the customer."""

    message = "This credit is {state}. It can be stated when it is approved, and once."


class NotCreditApprover(Refusal):
    """Who approves credits is agreed."""

    message = "Both sides agreed that the {role} approves these credits. Ask one of them."


class NotEarnedBack(Refusal):
    """A credit is earned back by keeping the promise afterwards."""

    message = "This is not earned back: {why}"


class BandedTwice(Refusal):
    """A promise is credited once."""

    message = "“{promise}” has bands in “{scheme}” already. Change those, or take them out there first."
