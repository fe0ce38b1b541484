"""Named refusals about people, invitations and business units."""

from django.utils.translation import gettext_lazy as _

from portal.tenancy.errors import Refusal


class LastAdministrator(Refusal):
    """Somebody must be able to let people in."""

    message = _("{name} is the last administrator here. Make somebody else administrator first.")


class UnitNeeded(Refusal):
    """Who speaks for the business speaks for a business unit."""

    message = _("A {role} belongs to at least one business unit. Choose one.")


class AlreadyMember(Refusal):
    """One person is a member once."""

    message = _("{email} is a member here already. Change the role on the page of people.")


class InvitationUsed(Refusal):
    """An invitation lets in once."""

    message = _("This invitation was used already. Sign in with your mail address and password.")


class InvitationExpired(Refusal):
    """An invitation lets in for some days only."""

    message = _("This invitation has expired or was withdrawn. Ask whoever invited you for a new one.")


class AccountExists(Refusal):
    """Who has an account proves it by signing in; an invitation sets no password of an account that is there."""

    message = _("There is an account for {email} already. Sign in first, then open the invitation again.")


class UnitNameTaken(Refusal):
    """Two business units cannot be told apart by one name."""

    message = _("There is a business unit “{name}” already. Choose another name.")
