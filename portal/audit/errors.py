"""Named refusals of the audit."""

from django.utils.translation import gettext_lazy as _

from portal.tenancy.errors import Refusal


class TooManyEntries(Refusal):
    """A file that a spreadsheet can open holds so many lines and no more."""

    message = _("These are {found} entries, and a file holds {most}. Choose fewer days.")
