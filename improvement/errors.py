"""What the rules of the register refuse, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from portal.tenancy.errors import Refusal


class StateOutOfOrder(Refusal):
    """An improvement goes from state to state in one order."""

    message = _("“{improvement}” cannot go from “{from_state}” to “{to_state}”. Next can be: {allowed}.")


class ImprovementClosed(Refusal):
    """What is closed stays as it was found; more is a new improvement."""

    message = _("“{improvement}” is closed. Suggest a new improvement if there is more to do.")


class OwnerMissing(Refusal):
    """Something agreed has somebody who does it, and a day."""

    message = _("Name an owner and a date first: without them nobody would do “{improvement}”.")


class MovedByIT(Refusal):
    """How far the work is, is said by those who do it."""

    message = _("Only IT can move “{improvement}” there. Ask its owner or the service level manager to do it.")


class MoveInFuture(Refusal):
    """A change of state is the record of something that happened."""

    message = _("{on} has not come yet. Give today’s date or an earlier one.")


class ConfirmedByBusiness(Refusal):
    """Whether something got better is said by those for whom it should."""

    message = _("Only the business can confirm “{improvement}”. Ask the head of the unit to do it.")
