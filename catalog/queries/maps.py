"""What a service is made of as a drawing: lanes by kind of part, columns by step, hand-overs as arrows."""

from collections.abc import Callable, Collection
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from catalog.queries.composition import LANES, Composition, Handing, Part, lane_label
from portal.charts.maps_parts import MapArrow, MapBlock, MapLane, MapNode, MapStep, ServiceMap

MOST_OPEN = 20  # services whose parts are shown beside them


def get_map(
    *, composition: Composition, title: str, address: Callable[[Part], str], opened: Collection[str] = ()
) -> ServiceMap:
    """The map of a composition; `address` says where a part leads, `opened` which services are open by the address."""
    shown = {part.dependency_id for part in composition.parts}
    drawn = _Map(composition, address, tuple(opened))
    return ServiceMap(
        title=title,
        steps=[MapStep(step.name, step.note) for step in composition.steps],
        lanes=[MapLane(lane_label(kind), LANES[kind], drawn.blocks(kind)) for kind in LANES if drawn.has(kind)],
        arrows=[_arrow(each) for each in composition.handings if {each.giver_id, each.receiver_id} <= {*shown, None}],
    )


class _Map:
    def __init__(self, composition: Composition, address: Callable[[Part], str], opened: tuple[str, ...]) -> None:
        self.composition, self.address, self.opened = composition, address, opened

    def has(self, kind: str) -> bool:
        return any(part.kind == kind for part in self.composition.parts)

    def blocks(self, kind: str) -> tuple[MapBlock, ...]:
        """The parts of one lane: each alone, or alternatives in a frame where the first of them stands."""
        parts = [part for part in self.composition.parts if part.kind == kind]
        found = []
        for part in parts:
            some = [each for each in parts if part.group_id is not None and each.group_id == part.group_id] or [part]
            if some[0] is part:
                first, last = min(each.first for each in some), max(each.last for each in some)
                nodes = tuple(self.node(each) for each in some)
                found.append(MapBlock(nodes, first, last, self.composition.rule_of(part)))
        return tuple(found)

    def node(self, part: Part) -> MapNode:
        is_said = part.status is not None
        return MapNode(
            key=str(part.dependency_id),
            name=part.name,
            note=part.said,
            letter=part.status.letter if is_said and part.status else "",
            words=part.status.words if is_said and part.status else "",
            url=self.address(part),
            is_weak=part.is_weak,
            fold_url=self.fold(part),
            fold_words=_("Close") if part.is_open else _("Open: %(count)s parts") % {"count": part.inside},
        )

    def fold(self, part: Part) -> str:
        """The address at which the part is open, or closed if it is open now."""
        if not part.inside:
            return ""
        others = [slug for slug in self.opened if slug != part.slug]
        wanted = others if part.is_open else [*others, part.slug][-MOST_OPEN:]
        return f"?{urlencode([('show', 'map'), *(('open', slug) for slug in wanted)])}"


def _arrow(handing: Handing) -> MapArrow:
    receiver = None if handing.receiver_id is None else str(handing.receiver_id)
    short = _("Hands on to %(receiver)s") % {"receiver": handing.receiver}
    return MapArrow(str(handing.giver_id), receiver, handing.words, short)
