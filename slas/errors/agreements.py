"""What the life of an agreement refuses, by name."""

from portal.tenancy.errors import Refusal


class AgreementGone(Refusal):
    """A draft can be removed while somebody else has it open."""

    message = "“{agreement}” was removed meanwhile, so that nothing is written. Ask who did it, or make a new draft."


class PartyThere(Refusal):
    """Nobody makes agreements under two names, and no two under one."""

    message = "{name} is a party of the kind “{kind}” already. Choose it in the agreement."


class OwnerOfOthers(Refusal):
    """Whoever does a duty belongs to the side that owes it."""

    message = "{name} cannot answer for a duty of {customer}. Choose somebody who belongs to it."


class NoticeGiven(Refusal):
    """Notice is given once."""

    message = "Notice was given on {given_on} already. A new version that both sides accept can change the end."


class NoticeTooShort(Refusal):
    """The other side has the agreed time to prepare."""

    message = (
        "Notice of {days} was agreed: the agreement can end on {earliest} at the earliest. An earlier end needs a new"
        " version that both sides accept."
    )


class EndsWithTerm(Refusal):
    """What goes on term by term ends with one of its terms."""

    message = "This agreement ends with one of its terms. The next one from that day on ends on {ends_on}; choose that."


class EndsInPast(Refusal):
    """What was promised until today stays promised, also where one side wants out."""

    message = "An agreement does not end for days that are over. It can end on {earliest} at the earliest; choose that."


class SidesStay(Refusal):
    """The versions of an agreement are made between the same two, so that nobody loses a promise by another's yes."""

    message = (
        "Version {version} was agreed as {kind} between {customer} and {provider}. The next one is that as well; make a"
        " new agreement for others."
    )


class NamedByAnother(Refusal):
    """What another agreement helps to keep is there."""

    message = "“{agreement}” says that it helps to keep this one. Change that there first, then remove this draft."


class ScopeTaken(Refusal):
    """One service level agreement at a time promises a service to a unit."""

    message = (
        "“{agreement}” promises {service} to {unit} on some of these days already. Change what this version covers, or"
        " its days, or end the other agreement first."
    )


class ScopeNeedsUnit(Refusal):
    """A service level agreement says for whom."""

    message = "Choose the business unit: a service level agreement says to whom the service is promised."


class ScopeLineThere(Refusal):
    """Each line stands once."""

    message = "{service} is covered already for that unit. Change that line instead."
