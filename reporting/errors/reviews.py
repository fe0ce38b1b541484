"""What the rules of reviews, their editions and their report agreements refuse, by name."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.tenancy.errors import Refusal


class ReviewIssued(Refusal):
    """What was issued is a record."""

    message = _("This review was issued on {issued_on}. Correct it with a new edition and a reason.")


class NothingToReview(Refusal):
    """A review is of a month that has begun, in which something was promised to its unit."""

    message = "{reason}"


class ReviewNotIssued(Refusal):
    """There is nothing yet that could be answered or corrected."""

    message = _("This review has not been issued yet. Issue it first.")


class NobodyPrepares(Refusal):
    """What is issued by itself is issued in somebody's name."""

    message = _("Nobody stands for this review yet. Read it, and issue it in your name.")


class CheckMissing(Refusal):
    """Where both sides agreed on it, a second person of IT reads a review before it is issued."""

    message = _("The report agreement says that a second person reads this first. Ask for the check on its page.")


class CheckOutdated(Refusal):
    """What was read is not what would be issued."""

    message = _("Text or figures have changed since {name} read this on {day}. Ask for the check again.")


class CheckOpen(Refusal):
    """A check is asked for once."""

    message = _("{name} asked for a check already. Wait for it, or draft the review again.")


class CheckNotAsked(Refusal):
    """Only what waits for a check is checked or sent back."""

    message = _("Nobody waits for a check of this review now. Load the page again to see where it stands.")


class CheckIsOwn(Refusal):
    """Four eyes see more than two."""

    message = _("You asked for this check yourself. Another person of IT reads it.")


class CheckByWriter(Refusal):
    """Nobody passes their own sentences."""

    message = _("You have written in this draft yourself, so that you cannot pass it. {second}")


class CheckReadAgain(Refusal):
    """Who passes a review has read it as it is."""

    message = _("Text or figures have changed while you read. Read the page again, then pass it.")


class FiguresMissing(Refusal):
    """A review without a promise or without figures says nothing."""

    message = _("There are no figures for {unit} in {month} yet: {missing}. Wait until they are computed.")


class SentenceRefused(Refusal):
    """A sentence broke a binding, or typed a number."""

    message = "{reason}"


class SentenceEmpty(Refusal):
    """Only sentences of the first page may be left out."""

    message = _("This sentence explains a figure and cannot be left out. Write what the reader should know.")


class NothingToReword(Refusal):
    """A plain phrase replaces words that are there."""

    message = _("These words are not in the sentence any more. Read it again.")


class WordsOpen(Refusal):
    """A review is issued in words that its readers know, or says why not. `places` are the words that stand open."""

    message = _(
        "Readers outside IT may stumble here. {findings}. Say it plainly on the page of the sentences, or give a reason"
        " why it stays: the reason is printed in the appendix of the edition."
    )

    def __init__(self, *, places: tuple[Any, ...], **details: Any) -> None:
        super().__init__(**details)
        self.places = places


class WordsChanged(WordsOpen):
    """A reason speaks of the words that its writer has seen."""

    message = _("Other words came in while you wrote. Read the list again: your reason speaks of all of them.")


class EditionClosed(Refusal):
    """A signed review is a record; it is corrected by a new edition, not by answers."""

    message = _("This review was acknowledged on {signed_on}. Ask for a correction in the next one.")


class EditionReplaced(Refusal):
    """Answers go to the newest edition."""

    message = _("Edition {number} was replaced. Answer the newest edition instead.")


class ReviewNotSigned(Refusal):
    """Only what was signed is closed."""

    message = _("This review has not been signed, or is closed already.")


class StillOpen(Refusal):
    """A review is closed when everything about it is answered."""

    message = _("Disputes and questions still open: {number}. It is closed once they are answered.")


class NothingToRestate(Refusal):
    """A new edition says something new."""

    message = _("Nothing has changed since edition {number}. Correct the facts or a sentence first.")


class ReasonMissing(Refusal):
    """A correction says why."""

    message = _("Say why the edition is corrected, so that its readers know what is different.")


class LayoutNotProposed(Refusal):
    """Nobody of IT stands behind this layout yet."""

    message = _("IT has not proposed this layout yet. It is proposed with the first review that is issued in it.")


class LayoutAccepted(Refusal):
    """Once is enough."""

    message = _("{name} accepted this layout on {agreed_on}.")


class StatementIncomplete(Refusal):
    """A statement of value is computed, so that what it is computed from must be there."""

    message = _("This kind of statement also needs: {missing}.")


class ProfileMissing(Refusal):
    """What was lost is computed from the business's own figures of an hour."""

    message = _(
        "{unit} has not said yet what an hour without “{service}” costs. Ask for it on the page of the service."
    )


class PromiseOfAnotherUnit(Refusal):
    """What a unit lost or won is told from a promise that was made to it."""

    message = _("“{promise}” was not promised to {unit}. Choose a promise of one of its own agreements.")


class ValueConfirmed(Refusal):
    """A statement is confirmed once; changed, it can be confirmed again."""

    message = _("{by} confirmed this already.")


class LayoutIsOwn(Refusal):
    """Nobody accepts what their own side proposes."""

    message = _("Your side has proposed version {version}. The other side accepts it, or proposes another one.")


class LayoutAnswered(Refusal):
    """The newest proposal is the one that is answered."""

    message = _("Version {version} was proposed meanwhile. Read and answer that one.")


class LayoutOvertaken(Refusal):
    """Nobody proposes over what they have not read."""

    message = _("Version {version} was proposed while you wrote. Read it first; send yours again if you still want it.")


class LayoutReasonMissing(Refusal):
    """A later version says why."""

    message = _("Say why the report agreement changes, so that the other side can answer.")


class LayoutSame(Refusal):
    """A new version says something new."""

    message = _("This says the same as version {version}. Change something first.")


class InterpretationsMissing(Refusal):
    """No figure is issued that both sides could read differently."""

    message = _(
        "Report agreement version {version} does not say how to read: {subjects}. Put words for them into its next"
        " version and propose it. Once it is accepted, draft or correct the review again."
    )


class FiguresOutside(Refusal):
    """A review shows what both sides agreed on."""

    message = _("These figures are not part of report agreement version {version}: {figures}. Draft the review again.")
