"""What is said of a figure is said of that figure: of a month of the past, of a half, of money, of the score."""

import pytest

from portal.language.numbers import NBSP
from portal.language.sentences import plain
from reporting.actions.disputes import dispute_figure
from reporting.errors import AlreadyDisputed
from reporting.models import Edition
from reporting.queries.figure_page import figure_page
from reporting.queries.home import get_home
from reporting.queries.review_list import list_rows
from reporting.queries.shown import show_edition
from tests.reporting import factories as made
from tests.slas.factories import at


@pytest.fixture
def month(in_tenant):
    """October with the September before it."""
    return made.make_month(months=1)


@pytest.fixture
def edition(month):
    """Edition 1 of that October."""
    return made.make_edition(month)


def shown(edition, reader=None):
    return show_edition(edition=Edition.objects.get(pk=edition.pk), reader=reader, now=made.TODAY)


def disputed_on_cover(page):
    (sentence,) = (said(item.sentence) for item in page.cover if item.mark == "D")
    return sentence


def said(sentence):
    return plain(sentence).replace(NBSP, " ")


def test_a_disputed_month_of_the_past_is_d_in_its_own_cell_alone(month, edition, figure, client_of):
    """Only March is judged anew; October stays what it is and can be disputed too."""
    client = client_of(month.head)
    september = figure("phones.2026-09")
    client.post(f"/t/larkmoor/figures/{september.pk}/dispute/", {f"dispute-{september.pk}-reason": "It was more."})

    page = shown(edition, month.head).page
    phones = next(row for row in page.chart if row.anchor == "phones")
    assert [cell.letter for cell in phones.cells][-2:] == ["D", "K"]
    assert next(each for each in page.promises if each.anchor == "phones").letter == "K"
    assert page.score.kept == edition.page["score"]["kept"]
    assert "You dispute one figure: “Order desk phones work: September 2026”." in disputed_on_cover(page)
    (line,) = list_rows(reviews=[edition.review], reader=month.head, now=made.TODAY)
    assert (line.score.replace(NBSP, " "), line.disputes) == ("4 of 6 promises kept", 1)
    own = client.get(f"/t/larkmoor/figures/{september.pk}/").content.decode()
    assert "Disputed" in own.partition("p-number")[2].partition("</p>")[0]
    with pytest.raises(AlreadyDisputed):
        dispute_figure(figure=september, by=month.head, reason="Again", now=made.TODAY)
    dispute_figure(figure=figure("phones.result"), by=month.head, reason="This too", now=made.TODAY)


def test_a_claimed_time_in_a_month_of_the_past_is_said_in_percent_as_its_cell_is(month, edition, figure):
    dispute_figure(
        figure=figure("phones.2026-09"), by=month.head, reason="Cut", now=made.TODAY,
        claimed_from=at("2026-09-15 09:00"), claimed_until=at("2026-09-15 10:00"),
    )  # fmt: skip

    (thread,) = shown(edition, month.head).threads

    assert (said(thread.dispute.claim), thread.place) == ("99.7 %", "others")


@pytest.mark.parametrize(
    ("anchor", "name", "marks"),
    [
        pytest.param("value.prices.range", "Goal 2: saved a month", 1, id="money"),
        pytest.param("score.kept", "Promises kept", 0, id="score"),
    ],
)
def test_a_sum_that_no_promise_carries_can_be_answered_and_counts_for_nothing(
    month, edition, figure, client_of, anchor, name, marks
):
    client, number = client_of(month.head), figure(anchor).pk
    url = f"/t/larkmoor/figures/{number}/"
    page = client.get(url).content.decode()
    for act in ("acknowledge", "question", "dispute"):
        assert f'action="{url}{act}/"' in page

    client.post(f"{url}acknowledge/")
    client.post(f"{url}dispute/", {f"dispute-{number}-reason": "We count otherwise."})

    assert figure(anchor).acknowledgements.count() == 1
    review = shown(edition, month.head)
    assert (review.page.score.kept, said(review.since_issue)) == (edition.page["score"]["kept"], "")
    assert f"You dispute one figure: “{name}”." in disputed_on_cover(review.page)
    html = client.get("/t/larkmoor/reviews/customer-orders/2026-10/").content.decode()
    assert html.partition('id="worth.prices"')[2].partition("p-range")[0].count("p-is-D") == marks
    again = client.get(url).content.decode()
    assert f'action="{url}dispute/"' not in again
    assert "Disputed" in again.partition("p-number")[2].partition("</p>")[0]


