"""The twelve-month chart of an issued review, from the database to HTML, with nothing kept from before.

Ours reads the frozen edition. Against the least that could write the same bytes (one statement with array_agg, one
f-string a cell), and against what an application usually does (objects and a template). Then the whole page, as a
browser gets it: with what a process keeps of issued editions, and with all of that forgotten.
"""

import argparse
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, partial
from html import escape
from statistics import median, quantiles

import django
import numpy
import psycopg
from django.core.cache import caches
from django.db import connection
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench import database
from bench.pairs import against_goal, amount, conditions, require
from portal.accounts.models import Membership, Role
from portal.charts.marks import status_mark
from portal.charts.templatetags.charts import WORDS, slam_body
from portal.language.phrases import LETTERS
from portal.tenancy.models import Tenant
from portal.tenancy.scope import tenant_scope
from reporting.actions.editions import issue_review
from reporting.actions.reviews import draft_review
from reporting.models import Edition, Figure
from reporting.queries import frozen
from reporting.queries.review_rows import twelve_months
from reporting.queries.talk_parts import EditionHead, ShownReview
from reporting.templatetags.review import chart_of
from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period
from slas.models import ServiceLevelTarget, TargetKind, Volume
from tests import factories
from tests.reporting.factories import make_layout
from tests.slas.factories import make_agreement, make_target

SEED = 20_260_304
OCTOBER = date(2026, 10, 1)
NOW = datetime(2026, 11, 6, 9, 40, tzinfo=UTC)
FEWEST = 5
QUERIES = {"ours": 3, "floor": 1, "objects": 1}
TOKEN = re.compile(rb"[0-9A-Za-z]{64}")  # a page's own token against forged requests is another one each time
OBJECTS = (
    '{% load charts %}<tbody>{% for target, figures in rows %}<tr><th scope="row">{{ target.name }}'
    "<small>{{ target.sentence }}</small></th>{% for figure in figures %}"
    '<td class="p-is-{{ figure.letter }}"><a class="p-cell" href="{% url \'figure_detail\' tenant.slug figure.pk %}">'
    '{% status_mark figure.letter 18 True %}<span data-figure="{{ figure.anchor }}">{{ figure.attainment.value_words }}'
    "</span></a></td>{% endfor %}</tr>{% endfor %}</tbody>"
)
KEPT = (
    '{% load charts review %}{% frozen "bench" %}{% chart_of shown as slam %}{% slam_body slam.rows %}{% endfrozen %}'
)
ROWS = """
SELECT target.name, target.sentence, array_agg(figure.id ORDER BY figure.anchor),
       array_agg(figure.anchor ORDER BY figure.anchor), array_agg(attainment.status ORDER BY figure.anchor),
       array_agg(attainment.value_words ORDER BY figure.anchor)
FROM reporting_figure figure
JOIN slas_attainment attainment ON attainment.id = figure.attainment_id
JOIN slas_serviceleveltarget target ON target.id = figure.target_id
WHERE figure.tenant_id = %s AND figure.edition_id = %s AND figure.anchor LIKE target.slug || '.20__-__'
GROUP BY target.id ORDER BY target.position
"""
OF_A_MONTH = r"\.20\d\d-\d\d$"


@dataclass(frozen=True)
class Issued:
    """An issued review and its reader."""

    tenant: Tenant
    edition_id: int
    reader: Membership
    promises: int


def issue(promises: int, slug: str = "bench") -> Issued:
    """A unit with so many promises on orders in time, twelve months of them counted and judged, and October issued."""
    tenant = factories.make_tenant(slug=slug, name="Bench")
    with tenant_scope(tenant.pk):
        unit = factories.make_unit(slug="orders", name="Orders")
        head = factories.make_member(role=Role.BUSINESS_UNIT_HEAD, units=[unit])
        manager = factories.make_member()
        make_layout(unit, agreed_on=OCTOBER, agreed_by_business="Head", agreed_by_it="Manager")
        targets = _promise(promises, make_agreement(unit=unit))
        _count(targets)
        compute_attainments(targets=targets, periods=[Period(each.year, each.month) for each in _months()], now=NOW)
        review = draft_review(unit=unit, month=OCTOBER, by=manager, now=NOW)
        return Issued(tenant, issue_review(review=review, by=manager, now=NOW).pk, head, promises)


