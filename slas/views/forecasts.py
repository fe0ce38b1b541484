"""How good forecasts were, for administrators and auditors."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal import clock
from portal.accounts.policies import authorise
from portal.language.numbers import count
from portal.tenancy.middleware import TenantRequest
from slas.queries.forecasts import get_calibration_page


@require_safe
def forecast_calibration(request: TenantRequest, tenant: str) -> HttpResponse:
    """What was said of running months, held against what happened."""
    authorise(request.membership, "forecast.read")
    page = get_calibration_page(today=clock.today(request.tenant.time_zone))
    figures = [
        {"value": count(page.forecasts), "label": _("Forecasts whose month has ended")},
        {"value": page.brier, "label": _("Brier score of the forecasts")},
        {"value": page.constant, "label": _("Score of always saying the share that was missed")},
    ]
    return render(request, "slas/forecast_calibration.html", {"page": page, "figures": figures})