def test_what_is_answered_on_a_figures_page_is_said_of_that_figure(month, edition, figure, client_of):
    client, half = client_of(month.head), figure("orders.experienced")
    url = f"/t/larkmoor/figures/{half.pk}/"
    page = client.get(url).content.decode()
    assert f'action="{url}question/"' in page
    assert f"/figures/{figure('orders.result').pk}/question/" not in page

    client.post(f"{url}question/", {f"question-{half.pk}-text": "Who felt it?"})
    refused = client.post(f"{url}dispute/", {f"dispute-{half.pk}-reason": " "})

    assert edition.threads.get().anchor == "orders.experienced"
    assert (refused.status_code, f'id="id_dispute-{half.pk}-reason_error"' in refused.content.decode()) == (422, True)


def test_the_line_of_the_month_stands_under_its_own_figures_alone(month, edition, figure, client_of):
    client = client_of(month.head)
    line = "34\u00a0min"

    of_month, of_past = (
        client.get(f"/t/larkmoor/figures/{figure(anchor).pk}/").content.decode().partition("<main")[2]
        for anchor in ("phones.allowed", "phones.2026-09")
    )

    assert line in of_month.partition("h-same")[0]
    assert line not in of_past.partition("h-same")[0]


def test_both_counts_of_a_missed_promise_stand_before_what_it_was_on_page_and_home(month, edition, figure, client_of):
    dispute_figure(
        figure=figure("orders.result"), by=month.head, reason="It began at five", now=made.TODAY,
        claimed_from=at("2026-10-06 05:00"), claimed_until=at("2026-10-06 05:12"),
    )  # fmt: skip

    orders = next(each for each in shown(edition, month.head).page.promises if each.anchor == "orders")
    assert [(half.label, said(half.value)) for half in orders.halves][:2] == [
        ("As IT counts", "3 h 28 min"),
        ("As you count", "3 h 40 min"),
    ]
    assert [half.label for half in orders.halves][2:] == ["As agreed", "As your customers felt it"]
    home = get_home(reader=month.head, unit_slug="", now=made.TODAY, currency="GBP")
    (detail,) = (row.detail for row in home.glance.rows if row.name == orders.name)
    assert detail.replace(NBSP, " ").startswith("IT counts 3 h 28 min, you count 3 h 40 min.")
    html = client_of(month.head).get("/t/larkmoor/reviews/customer-orders/2026-10/").content.decode()
    assert html.partition('id="orders"')[2].partition("</article>")[0].count('<dl class="p-halves">') == 2


@pytest.mark.parametrize(
    ("anchor", "told"),
    [
        pytest.param("value.lost-orders.range", ["Orders hit", "× 15 %", "£214", "a loss rounded outward"], id="lost"),
        pytest.param("value.online.range", ["April 2026", "× 4 minutes", "a gain rounded down"], id="freed"),
        pytest.param("value.prices.range", ["November 2025", "Mean of a month before", "× £60"], id="saved"),
        pytest.param("score.kept", ["Customers can place orders", "Missed", "Kept, of those judged"], id="score"),
    ],
)
def test_a_sum_that_no_promise_carries_opens_down_to_what_it_was_made_from(
    edition, figure, client_of, month, anchor, told
):
    found = figure(anchor)
    page, proof = (
        client_of(month.head).get(f"/t/larkmoor/figures/{found.pk}/{path}").content.decode().replace(NBSP, " ")
        for path in ("", "proof/")
    )

    assert "How was this calculated?" in page
    for words in told:
        assert words in page
        assert words in proof
    assert found.printed.replace(NBSP, " ") == found.proof["lines"][-1]["value"].replace(NBSP, " ")
    family = anchor.rpartition(".")[0]
    assert {each.anchor.rpartition(".")[0] for each in figure_page_of(found, edition, month).siblings} <= {family}


def figure_page_of(found, edition, month):
    return figure_page(figure=found, shown=shown(edition, month.head))
