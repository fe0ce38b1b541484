"""The drawings: shape and letter for each status, honest lengths, words that stay words, colours that can be read."""

import re
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from portal.charts import budgets, examples, icons, marks, shares, slam, strips, svg, trends
from portal.charts.templatetags import charts

STYLESHEET = (Path(__file__).resolve().parents[2] / "static" / "parley.css").read_text()
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</title><script>alert(1)</script>\" onload='x'"
WORDS = budgets.BudgetWords(
    title="Minutes", description="92", allowed="Allowed: 167 min", over="41 min over", total="208 min", unit="min"
)
labels = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc", "Cn"]), max_size=30)
counts = st.floats(min_value=0, max_value=1e6, allow_nan=False)


def parsed(drawing: str) -> ElementTree.Element:
    """The drawing read as XML; inline SVG has no namespace of its own in a page."""
    return ElementTree.fromstring(drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def texts(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def drawings(words: str) -> dict[str, str]:
    """Every kind of drawing, with the given words wherever words go."""
    points = [trends.TrendPoint(words, 99.1, missed=True, note=words), trends.TrendPoint(words, None)]
    limit = trends.Limit(99.5, words)
    spoken = budgets.BudgetWords(words, words, words, words, words, words)
    return {
        "mark": marks.status_mark("D", title=words),
        "icon": icons.icon("clock"),
        "logo": icons.logo(),
        "strip": strips.strip(marks.LETTERS, title=words),
        "share": shares.share_bar(121, 162, title=words, mark_at=33),
        "budget": budgets.budget([budgets.BudgetPart(words, 92)], allowed=60, words=spoken),
        "trend": trends.trend(points, title=words, description=words, limit=limit, unit=words),
        "bars": trends.bars(points, title=words, description=words, limit=limit, unit=words),
    }


@pytest.mark.parametrize("kind", drawings(""))
def test_words_cannot_break_out_of_a_drawing(kind):
    root = parsed(drawings(HOSTILE)[kind])

    assert not list(root.iter(f"{SVG}script"))
    assert {name for element in root.iter() for name in element.attrib if name.startswith("on")} == set()


@pytest.mark.parametrize("kind", drawings("words"))
def test_a_drawing_carries_no_inline_style(kind):
    assert " style=" not in drawings("words")[kind]


@pytest.mark.parametrize("kind", ["mark", "strip", "share", "budget", "trend", "bars"])
def test_a_drawing_is_named_by_its_first_child(kind):
    root = parsed(drawings("Spoken name")[kind])

    assert root.get("role") == "img"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == "Spoken name"


@pytest.mark.parametrize("kind", ["budget", "trend", "bars"])
def test_a_chart_is_labelled_by_its_own_title_and_description(kind):
    root = parsed(drawings("Spoken name")[kind])

    assert root.get("aria-labelledby", "").split() == [root[0].get("id"), root[1].get("id")]


def test_different_charts_never_share_an_id():
    parts = [budgets.BudgetPart("6 Oct", 92)]
    wide, narrow = (budgets.budget(parts, allowed=167, words=WORDS, width=width) for width in (620, 312))

    assert set(re.findall(r'id="([^"]+)"', wide)).isdisjoint(re.findall(r'id="([^"]+)"', narrow))


@given(words=labels)
def test_the_same_inputs_give_the_same_bytes(words):
    assert drawings(words) == drawings(words)


def test_a_mark_without_a_word_to_say_is_passed_over():
    root = parsed(marks.status_mark("K"))

    assert root.get("aria-hidden") == "true"
    assert root.find(f"{SVG}title") is None


@pytest.mark.parametrize("letter", marks.LETTERS)
def test_each_mark_shows_its_letter(letter):
    assert texts(parsed(marks.status_mark(letter))) == [letter]


def test_no_two_marks_have_the_same_shape():
    shapes = {
        letter: re.sub(r"<text.*?</text>|(fill|stroke|class)=\"[^\"]*\"", "", marks.SHAPES[letter])
        for letter in marks.LETTERS
    }

    assert len(set(shapes.values())) == len(marks.LETTERS)


@pytest.mark.parametrize("draw", [marks.status_mark, lambda letter: strips.strip(["K", letter], title="")])
def test_an_unknown_status_is_refused_by_name(draw):
    with pytest.raises(marks.UnknownStatus, match=r"“X” is not a status letter\. Use one of K, C"):
        draw("X")


def test_an_unknown_icon_is_refused_by_name():
    with pytest.raises(icons.UnknownIcon, match="There is no icon “rocket”"):
        icons.icon("rocket")


def test_a_missed_month_stands_taller_than_a_close_and_a_kept_one():
    heights = [float(column.get("height", 0)) for column in parsed(strips.strip("KCM", title="")).iter(f"{SVG}rect")]

    assert heights == sorted(heights)
    assert heights[0] < heights[1] < heights[2] == strips.HEIGHT


@pytest.mark.parametrize("months", [0, 1, 12])
def test_a_strip_has_one_column_per_month(months):
    assert len(list(parsed(strips.strip("K" * months, title="")).iter(f"{SVG}rect"))) == months


class TestBudget:
    def pieces(self, drawing):
        return [
            float(rect.get("width", 0))
            for rect in parsed(drawing).iter(f"{SVG}rect")
            if rect.get("class") in ("p-fill-bar", "p-fill-paper p-stroke-gap")
        ]

    def test_shows_each_event_the_total_and_what_is_over(self):
        found = examples.parts()
        shown = texts(parsed(budgets.budget(found.events, allowed=167.1, words=WORDS)))

        assert shown == [
            "92\u00a0min", "58", "21", "37",
            "6 Oct", "14 Oct", "22 Oct", "28 Oct, slow",
            "Allowed: 167 min", "41 min over", "208 min",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("counted", "over"),
        [
            pytest.param(167.2, True, id="more than allowed"),
            pytest.param(167.1, False, id="met exactly counts as kept"),
            pytest.param(0, False, id="nothing used"),
        ],
    )
    def test_names_what_is_over_only_when_more_was_used(self, counted, over):
        drawing = budgets.budget([budgets.BudgetPart("6 Oct", counted)], allowed=167.1, words=WORDS)

        assert ("41 min over" in texts(parsed(drawing))) is over

    @given(counted=st.lists(st.integers(min_value=20, max_value=500), min_size=1, max_size=6))
    def test_lengths_are_in_proportion(self, counted):
        drawing = budgets.budget([budgets.BudgetPart("", value) for value in counted], allowed=100, words=WORDS)
        scale = 560 / max(sum(counted), 100)

        assert self.pieces(drawing) == pytest.approx([value * scale - 1.5 for value in counted], abs=0.06)

    @given(parts=st.lists(st.tuples(labels, counts), max_size=12), allowed=counts, width=st.sampled_from([312, 620]))
    def test_names_below_the_bar_never_run_into_each_other(self, parts, allowed, width):
        drawing = budgets.budget(
            [budgets.BudgetPart(*part) for part in parts], allowed=allowed, words=WORDS, width=width
        )
        below = str(budgets.TOP + budgets.HEIGHT + 16)
        names = [name for name in parsed(drawing).iter(f"{SVG}text") if name.get("y") == below]
        edges = [
            (float(name.get("x", 0)) - half, float(name.get("x", 0)) + half)
            for name in names
            for half in [svg.width_of(name.text or "", 11.5) / 2]
        ]

        assert all(end <= start + 0.2 for (_, end), (start, _) in pairwise(edges))

    def test_an_event_without_room_for_its_number_still_has_its_piece(self):
        parts = [budgets.BudgetPart("6 Oct", 500), budgets.BudgetPart("7 Oct", 1)]
        drawing = budgets.budget(parts, allowed=100, words=WORDS)

        assert len(self.pieces(drawing)) == 2
        assert "1" not in texts(parsed(drawing))


class TestAxis:
    @given(low=st.floats(-1e6, 1e6), span=st.floats(1e-3, 1e6))
    def test_lines_enclose_the_values_and_are_few(self, low, span):
        lines = trends.grid_lines(low, low + span)

        assert lines[0] <= low + span * 1e-6
        assert lines[-1] >= (low + span) - span * 1e-6
        assert 2 <= len(lines) <= trends.LINES + 2
        assert lines == sorted(set(lines))

    def test_lines_are_round(self):
        assert trends.grid_lines(99.12, 99.94) == [99.0, 99.5, 100.0]

    def test_bars_start_at_zero(self):
        root = parsed(trends.bars([trends.TrendPoint("Nov", 405), trends.TrendPoint("Dec", 431)], title=""))
        first, second = (float(bar.get("height", 0)) for bar in root.iter(f"{SVG}rect"))

        assert "0" in texts(root)
        assert first / second == pytest.approx(405 / 431, abs=0.01)

    @pytest.mark.parametrize("draw", [trends.trend, trends.bars])
    @pytest.mark.parametrize(
        "values", [[], [None], [5.0], [99.5, 99.5], [0.0]], ids=["no month", "no data", "one", "all alike", "zero"]
    )
    def test_few_or_equal_values_are_drawn(self, draw, values):
        points = [trends.TrendPoint("Nov", value) for value in values]

        assert parsed(draw(points, title="Orders")).tag == f"{SVG}svg"

    def test_a_month_without_data_has_no_dot_and_breaks_the_line(self):
        points = [trends.TrendPoint("A", 1), trends.TrendPoint("B", None), trends.TrendPoint("C", 2)]
        drawing = trends.trend(points, title="")
        line = next(
            step.get("d", "") for step in parsed(drawing).iter(f"{SVG}path") if "stroke-faint" in step.get("class", "")
        )

        assert drawing.count("<circle") == 2
        assert (line.count("M"), line.count("L")) == (2, 0)

    @pytest.mark.parametrize(
        ("width", "named"),
        [(600, "Nov Dec Jan Feb Mar Apr May Jun Jul Aug Sep Oct"), (312, "Dec Feb Apr Jun Aug Oct")],
        ids=["wide", "phone"],
    )
    def test_names_of_months_do_not_touch_on_a_phone(self, width, named):
        tracked = examples.parts().tracked
        root = parsed(trends.trend(tracked, title="", width=width))

        assert " ".join(words for words in texts(root) if words in {point.label for point in tracked}) == named

    def test_a_miss_is_a_square_with_its_words(self):
        root = parsed(trends.trend(examples.parts().tracked, title="", limit=examples.parts().tried))

        assert len(list(root.iter(f"{SVG}circle"))) == 11
        assert len(list(root.iter(f"{SVG}rect"))) == 1
        assert "May: 99.1 %, would have been missed" in texts(root)

    @pytest.mark.parametrize("width", [600, 312], ids=["wide", "phone"])
    @pytest.mark.parametrize(
        "values", [(99.84, 99.72, 99.85, 99.88, 99.81, 99.83, 99.89, 99.77, 99.76, 99.89, 99.84, 99.71), (99.5,) * 12]
    )
    def test_of_many_misses_no_words_are_written_over_others(self, values, width):
        points = [trends.TrendPoint("Mon", value, True, f"{value}: would have been missed") for value in values]
        root = parsed(trends.trend(points, title="", limit=trends.Limit(99.9, "Promise tried on"), width=width))
        boxes = []
        for each in (words for words in root.iter(f"{SVG}text") if "missed" in words.text):
            room, x, y = svg.width_of(each.text, 12), float(each.get("x")), float(each.get("y"))
            left = x if each.get("text-anchor") == "start" else x - room
            boxes.append(trends.Box(left, left + room, y - 12, y + 4))

        assert len(list(root.iter(f"{SVG}rect"))) == 12 >= len(boxes) > 0
        assert not any(one.meets(other) for one, other in combinations(boxes, 2))


class TestSlam:
    WORDS = {letter: str(word) for letter, word in charts.WORDS.items()}

    def body(self, **options):
        row = slam.SlamRow("Orders <b>", "99.5 %", [slam.SlamCell("M", "99.3", "/f/?a=1&b=2"), slam.SlamCell("N", "–")])
        return slam.slam_body([row], words=self.WORDS, **options)

    def test_each_cell_says_status_and_value(self):
        cells = re.findall(r"<td.*?</td>", self.body())

        said = [re.sub(r"<text.*?</text>|<[^>]+>", " ", cell).split() for cell in cells]
        assert said == [["Missed", "99.3"], ["No", "cases", "–"]]

    def test_a_cell_leads_to_its_figure_where_it_has_an_address(self):
        assert re.findall(r'href="([^"]+)"', self.body()) == ["/f/?a=1&amp;b=2"]
        assert "Orders &lt;b&gt;" in self.body()

    def test_a_cell_on_paper_holds_mark_value_and_link_and_nothing_else(self):
        cells = re.findall(r"<td.*?</td>", re.sub(r"<svg.*?</svg>", "", self.body(on_paper=True)))
        link = '<a class="p-cell" href="/f/?a=1&amp;b=2">99.3</a>'
        assert cells == [f'<td class="p-is-M">{link}</td>', '<td class="p-is-N">–</td>']


class TestColours:
    """What the stylesheet says must be what the drawings carry, and must be readable."""

    def tokens(self, theme):
        pairs = re.findall(r"(--p-[a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", STYLESHEET)
        return {name: (light if theme == "light" else dark) for name, light, dark in pairs}

    def light_value(self, rule):
        value = re.search(r"(?:fill|stroke): ([^;]+);", rule)[1]
        token = re.fullmatch(r"var\((.+)\)", value)
        return self.tokens("light")[token[1]] if token else re.search(r"#[0-9a-f]{6}", value)[0]

    def test_every_colour_of_a_drawing_has_its_rule_with_the_same_light_value(self):
        used = set(
            re.findall(r"p-(?:fill|stroke)-[a-z0-9-]+", " ".join([*drawings("x").values(), *marks.SHAPES.values()]))
        )
        rules = {name: re.search(rf"\.{name} {{([^}}]+)}}", STYLESHEET) for name in used}
        names = {name: re.sub(r"p-(fill|stroke)-", "", name) for name in used}

        assert [name for name, rule in rules.items() if rule is None] == []
        assert {name: self.light_value(rules[name][1]) for name in used if names[name] in svg.PALETTE} == {
            name: svg.PALETTE[names[name]] for name in used if names[name] in svg.PALETTE
        }

    @pytest.mark.parametrize("theme", ["light", "dark"])
    @pytest.mark.parametrize(
        ("words", "ground", "least"),
        [
            *[
                (f"--p-{ink}", f"--p-{ground}", 4.5)
                for ink in ("ink", "ink-2", "accent")
                for ground in ("paper", "bg", "soft")
            ],
            *[(f"--p-{name}-ink", f"--p-{name}-bg", 4.5) for name in ("kept", "close", "missed", "trial")],
            *[(f"--p-{name}-ink", "--p-paper", 4.5) for name in ("kept", "close", "missed", "trial")],
            ("--p-on-accent", "--p-accent", 4.5),
            ("--p-accent-ink", "--p-accent-bg", 4.5),
            ("--p-ink-2", "--p-accent-bg", 4.5),
            *[
                (f"--p-{name}", "--p-paper", 3)
                for name in ("control", "ink-3", "kept", "missed", "trial", "disputed", "gap")
            ],
        ],
    )
    def test_words_and_marks_stand_out(self, theme, words, ground, least):
        tokens = self.tokens(theme)

        assert contrast(tokens[words], tokens[ground]) >= least


def contrast(first: str, second: str) -> float:
    """The WCAG contrast ratio of two colours."""

    def luminance(colour: str) -> float:
        channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        pytest.param('{% status_word "M" %}', "Missed", id="usual word"),
        pytest.param('{% status_word "M" "1 of 3 missed" %}', "1 of 3 missed", id="other words"),
        pytest.param('{{ "G"|status_name }}', "Data gap", id="name"),
        pytest.param('{{ "B"|grade_name }}', "Measured", id="evidence"),
        pytest.param('{% strip "KKM" %}', "Last 3 months: missed in 1 of them.", id="strip with a miss"),
        pytest.param('{% strip "KKC" %}', "Last 3 months: none missed.", id="strip without"),
        pytest.param('{% status_mark "R" 20 True %}', "At risk", id="named mark"),
    ],
)
def test_tags_speak(source, words):
    assert words in Template("{% load charts %}" + source).render(Context())


@pytest.mark.parametrize(
    ("words", "kept_together"),
    [
        ("3 h 28 min of 99.5 %", "3\u00a0h 28\u00a0min of 99.5\u00a0%"),
        ("5 minutes, 6 o'clock", "5 minutes, 6 o&#x27;clock"),
        ("<b>3 min</b>", "&lt;b&gt;3\u00a0min&lt;/b&gt;"),
    ],
)
def test_a_number_never_parts_from_its_unit(words, kept_together):
    assert charts.units(words) == kept_together


def test_the_budget_tag_rounds_what_was_allowed_down_and_says_all_of_it():
    drawing = charts.budget_bar(examples.parts().events, 167.1)
    root = parsed(drawing)

    assert root[0].text == "Used: 208 min, allowed: 167 min"
    assert root[1].text == "6 Oct 92, 14 Oct 58, 22 Oct 21, 28 Oct, slow 37. 41 min over"
    assert "41 min over" in texts(root)


def test_the_page_of_parts_shows_every_status(client, db):
    page = client.get("/parts/").content.decode()

    assert [word for word in map(str, charts.WORDS.values()) if f">{word}</span>" not in page] == []
    assert "There are 2 things to put right" in page
    assert 'href="#id_promise"' in page
    assert " style=" not in page
