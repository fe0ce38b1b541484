"""A tenant in which every text that people write is an attack on the browser of whoever reads it."""

from collections.abc import Iterator
from datetime import date

from django.db import DatabaseError, models, transaction

from portal.tenancy.models import SLUG
from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period
from slas.models import Attainment
from tests.reporting import factories as made
from tests.security.rows import Rows, known_values, tenant_models

SCRIPT = "'\"><img src=x onerror=alert(1)>"
# Texts that the product reads: an attacker cannot choose them.
READ = {"time_zone", "holiday_region", "schedule", "anchor", "letter", "fact", "key", "rules"}


def make_hostile() -> tuple[Rows, int]:
    """The rows of the tenant in force, issued with these texts; and how many texts were replaced before."""
    month = made.make_month(months=0)
    replaced = sum(poison(model) for model in tenant_models())
    targets = list(type(month.targets["orders"]).objects.order_by("position"))
    compute_attainments(targets=targets, periods=[Period(2026, 10)], now=made.ISSUED_AT)
    edition = made.make_edition(month, words_reason=SCRIPT)  # its texts are no plain words
    orders = next(target for target in targets if target.slug == "orders")
    found = {
        "edition": edition,
        "figure": edition.figures.get(anchor="orders.result"),
        "attainment": Attainment.objects.filter(target=orders, period_start=date(2026, 10, 1)).latest("revision"),
    }
    return Rows(SCRIPT).adopt(**found).make_all(), replaced


def poison(model: type[models.Model]) -> int:
    """Replace each text of the rows of a model that the database lets go; how many were."""
    return sum(replace(row, field) for row in model._default_manager.order_by("pk") for field in texts_of(model))


def texts_of(model: type[models.Model]) -> Iterator[models.Field]:
    for field in model._meta.local_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.EmailField)
        if is_text and not known_values(field) and SLUG not in field.validators and field.name not in READ | {"slug"}:
            yield field


def replace(row: models.Model, field: models.Field) -> bool:
    """Whether a text of a row could be replaced; numbers make those differ that must."""
    text = f"{SCRIPT}{row.pk}"
    if not getattr(row, field.name) or (field.max_length is not None and len(text) > field.max_length):
        return False
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**{field.name: text})
    except DatabaseError:
        return False
    return True
