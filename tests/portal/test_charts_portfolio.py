"""The drawing of the portfolio: true places, names that never meet, three depths and another shape."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.charts import portfolio
from portal.charts.portfolio import LEFT, RADIUS, Plane, PortfolioWords, Spot, place_names

WORDS = PortfolioWords(
    "Twelve services", "As in the table", "Cost", "Value", "worth what it costs", lambda each: f"{each:g}"
)
PLANE = Plane(costs=(0, 100, 200), values=(0, 500, 1000), width=640, height=566)
amounts = st.floats(min_value=0, max_value=1e9, allow_nan=False)
names = st.text(st.characters(categories=["Lu", "Ll", "Zs"]), max_size=40)


@st.composite
def spots(draw, most=40):
    count = draw(st.integers(0, most))
    made = []
    for number in range(1, count + 1):
        low, likely, high = sorted(draw(amounts) - draw(st.sampled_from([0, 1000])) for _ in range(3))
        risk = draw(st.sampled_from(["low", "medium", "high", "unknown"]))
        made.append(Spot(number, draw(names), draw(amounts), low, likely, high, risk, draw(st.booleans())))
    return made


def root_of(drawing):
    return ElementTree.fromstring(drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


@given(spots=spots(), width=st.sampled_from([312.0, 640.0]))
def test_every_service_is_drawn_inside_and_the_same_each_time(spots, width):
    drawing = portfolio.portfolio(spots, words=WORDS, width=width, height=566)

    assert drawing == portfolio.portfolio(spots, words=WORDS, width=width, height=566)
    numbers = [
        text.text
        for text in root_of(drawing).iter("{http://www.w3.org/2000/svg}text")
        if text.get("font-weight") == "700"
    ]
    assert numbers == [str(spot.number) for spot in spots]
    for circle in root_of(drawing).iter("{http://www.w3.org/2000/svg}circle"):
        assert LEFT - 1 <= float(circle.get("cx")) <= width
        assert 0 <= float(circle.get("cy")) <= 566


@given(
    places=st.lists(
        st.tuples(st.floats(0, 200), st.floats(0, 1000), st.text("abc XYZ", min_size=1, max_size=30)), max_size=40
    )
)
def test_names_keep_clear_of_each_other_and_of_all_spots(places):
    made = [Spot(number, name, x, y, y, y, "low") for number, (x, y, name) in enumerate(places)]

    placed = place_names(made, PLANE)
    boxes = [(x, y - 11, x + len(name) * 12 * 0.56, y + 3) for x, y, name in placed]

    for place, (left, top, right, bottom) in enumerate(boxes):
        assert left >= LEFT
        assert right <= 640
        assert top >= 0
        assert bottom <= 566
        for other in boxes[:place]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
        for spot in made:
            x, y = PLANE.x(spot.cost), PLANE.y(spot.likely)
            assert right <= x - RADIUS or x + RADIUS <= left or bottom <= y - RADIUS or y + RADIUS <= top


def test_axes_begin_at_nought_and_the_line_is_where_value_equals_cost():
    assert (PLANE.x(0), PLANE.y(1000)) == (62, 30)
    assert PLANE.x(100) - PLANE.x(0) == PLANE.x(200) - PLANE.x(100)
    assert PLANE.y(0) == 566 - 46


@pytest.mark.parametrize(
    ("risk", "shape", "fill"),
    [
        ("low", "circle", "#ffffff"),
        ("medium", "circle", "#9fb0c6"),
        ("high", "circle", "#16202e"),
        ("unknown", "rect", "#ffffff"),
    ],
)
def test_each_risk_has_its_depth_and_what_is_not_known_another_shape(risk, shape, fill):
    drawing = portfolio.portfolio([Spot(7, "Phones", 5, 1, 2, 3, risk, planned=True)], words=WORDS)

    found = list(root_of(drawing).iter(f"{{http://www.w3.org/2000/svg}}{shape}"))
    assert [(each.get("fill"), each.get("stroke-dasharray")) for each in found] == [(fill, "3 2")]


def test_a_phone_gets_its_own_drawing_without_names():
    narrow = portfolio.portfolio([Spot(7, "Phones", 5, 1, 2, 3, "low")], words=WORDS, width=312, height=420)

    assert "Phones" not in narrow
    assert 'viewBox="0 0 312 420"' in narrow


def test_words_cannot_break_out_of_the_drawing():
    hostile = "</title><script>alert(1)</script>\" onload='x'"
    words = PortfolioWords(hostile, hostile, hostile, hostile, hostile, lambda _value: hostile)

    root = root_of(portfolio.portfolio([Spot(1, hostile, 3, 1, 2, 5, "high")], words=words))

    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))
    assert {name for element in root.iter() for name in element.attrib if name.startswith("on")} == set()
