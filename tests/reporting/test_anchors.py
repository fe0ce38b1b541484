"""Each part, sentence and figure of the page has a name of its own, whatever people call their promises."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from reporting.actions.reviews import draft_review
from reporting.queries.page_parts import ReviewPage, from_json
from reporting.queries.review_page import build_page
from reporting.queries.review_rows import TAKEN
from slas.actions.attainments import compute_attainments
from slas.calculation.periods import Period
from slas.models import Agreement, Occasion, ServiceLevelTarget
from tests.reporting import factories as made
from tests.slas import factories as slas

TEMPLATES = ("base.html", "components/*.html", "reporting/review*.html")


def test_a_missed_promise_and_a_gain_of_one_name_have_a_sentence_each(month):
    """Prices come too late in October, and the price check saved money all the same."""
    Occasion.objects.filter(measure_id=month.targets["prices"].measure_id).update(completed_at=made.ISSUED_AT)
    compute_attainments(targets=[month.targets["prices"]], periods=[Period(2026, 10)], now=made.ISSUED_AT)

    review = draft_review(unit=month.unit, month=made.OCTOBER, by=month.manager, now=made.ISSUED_AT)

    anchors = [item.anchor for item in build_page(review=review, now=made.ISSUED_AT).cover]
    assert {"cover.prices", "cover.value.prices"} <= set(anchors)
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize("slug", ["score", "value", "data-gap"])
def test_a_promise_does_not_take_the_name_of_a_part_of_the_page(month, slug):
    orders = month.targets["orders"]  # missed in October, so that it stands on the first page too
    ServiceLevelTarget.objects.filter(pk=orders.pk).update(slug=slug)

    edition = made.make_edition(month)

    page = from_json(ReviewPage, edition.page)
    promise = next(each for each in page.promises if each.target_id == orders.pk)
    assert promise.anchor == f"{month.agreement.slug}-{slug}"
    sums = edition.figures.filter(anchor__regex=r"^(score|value)\.")
    assert set(sums.values_list("target", "attainment")) == {(None, None)}
    assert edition.figures.get(anchor=f"{promise.anchor}.result").target_id == orders.pk


def test_promises_of_two_agreements_with_the_longest_names_are_told_apart(month):
    orders = month.targets["orders"]
    other = slas.make_target(unit=month.unit, service=orders.service, slug="o" * 100)
    ServiceLevelTarget.objects.filter(pk=orders.pk).update(slug=other.slug)
    for number, agreement in enumerate((month.agreement, other.agreement)):
        Agreement.objects.filter(pk=agreement.pk).update(slug=f"{number}{'a' * 99}")
    compute_attainments(targets=[other], periods=[Period(2026, 10)], now=made.ISSUED_AT)

    edition = made.make_edition(month)

    anchors = {each.anchor for each in from_json(ReviewPage, edition.page).promises}
    assert {f"{number}{'a' * 99}-{'o' * 100}" for number in (0, 1)} < anchors


def test_every_element_of_the_page_that_has_a_fixed_name_keeps_it_from_promises():
    named = set()
    for folder in (Path(each) for each in settings.TEMPLATES[0]["DIRS"]):
        for pattern in TEMPLATES:
            for file in folder.glob(pattern):
                named |= set(re.findall(r'\bid="([a-z][a-z-]*)"', file.read_text()))

    # A promise called `orders` names three elements: orders, h-orders and margin-orders.
    assert {name.removeprefix("h-").removeprefix("margin-") for name in named} <= TAKEN
    assert {"in-short", "h-worth", "margin-others"} <= named
