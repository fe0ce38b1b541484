"""The demo company on the day of its story: home and first page say the very figures that it was made to tell."""

import re

import pytest

from tests.browser.pages import HEAD

HOME, REVIEW = "/t/larkmoor/", "/t/larkmoor/reviews/customer-orders/2026-10/"


def words(page):
    """What the page says, with plain spaces, and without the drops that tell where somebody has commented."""
    page.evaluate("document.querySelectorAll('main .p-pin').forEach(each => each.remove())")
    return re.sub(r"\s+", " ", page.locator("main").inner_text())


@pytest.fixture
def home(person):
    page = person(HEAD)
    page.goto(HOME)
    return page


def test_home_tells_its_parts_in_this_order(home):
    heads = [re.sub(r"\s*\d+$", "", each.strip()) for each in home.locator("main h2").all_inner_texts()]

    assert heads == [
        "Needs your answer", "October at a glance", "What it was worth in October", "Conversations", "Coming up",
        "Services you are entitled to",
    ]  # fmt: skip


SAID_AT_HOME = (
    "IT kept 5 of 8 promises. One was missed: customers could not place orders for 3 h 28 min,"
    " and the limit was 2 h 47 min. One is disputed and one cannot be judged yet.",
    "IT counts 34 min, you count 65 min.",
    "1,509 of 96,412 orders were late. Allowed: 1,928.",
    "£4,800 to £8,600",
    "250 to 340 hours",
    "£41,000 to £55,000",
    "£47,550",
)
SAID_FIRST = (
    "Customers could not place orders for 3 h 28 min. We had promised at most 2 h 47 min",
    "Tuesday 6 October, 05:12 to 06:44, your busiest time.",
    "We estimate that 190 to 260 orders",
    "5 of 8 promises were kept, one of them only just",
    "we count 34 minutes without phones, you count 65",
    "from 412 to 318 a month. Finance confirms £4,800 to £8,600 saved a month.",
)


def test_home_says(home):
    told = words(home)

    assert [said for said in SAID_AT_HOME if said not in told] == []


def test_the_first_page_says(person):
    page = person(HEAD)
    page.goto(REVIEW)
    told = words(page)

    assert [said for said in SAID_FIRST if said not in told] == []
