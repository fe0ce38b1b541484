"""The map of a service: nothing overlaps, words stay inside, arrows keep to the parts they join, at sixty parts too."""

from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.charts.maps import draw_map, draw_narrow_map
from portal.charts.maps_layout import NARROW, WIDE, Box, bends, lay_out, lay_out_narrow, wrap
from portal.charts.maps_parts import MapArrow, MapBlock, MapLane, MapNode, MapStep, ServiceMap

LANES = ("People", "IT", "Services", "Suppliers", "Information")
SMALLEST = 11
WORDS = st.text("abcdefgh mnopqrst&<", min_size=1, max_size=40).map(lambda text: text.strip() or "x")


def node(key, **fields):
    return MapNode(key, **{"name": f"Part {key}", "url": f"/parts/{key}/"} | fields)


def example(count, steps=6, arrows=True):
    """A map of so many parts: single ones, wide ones, pairs in frames, weak ones and nested ones among them."""
    blocks = [[] for _lane in LANES]
    keys = []
    number = 0
    while len(keys) < count:
        first = number % steps + 1
        lane = blocks[number % len(LANES)]
        size = min(2, count - len(keys)) if number % 5 == 2 else 1
        names = [f"{number}-{at}" for at in range(size)]
        keys += names
        last = min(steps, first + 2) if number % 7 == 3 else first
        fields = {"note": "Needed by steps 2, 3 and 4", "letter": "KCM"[number % 3], "words": "99.5 %"}
        fields |= {"is_weak": number % 3 == 2, "fold_url": "?open=x" if number % 11 == 4 else "", "fold_words": "Open"}
        parts = tuple(node(name, **fields) for name in names)
        lane.append(MapBlock(parts, first, last, "One of these two is enough" if size > 1 else ""))
        number += 1
    pairs = zip(keys[::4], keys[3::4], strict=False)
    made = [MapArrow(giver, receiver, f"{giver} to {receiver}", "on to the next") for giver, receiver in pairs]
    lanes = [MapLane(label, "user", tuple(some)) for label, some in zip(LANES, blocks, strict=True) if some]
    named = [MapStep(f"Step number {at}", "or calls the desk") for at in range(1, steps + 1)]
    return ServiceMap("Customer ordering", named, lanes, [*made, MapArrow(keys[-1], None, "done")] if arrows else ())


@st.composite
def maps(draw):
    steps = draw(st.integers(0, 9))
    width = max(1, steps)
    lanes = []
    number = 0
    for label in draw(st.lists(st.sampled_from(LANES), max_size=5, unique=True)):
        blocks = []
        for _block in range(draw(st.integers(1, 5))):
            size = draw(st.integers(1, 5))
            ends = sorted((draw(st.integers(1, width)), draw(st.integers(1, width))))
            parts = tuple(
                node(str(number + at), name=draw(WORDS), note=draw(st.just("") | WORDS),
                     letter=draw(st.sampled_from(["", "M", "K"])), words="99.5 %")
                for at in range(size)
            )  # fmt: skip
            number += size
            blocks.append(MapBlock(parts, *ends, rule=f"One of these {size} is enough" if size > 1 else ""))
        lanes.append(MapLane(label, "user", tuple(blocks)))
    keys = [str(each) for each in range(number)]
    pairs = (
        draw(st.lists(st.tuples(st.sampled_from(keys), st.sampled_from([*keys, None])), max_size=8, unique=True))
        if keys
        else []
    )
    arrows = [MapArrow(giver, receiver, "hands on", "hands on") for giver, receiver in pairs if giver != receiver]
    return ServiceMap("A service", [MapStep(draw(WORDS)) for _step in range(steps)], lanes, arrows)


def assert_in_order(layout):
    """Parts stay apart and in the drawing; frames hold their parts and no others; words lie inside."""
    whole = Box(0, 0, layout.width, layout.height)
    boxes = [placed.box for placed in layout.nodes]
    assert all(whole.holds(box) for box in boxes)
    assert [pair for pair in combinations(boxes, 2) if pair[0].meets(pair[1])] == []
    for frame in layout.frames:
        assert all(frame.box.holds(box) or not frame.box.meets(box) for box in boxes)
        assert all(frame.box.holds(line.room) for line in frame.lines)
    for one, other in combinations(layout.frames, 2):
        assert not one.box.meets(other.box)
    for placed in layout.nodes:
        assert all(placed.box.holds(line.room) for line in placed.lines)
        if placed.node.letter:
            assert placed.box.holds(Box(*placed.mark_at, 16, 16))
        if placed.node.fold_url:
            assert placed.box.holds(placed.fold)
            assert not any(placed.fold.meets(line.room) for line in placed.lines)
    for line in layout.lines:
        assert whole.holds(line.room)
        assert not any(line.room.meets(box) for box in boxes)


@settings(deadline=None, max_examples=30)
@given(maps())
def test_nothing_overlaps_and_words_stay_inside(drawn):
    assert_in_order(lay_out(drawn))
    assert_in_order(lay_out_narrow(drawn))
    assert len(lay_out(drawn).nodes) == sum(len(block.nodes) for lane in drawn.lanes for block in lane.blocks)


