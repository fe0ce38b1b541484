"""Taking a line out of a draft: it is asked first, on a page of its own, so that it works without script."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.utils.translation import gettext as _

from portal.pages import form_page
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest
from slas.models import Agreement
from slas.views.versions import to_version, url_of


def take_out(
    request: TenantRequest, *, agreement: Agreement, name: str, goes_too: str, remove: Callable[[], object]
) -> HttpResponse:
    """Ask, and say what goes with it (`goes_too`, a sentence); what was sent is removed, or said why not."""
    back = url_of(agreement)
    if request.method != "POST":
        title = _("Take “%(name)s” out of the draft?") % {"name": name}
        intro = _("%(goes_too)s Versions that both sides agreed on stay as they are.") % {"goes_too": goes_too}
        return form_page(request, Form(), title=title, intro=intro, send=_("Take it out"), back=back)
    try:
        remove()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("“%(name)s” is taken out.") % {"name": name})
    return to_version(agreement)