def _months() -> list[date]:
    return twelve_months(OCTOBER)


def _promise(number: int, agreement: object) -> list[ServiceLevelTarget]:
    said = {"sentence": "98 % of orders", "unit_words": "orders", "good_words": "in time", "bad_words": "were late"}
    return [
        make_target(
            TargetKind.VOLUME,
            agreement=agreement,
            slug=f"promise-{place}",
            name=f"Promise {place}",
            position=place,
            **said,
        )
        for place in range(number)
    ]


def _count(targets: Sequence[ServiceLevelTarget]) -> None:
    chance = numpy.random.default_rng(SEED)
    totals = chance.integers(5_000, 90_000, (len(targets), 12))
    late = (totals * chance.random(totals.shape) * 0.025).astype(int)
    Volume.objects.bulk_create(
        Volume(measure_id=target.measure_id, on=month, total=int(total), met=int(total - few))
        for target, *counts in zip(targets, totals, late, strict=True)
        for month, total, few in zip(_months(), *counts, strict=True)
    )


def ours(issued: Issued) -> str:
    """As the page does it for the first time: the frozen edition, the addresses of its figures, the chart."""
    forget()
    edition = Edition.objects.defer("page").get(pk=issued.edition_id)
    known = frozen.frozen_edition(edition=edition)
    shown = ShownReview(known.page, EditionHead(1, 1, "", "", "", "", 0, ""), known.links)
    chart = chart_of({"shown": shown, "tenant": issued.tenant}, shown)
    return slam_body(chart["rows"])


def kept(issued: Issued) -> Callable[[], str]:
    """The chart as the page takes it from what its process keeps, once it was drawn."""
    edition = Edition.objects.defer("page").get(pk=issued.edition_id)
    known = frozen.frozen_edition(edition=edition)
    shown = ShownReview(known.page, EditionHead(1, edition.pk, "", "", "", "", 0, ""), known.links)
    template = engines["django"].from_string(KEPT)
    return lambda: str(template.render({"shown": shown, "tenant": issued.tenant}))


def forget() -> None:
    """What the process keeps of issued editions."""
    frozen._read.cache_clear()
    caches["frozen"].clear()


def floor(issued: Issued) -> str:
    """The least: one statement, a row each promise, a mark each status made once, an f-string each cell."""
    start = reverse("figure_detail", kwargs={"tenant": issued.tenant.slug, "figure_id": 0}).partition("0/")[0]
    marks = _marks()
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [issued.tenant.pk, issued.edition_id])
        written = [
            f'<tr><th scope="row">{escape(name)}<small>{escape(sentence)}</small></th>'
            + "".join(
                f'<td class="p-is-{marks[status][0]}"><a class="p-cell" href="{start}{pk}/">'
                f'{marks[status][1]}<span data-figure="{anchor}">{escape(value)}</span></a></td>'
                for pk, anchor, status, value in zip(*columns, strict=True)
            )
            + "</tr>"
            for name, sentence, *columns in cursor
        ]
    return f"<tbody>{''.join(written)}</tbody>"


@cache
def _marks() -> dict[str, tuple[str, str]]:
    return {
        status: (letter, status_mark(letter, size=18, title=str(WORDS[letter]))) for status, letter in LETTERS.items()
    }


def objects(issued: Issued) -> str:
    """As an application usually does it: objects with what they refer to, and a template with a tag in each cell."""
    figures = Figure.objects.filter(edition_id=issued.edition_id, anchor__regex=OF_A_MONTH)
    rows: dict[ServiceLevelTarget, list[Figure]] = {}
    for figure in figures.select_related("attainment", "target").order_by("target__position", "anchor"):
        figure.letter = LETTERS[figure.attainment.status]
        rows.setdefault(figure.target, []).append(figure)
    return str(_objects_template().render({"rows": rows.items(), "tenant": issued.tenant}))


@cache
def _objects_template():
    return engines["django"].from_string(OBJECTS)


