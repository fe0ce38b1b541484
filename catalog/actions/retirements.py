"""Services that leave the catalogue on a day that is told beforehand."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.actions.services import move_service
from catalog.errors import RetirementInPast, RetirementPlanned
from catalog.models import PlannedRetirement, Service, Step
from catalog.queries.entries import list_covered
from portal.accounts.models import Membership
from portal.audit.actions import record
from portal.conversations.actions import notify
from portal.language import dates
from portal.tenancy.errors import Refusal


@transaction.atomic
def plan_retirement(
    *, service: Service, on: date, reason: str, by: Membership, now: datetime, today: date
) -> PlannedRetirement:
    """The service leaves the catalogue on a day to come; whoever has it is told now.

    Refuses with RetirementInPast and RetirementPlanned.
    """
    if on <= today:
        raise RetirementInPast
    try:
        with transaction.atomic():
            planned = PlannedRetirement.objects.create(
                service=service, on=on, reason=reason, planned_by=by, planned_at=now
            )
    except IntegrityError as error:
        raise RetirementPlanned(service=service) from error
    record(act="retirement.planned", actor_id=by.user_id, at=now, subject=service.name, on=on.isoformat())
    words = {"name": service.name, "on": dates.day_long(on), "reason": reason}
    text = _("“%(name)s” leaves the catalogue on %(on)s: %(reason)s") % words
    _tell(planned, list(list_covered(service=service, on=today)), text, "planned", now)
    return planned


@transaction.atomic
def call_off_retirement(*, planned: PlannedRetirement, by: Membership, now: datetime, today: date) -> None:
    """The service stays; whoever was told that it goes is told that it does not."""
    service = planned.service
    text = _("“%(name)s” stays in the catalogue.") % {"name": service.name}
    _tell(planned, list(list_covered(service=service, on=today)), text, "called-off", now)
    record(act="retirement.called_off", actor_id=by.user_id, at=now, subject=service.name)
    planned.delete()


@transaction.atomic
def retire_due_services(*, now: datetime, today: date) -> int:
    """Retire what was planned for today or an earlier day; running again finds nothing more.

    What stands in the way is kept with the plan, and its maker is told once.
    """
    due = PlannedRetirement.objects.filter(done_at=None, refused="", on__lte=today)
    rows = list(due.select_for_update(skip_locked=True, of=("self",)).select_related("service").order_by("pk"))
    for planned in rows:
        covered = list(list_covered(service=planned.service, on=today))
        try:
            with transaction.atomic():
                move_service(
                    service=planned.service,
                    to_step=Step.RETIRED,
                    on=today,
                    reason=planned.reason,
                    by=planned.planned_by,
                    today=today,
                    is_promised=True,
                )
        except Refusal as refusal:
            planned.refused = str(refusal)[:500]
            planned.save(update_fields=["refused"])
            text = _("“%(name)s” could not be retired: %(why)s") % {"name": planned.service.name, "why": refusal}
            _tell(planned, [planned.planned_by], text, "refused", now)
            continue
        planned.done_at = now
        planned.save(update_fields=["done_at"])
        text = _("“%(name)s” has left the catalogue: %(reason)s")
        said = {"name": planned.service.name, "reason": planned.reason}
        _tell(planned, [*covered, planned.planned_by], text % said, "done", now)
    return len(rows)


def _tell(planned: PlannedRetirement, members: list[Membership], text: str, what: str, now: datetime) -> None:
    url = reverse("service_detail", kwargs={"tenant": planned.tenant.slug, "slug": planned.service.slug})
    if what == "done":
        url = reverse("service_list", kwargs={"tenant": planned.tenant.slug})
    notify(members=members, text=text, url=url, key=f"retirement-{planned.pk}-{what}", now=now)
