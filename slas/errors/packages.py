"""What is refused about packages of promises."""

from portal.tenancy.errors import Refusal


class PackageEmpty(Refusal):
    """A package holds something."""

    message = "This version promises nothing, so there is nothing to keep. Add a promise first."
