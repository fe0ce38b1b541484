"""Where an improvement comes from, in the browser."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from improvement.queries import get_improvement
from portal.pages import get_or_404, respond
from portal.tenancy.middleware import TenantRequest
from reporting.queries.improvements import list_origins


@require_safe
def improvement_origin(request: TenantRequest, tenant: str, number: int) -> HttpResponse:
    """The review, figure, talk or dispute that raised it; the improvement's own page shows this as its part."""
    improvement = get_or_404(get_improvement, reader=request.membership, number=number)
    origins = list_origins(reader=request.membership, improvement=improvement)
    context = {"improvement": improvement, "origins": origins}
    return respond(request, "reporting/improvement_origin.html", "origin", context)
