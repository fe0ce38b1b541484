"""Makers of improvements."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from improvement.models import PROMISED, ImprovementOpportunity
from tests import factories

_numbers = count(1)
NOW = datetime(2026, 11, 10, 9, 40, tzinfo=UTC)


def make_improvement(**fields: Any) -> ImprovementOpportunity:
    number = next(_numbers)
    if "raised_by" not in fields:
        fields["raised_by"] = factories.make_member()
    if fields.get("state") in PROMISED:
        fields = {"owner": fields["raised_by"], "due_on": NOW.date()} | fields
    common = {"number": number, "title": f"Improvement {number}", "why": "Missed promise", "raised_at": NOW}
    return ImprovementOpportunity.objects.create(**common | fields)
