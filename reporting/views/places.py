"""Where a talk belongs, in the browser."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from portal.conversations.queries import get_conversation
from portal.pages import get_or_404, respond
from portal.tenancy.middleware import TenantRequest
from reporting.queries.places import list_places


@require_safe
def conversation_place(request: TenantRequest, tenant: str, conversation_id: int) -> HttpResponse:
    """The complaint, review or service that a talk is about; the talk's own page shows this as its part."""
    found = get_or_404(get_conversation, reader=request.membership, conversation_id=conversation_id)
    context = {"conversation": found, "places": list_places(reader=request.membership, conversation=found)}
    return respond(request, "reporting/conversation_place.html", "place", context)
