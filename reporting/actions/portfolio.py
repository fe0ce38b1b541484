"""Services move through the portfolio: what is promised about them is known here and not in the catalogue."""

from datetime import date

from django.db import transaction

from catalog.actions.services import move_service
from catalog.models import Service
from portal.accounts.models import Membership
from reporting.queries.portfolio_steps import is_promised


@transaction.atomic
def move_through_portfolio(
    *, service: Service, to_step: str, on: date, reason: str, by: Membership | None, today: date
) -> Service:
    """The next step of a service, with all that it asks for. Refuses as `move_service`."""
    locked = Service.objects.select_for_update().get(pk=service.pk)
    promised = is_promised(service=locked)
    return move_service(service=locked, to_step=to_step, on=on, reason=reason, by=by, today=today, is_promised=promised)
