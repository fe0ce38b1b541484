"""What the rules of negotiating refuse, by name."""

from portal.tenancy.errors import Refusal


class ClauseGone(Refusal):
    """What is negotiated stands in the version."""

    message = "“{agreement}” does not hold this clause any more. Read on its page what it says now."


class ClauseStays(Refusal):
    """Promises and duties can be taken out."""

    message = "An agreement always says this. Propose other words for it instead."


class ClauseWaits(Refusal):
    """One proposal at a time for a clause."""

    message = "{party} has proposed other words for this clause. Wait for the answer until {due_on}, or answer it."


class ClauseAcceptedAlready(Refusal):
    """A side says yes once to the same words."""

    message = "{party} has accepted this clause already, as it stands."


class NothingDifferent(Refusal):
    """A counter says something else."""

    message = "This says what the clause says already. Change something, or accept the clause."


class ProposedAlready(Refusal):
    """What the other side proposes is accepted, not proposed once more."""

    message = "{party} proposes to take it out too. Accept that proposal."


class ClauseReadsOtherwise(Refusal):
    """People say yes to the words that they have read."""

    message = "The clause reads otherwise since you opened this page. Read what it says now, then answer."


class ChangeDoesNotFit(Refusal):
    """What is proposed could be agreed."""

    message = "The clause cannot read like this: {why} Change that and propose it again."


class AnsweredForOtherSide(Refusal):
    """A proposal is answered by the side that did not make it."""

    message = "{party} answers this proposal. You can withdraw it if your side made it."


class ProposalClosed(Refusal):
    """A proposal about a clause is answered once."""

    message = "This proposal is {state} already. Propose other words if the clause should change."


class CountersOpen(Refusal):
    """Nobody signs a text about which a question is open."""

    message = "Other words are proposed for {clauses}. Answer or withdraw that first; then accept the whole."
