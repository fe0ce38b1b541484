"""The pages of a review, as head, member, manager, outsider of the same tenant, and stranger of another tenant."""

import re
import subprocess
from html.parser import HTMLParser

import pytest
from django.test import Client

from portal.accounts.models import Role
from portal.language.numbers import NBSP
from portal.pdf import Variant
from reporting.actions.disputes import dispute_figure
from reporting.actions.reviews import draft_review
from reporting.exports.pdf import edition_pdf
from reporting.models import ReviewParagraph
from reporting.queries.shown import show_edition
from tests import factories
from tests.reporting import factories as made
from tests.reporting.paper import printed_on_paper
from tests.slas import factories as slas
from tests.slas.factories import at

LIST_QUERIES = 12
REVIEW = "/t/larkmoor/reviews/customer-orders/2026-10/"


class Figures(HTMLParser):
    """Collects what stands under each `data-figure`."""

    def __init__(self):
        super().__init__()
        self.found = {}
        self._open = []

    def handle_starttag(self, tag, attrs):
        self._open.append(dict(attrs).get("data-figure"))

    def handle_endtag(self, tag):
        if self._open:
            self._open.pop()

    def handle_data(self, data):
        if self._open and self._open[-1]:
            self.found.setdefault(self._open[-1], set()).add(data)


def figures_on_page(html):
    """Void elements have no end, so only the ones around figures are looked at."""
    parser = Figures()
    parser.feed(re.sub(r"<(?:meta|link|input|br|hr|path|rect|circle)\b[^>]*>", "", html))
    return parser.found


@pytest.fixture
def people(month, edition, other_tenant):
    """Everyone who may knock: of the unit, of IT, of another unit, of nothing but the tenant, of another tenant."""
    finance = factories.make_unit(slug="finance", name="Finance")
    found = {
        "head": month.head,
        "reader": month.reader,
        "manager": month.manager,
        "owner": month.owner,
        "outsider": factories.make_member(role=Role.BUSINESS_UNIT_HEAD, units=[finance]),
        "auditor": factories.make_member(role=Role.AUDITOR),
        "administrator": factories.make_member(role=Role.ADMINISTRATOR),
    }
    stranger = factories.make_user()
    return found | {"stranger": (stranger, other_tenant)}


@pytest.fixture
def knock(client_of, people):
    """knock("head", url, data) is the answer to that person."""

    def visit(who, url, data=None, **extra):
        if who == "stranger":
            client = Client()
            client.force_login(people["stranger"][0])
        else:
            client = client_of(people[who])
        return client.get(url, **extra) if data is None else client.post(url, data, **extra)

    return visit


def test_a_figure_opens_down_to_the_records_behind_it(knock, figure):
    """Sales figures: each working day of October, three of them without a record; the head may see them all."""
    page = knock("head", f"/t/larkmoor/figures/{figure('sales.result').pk}/").content.decode()

    assert page.count("No record") == 3
    (address,) = re.findall(r'href="(/t/larkmoor/attainments/\d+/\?all=dates)#dates">All 22<', page)
    everything = knock("head", address).content.decode()
    assert everything.count("Could have been in time or late") == 3
    assert everything.count(", 06:30") == 19


def test_a_figure_is_read_beside_what_others_would_count(knock, figure):
    """Orders are counted with half of slow time and without agreed work; dates are whole numbers by any convention."""
    orders, sales = (
        knock("head", f"/t/larkmoor/figures/{figure(f'{each}.result').pk}/").content.decode()
        for each in ("orders", "sales")
    )

    assert ["As others would count it" in page for page in (orders, sales)] == [True, False]
    assert "Planned work stays in the denominator" in orders


READING = {
    "head": 200, "reader": 200, "manager": 200, "owner": 200, "auditor": 200, "administrator": 200,
    "outsider": 404, "stranger": 404,
}  # fmt: skip


