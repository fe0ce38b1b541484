"""What the rules of portfolio and catalogue refuse, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from portal.tenancy.errors import Refusal


class MoveOutOfOrder(Refusal):
    """A service goes step by step through the pipeline into the catalogue, and from anywhere to retired.

    It goes back only while it is in the pipeline.
    """

    message = _(
        "“{service}” cannot go from “{from_step}” to “{to_step}”: steps are taken one by one. Take the next one, or"
        " create a new service to start again."
    )


class EvidenceMissing(Refusal):
    """A service goes on when it has what the step asks for."""

    message = _("Before “{service}” is {to_step} it needs: {missing}. Give that first.")


class NotOfService(Refusal):
    """A level is named for the service that it belongs to."""

    message = _("“{offering}” is not a level of “{service}”. Choose one of its levels, or none.")


class ValueOutOfOrder(Refusal):
    """A range goes from its low end over what is likely to its high end."""

    message = _("Low, likely and high must not fall. Give them in that order.")


class MoveInFuture(Refusal):
    """A transition is the record of something that happened."""

    message = _("{on} has not come yet. Give today’s date or an earlier one.")


class MoveBeforeLast(Refusal):
    """Transitions follow each other in time."""

    message = _("The last change of stage was on {last_on}. Give that date or a later one.")


class NameTaken(Refusal):
    """Two things that readers choose between need two names."""

    message = _("There is already one called “{name}”. Give this one another name.")


class EntryChanged(Refusal):
    """Nobody writes over words that they have not read, or stands by others than they have read."""

    message = _("{who} has written these words anew meanwhile. Yours are kept below, beside theirs.")


class EntryNotDraft(Refusal):
    """Only a draft can be approved."""

    message = _("There is no draft to approve.")


class EntryOwn(Refusal):
    """Two people stand by what the catalogue says."""

    message = _("You wrote this draft yourself. Ask the manager or the business owner to approve it.")


class EntryNotApproved(Refusal):
    """The business reads what a second person has read before."""

    message = _("This draft is not approved yet. Ask the manager or the business owner to approve it.")


class EntryWordsOpen(Refusal):
    """A word that readers may not know stays for a reason alone."""

    message = _("Readers may not know {words}. Say it in everyday words, or say why the words stay.")


class RetirementInPast(Refusal):
    """Whoever has a service is told before it goes."""

    message = _("Give a day to come. To retire the service today, move it to its next stage.")


class RetirementPlanned(Refusal):
    """A service leaves once."""

    message = _("A day is planned already for “{service}”. Call that off first.")


class ViewNameTaken(Refusal):
    """A person finds a view by its name."""

    message = _("You have a view called “{name}” already. Remove that one first, or give this one another name.")


class OfferingInUse(Refusal):
    """What somebody has or had stays on record."""

    message = _("“{offering}” is or was given to somebody. End those first; the offering stays for the record.")


class EntitlementTwice(Refusal):
    """A unit has one level of a service at a time."""

    message = _("{unit} already has “{offering}” in that time. End that one first, or give other dates.")


class GroupMissing(Refusal):
    """An alternative is one of several: it says of which."""

    message = _("Say which alternatives “{component}” belongs to, or choose another way of being needed.")


class GroupTooSmall(Refusal):
    """A group cannot need more parts than it has."""

    message = _("“{group}” needs {needed} and would have only {count}. Lower the number that is needed first.")


class PartTwice(Refusal):
    """A service names each of its parts once."""

    message = _("“{component}” is already part of this service. Change that entry instead.")


class StandsOnItself(Refusal):
    """What stands on itself cannot be judged: each would be as good as the other."""

    message = _("{path}. A service cannot stand on itself: leave one of these out.")


class ChangedMeanwhile(Refusal):
    """Nobody writes over what somebody else wrote without having seen it."""

    message = _("Somebody else changed this while you were writing. It says now: {now}. Compare, and save again.")


class HandsToItself(Refusal):
    """A hand-over is between two."""

    message = _("“{part}” cannot hand on to itself. Choose another part that takes over.")


class HandOverTwice(Refusal):
    """Between two parts there is one hand-over in one direction."""

    message = _("“{giver}” already hands on to that part. Change that hand-over instead.")


class StepMissing(Refusal):
    """A part is used in steps that exist, from first to last."""

    message = _("This service has {count} steps. Give the first and the last step among them, in that order.")


class StepInUse(Refusal):
    """A step that carries a part is not dropped in silence."""

    message = _("“{component}” is used in step {step}. Move it to another step before you remove that one.")


class ContributionTwice(Refusal):
    """A service is named once under a goal."""

    message = _("“{service}” already serves this goal. Remove that line to write it anew.")


class NeedAnswered(Refusal):
    """An answer that was given stands; what comes after it is a conversation."""

    message = _("This was answered on {answered_on}. Start a conversation to say more.")


class TermKnown(Refusal):
    """A word has one plain phrase."""

    message = _("“{term}” is in the glossary already. Change that entry instead.")


class TermUnreadable(Refusal):
    """A word that is never found in a text is no entry."""

    message = _("“{term}” has no letter or digit, or holds a character that nobody sees. Type the word anew.")


class PlainUnusable(Refusal):
    """A plain phrase stands in sentences, and keeps their rules: no typed number, no braces."""

    message = _("“{plain}” cannot stand in a sentence. {reason}")


class PlainIsNot(Refusal):
    """What is written instead of a word that readers do not know must itself be known."""

    message = _("“{plain}” holds words that readers outside IT may not know: {words}. Say it in everyday words.")


class ReferenceTaken(Refusal):
    """A service's own number is its own."""

    message = _("“{reference}” is the number of “{name}”. Write another, or change that one first.")


