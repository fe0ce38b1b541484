"""What the rules of service levels refuse, by name."""

from portal.tenancy.errors import Refusal


class WrongFacts(Refusal):
    """A measure counts one kind of facts."""

    message = "“{measure}” counts {expected}, and these rows are {facts}. Choose a measure that counts {facts}."


class ContradictingRows(Refusal):
    """One fact cannot have two values."""

    message = "Two rows say different things about {key}. Keep the right one and send the rows again."


class MergedInCircle(Refusal):
    """Of cases that were merged one goes on."""

    message = "{cases} would be merged in a circle. Say which of them goes on, and send the rows again."


class TooManyReadings(Refusal):
    """Percentiles are counted while a page waits."""

    message = (
        "There are so many readings in service time that the database did not count them in the time that it has for"
        " one question. The share within the limit counts each of them all the same. Ask again when less is going on,"
        " or have whoever runs the portal give a question more time (STATEMENT_SECONDS)."
    )


class MonthAway(Refusal):
    """Facts of a month are kept in one place, so that they can be counted together."""

    message = "The checks and readings of {month} were taken away. Have them put back, and send the rows again."


class OwnFacts(Refusal):
    """Entered and uploaded facts count when two people have seen them."""

    message = "You brought these facts yourself. Ask a second person to decide about them."


class HoursNotNewest(Refusal):
    """Versions of service hours follow each other: what is added after an older one would pass over those between."""

    message = "Version {version} of these hours is newer. Edit that one: what you change follows it."


class HoursStartMissing(Refusal):
    """Hours that an agreement counts by are not changed for the time that has passed."""

    message = "An agreement counts by these hours. Say from which day the new ones hold."


class HoursStartTooEarly(Refusal):
    """Versions of service hours follow each other."""

    message = "Version {version} holds from {starts_on}. Choose a later day for the next one."


class HoursZoneStays(Refusal):
    """Days begin and end in one zone."""

    message = "These hours are those of {zone}. Make new service hours for another time zone."


class BatchDecided(Refusal):
    """A batch goes one way, once."""

    message = "This cannot be done any more: the batch is “{state}”. Bring the rows again if they were wrong."


class ChangedSince(Refusal):
    """What a person brought by hand would undo what came after it."""

    message = "“{key}” has changed since this was brought. Refuse it, and bring it again with what is known now."


class NothingToCount(Refusal):
    """A draft needs a valid row."""

    message = "No row of this file can count. Put the errors right and upload the file again."


class ReasonMissing(Refusal):
    """Who refuses says why."""

    message = "Say why, so that the person who brought the facts knows what to put right."


class KindIsFixed(Refusal):
    """The facts of a measure are of one kind."""

    message = "Facts of “{measure}” were brought already, so its kind stays. Make a new measure for the other kind."


class UnusableMeasure(Refusal):
    """What an import says about a measure obeys the rules of the form."""

    message = "The measure “{slug}” cannot be kept, because of its {field}. {why}"


class MonthStillRuns(Refusal):
    """Figures are frozen when nothing more can happen in their month."""

    message = "{month} is not over yet. Its figures can be closed from {ends_on} on."


class FigureNotCalculated(Refusal):
    """A figure that its facts or terms do not allow is not closed as if it were up to date."""

    message = "“{promise}” cannot be calculated for {period}: {why}"


class ClaimNeedsOutages(Refusal):
    """A claimed time changes only figures that count time."""

    message = "“{promise}” does not count time. Say which of its cases or dates you count differently."


class ReversedClaim(Refusal):
    """A claimed time has a length."""

    message = "The claimed time ends before it starts. Correct one of the two times."


class AgreementNotDraft(Refusal):
    """What both sides accepted is not changed; it is replaced by a new version."""

    message = "“{agreement}” is no draft any more. Make a new version and change that."


class AgreementOnOffer(Refusal):
    """What lies before the other side is not changed under its eyes."""

    message = "“{agreement}” is proposed. Withdraw it first; then it is a draft that can be changed, and proposed anew."


class AgreementNotOnOffer(Refusal):
    """Both sides talk about, and accept, what was proposed."""

    message = "“{agreement}” is not proposed now. Read on its page where it stands."


class DraftExists(Refusal):
    """An agreement has one version at a time that is not agreed yet."""

    message = "Version {version} is not agreed yet. Change that draft, or withdraw it and remove it first."


class NothingPromised(Refusal):
    """An agreement promises something."""

    message = "This version promises nothing yet. Add a promise before you propose it."


