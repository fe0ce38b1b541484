"""What the rules of talking about reviews refuse, by name: answers, disputes, meetings, surveys, complaints."""

from django.utils.translation import gettext_lazy as _

from portal.tenancy.errors import Refusal


class MeetingInPast(Refusal):
    """A meeting is planned before it is held."""

    message = _("This time has passed. Choose a time to come, or leave it empty while none is agreed.")


class MinutesConfirmed(Refusal):
    """Confirmed minutes are a record of both sides."""

    message = _(
        "{name} confirmed the minutes on {confirmed_on}: this meeting is a record. Put what is new on the agenda of the"
        " next one."
    )


class MinutesMissing(Refusal):
    """There is nothing yet that could be confirmed."""

    message = _("No minutes have been written yet.")


class MinutesChanged(Refusal):
    """Who confirms has read what they confirm, and nobody writes over what they have not read."""

    message = _("The minutes were written anew meanwhile. Read them again first.")


class TopicToCome(Refusal):
    """What was raised for a later meeting was not talked about in an earlier one."""

    message = _("This is on the agenda of a later meeting. Say there that it was talked about.")


class TopicClosed(Refusal):
    """Talked about is talked about."""

    message = _("This was talked about already. Put it on the agenda again if it is not settled.")


class AskedAlready(Refusal):
    """One question about one thing."""

    message = _("A question about this was asked already. Its answers are among the short surveys.")


class CaseUnknown(Refusal):
    """A question after a case is about a case that was solved for the unit."""

    message = _("No case “{key}” was solved for {unit}. Take its number from the measure that counts it.")


class NobodyToAsk(Refusal):
    """A question needs somebody who answers."""

    message = _("{unit} has no members who could answer. Invite them first.")


class PulseOver(Refusal):
    """What is over cannot be answered."""

    message = _("This question was closed on {closed_on}.")


class PulseAnswered(Refusal):
    """Nobody answers twice."""

    message = _("You have answered this already.")


class FeedbackAnswered(Refusal):
    """IT answers once; then the business closes it or asks again."""

    message = _("This was answered already. It is closed by whoever said it.")


class FeedbackNotAnswered(Refusal):
    """What was answered can be closed."""

    message = _("IT has not answered yet. You can close it once there is an answer.")


class FeedbackClosed(Refusal):
    """Closed is closed."""

    message = _("This was closed already. Say it anew if it is not settled.")


class CommentsOver(Refusal):
    """The window for comments is agreed; what comes later is talked about in the meeting."""

    message = _(
        "Comments and questions on this review were possible until {until}. Put yours on the agenda of the meeting. A"
        " figure can be disputed until the review is signed."
    )


class ChannelSame(Refusal):
    """A proposal says something new."""

    message = _("Both sides have agreed on this already. Change something first.")


class ChannelNotProposed(Refusal):
    """There is nothing to accept."""

    message = _("Nothing is proposed here any more. Look at what is agreed, or propose something yourself.")


class ChannelIsOwn(Refusal):
    """Nobody accepts what their own side proposes."""

    message = _("Your side has proposed this. The other side accepts it, or proposes something else.")


class ChannelChanged(Refusal):
    """Who accepts has read what they accept."""

    message = _("Something else was proposed meanwhile. Read it, then accept it.")


class AlreadyAcknowledged(Refusal):
    """Once is enough."""

    message = _("You have acknowledged this already.")


class AlreadyDisputed(Refusal):
    """One open dispute a figure."""

    message = _("This figure is disputed already. Write into that thread.")


class DisputesOpen(Refusal):
    """A review with an open dispute cannot be accepted as a whole."""

    message = _("Figures still disputed: {number}. Settle each of them first, or sign with reservations.")


class DisputeAnswered(Refusal):
    """IT answers once; what follows is said in the thread."""

    message = _("This dispute was answered on {answered_on}. Go on in its thread.")


class DisputeNotAnswered(Refusal):
    """The reader settles what IT has answered."""

    message = _("IT has not answered this dispute yet. You can settle it once there is an answer.")


class DisputeSettled(Refusal):
    """A settled dispute stays settled."""

    message = _("This dispute was settled on {settled_on}.")


class ClaimIncomplete(Refusal):
    """A claimed time has a start and an end."""

    message = _("Give both the start and the end of the time that you count, or neither.")


class AnchorUnknown(Refusal):
    """A comment is about something on the page."""

    message = _("There is no “{anchor}” in this edition. Choose a sentence or a figure of the page.")


class RequestAnswered(Refusal):
    """A request for context is answered once."""

    message = _("This was answered on {answered_on}.")


class FollowUpDone(Refusal):
    """Done is done."""

    message = _("This was done on {done_on}.")


class FollowUpChanged(Refusal):
    """Nobody writes over what they have not read."""

    message = _("{name} is to do this by {due_on} now: it was changed meanwhile. Read it again, then change it.")
