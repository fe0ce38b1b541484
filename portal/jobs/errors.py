"""Named refusals of jobs."""

from django.utils.translation import gettext_lazy as _

from portal.tenancy.errors import Refusal


class UnknownKind(Refusal):
    """A job of a kind that this version of the portal cannot make."""

    message = _("The portal does not know how to make “{kind}”. Ask for it again on its page.")


class LeaseLost(Refusal):
    """Another worker does this job now; whoever is told so must stop and publish nothing."""

    message = _("Job {job} is done by another worker now.")


class PartsFailed(Refusal):
    """What a file is put together from could not all be made."""

    message = _(
        "{failed} of its {all} files could not be made, the first is “{title}”. Try again: only they are made anew"
    )


class PartDamaged(Refusal):
    """A file that is kept is not the one that was made."""

    message = _("{name} is damaged on the server’s disk. Have it restored from a backup, then try again")


class NotFailed(Refusal):
    """Only a failed job is tried again by hand."""

    message = _("This is not failed, so there is nothing to try again. See how far it is.")
