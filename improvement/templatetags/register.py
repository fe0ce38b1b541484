"""The colour of an improvement's state. Use: {% load register %}."""

from django import template

from improvement.models import ImprovementState
from improvement.queries import TONES

register = template.Library()


@register.filter
def tone(state: str) -> str:
    """The end of the class of its chip; quiet for most."""
    found = TONES.get(ImprovementState(state))
    return f" p-chip-{found}" if found else ""
