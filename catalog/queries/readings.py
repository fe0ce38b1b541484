"""What a writer saw of a composition: a mark that changes with it, and the same in words.

A form carries the mark of what its writer read; who saves over something else is told what stands there now.
"""

import json
from hashlib import sha256

from django.utils.translation import gettext as _

from catalog.models import Dependency, DependencyGroup, HandOver, Requirement, Service
from portal.language.numbers import and_list

Reading = tuple[str, str]


def reading_of_part(dependency: Dependency) -> Reading:
    """How a service uses a part, without its place among the others."""
    kept = (
        dependency.component_id, dependency.on_service_id, dependency.requirement, dependency.group_id,
        dependency.note, dependency.first_step, dependency.last_step,
    )  # fmt: skip
    words = [str(dependency.part), str(Requirement(dependency.requirement).label)]
    if dependency.group is not None:
        words.append(dependency.group.name)
    if dependency.first_step is not None:
        words.append(_("steps %(first)s to %(last)s") % {"first": dependency.first_step, "last": dependency.last_step})
    return _mark(kept), ", ".join([*words, *([dependency.note] if dependency.note else [])])


def reading_of_group(group: DependencyGroup) -> Reading:
    """Alternatives: their name, how many are enough, and which they are."""
    parts = list(group.dependencies.select_related("component", "on_service").order_by("position", "pk"))
    words = _("“%(name)s”: %(needed)s of %(parts)s") % {
        "name": group.name,
        "needed": group.needed,
        "parts": and_list([str(part.part) for part in parts]),
    }
    return _mark((group.name, group.needed, sorted(part.pk for part in parts))), words


def reading_of_hand_over(hand_over: HandOver) -> Reading:
    """One hand-over."""
    kept = (hand_over.giver_id, hand_over.receiver_id, hand_over.note, hand_over.within_minutes)
    return _mark(kept), f"{hand_over.giver.part}, {hand_over.note}"


def reading_of_steps(service: Service) -> Reading:
    """The steps of a service in order."""
    steps = list(service.steps.order_by("position").values_list("name", "note"))
    return _mark(steps), "; ".join(name for name, _note in steps) or _("no steps")


def _mark(kept: object) -> str:
    return sha256(json.dumps(kept).encode()).hexdigest()[:16]
