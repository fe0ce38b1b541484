"""Promises whose sentences the tests read."""

from portal.language.facts import PromiseWords
from portal.language.numbers import NBSP
from portal.language.sentences import bind, check, plain

ORDERS = PromiseWords(
    anchor="orders",
    name="Customers can place orders",
    short_name="Orders",
    period="October",
    promised="99.5",
    value="99.3",
    loss="Customers could not place orders",
    short_loss="Not possible",
)
CONFIRM = PromiseWords(
    "confirm", "Orders are confirmed in time", "Confirm", "October", "98", "98.4", units="orders", bad="were late"
)
URGENT = PromiseWords(
    "urgent", "Urgent problems are solved", "Urgent", "October", "90", "95", units="cases", good="solved in time"
)
SALES = PromiseWords(
    "sales", "Sales figures are ready", "Sales figures", "October", "", "20/22", units="days", good="on time"
)
PRICES = PromiseWords("prices", "New prices are live", "Prices", "October", "", "", units="nights", good="live on time")
RATING = PromiseWords("rating", "The desk rates our help", "Rating", "October", "80", "87", good="were good")


def minutes(**parts):
    return {f"{name}_seconds": str(value * 60) for name, value in parts.items()}


LOST = minutes(service=33480, counted=33420, lost=208) | {"allowed_seconds": "10026"}


def said(template, phrases):
    printed = {figure.anchor: figure.text for figure in phrases.figures}
    check(template, printed)
    return plain(bind(template, printed)).replace(NBSP, " ")