@pytest.mark.parametrize(
    "url",
    [
        pytest.param(REVIEW, id="review"),
        pytest.param(f"{REVIEW}editions/1/", id="edition"),
        pytest.param(f"{REVIEW}editions/1/figures.csv", id="table of figures"),
        pytest.param("/t/larkmoor/figures/{}/", id="figure"),
        pytest.param("/t/larkmoor/figures/{}/proof/", id="proof"),
        pytest.param("/t/larkmoor/figures/{}/proof/?format=json", id="evidence"),
    ],
)
def test_who_may_read(knock, figure, url):
    url = url.format(figure("orders.result").pk)

    assert {who: knock(who, url).status_code for who in READING} == READING


@pytest.mark.parametrize(
    ("act", "statuses"),
    [
        ("question", {"reader": 302, "head": 302, "manager": 403, "auditor": 403, "outsider": 404, "stranger": 404}),
        ("dispute", {"reader": 403, "head": 302, "manager": 403, "auditor": 403, "outsider": 404, "stranger": 404}),
        ("acknowledge", {"reader": 403, "head": 302, "manager": 403, "auditor": 403, "outsider": 404, "stranger": 404}),
    ],
)
def test_who_may_answer_a_figure(knock, figure, act, statuses):
    number = figure("orders.result").pk
    data = {f"question-{number}-text": "Why?", f"dispute-{number}-reason": "It was more."}

    assert {who: knock(who, f"/t/larkmoor/figures/{number}/{act}/", data).status_code for who in statuses} == statuses


@pytest.mark.parametrize(
    "path",
    ["edit/", "issue/", "restate/"],
)
def test_only_the_manager_prepares(knock, path):
    statuses = {"manager": 200, "head": 403, "owner": 403, "auditor": 403, "outsider": 404, "stranger": 404}

    assert {who: knock(who, f"{REVIEW}{path}").status_code for who in statuses} == statuses


def test_a_draft_is_invisible_to_the_business(month, client_of):
    made.make_draft(month)

    assert client_of(month.head).get(REVIEW).status_code == 404
    assert client_of(month.owner).get(REVIEW).status_code == 404
    assert "Draft, not issued yet" in client_of(month.manager).get(REVIEW).content.decode()
    assert b"Customer Orders" not in client_of(month.head).get("/t/larkmoor/reviews/").content.partition(b"<main")[2]


def test_the_page_prints_the_complete_list_of_figures(knock, edition):
    printed = dict(edition.figures.values_list("anchor", "printed"))

    html = knock("head", REVIEW).content.decode()

    assert figures_on_page(html) == {anchor: {text} for anchor, text in printed.items()}


@pytest.fixture
def paper(drawn):
    """The PDF of the edition, as it stands on that Tuesday."""
    return drawn[Variant.READING]


@pytest.mark.xdist_group("paper")
def test_the_pdf_prints_the_complete_list_of_figures(edition, paper):
    wanted = {figure.pk: figure.printed.replace(NBSP, " ") for figure in edition.figures.all()}

    found = {number: text.replace(NBSP, " ") for number, text in printed_on_paper(paper).items()}

    assert found == wanted


def test_page_and_pdf_print_the_same_figures_under_dispute(knock, month, edition, figure):
    dispute_figure(
        figure=figure("phones.result"), by=month.head, reason="Cut", now=made.ISSUED_AT,
        claimed_from=at("2026-10-19 09:10"), claimed_until=at("2026-10-19 09:41"),
    )  # fmt: skip
    printed = {row.pk: (row.anchor, row.printed.replace(NBSP, " ")) for row in edition.figures.all()}

    on_page = figures_on_page(knock("head", REVIEW).content.decode())
    shown = show_edition(edition=edition, reader=None, now=made.TODAY)
    on_paper = printed_on_paper(edition_pdf(edition=edition, shown=shown))

    assert {anchor: {text.replace(NBSP, " ") for text in texts} for anchor, texts in on_page.items()} == {
        anchor: {text} for anchor, text in printed.values()
    }
    assert {number: text.replace(NBSP, " ") for number, text in on_paper.items()} == {
        number: text for number, (_, text) in printed.items()
    }


