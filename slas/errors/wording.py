"""What is refused about words."""

from portal.tenancy.errors import Refusal


class UnclearWording(Refusal):
    """A text that two honest people can read in two ways is not accepted, unless both sides say that they know."""

    message = "This cannot be accepted yet: {findings}. Mend the wording, or write down why both sides keep it."


class UnclearPromise(Refusal):
    """What is built question by question is clear; other words are kept by both sides in the form with all settings."""

    message = "This promise can be read in two ways: {findings}. Say it in other words."


class NothingToExcept(Refusal):
    """An exception is made from a finding that is there, and offered words are written where they were offered."""

    message = "These words do not stand there any more, or nothing is found in them now. Read the agreement again."


class OwnWordKnown(Refusal):
    """A word means one thing."""

    message = "“{words}” is on the list already. Change that entry."
