"""The words and the colour of an improvement's state. Use: {% load register %}."""

from django import template

from improvement.models import ImprovementState
from improvement.queries import TONES, WORDS

register = template.Library()


@register.filter
def state_words(state: str) -> str:
    """As readers hear it: in work, proving."""
    return WORDS[ImprovementState(state)]


@register.filter
def tone(state: str) -> str:
    """The end of the class of its chip; quiet for most."""
    found = TONES.get(ImprovementState(state))
    return f" p-chip-{found}" if found else ""
