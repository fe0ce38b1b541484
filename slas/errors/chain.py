"""What the rules of a chain refuse, by name."""

from portal.tenancy.errors import Refusal


class CannotStandUnder(Refusal):
    """A promise stands on promises of the same kind that a team or a supplier has agreed to."""

    message = (
        "“{under}” cannot stand under “{promise}”. Choose a promise of the same kind from an agreement with a team or a"
        " supplier that both of its sides have agreed on."
    )


class StandsUnderAlready(Refusal):
    """What stands under a promise is one step of its path."""

    message = "“{under}” stands under “{promise}” already. Take it out first to give it another step."


class PromiseTakenOut(Refusal):
    """What stands under a promise is named while the promise is there."""

    message = "“{promise}” was taken out meanwhile, so that nothing is written. Read on the page what is promised now."
