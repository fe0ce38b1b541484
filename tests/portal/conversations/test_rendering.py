"""A comment shows what its writer meant and nothing that a browser would run."""

from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.conversations import rendering

SHOWN = [
    pytest.param("Thank you.", "<p>Thank you.</p>", id="plain"),
    pytest.param("two\nlines", "<p>two<br>\nlines</p>", id="a line end stays a line end"),
    pytest.param("**late** and *early*", "<p><strong>late</strong> and <em>early</em></p>", id="bold and italic"),
    pytest.param("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>", id="list"),
    pytest.param("> said", "<blockquote>\n<p>said</p>\n</blockquote>", id="quote"),
    pytest.param("`a < b`", "<p><code>a &lt; b</code></p>", id="code"),
    pytest.param(
        "[log](https://example.org/a?b=1)",
        '<p><a href="https://example.org/a?b=1" rel="noopener noreferrer nofollow">log</a></p>',
        id="link",
    ),
    pytest.param("# Loud", "<p># Loud</p>", id="no headings"),
    pytest.param("1 < 2 & 3 > 2", "<p>1 &lt; 2 &amp; 3 &gt; 2</p>", id="signs are signs"),
    pytest.param("99.5 % und Ωμέγα 👩‍🚀", "<p>99.5 % und Ωμέγα 👩‍🚀</p>", id="all scripts"),
]


@pytest.mark.parametrize(("text", "html"), SHOWN)
def test_what_is_shown(text, html):
    assert rendering.render(text).html.strip() == html


VECTORS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<object data=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "<javascript:alert(1)>",
    "![x](https://example.org/pixel.gif)",
    '![x](x" onerror="alert(1))',
    '[x](https://example.org "onmouseover=alert(1)")',
    "[x]: javascript:alert(1)\n\n[x]",
    "<style>body{background:url(javascript:alert(1))}</style>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<template><script>alert(1)</script></template>",
    "<form action=https://example.org><input name=password></form>",
    "<base href=https://example.org/>",
    "<meta http-equiv=refresh content='0;url=https://example.org'>",
    "<link rel=stylesheet href=https://example.org/a.css>",
    '```html"onclick=alert(1)\n<script>alert(1)</script>\n```',
    "<div style=position:fixed;inset:0>x</div>",
    "<p hx-get=/t/larkmoor/ hx-trigger=load>x</p>",
    "<details open ontoggle=alert(1)>",
    "<!--><script>alert(1)</script-->",
    "@<script>alert(1)</script>",
]
ALLOWED = {"p": set(), "br": set(), "strong": set(), "em": set(), "ul": set(), "ol": set(), "li": set()}
ALLOWED |= {"blockquote": set(), "code": set(), "pre": set(), "a": {"href", "rel"}}


class Reader(HTMLParser):
    """What a browser would find in the HTML that is not on the list."""

    def __init__(self):
        super().__init__()
        self.foreign = []

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            known = name in ALLOWED.get(tag, set())
            if not known or (name == "href" and not is_harmless(value or "")):
                self.foreign.append((tag, name, value))
        if tag not in ALLOWED:
            self.foreign.append((tag, None, None))

    def handle_comment(self, data):
        self.foreign.append(("comment", None, data))

    def handle_decl(self, decl):
        self.foreign.append(("declaration", None, decl))


def is_harmless(address):
    before, colon, _ = address.partition(":")
    return not colon or before.lower() in {"http", "https", "mailto"} or any(sign in before for sign in "/?#")


def foreign_in(text, **options):
    reader = Reader()
    reader.feed(rendering.render(rendering.tidy(text), **options).html)
    reader.close()
    return reader.foreign


@pytest.mark.parametrize("text", VECTORS)
def test_nothing_foreign_reaches_the_page(text):
    assert foreign_in(text) == []
    assert foreign_in(text, names=["<script>alert(1)</script>", "Dana Price"]) == []


PIECES = st.sampled_from(
    [
        *VECTORS,
        "<",
        ">",
        '"',
        "'",
        "`",
        "[",
        "](",
        ")",
        "![",
        "&#",
        ";",
        "\n",
        "\n\n",
        "    ",
        "- ",
        "> ",
        "*",
        "_",
        "@",
    ]
)
HOSTILE = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=12).map("".join)


@settings(deadline=None)
@given(text=HOSTILE)
@example(text=">" * 2_000)
@example(text="[" * 5_000)
@example(text="*a " * 3_000)
@example(text="- " * 2_000)
def test_no_text_makes_anything_foreign(text):
    assert foreign_in(text, names=["Dana Price"]) == []


@pytest.mark.long
@settings(deadline=None)
@given(pieces=st.lists(HOSTILE, min_size=200, max_size=200))
def test_no_text_makes_anything_foreign_at_length(pieces):
    for text in pieces:
        assert foreign_in(text, names=["Dana Price"]) == []


MENTIONS = [
    pytest.param("@Dana Price please", {"dana price"}, id="full name"),
    pytest.param("thanks @dana price.", {"dana price"}, id="small letters, full stop after"),
    pytest.param("@Dana", set(), id="half a name is nobody"),
    pytest.param("dana@Dana Price", set(), id="an address is no mention"),
    pytest.param("@Dana Pricey", set(), id="a longer word is another"),
    pytest.param("@Ann Lee and @Ann", {"ann lee", "ann"}, id="longest name first"),
    pytest.param("`@Dana Price`", set(), id="code is code"),
    pytest.param("[@Dana Price](https://example.org)", set(), id="a link's words are its own"),
    pytest.param("**@Dana Price**", {"dana price"}, id="inside bold"),
    pytest.param("- @Dana Price\n- @José Ortíz", {"dana price", "josé ortíz"}, id="in a list"),
    pytest.param("@A.* Z", {"a.* z"}, id="a name is not a pattern"),
    pytest.param("@Stranger Danger", set(), id="who cannot read it is nobody"),
]


@pytest.mark.parametrize(("text", "mentioned"), MENTIONS)
def test_who_is_mentioned(text, mentioned):
    names = ["Dana Price", "Ann", "Ann Lee", "José Ortíz", "A.* Z"]

    assert rendering.render(text, names=names).mentioned == mentioned


def test_a_mention_stands_out():
    html = rendering.render("Ask @Dana Price.", names=["Dana Price"]).html

    assert html.strip() == "<p>Ask <strong>@Dana Price</strong>.</p>"


TIDIED = [
    pytest.param("  a\r\nb\rc  ", "a\nb\nc", id="line ends and edges"),
    pytest.param("a\x00b\x1b[31mc\x07", "ab[31mc", id="control characters"),
    pytest.param("safe\u202eexe.txt\u2066", "safeexe.txt", id="turns of direction"),
    pytest.param("a\ud800b", "ab", id="halves of characters"),
    pytest.param(" \n\t ", "", id="nothing"),
]


@pytest.mark.parametrize(("typed", "kept"), TIDIED)
def test_what_no_reader_can_see_is_not_kept(typed, kept):
    assert rendering.tidy(typed) == kept