class ImportDecided(Refusal):
    """A table is written once, and taken back once."""

    message = _("“{file}” was dealt with in the meantime. Look at its page for what became of it.")


class ImportedChanged(Refusal):
    """What people wrote after an import is not thrown away with it."""

    message = _("Changed since it was brought: {names}. Nothing is taken back; change or retire what is wrong by hand.")


class ImportedInUse(Refusal):
    """A service that agreements, levels or people rely on stays."""

    message = _("Something stands on it by now: {names}. Nothing is taken back; retire what is not wanted.")


class NothingToImport(Refusal):
    """A table that changes nothing is not written."""

    message = _("The table holds nothing new. Drop it, or choose another.")


class StepsFull(Refusal):
    """A process that nobody can overlook is several ones."""

    message = _("A process has at most {most} steps. Join some of them, or describe a second process.")


class SupportTwice(Refusal):
    """A step names each thing that it rests on once."""

    message = _("“{step}” already rests on “{thing}”. Remove that line first to say its part anew.")


class CountedByHour(Refusal):
    """What an hour costs is said in one way, so that it has one value."""

    message = _(
        "What an hour of “{step}” costs is counted hour by hour, on the page of “{service}”. Change it there instead."
    )


class StepCounted(Refusal):
    """What figures were made from stays."""

    message = _("“{step}” is counted hour by hour for “{service}”, and months were made from it. Rename it instead.")


class NothingSaid(Refusal):
    """A question is answered by what was filled in."""

    message = _("Nothing is filled in yet that answers “{title}”. Fill it in first, or answer in your own words.")


class StepOfAnother(Refusal):
    """Hours are counted for a step of the unit's own that rests on the service."""

    message = _("“{step}” is no step of {unit} that rests on “{service}”. Choose another one.")


class GoalInCircle(Refusal):
    """A goal under itself would never be reached first."""

    message = _("That would close a circle: {path}. Put it under another goal, or under none.")


class GoalHalfSaid(Refusal):
    """A way has two ends."""

    message = _("Say both: from which value, and to which one.")


class GoalUnmeasured(Refusal):
    """Where a goal stands can be told once it is said where it begins and ends."""

    message = _("Say first from which value to which one “{goal}” is to go.")


class NothingToPropose(Refusal):
    """A proposal is a service in the pipeline."""

    message = _("Say what the service would be called and what people could do with it.")
