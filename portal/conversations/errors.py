"""Named refusals of conversations."""

from django.utils.translation import gettext_lazy as _

from portal.tenancy.errors import Refusal


class EmptyComment(Refusal):
    """A comment says something."""

    message = _("There is nothing to send yet. Write what you want to say.")


class CommentTooLong(Refusal):
    """A comment is short enough to be read."""

    message = _("This is {length} characters long, and a comment may have {longest}. Shorten it, or send two.")


class ConversationClosed(Refusal):
    """What was closed is not gone on with."""

    message = _("This talk was closed. Start a new one if there is more to say.")


class HighestLevel(Refusal):
    """There is nothing above direction."""

    message = _("This talk is about direction already. There is no higher level.")