@settings(deadline=None, max_examples=30)
@given(maps())
def test_an_arrow_leaves_its_giver_and_reaches_its_receiver(drawn):
    layout = lay_out(drawn)
    boxes = {placed.node.key: placed.box for placed in layout.nodes}

    for arrow, placed in zip(drawn.arrows, layout.arrows, strict=True):
        start, end = placed.points[0], placed.points[-1]
        assert start[0] == boxes[arrow.giver].right
        assert boxes[arrow.giver].y < start[1] < boxes[arrow.giver].bottom
        if arrow.receiver is not None:
            into = boxes[arrow.receiver]
            assert into.x - 2 < end[0] < into.x
            assert into.y < end[1] < into.bottom
        assert all(x == other or y == below for x, y, other, below in bends(placed)), "an arrow turns at right angles"
        assert 0 <= min(x for x, _y in placed.points) <= max(x for x, _y in placed.points) <= WIDE


def test_sixty_parts_can_be_read():
    drawn = example(60)
    layout = lay_out(drawn)

    assert len(layout.nodes) == 60
    assert_in_order(layout)
    badges = [Box(x - 8, y - 8, 16, 16) for x, y in (arrow.badge_at for arrow in layout.arrows)]
    assert len(badges) == 16
    assert [pair for pair in combinations(badges, 2) if pair[0].meets(pair[1])] == []
    assert [box for box in badges if any(box.meets(placed.box) for placed in layout.nodes)] == []
    words = [*layout.lines, *(line for placed in (*layout.nodes, *layout.frames) for line in placed.lines)]
    assert min(line.size for line in words) >= SMALLEST
    assert min(placed.box.width for placed in layout.nodes) >= 96
    assert min(placed.box.height for placed in layout.nodes) >= 24


@pytest.mark.parametrize("count", [2, 3, 6])
def test_numbers_of_arrows_into_one_part_stand_apart(count):
    givers = tuple(MapBlock((node(str(at)),), 1, 1) for at in range(count))
    lane = MapLane("IT", "chip", (*givers, MapBlock((node("to"),), 2, 2)))
    arrows = [MapArrow(str(at), "to", "hands on") for at in range(count)]

    layout = lay_out(ServiceMap("x", [MapStep("One"), MapStep("Two")], [lane], arrows))

    badges = [Box(x - 8, y - 8, 16, 16) for x, y in (arrow.badge_at for arrow in layout.arrows)]
    assert [pair for pair in combinations(badges, 2) if pair[0].meets(pair[1])] == []


def test_the_words_of_each_lane_fit_in_one_line():
    labels = ["People", "IT", "Services", "Suppliers", "Assets", "Information"]
    lanes = [MapLane(label, "user", (MapBlock((node(label),), 1, 1),)) for label in labels]

    assert [line.words for line in lay_out(ServiceMap("x", [], lanes)).lines] == labels


def test_the_same_map_is_drawn_with_the_same_bytes():
    assert draw_map(example(20)) == draw_map(example(20))
    assert draw_narrow_map(example(20)) == draw_narrow_map(example(20))
    assert draw_map(example(20)) != draw_narrow_map(example(20))


@pytest.mark.parametrize("draw", [draw_map, draw_narrow_map])
def test_the_drawing_is_a_named_group_of_links(draw):
    root = ElementTree.fromstring(draw(example(12)))
    space = "{http://www.w3.org/2000/svg}" if root.tag.startswith("{") else ""
    links = [link.get("href") for link in root.iter(f"{space}a")]

    assert root.get("role") == "group"
    assert root.find(f"{space}title").text == "Customer ordering"
    assert len([link for link in links if link.startswith("/parts/")]) == 12
    assert "?open=x" in links


def test_people_s_words_are_escaped():
    drawn = ServiceMap("<b>", [], [MapLane("IT", "chip", (MapBlock((node("a", name="<script>", url='"x'),), 1, 1),))])

    assert "<script>" not in draw_map(drawn)
    assert "<b>" not in draw_map(drawn)


def test_without_steps_parts_lie_side_by_side():
    drawn = ServiceMap("x", [], [MapLane("IT", "chip", tuple(MapBlock((node(str(at)),), 1, 1) for at in range(5)))])

    xs = [placed.box.x for placed in lay_out(drawn).nodes]
    assert len(set(xs)) == 4


def test_a_phone_says_hand_overs_at_the_part_that_hands_on():
    drawn = example(8)

    layout = lay_out_narrow(drawn)

    said = [line.words for placed in layout.nodes for line in placed.lines]
    assert said.count("on to the next") == 2
    assert layout.arrows == []
    assert max(placed.box.right for placed in layout.nodes) <= NARROW


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("one two three", ["one two", "three"]),
        ("abcdefghijk", ["abcdefgh", "ijk"]),
        ("a abcdefghijk b", ["a", "abcdefgh", "ijk b"]),
        ("", []),
    ],
)
def test_words_are_wrapped_and_long_ones_broken(words, lines):
    assert wrap(words, 8 * 10 * 0.56 + 1, 10) == lines
