"""What the rules of signing refuse, by name."""

from portal.tenancy.errors import Refusal


class SignsInPortal(Refusal):
    """Whoever has users here signs with them, so that a name is that of somebody who signed in."""

    message = "{party} has a head who signs in. Ask {names} to accept it here."


class ContactKnown(Refusal):
    """A person is a contact of a party once."""

    message = "{email} is a contact of {party} already."


class ContactGone(Refusal):
    """Who speaks for a party no longer is not asked."""

    message = "{name} speaks for {party} no longer. Choose somebody else."


class NoSide(Refusal):
    """An agreement is signed by its two sides."""

    message = "{party} is no side of this agreement. Choose a contact of one of its sides."


class LinkRefused(Refusal):
    """A one-time link signs nothing any more; `title` says so in a few words."""

    title = "This link cannot be used"


class LinkUsed(LinkRefused):
    """A link signs once."""

    title = "This is signed"
    message = "The link was used on {on}. A link signs once: there is nothing left to do."


class LinkWithdrawn(LinkRefused):
    """Whoever asked for a signature can take the link back."""

    title = "This link was taken back"
    message = "{by} took it back on {on}. Ask {by} whether the agreement is still to be signed, and for a new link."


class LinkExpired(LinkRefused):
    """A link signs until a day."""

    title = "This link has expired"
    message = "It could be used until {on}. Ask {by} for a new one."


class LinkTextChanged(LinkRefused):
    """Who was asked to sign one text signs no other."""

    title = "The text has changed"
    message = "Since this link was sent, the agreement was changed or taken back. Ask {by} for a link to the new text."


class SignedOtherwise(LinkRefused):
    """A party signs once."""

    title = "This was signed already"
    message = "{party} has signed this text in another way. There is nothing left to do with this link."


class LinkForOthers(LinkRefused):
    """Whoever works here signs as themselves."""

    title = "This link is for somebody else"
    message = "You are signed in here as {name}. The link is for {contact}, who signs without an account."


class TooManyTries(LinkRefused):
    """Nobody guesses links."""

    title = "Too many requests"
    message = "Too much was asked from where you are. Wait a minute, then open the link again."


class CodeDiffers(Refusal):
    """A signed copy is of the text as it stands."""

    message = (
        "The check code of this version is {code}, and you wrote {given}. The copy is of another text: have the PDF of"
        " this version signed."
    )


class TextChanged(Refusal):
    """A side says yes to the text that it has read."""

    message = "The text has changed since you opened this page. Read the agreement again, then accept it."


class SignedInFuture(Refusal):
    """A copy was signed before it was brought."""

    message = "The copy cannot have been signed after today. Write the day that stands on it."


class DocumentNameTaken(Refusal):
    """Two documents of an agreement are told apart by their names."""

    message = "There is a document “{name}” already. Give this one another name."


class PaperChanged(Refusal):
    """A PDF shows what it was asked for."""

    message = "The agreement has changed since this PDF was asked for. Ask for it anew on its page."