def page_of(issued: Issued) -> Callable[[], bytes]:
    """The whole page, as its reader's browser gets it."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(issued.reader.user)
    url = reverse("review_detail", kwargs={"tenant": issued.tenant.slug, "unit": "orders", "month": "2026-10"})

    def get() -> bytes:
        answer = client.get(url)
        require(answer.status_code == 200, f"{url} answers {answer.status_code}")
        return TOKEN.sub(b"", answer.content)

    return get


def anew(get: Callable[[], bytes]) -> Callable[[], bytes]:
    """The same page with nothing kept."""

    def first() -> bytes:
        forget()
        return get()

    return first


def ways_of(issued: Issued) -> dict[str, Callable[[], str]]:
    return {name: partial(way, issued) for name, way in (("ours", ours), ("floor", floor), ("objects", objects))}


def check(issued: Issued, ways: dict[str, Callable[[], str]], get: Callable[[], bytes]) -> None:
    """All ways write the same bytes with their number of queries; the page stays the same and holds the chart."""
    bodies = {}
    for name, way in ways.items():
        way()
        with CaptureQueriesContext(connection) as captured:
            bodies[name] = way()
        require(len(captured) == QUERIES[name], f"{name} took {len(captured)} queries, not {QUERIES[name]}")
    require(len({*bodies.values()}) == 1, "The ways to write the chart differ")
    require(bodies["ours"].count("<td") == 12 * issued.promises, "The chart has other cells")
    get()  # the first visit is written down
    page = get()
    require(page == get(), "The page differs from visit to visit")
    require(page == anew(get)(), "What is kept differs from what is drawn anew")
    require(bodies["ours"].encode() in page, "The page holds another chart")


def timed(ways: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each way, in turns, and the same body each time."""
    hashes = {name: _hash(way()) for name, way in ways.items()}
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            start = database.clock()
            body = way()
            spent[name].append(1000 * (database.clock() - start))
            require(_hash(body) == hashes[name], f"{name} wrote something else")
    return spent


def _hash(body: object) -> str:
    return hashlib.sha256(body if isinstance(body, bytes) else str(body).encode()).hexdigest()


def show(name: str, spent: Sequence[float]) -> float:
    """Print median and 95th percentile; returns the latter."""
    late = quantiles(spent, n=20)[-1]
    edges = f"least {amount(min(spent))}, most {amount(max(spent))}"
    print(f"  {name:<52}{amount(median(spent)):>8} ms, p95 {amount(late)}, {edges}")
    return late


def main(arguments: list[str]) -> None:
    options = argparse.ArgumentParser(prog="python -m bench pages", description=__doc__)
    options.add_argument("--promises", type=int, default=40, help="promises of twelve months (full size: 200)")
    options.add_argument("--rounds", type=int, default=40, help="pages of each way, in turns (full size: 100)")
    asked = options.parse_args(arguments)
    if asked.promises < FEWEST or asked.rounds < FEWEST:
        options.error(f"--promises and --rounds must be at least {FEWEST}")
    with database.thrown_away() as owner:
        issued = issue(asked.promises)
        owner.tidy()
        print(conditions(django, numpy, psycopg))
        print(database.server_words())
        get = page_of(issued)
        with tenant_scope(issued.tenant.pk):
            ways = ways_of(issued)
            check(issued, ways, get)
            print(f"{asked.promises} promises × 12 months, {len(ours(issued)):,} bytes, seed {SEED}; queries {QUERIES}")
            spent = timed(ways, asked.rounds)
            again = timed({"kept": kept(issued)}, asked.rounds)
        report(spent)
        show("the chart as it is kept", again["kept"])
        report_page(timed({"anew": anew(get), "kept": get}, asked.rounds))


def report(spent: dict[str, list[float]]) -> None:
    late = show("ours: the frozen edition", spent["ours"])
    floor_late = show("array_agg and f-strings", spent["floor"])
    show("objects and a template", spent["objects"])
    against_goal("W1", late / floor_late, most=1.5)
    against_goal(
        "W2", median(theirs / mine for mine, theirs in zip(spent["ours"], spent["objects"], strict=True)), least=4
    )


def report_page(spent: dict[str, list[float]]) -> None:
    """Requests a second of the whole page: of one process with one reader, so that times tell it."""
    show("the whole page, nothing kept", spent["anew"])
    show("the whole page, as it is kept", spent["kept"])
    against_goal(
        "W3", median(first / again for first, again in zip(spent["anew"], spent["kept"], strict=True)), least=10
    )
