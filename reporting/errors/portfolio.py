"""What the rules of reviews of the portfolio refuse, by name."""

from django.utils.translation import gettext_lazy as _

from portal.tenancy.errors import Refusal


class PortfolioReviewOpen(Refusal):
    """The portfolio is reviewed one time after the other."""

    message = _("Review {number} of the portfolio is still open. Close it first.")


class ReviewWithoutServices(Refusal):
    """A review is of something, by somebody."""

    message = _("Name at least one service that is not retired, and one person who votes.")


class PortfolioReviewClosed(Refusal):
    """What was closed is a record."""

    message = _("Review {number} of the portfolio was closed. Say it in the next one.")


class VoterNotNamed(Refusal):
    """Votes come from the people who were asked."""

    message = _("You are not named as a voter in review {number}. Ask a service level manager.")


class OutcomeMissing(Refusal):
    """A review ends with a word on each service."""

    message = _("Say what comes out of it for: {services}.")
