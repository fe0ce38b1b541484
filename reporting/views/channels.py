"""How units and IT talk at each level, in the browser."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal import clock
from portal.accounts.policies import authorise, can
from portal.accounts.queries import get_unit
from portal.conversations.models import Level
from portal.pages import attempt, form_page, get_or_404, respond, sent
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest
from reporting.actions.channels import accept_channel, propose_channel
from reporting.forms.channels import ChannelForm
from reporting.queries.channels import find_channel, find_proposal, list_channels
from reporting.queries.reviews import list_owners

PAGE = 75  # the three levels of 25 units
FIELDS = ("rhythm_days", "answer_working_days", "for_business", "for_it")


@require_safe
def channel_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """Each level of each unit; the page of the talk shows as its part where it is silent or late."""
    lines = list_channels(reader=request.membership, now=clock.now())
    page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": page.object_list,
        "silent": [line for line in lines if line.is_silent or line.late],
        "may_set": can(request.membership, "channel.set"),
    }
    return respond(request, "reporting/channel_list.html", "silent", context)


def channel_edit(request: TenantRequest, tenant: str, unit: str, level: str) -> HttpResponse:
    """Propose how often both sides talk at a level, and how soon either answers."""
    found = get_or_404(get_unit, reader=request.membership, slug=unit)
    if level not in Level.values:
        raise Http404(level)
    authorise(request.membership, "channel.set")
    channel = find_proposal(unit=found, level=level) or find_channel(unit=found, level=level)
    initial = {name: getattr(channel, name) for name in FIELDS} if channel else None
    form = ChannelForm(sent(request), people=list_owners(unit=found), initial=initial)
    if attempt(
        form,
        lambda data: propose_channel(unit=found, level=level, by=request.membership, now=clock.now(), **data),
    ):
        messages.success(request, _("Proposed. It holds once the other side accepts it."))
        return redirect("channel_list", tenant=tenant)
    said = {"unit": found.name, "level": Level(level).label}
    back = reverse("channel_list", kwargs={"tenant": tenant})
    return form_page(request, form, title=_("%(level)s: %(unit)s and IT") % said, send=_("Propose it"), back=back)


@require_POST
def channel_accept(request: TenantRequest, tenant: str, unit: str, level: str) -> HttpResponse:
    """The other side accepts what was proposed for a level."""
    found = get_or_404(get_unit, reader=request.membership, slug=unit)
    authorise(request.membership, "channel.set")
    read = request.POST.get("read", "")
    try:
        accept_channel(unit=found, level=level, read=read, by=request.membership, now=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Agreed by both sides."))
    return redirect("channel_list", tenant=tenant)