@pytest.mark.xdist_group("paper")
def test_the_pdf_is_tagged_and_speaks_inter_only(paper, tmp_path):
    file = tmp_path / "review.pdf"
    file.write_bytes(paper)
    fonts = subprocess.run(["pdffonts", file], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    info = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout

    assert fonts
    assert all(re.match(r"[A-Z]{6}\+Inter", line) for line in fonts), fonts
    assert re.search(r"Tagged:\s+yes", info)
    assert re.search(r"Pages:\s+5", info)


@pytest.mark.parametrize("here", [pytest.param(REVIEW, id="top"), pytest.param(f"{REVIEW}#worth", id="place")])
def test_an_answer_by_htmx_loads_the_review_anew_at_the_promise(knock, figure, here):
    """The cover names the figure, so its thread stands beside the cover: more than the promise's box has changed."""
    number = figure("orders.result").pk

    answer = knock(
        "head",
        f"/t/larkmoor/figures/{number}/question/",
        {f"question-{number}-text": "Why at five?"},
        headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{here}"},
    )

    assert (answer["HX-Redirect"], answer["HX-Refresh"]) == (f"{REVIEW}#orders", "true")
    assert answer.content == b""
    anew = knock("head", REVIEW).content.decode()
    beside_the_cover = anew[anew.index('aria-label="Comments on the first page"') : anew.index('id="twelve-months"')]
    assert "Why at five?" in beside_the_cover


def test_an_answer_by_htmx_from_another_page_goes_to_the_promise(knock, figure):
    number = figure("orders.result").pk
    elsewhere = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{REVIEW}editions/1/"}

    answer = knock("head", f"/t/larkmoor/figures/{number}/acknowledge/", {}, headers=elsewhere)

    assert answer["HX-Redirect"] == f"{REVIEW}#orders"
    assert "HX-Refresh" not in answer


def test_what_is_refused_by_htmx_stands_in_the_box(knock, figure):
    number = figure("orders.result").pk

    answer = knock(
        "head",
        f"/t/larkmoor/figures/{number}/question/",
        {f"question-{number}-text": "  "},
        headers={"HX-Request": "true"},
    )

    assert answer.status_code == 422
    assert answer.content.decode().lstrip().startswith('<article class="p-box" id="orders"')
    assert f'id="id_question-{number}-text_error"' in answer.content.decode()


def test_a_refused_dispute_says_what_to_put_right_and_keeps_the_words(knock, figure):
    number = figure("orders.result").pk
    data = {
        f"dispute-{number}-reason": "Calls were cut",
        f"dispute-{number}-claimed_from": "2026-10-19T09:41",
        f"dispute-{number}-claimed_until": "2026-10-19T09:10",
    }

    answer = knock("head", f"/t/larkmoor/figures/{number}/dispute/", data)

    assert answer.status_code == 422
    assert "The time must end after it starts." in answer.content.decode()
    assert "Calls were cut</textarea>" in answer.content.decode()
    assert figure("orders.result").disputes.count() == 0


@pytest.mark.parametrize(
    "anchor", [pytest.param("orders.result", id="missed"), pytest.param("prices.result", id="kept")]
)
def test_a_dispute_without_a_reason_is_refused_where_its_form_stands(knock, figure, anchor):
    number = figure(anchor).pk

    answer = knock("head", f"/t/larkmoor/figures/{number}/dispute/", {f"dispute-{number}-reason": "   "})

    assert answer.status_code == 422
    assert f'id="id_dispute-{number}-reason_error"' in answer.content.decode()
    assert figure(anchor).disputes.count() == 0


def test_a_dispute_typed_in_the_browser_is_counted_in_local_time(knock, figure):
    number = figure("phones.result").pk
    data = {
        f"dispute-{number}-reason": "Calls were cut",
        f"dispute-{number}-claimed_from": "2026-10-19T09:10",
        f"dispute-{number}-claimed_until": "2026-10-19T09:41",
    }

    knock("head", f"/t/larkmoor/figures/{number}/dispute/", data)

    dispute = figure("phones.result").disputes.get()
    assert dispute.claimed_from == at("2026-10-19 09:10")
    assert "65\u00a0min" in knock("head", REVIEW).content.decode()


def test_the_talk_of_a_dispute_in_the_browser(knock, month, figure):
    number = figure("rating.result").pk
    knock("head", f"/t/larkmoor/figures/{number}/dispute/", {f"dispute-{number}-reason": "Too few"})
    dispute = figure("rating.result").disputes.get()
    thread = dispute.thread_id
    answer = {f"answer-{thread}-is_agreed": "no", f"answer-{thread}-text": "All were asked."}

    assert knock("head", f"/t/larkmoor/disputes/{dispute.pk}/answer/", answer).status_code == 403
    assert knock("outsider", f"/t/larkmoor/disputes/{dispute.pk}/answer/", answer).status_code == 404
    assert knock("owner", f"/t/larkmoor/disputes/{dispute.pk}/answer/", answer).status_code == 302
    assert knock("reader", f"/t/larkmoor/disputes/{dispute.pk}/settle/", {"accept": "yes"}).status_code == 403
    assert knock("head", f"/t/larkmoor/disputes/{dispute.pk}/settle/", {"accept": "yes"}).status_code == 302

    dispute.refresh_from_db()
    assert dispute.outcome == "kept"
    assert "All were asked." in knock("reader", REVIEW).content.decode()


def test_comments_and_replies_in_the_browser(knock, edition):
    comment = {"comment-anchor": "orders.experienced", "comment-text": "This is what customers talk about."}

    assert knock("outsider", f"{REVIEW}comments/", comment).status_code == 404
    assert knock("auditor", f"{REVIEW}comments/", comment).status_code == 403
    assert knock("reader", f"{REVIEW}comments/", comment).status_code == 302
    thread = edition.threads.get()
    reply = {f"reply-{thread.pk}-text": "Agreed."}
    assert knock("stranger", f"/t/larkmoor/threads/{thread.pk}/reply/", reply).status_code == 404
    fragment = knock("owner", f"/t/larkmoor/threads/{thread.pk}/reply/", reply, headers={"HX-Request": "true"})

    assert fragment.content.decode().lstrip().startswith('<article class="p-thread"')
    assert "Agreed." in fragment.content.decode()


def test_an_empty_comment_is_refused_on_the_page(knock):
    answer = knock("reader", f"{REVIEW}comments/", {"comment-anchor": "review", "comment-text": "  "})

    assert answer.status_code == 422
    assert "put right" in answer.content.decode()


def test_the_head_acknowledges_the_review(knock, edition):
    assert knock("reader", f"{REVIEW}editions/1/acknowledge/", {}).status_code == 403
    assert knock("head", f"{REVIEW}editions/1/acknowledge/", {}).status_code == 302

    assert "Acknowledged by Ines Calder" in knock("head", REVIEW).content.decode()


def test_a_typed_number_is_refused_in_the_browser(month, client_of):
    made.make_draft(month)
    paragraph = ReviewParagraph.objects.get(anchor="cover.score")
    client = client_of(month.manager)

    answer = client.post(f"/t/larkmoor/sentences/{paragraph.pk}/", {f"s{paragraph.pk}-text": "8 promises were kept."})

    assert answer.status_code == 422
    assert "The number 8 is typed in" in answer.content.decode()
    assert client_of(month.head).get(f"/t/larkmoor/sentences/{paragraph.pk}/").status_code == 403


def test_issuing_in_the_browser(month, client_of):
    review = made.make_draft(month)
    client = client_of(month.manager)

    assert client.post(f"{REVIEW}issue/").status_code == 302

    review.refresh_from_db()
    assert review.state == "issued"
    again = client.post(f"{REVIEW}issue/")
    assert again.status_code == 422
    assert "This review was issued on" in again.content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_asks_the_database_as_often_for_thirty_reviews_as_for_one(
    month, edition, client_of, django_assert_num_queries, number
):
    for n in range(number - 1):
        unit = factories.make_unit(slug=f"unit-{n}", name=f"Unit {n}")
        slas.make_agreement(unit=unit)
        draft_review(unit=unit, month=made.OCTOBER, by=month.manager, now=made.ISSUED_AT)
    client = client_of(month.manager)
    client.get("/t/larkmoor/reviews/")

    with django_assert_num_queries(LIST_QUERIES):
        answer = client.get("/t/larkmoor/reviews/")

    assert answer.content.decode().count('<a class="p-strong" href="/t/larkmoor/reviews/') == number