class AcceptedAlready(Refusal):
    """A side says yes once to one text."""

    message = "{party} has accepted this text already."


class NotYourSide(Refusal):
    """Each side accepts for itself."""

    message = "Only {party} can accept for {party}. Ask the head of that business unit."


class StartsTooEarly(Refusal):
    """A version begins after the one that it replaces."""

    message = "Version {version} begins on {starts_on}. Choose a later start for this one."


class MonthsClosed(Refusal):
    """Closed figures keep the promises that they were judged by."""

    message = "The figures of {month} are closed. Choose a start from {first_on} on."


class EndsTooEarly(Refusal):
    """An agreement ends after it began."""

    message = "This version is in force since {starts_on}. Choose an end after that day."


class EndsTooLate(Refusal):
    """One side alone does not prolong what both agreed."""

    message = "Both sides agreed that this version ends on {ends_on}. Make a new version to go on after that day."


class NotInForce(Refusal):
    """Only what holds can be ended."""

    message = "“{agreement}” is not in force, so there is nothing to end."


class SidesDoNotFit(Refusal):
    """Each kind of agreement is made between two kinds of party."""

    message = "{sides} Choose a customer and a provider of these kinds."


class PromiseGone(Refusal):
    """A level is agreed for a promise that goes on."""

    message = "The draft of the next version no longer holds “{promise}”. Add it there first, or remove the draft."


class WrongMeasure(Refusal):
    """A promise is judged from facts of its own kind."""

    message = "“{measure}” counts {facts}, and a promise of this kind needs {needed}. Choose another measure."


class NotATrial(Refusal):
    """Levels are proposed for what is only measured yet."""

    message = "“{promise}” is promised already. Change it in a new version of the agreement."


class TrialNotAgreed(Refusal):
    """Levels are proposed for what both sides agreed to measure; a text that is not agreed yet is written itself."""

    message = "“{promise}” is not agreed yet. Write the level, or the months of the trial, into that version instead."


class TrialOver(Refusal):
    """Levels are proposed for agreements that hold, or of which a next version is being made."""

    message = "“{agreement}” holds no more. Make its next version first, and promise the level in that."


class NumberNotPercentage(Refusal):
    """A level is a percentage, and a number of interruptions is none."""

    message = "“{promise}” counts interruptions, of which a number is promised. Propose a number."


class PercentageNotNumber(Refusal):
    """Of shares a percentage is promised."""

    message = "“{promise}” is judged as a share. Propose a percentage."


class TooFewMeasured(Refusal):
    """From a month or two nobody can say what the next will keep."""

    message = (
        "{measured} of the {needed} months are measured that are needed before a level can be judged for “{promise}”."
        " Propose one when they are, or propose to measure longer."
    )


class NotMonthly(Refusal):
    """Levels rest on months."""

    message = (
        "“{promise}” is judged for each {period}, and levels are proposed from months. Write a level into the next"
        " version of the agreement instead."
    )


class ProposalOpen(Refusal):
    """One proposal at a time."""

    message = "A level is proposed for “{promise}” already. Wait for the answer, which is due on {due_on}."


class ProposalAnswered(Refusal):
    """A proposal is answered once."""

    message = "This proposal was answered on {answered_on}."


class WorkBegun(Refusal):
    """Approval and cancellation come before the start; afterwards what happened is a fact."""

    message = "This work began on {starts_on}, so it cannot be approved or cancelled any more."


class OwnWork(Refusal):
    """Work is approved by somebody other than who announced it."""

    message = "You announced this work yourself. Ask a second person to approve it."


class WorkTwice(Refusal):
    """One service, one start, one work."""

    message = "Work on this service is announced for that start already. Cancel that, or choose another start."


class WorkNotBegun(Refusal):
    """What has not begun has not ended."""

    message = "This work has not begun yet. Cancel it if it will not be done."


class WorkEndOutside(Refusal):
    """Work ends after it starts, and its end is told when it has come."""

    message = "Work ends after its start and not in the future. Correct the time."


class EndReasonMissing(Refusal):
    """An end that was told before is changed for a reason."""

    message = "An end was told already. Say why it was another one."


class CountingReasonMissing(Refusal):
    """Promises rest on a measure: it is counted in another way for a reason that can be read later."""

    message = "Promises are judged by this measure. Say why its beginning or its longest silence is another one."


class ObligationDone(Refusal):
    """A duty is done once."""

    message = "This was done on {done_on}."


class KeyUsed(Refusal):
    """One Idempotency-Key, one request."""

    message = "The Idempotency-Key “{key}” was used for another request in the last 24 hours. Use a new key."
